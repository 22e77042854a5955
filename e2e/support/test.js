// @ts-check
// Playwright's `test`, with a stand-in for each worker and the page on it.
import { test as base } from "@playwright/test";
import { AccountsPage } from "./accounts-page.js";
import { ConsoleGuard } from "./console-guard.js";
import { FakeTime } from "./fake-time.js";
import { SecretSweep } from "./secret-sweep.js";
import { StandIn } from "./stand-in.js";

export { expect } from "@playwright/test";
export { LIST } from "./accounts-page.js";

/**
 * @import {
 *   Fixtures,
 *   PlaywrightTestArgs as TestArgs,
 *   PlaywrightTestOptions as TestOptions,
 *   PlaywrightWorkerArgs as WorkerArgs,
 *   PlaywrightWorkerOptions as WorkerOptions,
 * } from "@playwright/test"
 *
 * @typedef {object} ForEachTest
 * @property {AccountsPage} accounts the page, not opened yet
 * @property {ConsoleGuard} guard fails the test for errors that it did not announce
 * @property {SecretSweep} sweep fails the test for secrets where they do not belong
 * @property {FakeTime} time the stopped clock of the whole program
 *
 * @typedef {object} ForEachWorker
 * @property {StandIn} standIn in its first state before each test
 */

/** @type {Fixtures<ForEachTest, ForEachWorker, TestArgs & TestOptions, WorkerArgs & WorkerOptions>} */
const fixtures = {
  standIn: [
    // Playwright reads from this pattern what the fixture needs: nothing.
    async ({}, use) => {
      const standIn = await StandIn.start();
      await use(standIn);
      await standIn.stop();
    },
    { scope: "worker" },
  ],
  guard: [
    async ({ context, standIn }, use) => {
      await standIn.reset();
      standIn.forgetSecrets();
      const guard = await ConsoleGuard.of(context);
      await use(guard);
      await guard.check(standIn);
    },
    { auto: true },
  ],
  sweep: [
    // After the guard, which resets the stand-in.
    async ({ context, guard, standIn }, use) => {
      void guard;
      const sweep = new SecretSweep(context, standIn);
      await sweep.watch();
      await use(sweep);
      await sweep.check();
    },
    { auto: true },
  ],
  accounts: async ({ page, standIn }, use) => {
    await use(new AccountsPage(page, standIn));
  },
  time: async ({ page, standIn }, use) => {
    const time = new FakeTime(page.context(), standIn);
    await time.stop();
    await use(time);
  },
};

export const test = base.extend(fixtures);
