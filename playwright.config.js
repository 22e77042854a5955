// @ts-check
// The end-to-end tests: the built page in a real browser, against the stand-in.
// `cargo xtask test --only e2e` builds both and sets the variables read here:
//
//   CHROMIUM_PATH  the system's Chromium; Playwright's own download is not used
//   STAND_IN       the stand-in's program, which every worker starts for itself
//   PAGE           the folder of the built page, for the stand-in to serve
//   E2E_REPORT     the file for the report that the results are counted from
import { defineConfig } from "@playwright/test";

const { CHROMIUM_PATH, E2E_REPORT, CI } = process.env;

/** @type {import("@playwright/test").ReporterDescription[]} */
const reporter = [["list"]];
if (E2E_REPORT) reporter.push(["json", { outputFile: E2E_REPORT }]);

export default defineConfig({
  testDir: "e2e",
  // Screenshots and traces of what failed.
  outputDir: "e2e/results",
  reporter,
  workers: 2,
  fullyParallel: true,
  // A test that passes on the second try is a test that fails.
  retries: 0,
  forbidOnly: Boolean(CI),
  timeout: 30_000,
  // A busy machine is slow, not wrong.
  expect: { timeout: 10_000 },
  // Far above what all tests take: only a run that hangs gets here.
  globalTimeout: 20 * 60_000,
  use: {
    browserName: "chromium",
    locale: "en-GB",
    timezoneId: "UTC",
    screenshot: "only-on-failure",
    // Recording every step slows all tests down: `-- --trace on` asks for it.
    trace: "off",
    launchOptions: {
      executablePath: CHROMIUM_PATH,
      // The first is for root, in containers for example; the others keep the
      // browser from connecting to anything but the stand-in.
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
