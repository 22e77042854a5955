// @ts-check
import { expect } from "@playwright/test";

/**
 * @import { Page } from "@playwright/test"
 * @import { AccountsPage } from "./accounts-page.js"
 */

/**
 * The button with which a person consents at the provider.
 *
 * @param {Page} page
 */
export const authorize = (page) => page.getByRole("button", { name: "Authorize", exact: true });

/**
 * The button with which a person refuses at the provider.
 *
 * @param {Page} page
 */
export const refuse = (page) => page.getByRole("button", { name: "Cancel", exact: true });

/**
 * Presses a button of a card and returns the window that opens, at the provider.
 *
 * @param {AccountsPage} accounts
 * @param {"Link" | "Re-authenticate"} action
 * @param {string} name
 */
export async function openWindow(accounts, action, name) {
  const opened = accounts.page.waitForEvent("popup");
  await accounts.press(action, name);
  const window = await opened;
  await expect(window.getByRole("heading", { name: `Sign in to ${name}` })).toBeVisible();
  return window;
}

/**
 * Presses a button of a card and continues in this tab, because the window is
 * blocked. Playwright's Chromium blocks no window; a browser that does returns null.
 *
 * @param {AccountsPage} accounts
 * @param {"Link" | "Re-authenticate"} action
 * @param {string} name
 */
export async function continueHere(accounts, action, name) {
  await accounts.page.evaluate(() => {
    window.open = () => null;
  });
  await accounts.press(action, name);
  await choice(accounts, name, "Continue in this tab").click();
}

/**
 * A button of a card that is about the flow in the window.
 *
 * @param {AccountsPage} accounts
 * @param {string} name of the provider
 * @param {"Bring to front" | "Continue in this tab" | "Cancel" | "Check now" | "Keep waiting"} words
 */
export function choice(accounts, name, words) {
  const button = accounts.card(name).getByRole("button", { name: words, exact: true });
  // While the window is open, "Cancel" is in the place of "Link".
  return words === "Cancel" ? button.or(accounts.button("Cancel linking", name)) : button;
}
