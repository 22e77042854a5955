// @ts-check
// A working day with everything open, and a thousand links that come and go: memory,
// references, nodes, listeners and timers stay what they were.
import { DeviceDialog } from "./support/device-dialog.js";
import { openWindow } from "./support/link-window.js";
import { countTimers, keepProgram, measure, openDevTools } from "./support/memory.js";
import { LIST, expect, test } from "./support/test.js";

/**
 * @import { Route } from "@playwright/test"
 *
 * @typedef {Awaited<ReturnType<typeof measure>>} Held
 */

const DEVICE = "internal-git";
const MINUTE_MS = 60_000;
const HOUR_S = 3_600;
const HOURS = 8;
/** After this, all that is allocated once is there. */
const WARM_UP_MINUTES = 30;
const CYCLES = 1_000;
/** How far from each other two measurements may be: far less than one for each minute or cycle. */
const LEEWAY = { references: 20, nodes: 50, listeners: 10, timers: 3, heap: 500_000 };
/** WebAssembly memory grows by pages and never shrinks. */
const PAGE = 64 * 1024;
/** It only decides when a test counts as failed. */
const TIMEOUT_MS = 15 * MINUTE_MS;

/**
 * @param {Held} before
 * @param {Held} after
 * @param {number} [pages] how many more pages of WebAssembly memory are allowed
 */
function expectFlat(before, after, pages = 0) {
  expect.soft(after.wasm, "bytes of WebAssembly memory").toBeLessThanOrEqual(before.wasm + pages * PAGE);
  for (const what of /** @type {const} */ (["references", "nodes", "listeners", "timers", "heap"])) {
    expect.soft(after[what], what).toBeLessThanOrEqual(before[what] + LEEWAY[what]);
  }
}

test("eight hours with the list, a panel, a device code and a window open leave nothing behind", async ({
  accounts,
  guard,
  page,
  standIn,
  time,
}) => {
  test.setTimeout(TIMEOUT_MS);
  // Coder refuses every poll before the person has finished.
  guard.tolerate(/responded with a status of 400 /);
  await standIn.reset("device");
  // One poll in each minute, 10 s before its end.
  await standIn.provider(DEVICE, { expires_in: 2 * HOURS * HOUR_S, interval: 50 });
  await countTimers(page);
  await keepProgram(page);
  await accounts.open();
  await accounts.openDetails("GitHub");
  await openWindow(accounts, "Link", "GitLab");
  const device = new DeviceDialog(page, DEVICE);
  await device.open();
  const session = await openDevTools(page);
  /** @type {Route[]} */
  const polls = [];
  await page.route(`**${LIST}/${DEVICE}/device`, (route) => void polls.push(route));

  /** @param {number} minutes */
  const pass = async (minutes) => {
    for (let minute = 0; minute < minutes; minute += 1) {
      await standIn.advanceClock(MINUTE_MS);
      await page.context().clock.runFor(MINUTE_MS);
      // It is answered when the minute is over. During the minute, a slow machine would
      // answer after the time limit of the poll.
      await expect.poll(() => polls.length).toBe(1);
      await polls.pop()?.continue();
      await time.settled();
    }
  };
  await pass(WARM_UP_MINUTES);
  const before = await measure(page, session);
  await pass(HOURS * 60 - WARM_UP_MINUTES);
  const after = await measure(page, session);

  // Answers of a day that happen to arrive together can take one more page, once.
  expectFlat(before, after, 1);
  // All of it is alive.
  await expect(device.code).toBeVisible();
  await expect(accounts.card("GitLab")).toContainText("Still waiting for GitLab.");
  await standIn.decideDevice(DEVICE, { approve: true });
  await pass(1);
  await expect(accounts.badge(DEVICE, "Linked")).toBeVisible();
});

/**
 * Links GitHub at the deployment, reads the list, and unlinks GitHub by the buttons,
 * again and again. Runs in the page, because a thousand cycles by DevTools take
 * minutes.
 *
 * @param {number} cycles
 */
async function linkAndUnlink(cycles) {
  const send = (/** @type {string} */ route, /** @type {unknown} */ body) =>
    fetch(`/_stand-in/${route}`, {
      method: "POST",
      body: JSON.stringify(body),
      headers: { "Content-Type": "application/json" },
    });
  const nameOf = (/** @type {Element} */ button) => (button.ariaLabel ?? button.textContent ?? "").trim();
  const find = (/** @type {string} */ name, /** @type {string} */ scope) =>
    [...document.querySelectorAll(`${scope} button`)].find(
      (button) =>
        button instanceof HTMLButtonElement &&
        nameOf(button) === name &&
        !button.disabled &&
        button.ariaDisabled !== "true",
    );
  // The time limit of the test ends it when the button never comes.
  const offered = async (/** @type {string} */ name, scope = "body") => {
    for (;;) {
      const button = find(name, scope);
      if (button instanceof HTMLButtonElement) return button;
      await new Promise((changed) => {
        const observer = new MutationObserver(() => {
          observer.disconnect();
          changed(null);
        });
        observer.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
      });
    }
  };
  for (let cycle = 0; cycle < cycles; cycle += 1) {
    await send("links/github", { linked: true });
    // The deployment limits the requests of a minute.
    await send("clock", { advance_ms: 1_000 });
    (await offered("Refresh")).click();
    (await offered("Unlink GitHub")).click();
    (await offered("Unlink", "[role=alertdialog]")).click();
    await offered("Link GitHub");
  }
}

test("a thousand links that come and go leave nothing behind", async ({ accounts, page, standIn }) => {
  test.setTimeout(TIMEOUT_MS);
  await standIn.reset("device");
  await countTimers(page);
  await keepProgram(page);
  await accounts.open();
  const session = await openDevTools(page);
  await page.evaluate(linkAndUnlink, CYCLES / 5);
  await accounts.settled();
  const before = await measure(page, session);
  await standIn.forgetRequests();
  await page.evaluate(linkAndUnlink, CYCLES);
  await accounts.settled();
  const after = await measure(page, session);

  expectFlat(before, after);
  const removals = await standIn.requestsTo("DELETE", `${LIST}/github`);
  expect(removals.map(({ status }) => status)).toEqual(Array(CYCLES).fill(200));
  await expect(accounts.badge("GitHub", "Not linked")).toBeVisible();
});
