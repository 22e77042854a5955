// @ts-check
// Measures loads: `node xtask/bench/measure.js PLAN RESULT`. `cargo xtask bench`
// writes the plan and reads the result, both JSON. The builds are measured in turn
// (A B, B A, A B, ...), so that what changes on the machine meanwhile meets both.
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import { StandIn } from "../../e2e/support/stand-in.js";
import { ELEMENT_PAGE, measure } from "./load.js";

/**
 * @import { Case } from "./load.js"
 *
 * @typedef {object} Build
 * @property {string} name
 * @property {string} page the folder of the page
 * @property {string} elements the folder of the package
 *
 * @typedef {object} Plan
 * @property {string} chromium
 * @property {Build[]} builds
 * @property {(Case & { runs: number })[]} cases
 *
 * @typedef {Case & { build: string } & Awaited<ReturnType<typeof measure>>} Sample
 */

const BROWSER_ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const [, , planFile = "", resultFile = ""] = process.argv;
/** @type {Plan} */
const plan = JSON.parse(readFileSync(planFile, "utf8"));

const builds = [];
for (const { name, page, elements } of plan.builds) {
  copyFileSync(fileURLToPath(new URL(ELEMENT_PAGE, import.meta.url)), join(elements, ELEMENT_PAGE));
  builds.push({ name, standIn: await StandIn.start(elements, page) });
}
const browser = await chromium.launch({ executablePath: plan.chromium, args: BROWSER_ARGUMENTS });
/** @type {Sample[]} */
const samples = [];
try {
  // The first load of a browser also starts its processes, and is not counted.
  for (const { standIn } of builds) {
    await measure(browser, standIn, { subject: "page", providers: 3, profile: "unthrottled" });
  }
  for (const { runs, ...which } of plan.cases) {
    const { subject, providers, profile } = which;
    console.error(`${subject}, ${providers} providers, ${profile}: ${runs} runs`);
    for (let run = 0; run < runs; run += 1) {
      for (const { name, standIn } of run % 2 ? builds.toReversed() : builds) {
        samples.push({ build: name, ...which, ...(await measure(browser, standIn, which)) });
      }
    }
  }
  writeFileSync(resultFile, JSON.stringify({ browser: browser.version(), samples }));
} finally {
  await browser.close();
  for (const { standIn } of builds) await standIn.stop();
}
