import type { StateDetail } from "coder-external-auth/react";
import { useRef, useState } from "react";
import { EventLog } from "./EventLog";
import { WorkspaceForm } from "./WorkspaceForm";
import "coder-external-auth/react";

/** The three elements, and what is heard of them. */
export function App() {
  const list = useRef<HTMLElementTagNameMap["coder-external-auth"]>(null);
  const [events, setEvents] = useState<string[]>([]);
  const [gitlab, setGitlab] = useState<StateDetail>();
  const log = (line: string) => setEvents((before) => [...before, line]);

  return (
    <main>
      <h1>Linked accounts in React</h1>
      <WorkspaceForm provider="codeberg" onLinked={() => log("The form can be sent.")} />

      <section aria-labelledby="card">
        <h2 id="card">One account</h2>
        {gitlab && (
          <p>
            {gitlab.name}: {gitlab.state}
          </p>
        )}
        <coder-external-auth-provider
          provider="gitlab"
          oncoder-external-auth-state={({ detail }) => setGitlab(detail)}
          oncoder-external-auth-unlinked={({ detail }) =>
            log(`${detail.provider} is unlinked; its token ${detail.revoked ? "is" : "may not be"} revoked.`)
          }
        />
      </section>

      <section aria-labelledby="all">
        <h2 id="all">All accounts</h2>
        <button type="button" onClick={() => list.current?.refresh()}>
          Ask again
        </button>
        <coder-external-auth
          ref={list}
          oncoder-external-auth-linked={({ detail }) => log(`${detail.provider} is linked as ${detail.login}.`)}
          oncoder-external-auth-revocation-failed={({ detail }) => log(`Revoke ${detail.name} by hand: ${detail.url}`)}
          oncoder-external-auth-unauthorized={() => log("The session has ended.")}
          oncoder-external-auth-error={({ detail }) => log(detail.message)}
        />
      </section>

      <EventLog lines={events} />
    </main>
  );
}
