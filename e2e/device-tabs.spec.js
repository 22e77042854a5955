// @ts-check
// The device flow in several tabs, and in a hidden tab. Time is faked throughout.
import { AccountsPage } from "./support/accounts-page.js";
import { DeviceDialog, pollOf } from "./support/device-dialog.js";
import { LIST, expect, test } from "./support/test.js";
import { setVisibility } from "./support/visibility.js";

/** @import { Page } from "@playwright/test" */

const ID = "internal-git";
const NAME = "internal-git";
const POLL = pollOf(ID);
const CODE = `GET ${LIST}/${ID}/device`;
const BY_ID = `GET ${LIST}/${ID}`;

test.beforeEach(async ({ guard, standIn }) => {
  await standIn.reset("device");
  guard.tolerate(/responded with a status of 400 /);
});

/** @param {AccountsPage} accounts */
async function secondTab(accounts) {
  const page = await accounts.page.context().newPage();
  const other = new AccountsPage(page, accounts.standIn);
  await other.open();
  return other;
}

/**
 * A tab of the deployment without the page.
 *
 * @param {AccountsPage} accounts
 */
async function plainTab(accounts) {
  const page = await accounts.page.context().newPage();
  await page.goto(new URL("/login", accounts.standIn.url).href);
  return page;
}

test("only one of two tabs polls, and the other one says so and gets the result", async ({ accounts, standIn, time }) => {
  await accounts.open();
  const other = await secondTab(accounts);
  const first = new DeviceDialog(accounts.page, NAME);
  await first.open();
  const second = new DeviceDialog(other.page, NAME);
  await other.button("Link", NAME).click();
  await time.advance(2_000);
  await second.announces(`Another tab is already linking ${NAME}.`);
  await expect(second.code).toBeHidden();
  await time.advance(60_000);
  expect(await standIn.deviceFlow(ID)).toMatchObject({ status: "pending", slow_downs: 0, polls: 10 });

  await standIn.decideDevice(ID, { approve: true });
  await time.advance(8_000);
  await expect(first.dialog).toBeHidden();
  await expect(second.dialog).toBeHidden();
  for (const tab of [accounts, other]) {
    await expect(tab.badge(NAME, "Linked")).toBeVisible();
    await expect(tab.card(NAME)).toContainText(`${NAME} is linked.`);
  }
  expect(time.times(CODE)).toHaveLength(1);
  expect((await standIn.deviceFlow(ID)).slow_downs).toBe(0);
});

for (const how of ["gives up", "is closed"]) {
  test(`when the tab that polls ${how}, the other tab offers a new code and waits`, async ({ accounts, standIn, time }) => {
    await accounts.open();
    const other = await secondTab(accounts);
    const first = new DeviceDialog(accounts.page, NAME);
    await first.open();
    const second = new DeviceDialog(other.page, NAME);
    await other.button("Link", NAME).click();
    await time.advance(8_000);

    if (how === "is closed") await accounts.page.close();
    else await first.cancel.click();
    await second.announces(`The other tab stopped linking ${NAME}.`);
    await time.advance(30_000);
    expect(time.times(CODE)).toHaveLength(1);

    await second.newCode.click();
    await expect(second.code).toBeVisible();
    await time.settled();
    await standIn.decideDevice(ID, { approve: true });
    await time.advance(8_000);
    await expect(other.badge(NAME, "Linked")).toBeVisible();
    const flows = await standIn.deviceFlows(ID);
    expect(flows.map(({ status, slow_downs: early }) => [status, early])).toEqual([["pending", 0], ["used", 0]]);
  });
}

test("a tab whose code was refused gives up polling, so another tab can begin", async ({ accounts, standIn, time }) => {
  await accounts.open();
  const other = await secondTab(accounts);
  const first = new DeviceDialog(accounts.page, NAME);
  await first.open();
  await standIn.decideDevice(ID, { approve: false });
  await time.advance(8_000);
  await first.announces(`The request was declined at ${NAME}.`);

  // The dialog stays open, as when the person continues in another tab.
  const second = new DeviceDialog(other.page, NAME);
  await second.open();
  await first.newCode.click();
  await first.announces(`Another tab is already linking ${NAME}.`);
  await expect(second.code).toBeVisible();
});

test('"Link here instead" makes the other tab stop polling and say so', async ({ accounts, standIn, time }) => {
  await accounts.open();
  const other = await secondTab(accounts);
  const first = new DeviceDialog(accounts.page, NAME);
  await first.open();
  const second = new DeviceDialog(other.page, NAME);
  await other.button("Link", NAME).click();
  await time.advance(2_000);
  await second.announces(`Another tab is already linking ${NAME}.`);

  await second.linkHere.click();
  await expect(second.code).toBeVisible();
  await first.announces(`Another tab is already linking ${NAME}.`);
  await expect(first.code).toBeHidden();
  await time.settled();
  await time.advance(30_000);
  const [given, taken] = await standIn.deviceFlows(ID);
  expect(given?.polls).toBe(0);
  expect(taken).toMatchObject({ polls: 5, slow_downs: 0 });

  await standIn.decideDevice(ID, { approve: true });
  await time.advance(8_000);
  await expect(second.dialog).toBeHidden();
  await expect(first.dialog).toBeHidden();
  for (const tab of [accounts, other]) await expect(tab.badge(NAME, "Linked")).toBeVisible();
});

for (const { how, breakLocks } of [
  {
    how: "refuses locks, as in a sandboxed frame",
    breakLocks: () => {
      navigator.locks.request = () => Promise.reject(new DOMException("refused", "SecurityError"));
    },
  },
  {
    how: "throws when a lock is requested",
    breakLocks: () => {
      navigator.locks.request = () => {
        throw new DOMException("refused", "InvalidStateError");
      };
    },
  },
  {
    how: "has no locks",
    breakLocks: () => {
      Object.defineProperty(Navigator.prototype, "locks", { value: undefined });
    },
  },
]) {
  test(`the flow works where the browser ${how}`, async ({ accounts, context, standIn, time }) => {
    await context.addInitScript(breakLocks);
    await accounts.open();
    const device = new DeviceDialog(accounts.page, NAME);
    await device.open();
    await standIn.decideDevice(ID, { approve: true });
    await time.advance(8_000);
    await expect(accounts.badge(NAME, "Linked")).toBeVisible();
  });
}

/**
 * A tab that has the right to poll and does nothing, as a frozen one.
 *
 * @param {AccountsPage} accounts
 * @param {"ifAvailable" | "steal"} how it gets the lock
 */
async function frozenTab(accounts, how) {
  const page = await plainTab(accounts);
  await page.evaluate(
    ([name, option]) =>
      new Promise((granted) => {
        const hold = () => {
          granted(null);
          return new Promise(() => {});
        };
        // It may be stolen.
        navigator.locks.request(name, { [option]: true }, hold).catch(() => {});
      }),
    /** @type {const} */ ([`coder-external-auth/${ID}`, how]),
  );
}

/**
 * Takes over from the other tab, and links.
 *
 * @param {import("./support/accounts-page.js").AccountsPage} accounts
 * @param {import("./support/stand-in.js").StandIn} standIn
 * @param {import("./support/fake-time.js").FakeTime} time
 * @param {DeviceDialog} device
 */
async function linkHere(accounts, standIn, time, device) {
  await device.linkHere.click();
  await expect(device.code).toBeVisible();
  await time.settled();
  await standIn.decideDevice(ID, { approve: true });
  await time.advance(8_000);
  await expect(accounts.badge(NAME, "Linked")).toBeVisible();
}

test("a tab that is frozen while it may poll does not keep another one from linking", async ({ accounts, standIn, time }) => {
  await accounts.open();
  await frozenTab(accounts, "ifAvailable");
  const device = new DeviceDialog(accounts.page, NAME);
  await accounts.button("Link", NAME).click();
  await device.announces(`Another tab is already linking ${NAME}.`);
  await time.advance(60_000);
  await expect(device.dialog).toContainText(`Another tab is already linking ${NAME}.`);

  await linkHere(accounts, standIn, time, device);
});

test("a tab that loses its lock stops polling, and can take it back", async ({ accounts, standIn, time }) => {
  await accounts.open();
  const device = new DeviceDialog(accounts.page, NAME);
  await device.open();
  await time.advance(6_000);
  expect(time.times(POLL)).toHaveLength(1);
  await frozenTab(accounts, "steal");
  await device.announces(`Another tab is already linking ${NAME}.`);
  await time.advance(30_000);
  expect(time.times(POLL)).toHaveLength(1);

  await linkHere(accounts, standIn, time, device);
});

test("two tabs can link two providers at the same time", async ({ accounts, standIn, time }) => {
  await accounts.open();
  const other = await secondTab(accounts);
  await new DeviceDialog(accounts.page, NAME).open();
  await new DeviceDialog(other.page, "GitHub Device").open();
  await time.advance(30_000);
  for (const id of [ID, "github-device"]) {
    const flow = await standIn.deviceFlow(id);
    expect(flow.slow_downs).toBe(0);
    expect(flow.polls).toBe(5);
    await standIn.decideDevice(id, { approve: true });
  }
  await time.advance(8_000);
  for (const tab of [accounts, other]) {
    await expect(tab.badge(NAME, "Linked")).toBeVisible();
    await expect(tab.badge("GitHub Device", "Linked")).toBeVisible();
  }
});

test("a tab that only shows the list updates by itself", async ({ accounts, standIn, time }) => {
  await accounts.open();
  const other = await secondTab(accounts);
  const device = new DeviceDialog(accounts.page, NAME);
  await device.open();
  await standIn.decideDevice(ID, { approve: true });
  await time.advance(8_000);
  await expect(other.badge(NAME, "Linked")).toBeVisible();
  await expect(other.summary).toHaveText(await accounts.summary.innerText());
});

test("a tab that only shows the list updates after a re-authentication", async ({ accounts, standIn, time }) => {
  await accounts.open();
  const other = await secondTab(accounts);
  await expect(other.badge("GitLab Device", "Access revoked")).toBeVisible();
  await accounts.press("Re-authenticate", "GitLab Device");
  await expect(new DeviceDialog(accounts.page, "GitLab Device").code).toBeVisible();
  await standIn.decideDevice("gitlab-device", { approve: true });
  await time.advance(8_000);
  await expect(accounts.badge("GitLab Device", "Linked")).toBeVisible();
  await expect(other.badge("GitLab Device", "Linked")).toBeVisible();
});

test("a hidden tab goes on polling while the person is at the provider", async ({ accounts, standIn, time }) => {
  const device = new DeviceDialog(accounts.page, NAME);
  await accounts.open();
  await device.open();
  await time.settled();
  await setVisibility(accounts.page, "hidden");
  // A browser lets the timers of a hidden tab fire once a minute.
  for (let minute = 0; minute < 3; minute += 1) await time.jump(60_000);
  expect(await standIn.deviceFlow(ID)).toMatchObject({ polls: 3, slow_downs: 0 });
  await standIn.decideDevice(ID, { approve: true });
  await time.jump(60_000);
  await expect(accounts.badge(NAME, "Linked")).toBeVisible();
});

test("a tab that becomes visible polls at once if the interval has passed, and only then", async ({ accounts, standIn, time }) => {
  const device = new DeviceDialog(accounts.page, NAME);
  await accounts.open();
  await device.open();
  await time.advance(6_000);
  expect(time.times(POLL)).toHaveLength(1);
  await setVisibility(accounts.page, "hidden");
  await time.advance(2_000);
  await setVisibility(accounts.page, "visible");
  await time.settled();
  expect(time.times(POLL)).toHaveLength(1);

  await setVisibility(accounts.page, "hidden");
  // After the next poll is due, and before the next tick.
  await time.advance(3_700);
  expect(time.times(POLL)).toHaveLength(1);
  await standIn.decideDevice(ID, { approve: true });
  await setVisibility(accounts.page, "visible");
  await time.settled();
  expect(time.times(POLL)).toHaveLength(2);
  await expect(accounts.badge(NAME, "Linked")).toBeVisible();
  expect((await standIn.deviceFlow(ID)).slow_downs).toBe(0);
});

test("malformed messages from other tabs do nothing", async ({ accounts, time }) => {
  await accounts.open();
  const other = await secondTab(accounts);
  await time.settled();
  const asked = time.asked.length;
  await other.page.evaluate((id) => {
    const channel = new BroadcastChannel("coder-external-auth");
    const forged = [
      null, undefined, 7, "link-changed", "{}", [], {}, { type: "link-changed" }, { provider: id },
      { type: "linked", provider: id }, { type: "link-changed", provider: 7 }, { type: "link-changed", provider: [id] },
      { type: "link-changed", provider: { toString: null } }, { type: "link-changed", provider: "no-such-provider" },
      { type: "link-changed", provider: "<img src=x onerror=alert(1)>" }, new Map([["type", "link-changed"]]), new Error("x"),
    ];
    for (const message of forged) channel.postMessage(message);
  }, ID);
  await time.advance(5_000);
  expect(time.asked.slice(asked).map(({ line }) => line)).toEqual([]);
  await expect(accounts.badge(NAME, "Not linked")).toBeVisible();
});

test("a forged message makes the tab load again, and proves nothing", async ({ accounts, time }) => {
  await accounts.open();
  const other = await secondTab(accounts);
  await time.settled();
  const asked = time.asked.length;
  await other.page.evaluate((id) => {
    const message = { type: "link-changed", provider: id, linked: true, user: { login: "mallory" } };
    new BroadcastChannel("coder-external-auth").postMessage(message);
  }, ID);
  await time.advance(5_000);
  const lines = time.asked.slice(asked).map(({ line }) => line);
  // From both tabs: every other channel of this name gets the message.
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.every((line) => line === BY_ID || line === `GET ${LIST}`)).toBe(true);
  await expect(accounts.badge(NAME, "Not linked")).toBeVisible();
  await expect(accounts.card(NAME)).not.toContainText("is linked");
});

test("a forged message neither ends a device flow nor makes it poll", async ({ accounts, standIn, time }) => {
  await accounts.open();
  const other = await secondTab(accounts);
  const device = new DeviceDialog(accounts.page, NAME);
  await device.open();
  await time.advance(2_000);
  await other.page.evaluate((id) => {
    new BroadcastChannel("coder-external-auth").postMessage({ type: "link-changed", provider: id });
  }, ID);
  await time.advance(2_000);
  await expect(device.code).toBeVisible();
  expect(time.times(POLL)).toEqual([]);
  await standIn.decideDevice(ID, { approve: true });
  await time.advance(5_000);
  await expect(accounts.badge(NAME, "Linked")).toBeVisible();
  expect((await standIn.deviceFlow(ID)).slow_downs).toBe(0);
});

/**
 * Sends hints about providers in turn.
 *
 * @param {Page} page of any tab
 * @param {number} count
 * @param {...string} providers
 */
const hint = (page, count, ...providers) =>
  page.evaluate(
    ([times, ids]) => {
      const channel = new BroadcastChannel("coder-external-auth");
      for (let number = 0; number < times; number += 1) {
        channel.postMessage({ type: "link-changed", provider: ids[number % ids.length] });
      }
    },
    /** @type {const} */ ([count, providers]),
  );

/**
 * The requests of a page that fail from now on.
 *
 * @param {Page} page
 */
function failedRequests(page) {
  /** @type {string[]} */
  const failed = [];
  page.on("requestfailed", (request) => failed.push(request.url()));
  return failed;
}

test("a thousand messages in a burst abort nothing, and cause one list after the one that runs", async ({ accounts, standIn, time }) => {
  await accounts.open();
  await expect(accounts.badge("GitLab Device", "Access revoked")).toBeVisible();
  const sender = await plainTab(accounts);
  await time.settled();
  await standIn.fault({ method: "GET", path: LIST, hold: "list" });
  await accounts.refresh.click();
  await expect.poll(() => standIn.waiting("list")).toBe(1);
  const failed = failedRequests(accounts.page);
  const asked = time.asked.length;
  /** @param {string} line */
  const count = (line) => time.asked.slice(asked).filter((request) => request.line === line).length;

  await hint(sender, 1_000, "gitlab-device", ID, "no-such-provider");
  await time.advance(20_000);
  for (const id of ["gitlab-device", ID]) {
    // At once, and for those that came after that.
    expect(count(`GET ${LIST}/${id}`), id).toBe(2);
  }
  expect(count(`GET ${LIST}`)).toBe(0);

  await standIn.clearFaults();
  await time.advance(60_000);
  expect(count(`GET ${LIST}`)).toBe(1);
  expect(failed).toEqual([]);
});

test("a message does not abort a check that runs, and what is read after it counts", async ({ accounts, standIn, time }) => {
  await accounts.open();
  const sender = await plainTab(accounts);
  await standIn.fault({ method: "GET", path: `${LIST}/gitlab-device`, hold: "check", times: 1 });
  const failed = failedRequests(accounts.page);
  await accounts.press("Check", "GitLab Device");
  await expect.poll(() => standIn.waiting("check")).toBe(1);
  const asked = time.times(`GET ${LIST}/gitlab-device`).length;
  await hint(sender, 10, "gitlab-device");
  await time.advance(2_000);
  expect(await standIn.waiting("check")).toBe(1);
  expect(time.times(`GET ${LIST}/gitlab-device`)).toHaveLength(asked);

  await standIn.release("check");
  await time.settled();
  expect(time.times(`GET ${LIST}/gitlab-device`).length).toBeGreaterThan(asked);
  expect(failed).toEqual([]);
});

test("messages that go on are answered less and less often", async ({ accounts, time }) => {
  await accounts.open();
  const sender = await plainTab(accounts);
  await time.settled();
  const before = time.times(BY_ID).length;
  const start = time.elapsed;
  for (let second = 0; second < 60; second += 1) {
    await hint(sender, 1, ID);
    await time.advance(1_000);
  }
  const since = time.times(BY_ID).slice(before).map((at) => Math.round((at - start) / 1_000));
  expect(since.length).toBeGreaterThanOrEqual(4);
  expect(since.length).toBeLessThanOrEqual(6);
});
