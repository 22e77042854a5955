// @ts-check
// The React example with the packed package, built by bundlers.
import { cpSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { StandIn } from "./support/stand-in.js";
import { ElementsPage, expect, test as base } from "./support/elements.js";
import { assembleFake, makeFolder, pack, removeFolder } from "./support/package.js";
import { INSTALL_TIMEOUT_MS } from "./support/installed.js";
import { buildExample, installExample, serveExample } from "./support/react-example.js";

/** Below this the example is served, as any page on the deployment's origin. */
const PATH = "/embedded/react/";

/**
 * @import {
 *   Fixtures,
 *   PlaywrightTestArgs as TestArgs,
 *   PlaywrightTestOptions as TestOptions,
 *   PlaywrightWorkerArgs as WorkerArgs,
 *   PlaywrightWorkerOptions as WorkerOptions,
 * } from "@playwright/test"
 *
 * @typedef {object} ForEachWorker
 * @property {string} example the folder where it is installed
 * @property {StandIn} standIn
 */

/** @type {Fixtures<{}, ForEachWorker, TestArgs & TestOptions, WorkerArgs & WorkerOptions>} */
const fixtures = {
  example: [
    // Playwright reads from this pattern what the fixture needs: nothing.
    async ({}, use) => {
      const folder = makeFolder();
      const { archive } = pack(assembleFake(folder), folder);
      await use(installExample(folder, archive));
      removeFolder(folder);
    },
    { scope: "worker", timeout: INSTALL_TIMEOUT_MS },
  ],
  standIn: [
    async ({ example }, use) => {
      const folder = makeFolder();
      const out = assembleFake(folder);
      cpSync(buildExample(example), join(out, "react"), { recursive: true });
      const standIn = await StandIn.start(out);
      await use(standIn);
      await standIn.stop();
      removeFolder(folder);
    },
    { scope: "worker", timeout: INSTALL_TIMEOUT_MS },
  ],
};

const test = base.extend(fixtures);

// One installation for all tests.
test.describe.configure({ mode: "serial", timeout: INSTALL_TIMEOUT_MS });

test("the example builds, with the program's files among its own", async ({ example }) => {
  const names = readdirSync(join(example, "dist", "assets"));
  for (const file of [/^program-[\w-]+\.js$/, /^program_bg-[\w-]+\.wasm$/, /^program_later-[\w-]+\.wasm$/, /^style-[\w-]+\.css$/]) {
    expect(names.filter((name) => file.test(name)), String(file)).toHaveLength(1);
  }
});

test("the built example runs under the strict policy", async ({ page, standIn }) => {
  const elements = new ElementsPage(page, standIn);
  await elements.open(PATH + "index.html");
  await elements.mounted(3);
  const mounts = await elements.mounts();
  expect(mounts.map(({ kind, first }) => [kind, first.provider])).toEqual([
    ["button", "codeberg"],
    ["provider", "gitlab"],
    ["list", undefined],
  ]);
  // React's strict mode runs effects twice, but inserts nodes once.
  expect(mounts.map(({ frees }) => frees)).toEqual([0, 0, 0]);
});

test("events arrive, and the form is invalid until the account is linked", async ({ page, standIn }) => {
  const elements = new ElementsPage(page, standIn);
  await elements.open(PATH + "index.html");
  await elements.mounted(3);
  const create = page.getByRole("button", { name: "Create workspace" });
  await create.click();
  await expect(page.getByRole("status")).toHaveCount(0);

  const state = { provider: "codeberg", name: "Codeberg", linked: true, login: "ada", state: "linked" };
  await elements.emit("state", state, 0);
  await elements.emit("linked", { provider: "codeberg", login: "ada" }, 0);
  await elements.emit("state", state, 2);
  await elements.emit("unlinked", { provider: "gitlab", revoked: false }, 1);
  const events = page.getByRole("region", { name: "Events" }).getByRole("listitem");
  await expect(events).toHaveText([
    "The form can be sent.",
    "gitlab is unlinked; its token may not be revoked.",
  ]);
  await expect(page.getByText("1 linked and working", { exact: true })).toBeVisible();

  await create.click();
  await expect(page.getByRole("status")).toHaveText("Created: engine for the account at codeberg");
  await page.getByRole("button", { name: "Ask again" }).click();
  expect((await elements.mounts())[2]?.calls).toEqual(["refresh"]);
});

test("the example runs in Vite's development server", async ({ example, guard, page, standIn }) => {
  guard.tolerate(/React DevTools/);
  // No deployment is behind this server; the elements ask for the list while they load.
  guard.tolerate(/responded with a status of 404 /);
  const server = await serveExample(example);
  const elements = new ElementsPage(page, standIn);
  await page.goto(server.url);
  await elements.mounted(3);
  await page.goto("about:blank");
  await server.stop();
});
