/** The log of the elements' events. */
export function EventLog({ lines }: { lines: readonly string[] }) {
  return (
    <section aria-labelledby="events">
      <h2 id="events">Events</h2>
      <ol>
        {lines.map((line, place) => (
          // Lines are only appended, so the index is a stable key.
          <li key={place}>{line}</li>
        ))}
      </ol>
    </section>
  );
}
