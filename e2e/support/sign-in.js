// @ts-check
// Another person signs in in a browser in which the page is open.

/**
 * @import { BrowserContext } from "@playwright/test"
 * @import { StandIn } from "./stand-in.js"
 */

/**
 * Replaces the browser's session cookie with one of a new session, which all its
 * pages share, as when a person signs in in another tab. The old session stays
 * open.
 *
 * @param {BrowserContext} context
 * @param {StandIn} standIn
 * @param {"ada" | "grace"} user
 * @param {string} [address] of the host whose cookie it is, when not the page's
 */
export async function signInAs(context, standIn, user, address = standIn.url) {
  const value = await standIn.openSession(user);
  const url = new URL("/", address).href;
  await context.addCookies([{ name: "coder_session_token", value, url, httpOnly: true, sameSite: "Lax" }]);
}
