// @ts-check
import { expect } from "@playwright/test";

/** @import { Locator, Page } from "@playwright/test" */

/** More than there are places on any page of ours. */
const MOST_TABS = 120;

/**
 * Goes to something by the Tab key alone, from where the focus is.
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
 * Presses something by the keyboard alone.
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
 * Presses the last thing there is to press in a window, which then closes by
 * itself: so soon, it may be, that the key is not up again.
 *
 * @param {Page} window
 * @param {Locator} target
 */
export async function pressLast(window, target) {
  await press(window, target).catch((error) => {
    if (!window.isClosed()) throw error;
  });
}
