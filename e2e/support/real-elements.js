// @ts-check
// Playwright's `test`, with the built package on the stand-in.
//
//   ELEMENTS  the folder of the package, as in a release; without it the tests
//             that need it are skipped
import { cpSync } from "node:fs";
import { join } from "node:path";
import { test as base } from "./test.js";
import { addPages, makeFolder, pack, removeFolder } from "./package.js";
import { INSTALL_TIMEOUT_MS, buildExample, installExample } from "./react-example.js";
import { StandIn } from "./stand-in.js";

export { expect } from "@playwright/test";

/**
 * @import {
 *   Fixtures,
 *   PlaywrightTestArgs as TestArgs,
 *   PlaywrightTestOptions as TestOptions,
 *   PlaywrightWorkerArgs as WorkerArgs,
 *   PlaywrightWorkerOptions as WorkerOptions,
 * } from "@playwright/test"
 *
 * @typedef {Fixtures<{}, { standIn: StandIn }, TestArgs & TestOptions, WorkerArgs & WorkerOptions>} Servers
 */

export const ELEMENTS = process.env["ELEMENTS"] ?? "";

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

/** With the pages of the tests beside the elements. */
export const test = base.extend(withPages);

/** With the React example, built of the packed package, below `/embedded/react/`. */
export const testReact = base.extend(withExample);
