// @ts-check
// The device flow when the provider, the network, the machine or the person
// interrupts it. Time is faked throughout.
import { DeviceDialog, pollOf } from "./support/device-dialog.js";
import { LIST, expect, test } from "./support/test.js";

const ID = "internal-git";
const NAME = "internal-git";
const POLL = pollOf(ID);
const PATH = `${LIST}/${ID}/device`;

test.beforeEach(async ({ guard, standIn }) => {
  await standIn.reset("device");
  // Coder refuses every poll before the person has finished.
  guard.tolerate(/responded with a status of 400 /);
});

test("a provider that answers slow_down twice is polled every fifteen seconds from then on", async ({ accounts, standIn, time }) => {
  await standIn.provider(ID, { slow_down: 2 });
  const device = new DeviceDialog(accounts.page, NAME);
  await accounts.open();
  await device.open();
  await time.advanceUntil(() => time.times(POLL).length >= 30, 15 * 60_000);

  const flow = await standIn.deviceFlow(ID);
  // The two that the test set, and none that the page caused.
  expect(flow).toMatchObject({ polls: 30, slow_downs: 2, interval_ms: 15_000 });
  const times = time.times(POLL);
  const later = times.slice(3).map((at, index) => at - (times[index + 2] ?? 0));
  expect(Math.min(...later)).toBeGreaterThanOrEqual(15_000);
  expect(Math.max(...later)).toBeLessThanOrEqual(17_000);
  await device.announces(`${NAME} asked us to check less often`);

  await standIn.decideDevice(ID, { approve: true });
  await time.advance(17_000);
  await expect(accounts.badge(NAME, "Linked")).toBeVisible();
  expect((await standIn.deviceFlow(ID)).slow_downs).toBe(2);
});

test("three network failures do not end the flow, and the wait grows each time", async ({ accounts, context, guard, standIn, time }) => {
  guard.tolerate(/net::ERR_/);
  const device = new DeviceDialog(accounts.page, NAME);
  await accounts.open();
  await device.open();
  await time.advance(14_000);
  const before = time.times(POLL).length;
  let left = 3;
  await context.route(`**${PATH}`, (route) => {
    if (route.request().method() !== "POST" || left === 0) return route.fallback();
    left -= 1;
    return route.abort("internetdisconnected");
  });
  await time.advanceUntil(() => left === 2, 20_000);
  await device.announces("The connection has trouble.");
  await time.advanceUntil(() => time.times(POLL).length === before + 4);
  const waits = time.times(POLL).slice(before).map((at, index, all) => at - (all[index - 1] ?? at)).slice(1);
  expect(waits).toHaveLength(3);
  expect(waits[0]).toBeGreaterThanOrEqual(10_000);
  expect(waits[1]).toBeGreaterThanOrEqual(20_000);
  expect(waits[2]).toBeGreaterThanOrEqual(40_000);
  await expect(device.dialog).not.toContainText("The connection has trouble.");

  await standIn.decideDevice(ID, { approve: true });
  await time.advance(7_000);
  await expect(accounts.badge(NAME, "Linked")).toBeVisible();
  expect((await standIn.deviceFlow(ID)).slow_downs).toBe(0);
});

test("a server error does not end the flow", async ({ accounts, guard, standIn, time }) => {
  guard.announceStatus(502);
  const device = new DeviceDialog(accounts.page, NAME);
  await accounts.open();
  await device.open();
  await standIn.fault({ method: "POST", path: PATH, status: 502, body: "<html>Bad gateway</html>", times: 1 });
  await standIn.decideDevice(ID, { approve: true });
  await time.advance(20_000);
  await expect(accounts.badge(NAME, "Linked")).toBeVisible();
});

test("the page waits as long as Retry-After says", async ({ accounts, guard, standIn, time }) => {
  guard.announceStatus(429);
  const device = new DeviceDialog(accounts.page, NAME);
  await accounts.open();
  await device.open();
  await standIn.fault({ method: "POST", path: PATH, status: 429, body: { message: "Slow." }, headers: { "Retry-After": "90" }, times: 1 });
  await time.advance(6_000);
  await expect.poll(() => time.times(POLL)).toHaveLength(1);
  await time.advance(89_000);
  expect(time.times(POLL)).toHaveLength(1);
  await time.advance(4_000);
  expect(time.times(POLL)).toHaveLength(2);
});

for (const [sleep, how] of /** @type {const} */ ([["sleep", "stands still"], ["jump", "goes on"]])) {
  test(`a laptop that slept for ten minutes continues the flow when performance.now() ${how}`, async ({ accounts, standIn, time }) => {
    const device = new DeviceDialog(accounts.page, NAME);
    await accounts.open();
    await device.open();
    await time.advance(20_000);
    const before = time.times(POLL).length;
    await time[sleep](10 * 60_000);
    await time.advance(7_000);
    // One poll, not the hundred that it missed.
    expect(time.times(POLL).length - before).toBeLessThanOrEqual(2);
    await expect(device.dialog).toContainText(/Code expires in 4:3\d/);
    await time.advance(20_000);
    expect((await standIn.deviceFlow(ID))).toMatchObject({ status: "pending", slow_downs: 0 });

    await standIn.decideDevice(ID, { approve: true });
    await time.advance(7_000);
    await expect(accounts.badge(NAME, "Linked")).toBeVisible();
    expect((await standIn.deviceFlow(ID)).slow_downs).toBe(0);
  });

  test(`a laptop that slept past the code's expiry says so when performance.now() ${how}`, async ({ accounts, time }) => {
    const device = new DeviceDialog(accounts.page, NAME);
    await accounts.open();
    await device.open();
    await time.advance(14 * 60_000 - 600_000);
    await time[sleep](20 * 60_000);
    await time.advance(2_000);
    await device.announces("The code expired before it was used.");
    await expect(device.newCode).toBeVisible();
  });

  test(`an account that was linked while the laptop slept is found when performance.now() ${how}`, async ({ accounts, standIn, time }) => {
    const device = new DeviceDialog(accounts.page, NAME);
    await accounts.open();
    await device.open();
    await time.advance(8_000);
    await standIn.decideDevice(ID, { approve: true });
    await time[sleep](10 * 60_000);
    await time.advance(8_000);
    await expect(device.dialog).toBeHidden();
    await expect(accounts.badge(NAME, "Linked")).toBeVisible();
  });
}

test("an expired code is replaced only when the person asks", async ({ accounts, standIn, time }) => {
  await standIn.provider(ID, { expires_in: 40 });
  const device = new DeviceDialog(accounts.page, NAME);
  await accounts.open();
  await device.open();
  const first = await device.code.innerText();
  await time.advance(45_000);
  await device.announces("The code expired before it was used. Nothing changed.");
  await expect(device.code).toBeHidden();
  const polls = time.times(POLL).length;
  await time.advance(30_000);
  expect(time.times(POLL)).toHaveLength(polls);
  expect(await standIn.deviceFlows(ID)).toHaveLength(1);

  await device.newCode.click();
  await expect(device.code).toBeVisible();
  await expect(device.code).not.toHaveText(first);
  await standIn.decideDevice(ID, { approve: true });
  await time.advance(7_000);
  await expect(accounts.badge(NAME, "Linked")).toBeVisible();
  const flows = await standIn.deviceFlows(ID);
  expect(flows.map(({ status, slow_downs: early }) => [status, early])).toEqual([["expired", 0], ["used", 0]]);
});

test("the time left is announced at 60 and at 20 seconds, not every second", async ({ accounts, standIn, time }) => {
  await standIn.provider(ID, { expires_in: 70 });
  const device = new DeviceDialog(accounts.page, NAME);
  await accounts.open();
  await device.open();
  await device.dialog.evaluate((dialog) => {
    const said = /** @type {string[]} */ ([]);
    Object.assign(window, { said });
    new MutationObserver(() => {
      for (const status of dialog.querySelectorAll("[role=status]")) {
        const words = status.textContent ?? "";
        if (words && !said.includes(words)) said.push(words);
      }
    }).observe(dialog, { subtree: true, childList: true, characterData: true });
  });
  await time.advance(12_000);
  await device.announces("Code expires in 60 seconds.");
  await time.advance(40_000);
  await device.announces("Code expires in 20 seconds.");
  const said = await accounts.page.evaluate(() => Reflect.get(window, "said"));
  const warnings = said.filter((/** @type {string} */ words) => words.includes("expires"));
  expect(warnings).toEqual(["Code expires in 60 seconds.", "Code expires in 20 seconds."]);
});

test("a person who refuses at the provider is told so and can try again", async ({ accounts, standIn, time }) => {
  const device = new DeviceDialog(accounts.page, NAME);
  await accounts.open();
  await device.open();
  await standIn.decideDevice(ID, { approve: false });
  await time.advance(8_000);
  await device.announces(`The request was declined at ${NAME}. Nothing changed.`);
  const polls = time.times(POLL).length;
  await time.advance(20_000);
  expect(time.times(POLL)).toHaveLength(polls);

  await device.newCode.click();
  await expect(device.code).toBeVisible();
  await standIn.decideDevice(ID, { approve: true });
  await time.advance(7_000);
  await expect(accounts.badge(NAME, "Linked")).toBeVisible();
});

test("the page explains that a provider gave no code, and asks again on request", async ({ accounts, guard, standIn, time }) => {
  guard.announceStatus(500);
  await standIn.fault({ origin: "provider", path: `/${ID}/device/code`, status: 503, body: "down", times: 1 });
  const device = new DeviceDialog(accounts.page, NAME);
  await accounts.open();
  await accounts.button("Link", NAME).click();
  await device.announces(`${NAME} couldn't be linked.`);
  await device.tryAgain.click();
  await expect(device.code).toBeVisible();
  await time.settled();
});

test("polling stops when the session ends, and the page says so", async ({ accounts, guard, standIn, time }) => {
  guard.announceStatus(401);
  const device = new DeviceDialog(accounts.page, NAME);
  await accounts.open();
  await device.open();
  await standIn.endSessions();
  await time.advance(7_000);
  await device.announces("Your session has ended.");
  const polls = time.times(POLL).length;
  await time.advance(20_000);
  expect(time.times(POLL)).toHaveLength(polls);
});
