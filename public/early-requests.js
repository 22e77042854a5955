// @ts-check
// Sends the first requests of a session while the program is loading. The page
// (boot.js) and the custom elements (npm/src/early-requests.js) share this file.
import { isConfigurable } from "./configured-url.js";

/**
 * An answer, and `Date.now()` when it arrived.
 *
 * @typedef {Promise<[Response, number]>} EarlyAnswer
 */

/**
 * Requests that were sent early. The program takes each answer once.
 *
 * @typedef {object} EarlyRequests
 * @property {string} baseUrl the deployment, as it is configured
 * @property {number} sentAt `performance.now()` when they were sent
 * @property {boolean} inSight whether the page has been visible since then
 * @property {EarlyAnswer} [list] `GET /api/v2/external-auth`
 * @property {EarlyAnswer} [user] `GET /api/v2/users/me`
 */

/**
 * Asks for the list, and then who is signed in, as the program's client does
 * (src/api/request.rs) when it uses the session cookie.
 *
 * @param {string} baseUrl
 * @returns {EarlyRequests | undefined} nothing for an address that may not be
 *   configured; the program says so
 */
export const sendEarly = (baseUrl) => {
  if (!isConfigurable(baseUrl)) return;
  /**
   * @param {string} path
   * @param {boolean} [keepalive] whether the request continues when the person leaves the page
   */
  const send = (path, keepalive) => {
    /** @type {RequestInit} */
    const options = { headers: { Accept: "application/json" }, cache: "no-store", redirect: "manual", keepalive };
    /** @type {EarlyAnswer} */
    const answer = fetch(`${baseUrl.trim().replace(/\/+$/, "")}/api/v2/${path}`, options).then((response) => [
      response,
      Date.now(),
    ]);
    // The program reports a failure. Without the program, nobody needs the answer.
    answer.catch(() => {});
    return answer;
  };
  /** @type {EarlyRequests} */
  const early = {
    baseUrl,
    sentAt: performance.now(),
    inSight: !document.hidden,
    // Never aborted: see Client::list in src/api/client.rs.
    list: send("external-auth", true),
    user: send("users/me"),
  };
  document.addEventListener("visibilitychange", () => (early.inSight = false), { once: true });
  // A page from the back/forward cache asks again.
  addEventListener("pagehide", () => (early.list = early.user = undefined), { once: true });
  return early;
};
