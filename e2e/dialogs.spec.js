// @ts-check
// The dialogs, as they look and sound: nothing jumps, and each thing is said once.
import { DeviceDialog } from "./support/device-dialog.js";
import { galleryViews, openView } from "./support/gallery.js";
import { expect, test } from "./support/test.js";

/**
 * @import { Page } from "@playwright/test"
 */

/** The states of the device flow that are shown in its dialog. */
const STATES = galleryViews().filter(({ name }) => /^device-(?!linked|other-login)/.test(name));

/**
 * Records what live regions say from now on, each time that it changes.
 *
 * @param {Page} page
 */
async function listen(page) {
  await page.evaluate(() => {
    /** @type {string[]} */
    const said = [];
    Reflect.set(globalThis, "said", said);
    new MutationObserver((changes) => {
      const regions = new Set();
      for (const { target } of changes) {
        const element = target instanceof Element ? target : target.parentElement;
        regions.add(element?.closest("[role=status], [role=alert]"));
      }
      for (const region of regions) if (region?.textContent?.trim()) said.push(region.textContent.trim());
    }).observe(document, { characterData: true, childList: true, subtree: true });
  });
  return () => page.evaluate(() => /** @type {string[]} */ (Reflect.get(globalThis, "said")));
}

for (const { width, height } of [
  { width: 1440, height: 900 },
  { width: 320, height: 640 },
]) {
  test.describe(`at ${width} px`, () => {
    test.use({ viewport: { width, height } });

    test("the device dialog has the same height in each of its states", async ({ guard, page, standIn }) => {
      test.setTimeout(180_000);
      guard.tolerate(/responded with a status of \d+ /);
      await page.clock.install();
      /** @type {Record<string, number | undefined>} */
      const heights = {};
      for (const view of STATES) {
        await openView(page, view, standIn.url);
        heights[view.name] = (await page.locator("dialog").boundingBox())?.height;
      }
      expect(Object.keys(heights).length).toBeGreaterThan(7);
      const [first] = Object.values(heights);
      expect(heights).toEqual(Object.fromEntries(Object.keys(heights).map((name) => [name, first])));
    });
  });
}

test("all sizes of the device dialog are whole pixels", async ({ accounts, standIn, time }) => {
  await standIn.reset("device");
  const device = new DeviceDialog(accounts.page, "internal-git");
  await accounts.open();
  await device.open();
  await time.settled();
  const heights = await device.dialog
    .locator("h2, li, li > p, button, a, progress, svg.qr-code")
    .evaluateAll((parts) => parts.map((part) => part.getBoundingClientRect().height));
  expect(heights.length).toBeGreaterThan(9);
  expect(heights).toEqual(heights.map(Math.round));
});

test("a screen reader hears that the account is linked once", async ({ accounts, guard, standIn, time }) => {
  guard.tolerate(/responded with a status of 400 /);
  await standIn.reset("device");
  const device = new DeviceDialog(accounts.page, "internal-git");
  await accounts.open();
  const said = await listen(accounts.page);
  await device.open();
  await standIn.decideDevice("internal-git", { approve: true });
  await time.advance(8_000);
  await expect(accounts.badge("internal-git", "Linked")).toBeVisible();
  await time.advance(60_000);
  const linked = (await said()).filter((words) => words.includes("linked"));
  expect(linked).toEqual(["internal-git is linked."]);
});
