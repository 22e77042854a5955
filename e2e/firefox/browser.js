// @ts-check
// Headless Firefox, driven by geckodriver with Selenium.
import { openSync } from "node:fs";
import path from "node:path";
import { Driver, Options, ServiceBuilder } from "selenium-webdriver/firefox.js";
import { variable } from "../support/environment.js";

/** @import { TestContext } from "node:test" */

/**
 * Starts a Firefox with an empty profile, and stops it when the test ends, also
 * when the test runs into its time limit.
 *
 * geckodriver listens on a free port of loopback. The programs are those that
 * `cargo xtask` found: Selenium looks for no other and downloads nothing.
 *
 * @param {TestContext} test
 * @param {string[]} args Firefox's arguments
 */
export async function startFirefox(test, args) {
  // Firefox writes much about the system that it runs on.
  const log = openSync(path.join(variable("RESULTS"), "firefox.log"), "a");
  const service = new ServiceBuilder(variable("GECKODRIVER")).setStdio(["ignore", log, log]).build();
  test.after(() => service.kill());
  const options = new Options().setBinary(variable("FIREFOX_PATH")).addArguments("-headless", ...args);
  const firefox = Driver.createSession(options, service);
  // Waits until Firefox has started, so that a failure is told here.
  await firefox.getSession();
  return firefox;
}
