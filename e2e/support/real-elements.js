// @ts-check
// Playwright's `test`, with the built package on the stand-in.
//
//   ELEMENTS  the folder of the package, as in a release; without it the tests
//             that need it are skipped
import { cpSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { LIST, test as base } from "./test.js";
import { ElementsPage } from "./elements.js";
import { INSTALL_TIMEOUT_MS, install } from "./installed.js";
import { authorize, openWindow } from "./link-window.js";
import { ROOT, addPages, makeFolder, pack, removeFolder } from "./package.js";
import { buildExample, installExample } from "./react-example.js";
import { StandIn } from "./stand-in.js";

export { expect } from "@playwright/test";

/**
 * @import {
 *   Fixtures,
 *   Page,
 *   PlaywrightTestArgs as TestArgs,
 *   PlaywrightTestOptions as TestOptions,
 *   PlaywrightWorkerArgs as WorkerArgs,
 *   PlaywrightWorkerOptions as WorkerOptions,
 * } from "@playwright/test"
 * @import { AccountsPage } from "./accounts-page.js"
 *
 * @typedef {Fixtures<{}, { standIn: StandIn }, TestArgs & TestOptions, WorkerArgs & WorkerOptions>} Servers
 */

export const ELEMENTS = process.env["ELEMENTS"] ?? "";

/** Why tests of the package are skipped. */
export const SKIPPED = "ELEMENTS names no built package.";

/**
 * Serves a copy of the package with more files in it.
 *
 * @param {(out: string, folder: string) => void} add
 * @param {(standIn: StandIn) => Promise<void>} use
 */
async function serve(add, use) {
  const folder = makeFolder();
  const out = join(folder, "package");
  cpSync(ELEMENTS, out, { recursive: true });
  add(out, folder);
  const standIn = await StandIn.start(out);
  await use(standIn);
  await standIn.stop();
  removeFolder(folder);
}

/** @type {Servers} */
const withPages = {
  standIn: [({}, use) => serve(addPages, use), { scope: "worker" }],
};

/** @type {Servers} */
const withExample = {
  standIn: [
    ({}, use) =>
      serve((out, folder) => {
        const { archive } = pack(out, folder);
        cpSync(buildExample(installExample(folder, archive)), join(out, "react"), { recursive: true });
      }, use),
    { scope: "worker", timeout: INSTALL_TIMEOUT_MS },
  ],
};

/** @type {Servers} */
const withDialogHost = {
  standIn: [
    ({}, use) =>
      serve((out, folder) => {
        const application = join(folder, "dialog-host");
        cpSync(join(ROOT, "e2e", "fixtures", "dialog-host"), application, { recursive: true });
        install(application);
        cpSync(join(application, "index.html"), join(out, "dialog-host", "index.html"));
        buildSync({
          entryPoints: [join(application, "main.jsx")],
          bundle: true,
          define: { "process.env.NODE_ENV": '"production"' },
          jsx: "automatic",
          format: "esm",
          outfile: join(out, "dialog-host", "main.js"),
        });
      }, use),
    { scope: "worker", timeout: INSTALL_TIMEOUT_MS },
  ],
};

/** With the pages of the tests beside the elements. */
export const test = base.extend(withPages);

/** With an application that has a dialog of Radix, below `/embedded/dialog-host/`. */
export const testDialogHost = base.extend(withDialogHost);

/** With the React example, built of the packed package, below `/embedded/react/`. */
export const testReact = base.extend(withExample);

/**
 * Opens a page and inserts elements.
 *
 * @param {Page} page
 * @param {StandIn} standIn
 * @param {string} html
 */
export async function openWith(page, standIn, html) {
  const elements = new ElementsPage(page, standIn);
  await elements.open();
  await elements.define();
  await elements.put(html);
  return elements;
}

/**
 * Puts a list on the page, for the person of a session token.
 *
 * @param {Page} page
 * @param {string} token
 */
export const putListOf = (page, token) =>
  page.evaluate((secret) => {
    const list = document.createElement("coder-external-auth");
    list.sessionToken = secret;
    document.querySelector("main")?.append(list);
  }, token);

/**
 * Links a provider in a window, and waits for the result.
 *
 * @param {AccountsPage} accounts
 * @param {string} name
 */
export async function linkInWindow(accounts, name) {
  const window = await openWindow(accounts, "Link", name);
  await authorize(window).click();
}

/** @param {StandIn} standIn */
export const listRequests = async (standIn) => (await standIn.requestsTo("GET", LIST)).length;
