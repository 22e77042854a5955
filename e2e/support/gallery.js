// @ts-check
// The stand-in's gallery, which shows the page in each of its states.
import { spawnSync } from "node:child_process";
import { expect } from "@playwright/test";

/** @import { Page } from "@playwright/test" */

/**
 * The page in one state.
 *
 * @typedef {object} View
 * @property {string} name
 * @property {string} group
 * @property {string} title
 * @property {string} path
 * @property {string[]} steps names of the buttons that lead to the state
 * @property {boolean} by_hand whether the index leaves the buttons to a person
 * @property {string} first where the state comes with time, a part of the text
 *   before it; else empty
 * @property {string} ready a part of the state's text
 */

/** The path of the index. */
export const GALLERY = "/_stand-in/gallery/";

/**
 * All views. Tests are named after them, so the stand-in's program lists them
 * before anything is served.
 *
 * @returns {View[]}
 */
export function galleryViews() {
  const { STAND_IN } = process.env;
  if (!STAND_IN) throw new Error("STAND_IN is not set. Start the tests with `cargo xtask test`.");
  const { status, stdout, stderr } = spawnSync(STAND_IN, ["--list-views"], { encoding: "utf8" });
  if (status !== 0) throw new Error(`The stand-in does not list its views: ${stderr}`);
  return JSON.parse(stdout);
}

/**
 * Opens a view and leads it to its state.
 *
 * @param {Page} page whose clock is installed
 * @param {View} view
 * @param {string} origin
 */
export async function openView(page, view, origin) {
  await page.goto(new URL(view.path, origin).href);
  for (const name of view.steps) {
    await page.getByRole("button", { name, exact: true }).click();
  }
  /** @param {string} text */
  const shown = (text) => page.getByText(text).filter({ visible: true }).first();
  const ready = shown(view.ready);
  if (view.first) {
    await expect(shown(view.first).or(ready).first()).toBeVisible();
    // Fake time passes until the state is there.
    await expect(async () => {
      if (!(await ready.isVisible())) await page.clock.runFor(1_000);
      await expect(ready).toBeVisible({ timeout: 200 });
    }, `${view.name} shows ${view.ready}`).toPass({ intervals: [50], timeout: 60_000 });
  }
  await expect(ready).toBeVisible();
}
