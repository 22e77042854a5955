// @ts-check
// Measures loads: `node xtask/bench/measure.js PLAN RESULT`. `cargo xtask bench`
// writes the plan and reads the result, both JSON. The builds are measured in turn
// (A B, B A, A B, ...), so that what changes on the machine meanwhile meets both.
import { readFileSync, writeFileSync } from "node:fs";
import { startBrowser, startStandIns } from "./browser.js";
import { measure } from "./load.js";

/**
 * @import { Plan } from "./browser.js"
 * @import { Case } from "./load.js"
 *
 * @typedef {Case & { build: string } & Awaited<ReturnType<typeof measure>>} Sample
 */

const [, , planFile = "", resultFile = ""] = process.argv;
/** @type {Plan} */
const plan = JSON.parse(readFileSync(planFile, "utf8"));

const builds = await startStandIns(plan.builds);
const browser = await startBrowser(plan.chromium);
/** @type {Sample[]} */
const samples = [];
try {
  // The first load of a browser also starts its processes, and is not counted.
  for (const { standIn } of builds) {
    await measure(browser, standIn, { subject: "page", providers: 3, profile: "unthrottled" });
  }
  for (const { runs, ...which } of plan.cases) {
    const { subject, providers, profile } = which;
    console.error(`${subject}, ${providers} providers, ${profile}: ${runs} loads of each build`);
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
