// @ts-check
/** @import { Page } from "@playwright/test" */

/**
 * Hides a tab, or brings it back. Playwright's pages are always in sight: what
 * the page reads is overridden, and the event is sent.
 *
 * @param {Page} page
 * @param {"hidden" | "visible"} state
 */
export async function setVisibility(page, state) {
  await page.evaluate((value) => {
    Object.defineProperty(document, "visibilityState", { configurable: true, get: () => value });
    Object.defineProperty(document, "hidden", { configurable: true, get: () => value === "hidden" });
    document.dispatchEvent(new Event("visibilitychange"));
  }, state);
}
