// @ts-check
// White and black provider icons are visible in every theme, measured in the
// pixels that the browser draws.
import { ELEMENTS, test as testElements } from "./support/real-elements.js";
import { expect, test } from "./support/test.js";

/** @import { BrowserContext, Locator } from "@playwright/test" */

/** Contrast of graphics that are needed to understand a page (WCAG 2.2, 1.4.11). */
const LEAST_CONTRAST = 3;

/** As a Coder has them: white for its dark theme, and black. */
const ICONS = [
  { color: "white", icon: "/icon/github.svg?monochrome" },
  { color: "black", icon: "/icon/apple-black.svg" },
];

/**
 * Waits until an icon is drawn with enough contrast. A plate without its icon has no
 * contrast.
 *
 * @param {BrowserContext} context
 * @param {Locator} plate
 */
const isSeen = (context, plate) => expect.poll(() => contrastOn(context, plate)).toBeGreaterThanOrEqual(LEAST_CONTRAST);

/**
 * The contrast between an icon's plate and the most different colour on it.
 *
 * @param {BrowserContext} context
 * @param {Locator} plate
 */
async function contrastOn(context, plate) {
  const image = plate.locator("img");
  await image.scrollIntoViewIfNeeded();
  // A loaded image may not be on the screen yet.
  await image.evaluate((shown) => /** @type {HTMLImageElement} */ (shown).decode());
  const picture = (await plate.screenshot({ animations: "disabled" })).toString("base64");
  // A page without a policy, which can read pixels.
  const reader = await context.newPage();
  const contrast = await reader.evaluate(async (base64) => {
    const shown = new Image();
    shown.src = `data:image/png;base64,${base64}`;
    await shown.decode();
    const { width, height } = shown;
    const canvas = Object.assign(document.createElement("canvas"), { width, height });
    const drawing = canvas.getContext("2d", { willReadFrequently: true });
    if (!drawing) throw new Error("There is no canvas.");
    drawing.drawImage(shown, 0, 0);
    /** @param {number} x @param {number} y */
    const luminance = (x, y) => {
      const channels = [...drawing.getImageData(x, y, 1, 1).data].slice(0, 3).map((value) => {
        const part = value / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      const [red = 0, green = 0, blue = 0] = channels;
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    // Between the edge of the plate and the image on it.
    const plate = luminance(2, Math.floor(height / 2));
    let most = 1;
    for (let x = 6; x < width - 6; x += 1) {
      for (let y = 6; y < height - 6; y += 1) {
        const other = luminance(x, y);
        most = Math.max(most, (Math.max(plate, other) + 0.05) / (Math.min(plate, other) + 0.05));
      }
    }
    return most;
  }, picture);
  await reader.close();
  return contrast;
}

for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme });

    for (const { color, icon } of ICONS) {
      test(`a ${color} icon can be seen`, async ({ accounts, context, standIn }) => {
        await standIn.provider("gitlab", { display_icon: icon });
        await accounts.open();
        const plate = accounts.card("GitLab").locator(".provider-icon");
        await expect(plate.locator("img")).toHaveAttribute("src", icon);
        await isSeen(context, plate);
      });
    }
  });
}

testElements.describe("inside the dashboard", () => {
  testElements.skip(!ELEMENTS, "ELEMENTS names no built package.");

  for (const theme of ["light", "dark", "light-tritan", "dark-protan-deuter"]) {
    for (const { color, icon } of ICONS) {
      testElements(`a ${color} icon can be seen in ${theme}`, async ({ context, page, standIn }) => {
        await standIn.provider("gitlab", { display_icon: icon });
        await page.goto(new URL(`/_stand-in/dashboard/?theme=${theme}`, standIn.url).href);
        const plate = page.locator("coder-external-auth").getByRole("listitem", { name: "GitLab", exact: true }).locator(".provider-icon");
        await isSeen(context, plate);
      });
    }
  }
});
