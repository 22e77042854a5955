// @ts-check
// The device flow (RFC 8628) in its dialog, against a provider that answers
// every early poll with `slow_down`. Time is faked throughout.
import { DeviceDialog, pollOf } from "./support/device-dialog.js";
import { LIST, expect, test } from "./support/test.js";

const ID = "internal-git";
const NAME = "internal-git";
const POLL = pollOf(ID);

test.beforeEach(async ({ guard, standIn }) => {
  await standIn.reset("device");
  // Coder refuses every poll before the person has finished.
  guard.tolerate(/responded with a status of 400 /);
});

/** @param {number[]} times */
const gaps = (times) => times.slice(1).map((time, index) => time - (times[index] ?? 0));

test("thirty polls are never too early, and the account is linked at the end", async ({ accounts, standIn, time }) => {
  const device = new DeviceDialog(accounts.page, NAME);
  await accounts.open();
  await device.open();
  const opened = time.elapsed;
  await time.advanceUntil(() => time.times(POLL).length >= 30);

  let flow = await standIn.deviceFlow(ID);
  expect(flow).toMatchObject({ status: "pending", polls: 30, slow_downs: 0, interval_ms: 5_000 });
  // One interval before the first poll, and never less between two polls.
  expect(Math.min(...gaps([opened, ...time.times(POLL)]))).toBeGreaterThanOrEqual(5_000);
  // The margin costs at most a second.
  expect(Math.max(...gaps([opened, ...time.times(POLL)]))).toBeLessThanOrEqual(7_000);

  await standIn.decideDevice(ID, { approve: true });
  await time.advance(7_000);
  await expect(device.dialog).toBeHidden();
  await expect(accounts.badge(NAME, "Linked")).toBeVisible();
  await expect(accounts.card(NAME)).toContainText(`${NAME} is linked.`);
  flow = await standIn.deviceFlow(ID);
  expect(flow).toMatchObject({ status: "used", slow_downs: 0 });
  expect(flow.shortest_gap_ms).toBeGreaterThanOrEqual(5_000);
  expect(await standIn.storedLink(ID)).toBeDefined();
  // Polling has ended.
  const polls = time.times(POLL).length;
  await time.advance(15_000);
  expect(time.times(POLL)).toHaveLength(polls);
});

test("the dialog shows the code and the address as text and as a QR code", async ({ accounts, standIn, time }) => {
  const device = new DeviceDialog(accounts.page, NAME);
  await accounts.open();
  await device.open();
  await time.settled();
  const { provider_origin: origin } = await standIn.state();
  const { user_code: code } = await standIn.deviceFlow(ID);
  await expect(device.code).toHaveText(code);
  await expect(device.dialog).toContainText(`${origin}/${ID}/device`);
  const link = device.dialog.getByRole("link", { name: /^Copy code and open / });
  await expect(link).toHaveAttribute("href", `${origin}/${ID}/device`);
  await expect(link).toHaveAttribute("rel", "noopener noreferrer");
  await expect(device.dialog.getByRole("img", { name: /^QR code/ })).toBeVisible();
  await expect(device.dialog).toContainText("Code expires in 15:00");
});

test("a person enters the code on the provider's page and the account is linked", async ({ accounts, context, standIn, time }) => {
  const device = new DeviceDialog(accounts.page, NAME);
  await accounts.open();
  await device.open();
  const code = await device.code.innerText();
  const opened = context.waitForEvent("page");
  await device.dialog.getByRole("link", { name: /^Copy code and open / }).click();
  const provider = await opened;
  await provider.getByRole("textbox", { name: "Code" }).fill(code.toLowerCase());
  await provider.getByRole("button", { name: "Continue" }).click();
  await provider.getByRole("button", { name: "Authorize" }).click();
  await expect(provider.getByRole("heading", { name: "The device is authorised." })).toBeVisible();

  await time.advance(7_000);
  await expect(device.dialog).toBeHidden();
  await expect(accounts.badge(NAME, "Linked")).toBeVisible();
  expect((await standIn.deviceFlow(ID)).slow_downs).toBe(0);
});

test("after linking the focus is on the card, and the result is announced", async ({ accounts, standIn, time }) => {
  const device = new DeviceDialog(accounts.page, NAME);
  await accounts.open();
  await device.open();
  await standIn.decideDevice(ID, { approve: true });
  await time.advance(8_000);
  await expect(device.dialog).toBeHidden();
  await expect(accounts.card(NAME)).toContainText(`${NAME} is linked.`);
  await expect(accounts.page.getByRole("status").filter({ hasText: `${NAME} is linked.` })).toBeAttached();
  const focused = accounts.card(NAME).and(accounts.page.locator(":focus, :focus-within"));
  await expect(focused).toHaveCount(1);
});

test("the card shows the installed app as soon as the account is linked", async ({ accounts, standIn, time }) => {
  const device = new DeviceDialog(accounts.page, "GitHub Device");
  await accounts.open();
  await device.open();
  await standIn.decideDevice("github-device", { approve: true });
  await time.advance(8_000);
  await expect(accounts.badge("GitHub Device", "Linked")).toBeVisible();
  await accounts.openDetails("GitHub Device");
  await expect(accounts.card("GitHub Device")).toContainText("App installed for");
});

for (const interval of [0, null]) {
  test(`the poll interval is five seconds when it is ${interval ?? "missing"}`, async ({ accounts, standIn, time }) => {
    await standIn.provider(ID, { interval });
    const device = new DeviceDialog(accounts.page, NAME);
    await accounts.open();
    await device.open();
    await time.advance(60_000);
    const flow = await standIn.deviceFlow(ID);
    expect(flow.slow_downs).toBe(0);
    expect(flow.polls).toBeGreaterThanOrEqual(8);
  });
}

test("an OAuth error inside a longer text with status 400 is understood", async ({ accounts, standIn, time }) => {
  await standIn.provider(ID, { device_errors: "wrapped", slow_down: 1 });
  const device = new DeviceDialog(accounts.page, NAME);
  await accounts.open();
  await device.open();
  await time.advance(60_000);
  expect(await standIn.deviceFlow(ID)).toMatchObject({ status: "pending", slow_downs: 1, interval_ms: 10_000 });
  await standIn.decideDevice(ID, { approve: true });
  await time.advance(12_000);
  await expect(accounts.badge(NAME, "Linked")).toBeVisible();
});

test("re-authenticating with the device flow replaces the tokens and never unlinks", async ({ accounts, standIn, time }) => {
  const id = "gitlab-device";
  await accounts.open();
  const before = await standIn.storedLink(id);
  await expect(accounts.badge("GitLab Device", "Access revoked")).toBeVisible();
  const device = new DeviceDialog(accounts.page, "GitLab Device");
  await standIn.forgetRequests();
  await accounts.press("Re-authenticate", "GitLab Device");
  await expect(device.code).toBeVisible();
  await time.advance(14_000);
  await standIn.decideDevice(id, { approve: true });
  await time.advance(8_000);

  await expect(device.dialog).toBeHidden();
  await expect(accounts.badge("GitLab Device", "Linked")).toBeVisible();
  const after = await standIn.storedLink(id);
  expect(after?.created_at).toBe(before?.created_at);
  expect(Date.parse(after?.updated_at ?? "")).toBeGreaterThan(Date.parse(before?.updated_at ?? ""));
  expect((await standIn.requests()).map(({ method }) => method)).not.toContain("DELETE");
});

test("a link whose answer was lost is found", async ({ accounts, guard, standIn, time }) => {
  guard.tolerate(/net::ERR_/);
  const device = new DeviceDialog(accounts.page, NAME);
  await accounts.open();
  await device.open();
  await standIn.decideDevice(ID, { approve: true });
  await standIn.fault({ method: "POST", path: `${LIST}/${ID}/device`, cut: true, times: 1 });
  await time.advance(7_000);
  // The deployment has the link, and this page does not know it.
  expect((await standIn.deviceFlow(ID)).status).toBe("used");
  await time.advance(30_000);
  await expect(device.dialog).toBeHidden();
  await expect(accounts.badge(NAME, "Linked")).toBeVisible();
});

test("a re-authentication whose answer was lost is found in the list", async ({ accounts, guard, standIn, time }) => {
  guard.tolerate(/net::ERR_/);
  const device = new DeviceDialog(accounts.page, "GitLab Device");
  await accounts.open();
  await accounts.press("Re-authenticate", "GitLab Device");
  await expect(device.code).toBeVisible();
  await standIn.decideDevice("gitlab-device", { approve: true });
  await standIn.fault({ method: "POST", path: `${LIST}/gitlab-device/device`, cut: true, times: 1 });
  await time.advance(37_000);
  await expect(device.dialog).toBeHidden();
  await expect(accounts.badge("GitLab Device", "Linked")).toBeVisible();
});
