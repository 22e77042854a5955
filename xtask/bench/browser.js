// @ts-check
// The browser, and a stand-in for each build.
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import { BROWSER_ARGUMENTS } from "../../e2e/support/browser-arguments.js";
import { StandIn } from "../../e2e/support/stand-in.js";
import { ELEMENT_PAGE } from "./load.js";

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
 */

/** @param {string} executablePath */
export const startBrowser = (executablePath) => chromium.launch({ executablePath, args: BROWSER_ARGUMENTS });

/**
 * Starts a stand-in for each build. They are the same program, so only the builds
 * differ.
 *
 * @param {Build[]} builds
 */
export async function startStandIns(builds) {
  const started = [];
  for (const { name, page, elements } of builds) {
    copyFileSync(fileURLToPath(new URL(ELEMENT_PAGE, import.meta.url)), join(elements, ELEMENT_PAGE));
    started.push({ name, standIn: await StandIn.start(elements, page) });
  }
  return started;
}
