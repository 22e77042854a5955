// @ts-check
import { expect } from "@playwright/test";

/** @import { Locator, Page } from "@playwright/test" */

/** More than there are places on any page of ours. */
const MOST_TABS = 120;

/**
 * Moves the focus to an element with the Tab key.
 *
 * @param {Page} page
 * @param {Locator} target
 */
export async function tabTo(page, target) {
  await expect(target).toBeVisible();
  for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`It is out of reach of the Tab key: ${target}`);
}

/**
 * Presses a control with the keyboard.
 *
 * @param {Page} page
 * @param {Locator} target
 * @param {"Enter" | "Space"} [key]
 */
export async function press(page, target, key = "Enter") {
  await tabTo(page, target);
  await page.keyboard.press(key);
}

/**
 * Presses the last control in a window, which then closes by itself, perhaps
 * before the key is up again.
 *
 * @param {Page} window
 * @param {Locator} target
 */
export async function pressLast(window, target) {
  await press(window, target).catch((error) => {
    if (!window.isClosed()) throw error;
  });
}
