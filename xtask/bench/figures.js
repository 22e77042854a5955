// @ts-check
// The figures of a load that are calculated from its recording.

/**
 * @import { Recording, Request, Task } from "./observe.js"
 *
 * @typedef {"html" | "css" | "js" | "wasm" | "api" | "image" | "other"} Kind
 * @typedef {"first" | "later"} Part `first`: asked for before the first row was painted
 */

/** A task that takes longer than this keeps a person's input waiting (Long Tasks API). */
const LONG_TASK_MS = 50;

/**
 * What a request fetched, by its address.
 *
 * @param {Request} request
 * @returns {Kind}
 */
export function kindOf({ url, initiator }) {
  const { protocol, pathname } = new URL(url);
  if (initiator === "navigation") return "html";
  if (pathname.startsWith("/api/")) return "api";
  if (protocol === "data:" || initiator === "img" || /\.(svg|png|ico)$/.test(pathname)) return "image";
  const ending = /\.([a-z]+)$/.exec(pathname)?.[1] ?? "";
  if (ending === "html" || ending === "css" || ending === "js" || ending === "wasm") return ending;
  return "other";
}

/**
 * The requests that the first row waits for or competes with: all before it but
 * images. An address that is used twice, as a preloaded file is, counts once.
 *
 * @param {Recording} recording
 */
export function requestsBeforeRows({ requests, rows }) {
  const seen = new Set();
  return requests.filter((request) => {
    if (request.start >= rows || kindOf(request) === "image" || seen.has(request.url)) return false;
    seen.add(request.url);
    return true;
  });
}

/**
 * How many round trips after the HTML the first row took: the longest chain of
 * requests of which each was sent after the answer of the one before it.
 *
 * @param {Recording} recording
 */
export function roundTrips(recording) {
  const [html, ...others] = requestsBeforeRows(recording);
  // An answer that came after the rows held nothing up.
  const answered = others.filter(({ end }) => end <= recording.rows).sort((one, other) => one.start - other.start);
  /** @type {{ end: number, trips: number }[]} */
  const chains = [];
  for (const { start, end } of answered) {
    const before = chains.filter((chain) => chain.end <= start).map(({ trips }) => trips);
    // What is asked for while the HTML still arrives cannot have waited for all of it.
    chains.push({ end: Math.max(end, html?.end ?? 0), trips: Math.max(0, ...before) + 1 });
  }
  return Math.max(0, ...chains.map(({ trips }) => trips));
}

/**
 * The time in which the page could not answer a person, in ms: of each long task
 * what is above 50 ms.
 *
 * @param {Task[]} tasks
 */
export const blockingTime = (tasks) =>
  tasks.reduce((sum, { duration }) => sum + Math.max(0, duration - LONG_TASK_MS), 0);

/**
 * The bytes of the build's files that were sent, by part and kind: neither images
 * nor the API's answers.
 *
 * @param {Recording} recording
 */
export function bytes({ requests, rows }) {
  /** @type {Record<Part, Record<string, number>>} */
  const sums = { first: {}, later: {} };
  const seen = new Set();
  for (const request of requests) {
    const kind = kindOf(request);
    if (kind === "image" || kind === "api" || seen.has(request.url)) continue;
    seen.add(request.url);
    const part = sums[request.start < rows ? "first" : "later"];
    part[kind] = (part[kind] ?? 0) + request.bytes;
  }
  return sums;
}
