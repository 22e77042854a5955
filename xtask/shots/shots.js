// @ts-check
// Takes pictures of the page in each of its states, and writes an index of them.
//
//   node xtask/shots/shots.js FOLDER [PART OF A NAME]...
//
// STAND_IN, PAGE, ELEMENTS and CHROMIUM_PATH are set by `cargo xtask shots`.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { BROWSER_ARGUMENTS } from "../../e2e/support/browser-arguments.js";
import { variable } from "../../e2e/support/environment.js";
import { StandIn } from "../../e2e/support/stand-in.js";
import { subjects } from "./views.js";

/**
 * @import { Browser } from "@playwright/test"
 * @import { Look, Subject } from "./views.js"
 */

/**
 * Takes one picture.
 *
 * @param {Browser} browser
 * @param {StandIn} standIn
 * @param {Subject} subject
 * @param {Look} look
 * @param {string} path
 */
async function shoot(browser, standIn, subject, look, path) {
  const { colorScheme, forcedColors, height, width } = look;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme,
    forcedColors: forcedColors ? "active" : "none",
    locale: "en-US",
    timezoneId: "UTC",
  });
  const page = await context.newPage();
  await subject.open(page, standIn, look);
  // Pictures below the first screen load when they come near the viewport. One
  // that cannot be loaded is shown as a person would see it.
  await page.evaluate(() =>
    Promise.all(
      [...document.images].map((image) => {
        image.loading = "eager";
        return image.decode().catch(() => undefined);
      }),
    ),
  );
  await page.screenshot({ path, fullPage: subject.isWhole ?? true, animations: "disabled" });
  await context.close();
}

/**
 * The index of the pictures.
 *
 * @param {Subject[]} taken
 */
function index(taken) {
  /** @param {string} text */
  const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  const lines = ["<!doctype html>", '<html lang="en">', "<meta charset=utf-8>", "<title>Pictures of every state</title>"];
  lines.push("<style>body { font-family: sans-serif } img { border: 1px solid; max-height: 30rem; max-width: 100% }</style>");
  let group = "";
  for (const subject of taken) {
    if (subject.group !== group) lines.push(`<h1>${escaped((group = subject.group))}</h1>`);
    lines.push(`<h2>${escaped(subject.title)}</h2>`);
    for (const { name } of subject.looks) {
      const file = `${subject.name}-${name}.png`;
      lines.push(`<a href="${file}" title="${name}"><img src="${file}" alt="${name}" loading="lazy"></a>`);
    }
  }
  return `${lines.join("\n")}\n`;
}

const [folder, ...wanted] = process.argv.slice(2);
if (!folder) throw new Error("Name the folder for the pictures.");
mkdirSync(folder, { recursive: true });
const taken = subjects().filter(({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part)));
const browser = await chromium.launch({ executablePath: variable("CHROMIUM_PATH"), args: BROWSER_ARGUMENTS });
const standIn = await StandIn.start(variable("ELEMENTS"));
for (const [number, subject] of taken.entries()) {
  console.log(`${number + 1} of ${taken.length}: ${subject.title}`);
  for (const look of subject.looks) {
    await shoot(browser, standIn, subject, look, join(folder, `${subject.name}-${look.name}.png`));
  }
}
writeFileSync(join(folder, "index.html"), index(taken));
await standIn.stop();
await browser.close();
