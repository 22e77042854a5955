// @ts-check
// The states of the gallery in the element for the list: axe-core finds nothing.
// One page shows all of them, one after another. What the page of one provider
// shows is not in an element.
import { violations } from "./support/axe.js";
import { galleryViews } from "./support/gallery.js";
import { ELEMENTS, SKIPPED, expect, openWith, test } from "./support/real-elements.js";

test.skip(!ELEMENTS, SKIPPED);

const VIEWS = galleryViews().filter(({ path }) => !path.includes("/external-auth/") && !path.includes("?"));

for (const group of new Set(VIEWS.map(({ group }) => group))) {
  test(`${group}, in light, dark and forced colors`, async ({ guard, page, standIn }) => {
    guard.tolerate(/responded with a status of \d+ /);
    await page.clock.install();
    const elements = await openWith(page, standIn, "");
    // The background that the page has anyway; axe-core has to be told.
    await page.evaluate(() => {
      document.documentElement.style.backgroundColor = "Canvas";
      // With the token, an element does not fetch the view's page for one, which
      // would set the view's answers back.
      const token = document.createElement("meta");
      token.setAttribute("property", "csrf-token");
      token.content = "gallery";
      document.head.append(token);
    });
    for (const view of VIEWS.filter((each) => each.group === group)) {
      const base = view.path.replace(/\/$/, "");
      // A load of the view's page sets its answers back to the first.
      await page.evaluate((path) => fetch(path), view.path);
      await elements.put(`<coder-external-auth base-url="${base}"></coder-external-auth>`);
      for (const name of view.steps) await page.getByRole("button", { name, exact: true }).click();
      const ready = page.getByText(view.ready).filter({ visible: true }).first();
      if (view.first) {
        await expect(async () => {
          if (!(await ready.isVisible())) await page.clock.runFor(1_000);
          await expect(ready).toBeVisible({ timeout: 200 });
        }, `${view.name} shows ${view.ready}`).toPass({ intervals: [50], timeout: 60_000 });
      }
      await expect(ready, view.name).toBeVisible();
      for (const media of /** @type {const} */ ([
        { colorScheme: "light" },
        { colorScheme: "dark" },
        { colorScheme: "light", forcedColors: "active" },
      ])) {
        await page.emulateMedia(media);
        expect.soft(await violations(page), `${view.name}, ${JSON.stringify(media)}`).toEqual([]);
      }
      await page.emulateMedia({ colorScheme: "light", forcedColors: "none" });
    }
  });
}
