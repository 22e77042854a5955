// @ts-check
/** @import { Page } from "@playwright/test" */

/**
 * Hides or shows a tab. Playwright's pages are always visible, so this overrides
 * what the page reads and sends the event.
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
