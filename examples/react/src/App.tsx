import type { StateDetail } from "coder-external-auth/react";
import { useRef, useState } from "react";
import { EventLog } from "./EventLog";
import { WorkspaceForm } from "./WorkspaceForm";
import "coder-external-auth/react";

/** The three elements, and a log of their events. */
export function App() {
  const list = useRef<HTMLElementTagNameMap["coder-external-auth"]>(null);
  const [events, setEvents] = useState<string[]>([]);
  const [states, setStates] = useState<Record<string, StateDetail>>({});
  const log = (line: string) => setEvents((before) => [...before, line]);
  const linked = Object.values(states).filter((state) => state.linked).length;

  return (
    <main>
      <h1>Linked accounts in React</h1>
      <WorkspaceForm provider="codeberg" onLinked={() => log("The form can be sent.")} />

      <section aria-labelledby="card">
        <h2 id="card">GitLab</h2>
        <coder-external-auth-provider
          provider="gitlab"
          oncoder-external-auth-unlinked={({ detail }) =>
            log(`${detail.provider} is unlinked; its token ${detail.revoked ? "is" : "may not be"} revoked.`)
          }
        />
      </section>

      <section aria-labelledby="all">
        <h2 id="all">All accounts</h2>
        <p>{linked} linked and working</p>
        <button type="button" onClick={() => list.current?.refresh()}>
          Ask again
        </button>
        <coder-external-auth
          ref={list}
          oncoder-external-auth-state={({ detail }) => setStates((before) => ({ ...before, [detail.provider]: detail }))}
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
