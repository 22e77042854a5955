// @ts-check
// Every state of the page, as the stand-in's gallery shows it, in every setting
// that a person may have: axe-core finds nothing, all has enough contrast, and
// nothing is cut off. `cargo xtask shots` takes pictures of them.
import { violations } from "./support/axe.js";
import { lowContrast } from "./support/contrast.js";
import { GALLERY, galleryViews, openView } from "./support/gallery.js";
import { NO_PROBLEMS, inEachSetting, layoutProblems } from "./support/layout.js";
import { expect, test } from "./support/test.js";

const SMALL = { width: 320, height: 640 };
const LARGE = { width: 1440, height: 900 };
const VIEWS = galleryViews();

test.describe(() => {
  test.use({ viewport: LARGE });

  for (const view of VIEWS) {
    test(`${view.group}: ${view.title}, in all colors, sizes and directions`, async ({ guard, page, standIn }) => {
      // A view may show an answer that is an error, or a page that closes its
      // window.
      guard.tolerate(/responded with a status of \d+ /);
      guard.tolerate(/Scripts may close only the windows/);
      await page.clock.install();
      await openView(page, view, standIn.url);
      // One page serves all settings: to load the program costs more than all checks.
      for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
        await page.emulateMedia({ colorScheme });
        expect.soft(await violations(page), `in ${colorScheme} colors`).toEqual([]);
        expect.soft(await lowContrast(page), `contrast in ${colorScheme} colors`).toEqual([]);
      }
      await page.emulateMedia({ forcedColors: "active" });
      expect.soft(await violations(page), "in forced colors").toEqual([]);
      await page.emulateMedia({ forcedColors: "none" });

      await inEachSetting(page, async (setting) => {
        for (const size of [LARGE, SMALL]) {
          await page.setViewportSize(size);
          expect.soft(await layoutProblems(page), `${setting}, ${size.width} px wide`).toEqual(NO_PROBLEMS);
        }
      });
    });
  }
});

test("the index shows every view", async ({ guard, page, standIn }) => {
  guard.tolerate(/responded with a status of \d+ /);
  await page.goto(new URL(GALLERY, standIn.url).href);
  const titles = await page.locator("iframe").evaluateAll((frames) => frames.map((frame) => frame.getAttribute("title")));
  expect(titles).toEqual(VIEWS.map(({ title }) => title));
});

// One test for each group: each frame runs a program, and a small machine cannot
// draw all of them in one test's time.
// The index does not lead to views whose windows only a person may open.
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
