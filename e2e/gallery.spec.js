// @ts-check
// Every state of the page, as the stand-in's gallery shows it: what axe-core
// finds, and whether all of it is there on a small screen.
//
// With SHOTS set to a folder, a picture of each is put there, to be looked at.
import { join } from "node:path";
import { violations } from "./support/axe.js";
import { GALLERY, galleryViews, openView } from "./support/gallery.js";
import { expect, test } from "./support/test.js";

/** @import { Page } from "@playwright/test" */

const { SHOTS } = process.env;
const SMALL = { width: 320, height: 640 };
const LARGE = { width: 1440, height: 900 };
const VIEWS = galleryViews();

/**
 * Puts a picture of the whole page into the folder that is asked for, if any.
 *
 * @param {Page} page
 * @param {string} name
 */
async function shoot(page, name) {
  if (!SHOTS) return;
  // Pictures below the fold are loaded when someone comes near them. One that
  // cannot be is shown as a person would see it.
  await page.evaluate(() =>
    Promise.all(
      [...document.images].map((image) => {
        image.loading = "eager";
        return image.decode().catch(() => undefined);
      }),
    ),
  );
  await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true, animations: "disabled" });
}

for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme, viewport: LARGE });

    for (const view of VIEWS) {
      test(`${view.group}: ${view.title}`, async ({ guard, page, standIn }) => {
        // A view may be of an answer that is an error, or of a page that closes
        // its window.
        guard.tolerate(/responded with a status of \d+ /);
        guard.tolerate(/Scripts may close only the windows/);
        await page.clock.install();
        await openView(page, view, standIn.url);
        // Softly: a picture of what is wrong is wanted all the same.
        expect.soft(await violations(page)).toEqual([]);
        await shoot(page, `${view.name}-${colorScheme}-1440`);
        await page.setViewportSize(SMALL);
        const width = await page.evaluate(() => document.scrollingElement?.scrollWidth);
        expect.soft(width, "how wide the page is on a screen of 320 px").toBeLessThanOrEqual(SMALL.width);
        await shoot(page, `${view.name}-${colorScheme}-320`);
      });
    }
  });
}

test("the index shows every view", async ({ guard, page, standIn }) => {
  guard.tolerate(/responded with a status of \d+ /);
  await page.goto(new URL(GALLERY, standIn.url).href);
  const titles = await page.locator("iframe").evaluateAll((frames) => frames.map((frame) => frame.getAttribute("title")));
  expect(titles).toEqual(VIEWS.map(({ title }) => title));
});

// A group at a time: each frame runs a program, and all of them at once are more
// than a small machine can draw in a test's time.
// A browser lets only a person open the windows of some groups.
const LED = VIEWS.filter(({ by_hand: byHand }) => !byHand);
for (const group of new Set(LED.map(({ group }) => group))) {
  test(`the index leads the views of "${group}" to their states, in the chosen colours and width`, async ({ guard, page, standIn }) => {
    test.setTimeout(120_000);
    guard.tolerate(/responded with a status of \d+ /);
    const index = new URL(GALLERY, standIn.url);
    index.searchParams.set("group", group);
    await page.goto(index.href);
    await page.getByRole("radio", { name: "dark" }).check();
    await page.getByRole("radio", { name: "320 px" }).check();
    for (const view of LED.filter((view) => view.group === group)) {
      const frame = page.locator(`#${view.name} iframe`);
      await frame.scrollIntoViewIfNeeded();
      const shown = frame.contentFrame();
      await shown.getByText(view.ready).first().waitFor({ timeout: 60_000 });
      const root = shown.locator(":root");
      await expect(root).toHaveCSS("color-scheme", "dark");
      await expect.poll(() => root.evaluate(() => innerWidth)).toBe(SMALL.width);
    }
  });
}
