// @ts-check
// The device flow when Coder cannot reach the provider, or something between them
// answers: the flow continues, slower. Time is faked throughout.
import { DeviceDialog, pollOf } from "./support/device-dialog.js";
import { LIST, expect, test } from "./support/test.js";

const ID = "internal-git";
const NAME = "internal-git";
const POLL = pollOf(ID);
const TROUBLE = "The connection has trouble. Trying again; your code stays valid.";
const PAGE = "<html><p>access_denied, expired_token, slow_down: see the manual</p></html>";

test.beforeEach(async ({ guard, standIn }) => {
  await standIn.reset("device");
  // Coder refuses every poll before the person has finished.
  guard.tolerate(/responded with a status of 400 /);
});

for (const { what, fault } of [
  { what: "a connection that breaks off", fault: { cut: true } },
  { what: "a 502 with a page that has every word", fault: { status: 502, body: PAGE } },
  { what: "a rate limit with such a page", fault: { status: 429, body: PAGE } },
]) {
  test(`${what} between Coder and the provider slows the flow down and does not end it`, async ({ accounts, standIn, time }) => {
    const device = new DeviceDialog(accounts.page, NAME);
    await accounts.open();
    await device.open();
    await standIn.fault({ origin: "provider", path: `/${ID}/token`, times: 2, ...fault });
    await time.advanceUntil(() => time.times(POLL).length === 1, 20_000);
    await expect(device.dialog).toContainText(TROUBLE);
    await expect(device.code).toBeVisible();

    await time.advanceUntil(() => time.times(POLL).length === 3, 60_000);
    const [first = 0, second = 0, third = 0] = time.times(POLL);
    expect(second - first).toBeGreaterThanOrEqual(10_000);
    expect(third - second).toBeGreaterThanOrEqual(20_000);
    await expect(device.dialog).not.toContainText(TROUBLE);

    await standIn.decideDevice(ID, { approve: true });
    await time.advance(7_000);
    await expect(accounts.badge(NAME, "Linked")).toBeVisible();
  });
}

test("the page names a provider that gives no code, and can ask again", async ({ accounts, standIn }) => {
  const device = new DeviceDialog(accounts.page, NAME);
  await accounts.open();
  const nothing = { device_code: "", user_code: "", verification_uri: "", expires_in: 0, interval: 0 };
  await standIn.fault({ method: "GET", path: `${LIST}/${ID}/device`, status: 200, body: nothing, times: 1 });
  await accounts.button("Link", NAME).click();
  await expect(device.dialog).toContainText(`${NAME} didn't give a code. Nothing changed.`);
  await device.announces(`${NAME} didn't give a code.`);
  await device.tryAgain.click();
  await expect(device.code).toBeVisible();
});
