// @ts-check
// Closing the dialog of the device flow: nothing is sent from then on, and no
// secret was left anywhere.
import { DeviceDialog, pollOf } from "./support/device-dialog.js";
import { LIST, expect, test } from "./support/test.js";

const ID = "internal-git";
const NAME = "internal-git";
const POLL = pollOf(ID);
const PATH = `${LIST}/${ID}/device`;

test.beforeEach(async ({ guard, standIn }) => {
  await standIn.reset("device");
  guard.tolerate(/responded with a status of 400 /);
});

for (const how of /** @type {const} */ (["Cancel", "Escape"])) {
  test(`a dialog that is closed by ${how} between two polls sends nothing more`, async ({ accounts, standIn, time }) => {
    const device = new DeviceDialog(accounts.page, NAME);
    await accounts.open();
    await device.open();
    await time.advance(13_000);
    if (how === "Cancel") await device.cancel.click();
    else await accounts.page.keyboard.press("Escape");
    await expect(device.dialog).toBeHidden();
    await expect(accounts.button("Link", NAME)).toBeFocused();
    const asked = time.asked.length;
    await time.advance(60_000);
    expect(time.asked.slice(asked).map(({ line }) => line)).toEqual([]);
    expect((await standIn.deviceFlow(ID)).polls).toBe(2);
  });
}

test("a dialog that is closed during a poll sends nothing more", async ({ accounts, standIn, time }) => {
  const device = new DeviceDialog(accounts.page, NAME);
  await accounts.open();
  await device.open();
  await time.advance(8_000);
  await standIn.fault({ method: "POST", path: PATH, hold: "poll", times: 1 });
  await time.advance(5_000);
  expect(await standIn.waiting("poll")).toBe(1);

  await device.cancel.click();
  await expect(device.dialog).toBeHidden();
  const asked = time.asked.length;
  await standIn.release("poll");
  await time.settled();
  await time.advance(60_000);
  expect(time.asked.slice(asked).map(({ line }) => line)).toEqual([]);
});

test("a dialog that is closed while the CSRF token is fetched does not poll", async ({ accounts, standIn, time }) => {
  const device = new DeviceDialog(accounts.page, NAME);
  await accounts.open();
  await device.open();
  await standIn.fault({ method: "GET", path: "/", hold: "token", times: 1 });
  await time.advance(6_000);
  expect(await standIn.waiting("token")).toBe(1);

  await device.cancel.click();
  await expect(device.dialog).toBeHidden();
  await standIn.release("token");
  await time.settled();
  await time.advance(30_000);
  expect(time.times(POLL)).toEqual([]);
});

test("a dialog that is closed while the code is requested sends nothing more", async ({ accounts, standIn, time }) => {
  const device = new DeviceDialog(accounts.page, NAME);
  await standIn.fault({ method: "GET", path: PATH, hold: "code", times: 1 });
  await accounts.open();
  await accounts.button("Link", NAME).click();
  await expect.poll(() => standIn.waiting("code")).toBe(1);
  await device.cancel.click();
  await expect(device.dialog).toBeHidden();
  const asked = time.asked.length;
  await standIn.release("code");
  await time.settled();
  await time.advance(30_000);
  expect(time.asked.slice(asked).map(({ line }) => line)).toEqual([]);
});

test("the card shows the link when the dialog was closed too late", async ({ accounts, standIn, time }) => {
  const device = new DeviceDialog(accounts.page, NAME);
  await accounts.open();
  await device.open();
  await standIn.decideDevice(ID, { approve: true });
  await standIn.fault({ method: "POST", path: PATH, hold: "poll", hold_at: "after", times: 1 });
  await time.advance(6_000);
  expect(await standIn.waiting("poll")).toBe(1);
  await device.cancel.click();
  await standIn.release("poll");
  await time.settled();
  await expect(accounts.badge(NAME, "Linked")).toBeVisible();
  await time.advance(30_000);
  expect(time.times(POLL)).toHaveLength(1);
});

test("a dialog that is opened again requests a new code and polls once each interval", async ({ accounts, standIn, time }) => {
  const device = new DeviceDialog(accounts.page, NAME);
  await accounts.open();
  await device.open();
  const first = await device.code.innerText();
  await time.advance(4_000);
  await device.cancel.click();
  await device.open();
  await expect(device.code).not.toHaveText(first);
  await time.advance(60_000);
  const flows = await standIn.deviceFlows(ID);
  expect(flows.map(({ polls, slow_downs: early }) => [polls, early])).toEqual([[0, 0], [10, 0]]);
});

test("the device code and the client id appear nowhere but in the poll", async ({ accounts, context, guard, standIn, time }) => {
  guard.tolerate(/responded with a status of 4/);
  await standIn.provider(ID, { device_errors: "wrapped" });
  // Another tab records all messages between tabs, and the page's markup is recorded
  // whenever it changes.
  const other = await context.newPage();
  await other.goto(new URL("/login", standIn.url).href);
  await other.evaluate(() => {
    const heard = /** @type {string[]} */ ([]);
    Object.assign(window, { heard });
    new BroadcastChannel("coder-external-auth").onmessage = ({ data }) => heard.push(JSON.stringify(data));
  });
  await accounts.page.addInitScript(() => {
    const seen = /** @type {Set<string>} */ (new Set());
    Object.assign(window, { seen });
    new MutationObserver(() => seen.add(document.documentElement.outerHTML)).observe(document, {
      subtree: true, childList: true, characterData: true, attributes: true,
    });
  });
  /** @type {string[]} */
  const urls = [];
  context.on("request", (request) => urls.push(request.url()));
  const answer = accounts.page.waitForResponse((response) => new URL(response.url()).pathname === PATH);
  const device = new DeviceDialog(accounts.page, NAME);
  await accounts.open();
  await device.open();
  const { device_code: secret } = await (await answer).json();
  expect(secret).toMatch(/^device-/);

  // An unexpected refusal, with the whole request in its text.
  await time.advance(13_000);
  const detail = `POST https://git.test/token?client_id=${ID}-client&device_code=${secret}&grant_type=x: unexpected status 400: {"error":"incorrect_client_credentials","device_code":"${secret}"}`;
  await standIn.fault({ method: "POST", path: PATH, status: 400, body: { message: "No.", detail }, times: 1 });
  await time.advance(8_000);
  await device.announces(`${NAME} couldn't be linked.`);
  await device.dialog.getByText("Details", { exact: true }).click();
  await expect(device.dialog).toContainText("incorrect_client_credentials");

  await device.tryAgain.click();
  await expect(device.code).toBeVisible();
  await standIn.decideDevice(ID, { approve: true });
  await time.advance(7_000);
  await expect(accounts.badge(NAME, "Linked")).toBeVisible();

  const seen = await accounts.page.evaluate(() => [
    ...Reflect.get(window, "seen"),
    JSON.stringify({ ...localStorage, ...sessionStorage }),
    document.cookie,
    JSON.stringify(history.state),
  ]);
  const heard = await other.evaluate(() => Reflect.get(window, "heard"));
  expect(heard).toEqual([JSON.stringify({ type: "link-changed", provider: ID })]);
  const logged = (await standIn.requests()).map(({ path, query }) => `${path}?${query}`);
  for (const text of [...seen, ...heard, ...urls, ...logged]) {
    expect(text).not.toContain(secret);
    expect(text).not.toContain(`${ID}-client`);
  }
  expect(await accounts.page.evaluate(() => indexedDB.databases())).toEqual([]);
});
