// @ts-check
// The end-to-end tests: the built page in a browser, against the stand-in.
// `cargo xtask test --only e2e` builds both and sets these variables:
//
//   CHROMIUM_PATH       the system's Chromium; its headless shell where there is
//                       one. Playwright downloads none
//   FULL_CHROMIUM_PATH  the whole Chromium, for what the headless shell lacks
//   STAND_IN            the stand-in's program, which each worker starts
//   PAGE                the folder of the built page, which the stand-in serves
//   ELEMENTS            the folder of the built package of the custom elements
//   E2E_REPORT          the file for the JSON report that the results are counted
//                       from
import { availableParallelism } from "node:os";
import { defineConfig } from "@playwright/test";
import { BROWSER_ARGUMENTS } from "./e2e/support/browser-arguments.js";

const { CHROMIUM_PATH, E2E_REPORT, CI } = process.env;
const MINUTE_MS = 60_000;
/** Each worker is a browser and a stand-in: more than this need too much memory. */
const MOST_WORKERS = 8;

/** @type {import("@playwright/test").ReporterDescription[]} */
const reporter = [["list"]];
if (E2E_REPORT) reporter.push(["json", { outputFile: E2E_REPORT }]);

export default defineConfig({
  testDir: "e2e",
  testMatch: "*.spec.js",
  // Screenshots and traces of failed tests.
  outputDir: "e2e/results",
  reporter,
  // One browser for each core: a test keeps a core busy, so more are not faster.
  workers: Math.min(availableParallelism(), MOST_WORKERS),
  fullyParallel: true,
  // A test that fails at first and then passes has failed.
  retries: 0,
  forbidOnly: Boolean(CI),
  // Time limits only decide when a test counts as failed. A passing test does not
  // wait for them, so they leave room for a machine whose cores do other work.
  timeout: 3 * MINUTE_MS,
  expect: { timeout: MINUTE_MS / 2 },
  globalTimeout: 60 * MINUTE_MS,
  use: {
    browserName: "chromium",
    locale: "en-GB",
    timezoneId: "UTC",
    screenshot: "only-on-failure",
    // Recording slows all tests down. `-- --trace on` turns it on.
    trace: "off",
    launchOptions: {
      executablePath: CHROMIUM_PATH,
      args: BROWSER_ARGUMENTS,
    },
  },
});
