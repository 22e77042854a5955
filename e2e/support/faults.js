// @ts-check
// What can go wrong with a request, as servers, proxies and networks do it.

/** @import { Fault } from "./stand-in-types.js" */

/** The page of a reverse proxy. */
const BAD_GATEWAY = "<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>";
/** The page of a captive portal. */
const PORTAL = "<!DOCTYPE html><html><head><title>Welcome</title></head><body><h1>Sign in to this network</h1></body></html>";

/**
 * @param {number} status
 * @param {string} message as Coder words it
 * @param {string} [detail]
 */
const json = (status, message, detail) => ({ status, body: { message, ...(detail ? { detail } : {}) } });

/**
 * A fault: `fault` is armed at the stand-in, `isRefused` closes the deployment's
 * port, and `stallMs` holds the answer back for this time.
 *
 * @typedef {object} NamedFault
 * @property {string} name as docs/faults.md has it
 * @property {Omit<Fault, "path">} [fault]
 * @property {true} [isRefused]
 * @property {number} [stallMs]
 */

/** @type {NamedFault[]} */
export const FAULTS = [
  { name: "connection refused", isRefused: true },
  { name: "connection reset before the effect", fault: { reset: "before" } },
  { name: "connection reset after the effect", fault: { reset: "after" } },
  { name: "answer cut in the middle", fault: { cut: true } },
  { name: "no answer for 10 s", stallMs: 10_000 },
  { name: "no answer for 30 s", stallMs: 30_000 },
  { name: "401", fault: json(401, 'Cookie "coder_session_token" or query parameter must be provided.') },
  { name: "403", fault: json(403, "Forbidden.") },
  { name: "404", fault: json(404, "Resource not found or you do not have access to this resource") },
  { name: "409", fault: json(409, "The row was changed by another request.") },
  { name: "429", fault: json(429, "You've been rate limited for sending more than 512 requests in 1m0s.") },
  {
    name: "429 with Retry-After",
    fault: { ...json(429, "You've been rate limited for sending more than 512 requests in 1m0s."), headers: { "Retry-After": "7" } },
  },
  { name: "500 with JSON", fault: json(500, "Internal server error.", "pq: the database system is shutting down") },
  { name: "502 with HTML", fault: { status: 502, body: BAD_GATEWAY, content_type: "text/html" } },
  { name: "503 without a body", fault: { status: 503, body: "" } },
  { name: "200 with HTML", fault: { status: 200, body: PORTAL, content_type: "text/html" } },
  { name: "204 without a body", fault: { status: 204 } },
  { name: "redirect to another origin", fault: { status: 302, headers: { Location: "http://sign-in.example/" } } },
];

/** What Chromium writes to the console for these faults. */
export const CONSOLE = /Failed to load resource|net::ERR_/;
