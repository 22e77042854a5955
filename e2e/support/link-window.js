// @ts-check
import { expect } from "@playwright/test";

/**
 * @import { Page } from "@playwright/test"
 * @import { AccountsPage } from "./accounts-page.js"
 */

/**
 * The button by which a person consents at the provider.
 *
 * @param {Page} page
 */
export const authorize = (page) => page.getByRole("button", { name: "Authorize", exact: true });

/**
 * The button by which a person refuses at the provider.
 *
 * @param {Page} page
 */
export const refuse = (page) => page.getByRole("button", { name: "Cancel", exact: true });

/**
 * Presses a button of a card, and gives the window that opens, at the provider.
 *
 * @param {AccountsPage} accounts
 * @param {"Link" | "Re-authenticate"} action
 * @param {string} name
 */
export async function openWindow(accounts, action, name) {
  const opened = accounts.page.waitForEvent("popup");
  await accounts.button(action, name).click();
  const window = await opened;
  await expect(window.getByRole("heading", { name: `Sign in to ${name}` })).toBeVisible();
  return window;
}

/**
 * Presses a button of a card, and goes on in this tab: the window is blocked.
 * Playwright's Chromium blocks none; this is what a browser that does answers.
 *
 * @param {AccountsPage} accounts
 * @param {"Link" | "Re-authenticate"} action
 * @param {string} name
 */
export async function continueHere(accounts, action, name) {
  await accounts.page.evaluate(() => {
    window.open = () => null;
  });
  await accounts.button(action, name).click();
  await choice(accounts, name, "Continue in this tab").click();
}

/**
 * Something to press where a card says how the window stands.
 *
 * @param {AccountsPage} accounts
 * @param {string} name of the provider
 * @param {"Bring to front" | "Continue in this tab" | "Cancel" | "Check now" | "Keep waiting"} words
 */
export function choice(accounts, name, words) {
  return accounts.card(name).getByRole("button", { name: words, exact: true });
}
