// @ts-check
// A reporter for Node.js's test runner: one JSON object with the outcome of each
// test, for `cargo xtask test` to count. Node.js has no JSON reporter.

/** @import { TestEvent } from "node:test/reporters" */

/**
 * @param {AsyncIterable<TestEvent>} events
 */
export default async function* report(events) {
  /** @type {{ name: string, outcome: "passed" | "failed" | "skipped" }[]} */
  const tests = [];
  for await (const { type, data } of events) {
    if (type !== "test:pass" && type !== "test:fail") continue;
    const { name, skip, todo } = data;
    const isSkipped = Boolean(skip) || Boolean(todo);
    tests.push({ name, outcome: isSkipped ? "skipped" : type === "test:pass" ? "passed" : "failed" });
  }
  yield JSON.stringify({ tests });
}
