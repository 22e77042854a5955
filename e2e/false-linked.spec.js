// @ts-check
// When the page may say "is linked". The server also moves a link's time when it
// refreshes a token, and when a refresh fails for good, so a newer time alone
// does not prove a new link. Time is faked throughout.
import { DeviceDialog } from "./support/device-dialog.js";
import { authorize, choice, openWindow } from "./support/link-window.js";
import { LIST, expect, test } from "./support/test.js";

const DEVICE = "GitLab Device";
const DEVICE_ID = "gitlab-device";

/**
 * @import { StandIn } from "./support/stand-in.js"
 * @import { AccountsPage } from "./support/accounts-page.js"
 */

/**
 * The server writes the link, as it does on a refresh and on a refresh that fails for
 * good.
 *
 * @param {StandIn} standIn
 * @param {string} id
 * @param {import("./support/stand-in-types.js").LinkPatch} [patch]
 */
async function touch(standIn, id, patch = {}) {
  const { now } = await standIn.state();
  await standIn.link(id, { ...patch, updated_at: new Date(Date.parse(now) + 1_000).toISOString() });
}

/**
 * The person comes back to the page. Playwright's pages always have the focus, so only
 * the event counts.
 *
 * @param {AccountsPage} accounts
 */
async function comeBack(accounts) {
  await accounts.page.evaluate(() => dispatchEvent(new Event("focus")));
}

/**
 * Neither the card nor a live region says that the account is linked.
 *
 * @param {AccountsPage} accounts
 * @param {string} name of the provider
 */
async function isNotCalledLinked(accounts, name) {
  await expect(accounts.card(name)).not.toContainText(/is (now )?linked/);
  await expect(accounts.page.getByRole("status").filter({ hasText: `${name} is linked` })).toHaveCount(0);
}

test("in a window: a link that stays broken is not called linked when its time moves", async ({ accounts, standIn, time }) => {
  await accounts.open();
  await expect(accounts.badge("Gitea", "Access revoked")).toBeVisible();
  await openWindow(accounts, "Re-authenticate", "Gitea");
  await touch(standIn, "gitea", { has_refresh_token: false });
  await standIn.forgetRequests();
  await comeBack(accounts);
  await time.settled();
  expect(await standIn.requestsTo("GET", LIST)).toHaveLength(1);
  await isNotCalledLinked(accounts, "Gitea");
  await expect(accounts.card("Gitea")).toContainText("Finish in the Gitea window.");
  await expect(accounts.badge("Gitea", "Linking…")).toBeVisible();
});

test("in a window: a token that is refreshed meanwhile is not called linked again", async ({ accounts, standIn, time }) => {
  await accounts.open();
  await expect(accounts.badge("GitLab", "Linked")).toBeVisible();
  const window = await openWindow(accounts, "Re-authenticate", "GitLab");
  await touch(standIn, "gitlab");
  await comeBack(accounts);
  await time.settled();
  await isNotCalledLinked(accounts, "GitLab");
  await expect(accounts.card("GitLab")).toContainText("Finish in the GitLab window.");

  // The return page proves what the time does not.
  await authorize(window).click();
  await expect(accounts.card("GitLab")).toContainText("GitLab is linked.");
});

test('in a window: "Check now" says that a refreshed link works, not that it is linked again', async ({ accounts, standIn, time }) => {
  await accounts.open();
  const window = await openWindow(accounts, "Re-authenticate", "GitLab");
  await touch(standIn, "gitlab");
  await window.close();
  await time.advance(2_000);
  await choice(accounts, "GitLab", "Check now").click();
  const card = accounts.card("GitLab");
  await expect(card).toContainText("GitLab works. We couldn't confirm that it was linked again.");
  await isNotCalledLinked(accounts, "GitLab");
  await expect(accounts.badge("GitLab", "Linked")).toBeVisible();
  await expect(card).not.toContainText("seems to be closed");
  await expect(accounts.button("Re-authenticate", "GitLab")).toBeEnabled();
});

test("in a window: a new link that the provider refuses is not called linked", async ({ accounts, standIn }) => {
  await accounts.open();
  const window = await openWindow(accounts, "Re-authenticate", "Gitea");
  await standIn.provider("gitea", { validate: "revoked" });
  await authorize(window).click();
  await expect(accounts.card("Gitea")).toContainText("You approved the request, but Gitea doesn't accept the link.");
  await isNotCalledLinked(accounts, "Gitea");
  await expect(accounts.badge("Gitea", "Access revoked")).toBeVisible();
});

test("in a window: the return page proves the link, a message of another tab does not", async ({ accounts, context, standIn, time }) => {
  await accounts.open();
  const window = await openWindow(accounts, "Re-authenticate", "GitLab");
  await touch(standIn, "gitlab");
  const other = await context.newPage();
  await other.goto(standIn.url);
  await other.evaluate(() => {
    new BroadcastChannel("coder-external-auth").postMessage({ type: "link-changed", provider: "gitlab" });
  });
  await time.settled();
  await isNotCalledLinked(accounts, "GitLab");
  await authorize(window).click();
  await expect(accounts.card("GitLab")).toContainText("GitLab is linked.");
});

test("in a window: a broken link that is linked elsewhere is found when it works", async ({ accounts, standIn }) => {
  await accounts.open();
  await openWindow(accounts, "Re-authenticate", "Gitea");
  await touch(standIn, "gitea", { token: "active", expires: null });
  await comeBack(accounts);
  await expect(accounts.card("Gitea")).toContainText("Gitea is linked.");
  await expect(accounts.badge("Gitea", "Linked")).toBeVisible();
});

test.describe("by the device flow", () => {
  test.beforeEach(async ({ guard, standIn }) => {
    await standIn.reset("device");
    guard.tolerate(/responded with a status of 400 /);
  });

  /** @param {AccountsPage} accounts */
  async function begin(accounts) {
    await accounts.open();
    await expect(accounts.badge(DEVICE, "Access revoked")).toBeVisible();
    await accounts.press("Re-authenticate", DEVICE);
    const device = new DeviceDialog(accounts.page, DEVICE);
    await expect(device.code).toBeVisible();
    return device;
  }

  test("a refused code is shown as refused when the broken link's time moves", async ({ accounts, standIn, time }) => {
    const device = await begin(accounts);
    await touch(standIn, DEVICE_ID);
    await standIn.decideDevice(DEVICE_ID, { approve: false });
    await time.advance(8_000);
    await device.announces(`The request was declined at ${DEVICE}.`);
    await device.cancel.click();
    await isNotCalledLinked(accounts, DEVICE);
    await expect(accounts.badge(DEVICE, "Access revoked")).toBeVisible();
  });

  test("an expired code is shown as expired when the broken link's time moves", async ({ accounts, standIn, time }) => {
    await standIn.provider(DEVICE_ID, { expires_in: 20 });
    const device = await begin(accounts);
    await touch(standIn, DEVICE_ID);
    await time.advance(24_000);
    await device.announces("The code expired before it was used.");
    await device.cancel.click();
    await isNotCalledLinked(accounts, DEVICE);
  });

  test("a refused code is shown as refused when a working link's token is refreshed", async ({ accounts, standIn, time }) => {
    await standIn.link(DEVICE_ID, { token: "active" });
    await accounts.open();
    await expect(accounts.badge(DEVICE, "Linked")).toBeVisible();
    await accounts.press("Re-authenticate", DEVICE);
    const device = new DeviceDialog(accounts.page, DEVICE);
    await expect(device.code).toBeVisible();
    await touch(standIn, DEVICE_ID);
    await standIn.decideDevice(DEVICE_ID, { approve: false });
    await time.advance(8_000);
    await device.announces(`The request was declined at ${DEVICE}.`);
    await device.cancel.click();
    await isNotCalledLinked(accounts, DEVICE);
  });

  test("a link that the provider refuses after a 204 is not called linked", async ({ accounts, standIn, time }) => {
    const device = await begin(accounts);
    await standIn.decideDevice(DEVICE_ID, { approve: true });
    await standIn.provider(DEVICE_ID, { validate: "revoked" });
    await time.advance(8_000);
    await expect(device.dialog).toBeHidden();
    await expect(accounts.card(DEVICE)).toContainText(`You approved the request, but ${DEVICE} doesn't accept the link.`);
    await isNotCalledLinked(accounts, DEVICE);
    await expect(accounts.badge(DEVICE, "Access revoked")).toBeVisible();
  });
});
