// @ts-check
// The stand-in's gallery: the page in each of its states.
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
 * @property {boolean} by_hand whether the index leaves them to a person
 * @property {string} first where the state comes with time, a part of the text
 *   that is there until then; else empty
 * @property {string} ready a part of the text that is there then
 */

/** Where the index is. */
export const GALLERY = "/_stand-in/gallery/";

/**
 * All views. The tests are named after them, so they are asked for before
 * anything is served: by the program, which knows them without a server.
 *
 * @returns {View[]}
 */
export function galleryViews() {
  const { STAND_IN } = process.env;
  if (!STAND_IN) throw new Error("STAND_IN is not set: start the tests by `cargo xtask test --only e2e`.");
  const { status, stdout, stderr } = spawnSync(STAND_IN, ["--list-views"], { encoding: "utf8" });
  if (status !== 0) throw new Error(`The stand-in does not tell its views: ${stderr}`);
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
    // What a person waits for passes at once.
    await expect(async () => {
      if (!(await ready.isVisible())) await page.clock.runFor(1_000);
      await expect(ready).toBeVisible({ timeout: 200 });
    }, `${view.name} shows ${view.ready}`).toPass({ intervals: [50], timeout: 20_000 });
  }
  await expect(ready).toBeVisible();
}
