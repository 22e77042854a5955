import { useState } from "react";

/** A form that cannot be sent before an account is linked. */
export function WorkspaceForm({ provider, onLinked }: { provider: string; onLinked: () => void }) {
  const [sent, setSent] = useState("");

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const values = new FormData(event.currentTarget);
        setSent(`${values.get("workspace")} for the account at ${values.get("account")}`);
      }}
    >
      <h2>New workspace</h2>
      <label>
        Name <input name="workspace" defaultValue="engine" required />
      </label>
      <coder-external-auth-button
        provider={provider}
        name="account"
        required
        oncoder-external-auth-linked={onLinked}
      />
      <button type="submit">Create workspace</button>
      {sent && <p role="status">Created: {sent}</p>}
    </form>
  );
}
