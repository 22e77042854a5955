// @ts-check
// What happens to the whole page in the middle of each step: the network, the
// deployment, the clocks, the browser, the session. The tables of docs/faults.md
// come from here. Time is faked throughout.
import { pressOffered } from "./support/fault-case.js";
import { FaultTable, documentedTables } from "./support/fault-table.js";
import { CONSOLE } from "./support/faults.js";
import { DeviceDialog } from "./support/device-dialog.js";
import { authorize, openWindow } from "./support/link-window.js";
import { newWords, wordsOn } from "./support/read-words.js";
import { signInAs } from "./support/sign-in.js";
import { LIST, expect, test } from "./support/test.js";

/** @import { Browser } from "./support/fault-case.js" */

const DEVICE = "internal-git";
const TEN_MINUTES_MS = 10 * 60_000;
// Chromium's message to a page that closes a window whose opener relation is cut.
const CLOSE_REFUSED = /Unsafe attempt to initiate navigation/;

/**
 * Something that happens to the page, and how it passes.
 *
 * @typedef {object} Happening
 * @property {string} name
 * @property {(browser: Browser) => Promise<unknown>} begin
 * @property {(browser: Browser) => Promise<unknown>} [end] left out where it has passed already
 */

/** @type {Happening[]} */
const HAPPENINGS = [
  {
    name: "offline and back",
    begin: ({ context }) => context.setOffline(true),
    end: ({ context }) => context.setOffline(false),
  },
  {
    name: "the deployment starts again",
    begin: ({ standIn }) => standIn.refuseConnections(),
    end: ({ standIn }) => standIn.acceptConnections(),
  },
  { name: "this computer's clock is 10 minutes slow", begin: ({ standIn }) => standIn.advanceClock(TEN_MINUTES_MS) },
  {
    name: "this computer's clock is 10 minutes fast",
    begin: ({ context }) => context.clock.setSystemTime(Date.now() + TEN_MINUTES_MS),
  },
  {
    name: "frozen for 10 minutes and thawed",
    async begin({ context, page, time }) {
      const devTools = await context.newCDPSession(page);
      await devTools.send("Page.setWebLifecycleState", { state: "frozen" });
      await devTools.send("Page.setWebLifecycleState", { state: "active" });
      // No script runs meanwhile, so the clocks can go on afterwards.
      await time.sleep(TEN_MINUTES_MS);
    },
  },
  {
    name: "left, kept by the browser, and shown again",
    begin: ({ page }) =>
      page.evaluate(() => {
        dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true }));
        dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
      }),
  },
  {
    name: "another person signs in",
    begin: ({ context, standIn }) => signInAs(context, standIn, "grace"),
    end: ({ context, standIn }) => signInAs(context, standIn, "ada"),
  },
  {
    name: "the session ends",
    begin: ({ standIn }) => standIn.endSessions(),
    end: ({ context, standIn }) => signInAs(context, standIn, "ada"),
  },
];

/**
 * A step of a flow. `begin` leads to it, `goOn` is what comes next while it
 * happens, and `finish` does what helps afterwards, says what, and fails unless
 * the flow has come to its end.
 *
 * @typedef {object} MiddleOf
 * @property {(browser: Browser) => Promise<unknown>} begin
 * @property {(browser: Browser) => Promise<unknown>} goOn
 * @property {(browser: Browser) => Promise<string>} finish
 */

/**
 * @param {Browser} browser
 * @param {string} id
 * @param {string} name
 */
async function agree({ accounts, standIn }, id, name) {
  const stored = await standIn.storedLink(id);
  await expect(accounts.badge(name, stored ? "Linked" : "Not linked")).toBeVisible();
}

/**
 * Reads the list again where the page asks for that, or shows another person's.
 *
 * @param {Browser} browser
 */
async function readAgain({ accounts, page, time }) {
  const pressed = await pressOffered(page, "Try again", "Refresh");
  await time.settled();
  // That another person was signed in stays said.
  const trouble = accounts.alert.filter({ hasText: /could not|has ended|signed out/ });
  await expect(trouble).toHaveCount(0);
  return pressed;
}

/** @param {Browser} browser */
async function finishUnlink(browser) {
  const { accounts, standIn, time } = browser;
  const steps = [];
  const confirm = accounts.dialog("GitHub").getByRole("button", { name: "Unlink", exact: true });
  if (await confirm.isVisible()) {
    await confirm.click();
    steps.push("Unlink in the dialog");
  } else {
    // The page may show another person's list, or one from before the removal.
    const isDone = (await accounts.badge("GitHub", "Not linked").isVisible()) && !(await standIn.storedLink("github"));
    if (!isDone) steps.push(await readAgain(browser));
    await agree(browser, "github", "GitHub");
    if (await standIn.storedLink("github")) {
      await accounts.unlink("GitHub");
      steps.push("Unlink GitHub");
    }
  }
  await expect(accounts.badge("GitHub", "Not linked")).toBeVisible();
  await time.settled();
  expect(await standIn.storedLink("github")).toBeUndefined();
  return steps.join(", ") || "–";
}

/** @type {Record<string, MiddleOf>} */
const STEPS = {
  "the list is read": {
    begin: async () => {},
    goOn: ({ accounts }) => accounts.refresh.click(),
    finish: readAgain,
  },
  "a provider is checked": {
    begin: async () => {},
    goOn: ({ accounts }) => accounts.button("Check", "GitHub").click(),
    async finish(browser) {
      const { accounts, time } = browser;
      const isOthers = (await accounts.button("Link", "GitHub").isVisible()) || (await accounts.alert.isVisible());
      const first = isOthers ? `${await readAgain(browser)}, ` : "";
      const pressed = await pressOffered(accounts.card("GitHub"), /^(Check|Check again|Try again) GitHub$/);
      await time.settled();
      await agree(browser, "github", "GitHub");
      return `${first}${pressed}`;
    },
  },
  "the dialog asks whether to unlink": {
    async begin({ accounts }) {
      await accounts.button("Unlink", "GitHub").click();
      await expect(accounts.dialog("GitHub")).toBeVisible();
    },
    async goOn({ accounts }) {
      const confirm = accounts.dialog("GitHub").getByRole("button", { name: "Unlink", exact: true });
      if (await confirm.isVisible()) await confirm.click();
    },
    finish: finishUnlink,
  },
  "the removal is on its way": {
    async begin({ accounts, standIn }) {
      await standIn.fault({ method: "DELETE", path: `${LIST}/github`, hold: "unlink" });
      await accounts.unlink("GitHub");
      await expect.poll(() => standIn.waiting("unlink")).toBe(1);
    },
    async goOn({ standIn }) {
      await standIn.clearFaults();
    },
    finish: finishUnlink,
  },
  "a device code is shown": {
    begin: ({ page }) => new DeviceDialog(page, DEVICE).open(),
    goOn: ({ time }) => time.advance(8_000),
    async finish(browser) {
      const { page, standIn, time } = browser;
      const device = new DeviceDialog(page, DEVICE);
      const steps = [];
      if (!(await device.code.isVisible())) {
        if (await device.dialog.isVisible()) await device.cancel.or(device.dialog.getByRole("button", { name: "Close" })).first().click();
        steps.push(await readAgain(browser), `Link ${DEVICE}`);
        await device.open();
      }
      await standIn.decideDevice(DEVICE, { approve: true });
      await time.advanceUntil(() => device.dialog.isHidden(), 2 * 60_000);
      await agree(browser, DEVICE, DEVICE);
      expect(await standIn.storedLink(DEVICE)).toBeDefined();
      return steps.join(", ") || "–";
    },
  },
  "a window is open at the provider": {
    begin: ({ accounts }) => openWindow(accounts, "Link", "GitLab"),
    goOn: ({ time }) => time.advance(5_000),
    async finish(browser) {
      const { accounts, context, page, standIn, time } = browser;
      const window = context.pages().find((other) => other !== page);
      if (!window) throw new Error("The window is gone.");
      const closed = window.waitForEvent("close", { timeout: 1_000 });
      await authorize(window).click();
      await expect.poll(() => standIn.storedLink("gitlab")).toBeDefined();
      // It closes itself while the page waits for it.
      await closed.catch(() => window.close());
      await time.advance(4_000);
      const steps = [];
      if (!(await accounts.badge("GitLab", "Linked").isVisible())) steps.push(await readAgain(browser));
      await agree(browser, "gitlab", "GitLab");
      return steps.join(", ") || "–";
    },
  },
};

for (const [name, step] of Object.entries(STEPS)) {
  const table = `while ${name}`;
  test(`what happens ${table} is told, and passes`, async ({ accounts, context, guard, page, standIn, time }) => {
    guard.tolerate(CONSOLE);
    guard.tolerate(CLOSE_REFUSED);
    const browser = { accounts, context, page, standIn, time };
    const seen = new FaultTable(table, ["what happens", "what a person reads", "what helps afterwards"]);
    for (const happening of HAPPENINGS) {
      const row = await during(browser, step, happening).catch((error) => {
        error.message = `${name}, ${happening.name}: ${error.message}`;
        throw error;
      });
      seen.add(happening.name, ...row);
    }
    seen.check();
  });
}

/**
 * @param {Browser} browser
 * @param {MiddleOf} step
 * @param {Happening} happening
 */
async function during(browser, step, happening) {
  const { accounts, context, page, standIn, time } = browser;
  for (const window of context.pages()) if (window !== page) await window.close();
  await standIn.reset("device");
  await standIn.link("gitlab-device", { token: "active" });
  await page.goto(standIn.url);
  await accounts.complete();
  await accounts.settled();
  await step.begin(browser);
  await time.settled();
  const before = await wordsOn(page);
  const removals = time.times(`DELETE ${LIST}/github`).length;

  await happening.begin(browser);
  await time.settled();
  await step.goOn(browser);
  await time.settled();
  const words = newWords(before, await wordsOn(page));
  await happening.end?.(browser);
  await time.settled();
  const removed = time.times(`DELETE ${LIST}/github`).length - removals;
  expect(removed, "removals that were sent without being asked for").toBeLessThanOrEqual(1);
  const helps = await step.finish(browser);
  await time.settled();
  return [words.join(" ") || "–", helps];
}

test("docs/faults.md has a table for each of these steps", () => {
  const tables = Object.keys(STEPS).map((name) => `while ${name}`);
  expect(documentedTables()).toEqual(expect.arrayContaining(tables));
});
