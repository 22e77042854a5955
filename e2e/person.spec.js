// @ts-check
// All tabs share a session cookie. Another person signs in in another tab while
// this page shows ada's list. The page must not change anything for them.
import { AccountsPage } from "./support/accounts-page.js";
import { DeviceDialog } from "./support/device-dialog.js";
import { authorize, openWindow } from "./support/link-window.js";
import { signInAs } from "./support/sign-in.js";
import { expect, LIST, test } from "./support/test.js";
import { setVisibility } from "./support/visibility.js";

/** @import { StandIn } from "./support/stand-in.js" */

const USER = "/api/v2/users/me";
const UNCHANGED = "You're now signed in as grace, so nothing was changed. This list is grace's.";

/**
 * The changes that were made for grace.
 *
 * @param {StandIn} standIn
 */
async function changesForGrace(standIn) {
  const requests = await standIn.requests();
  return requests.filter(({ method, user, status }) => method !== "GET" && user === "grace" && Number(status) < 300);
}

/** @param {AccountsPage} accounts */
const kept = (accounts) => accounts.page.evaluate(() => ({ ...localStorage }));

test("an unlink is not sent for another person: the page loads their list and says so", async ({ accounts, context, standIn }) => {
  await standIn.link("gitlab", { user: "grace", login: "grace" });
  await accounts.open();
  await expect(accounts.card("GitHub")).toContainText("@ada");
  await signInAs(context, standIn, "grace");

  await accounts.unlink("GitLab");
  await accounts.settled();
  expect(await changesForGrace(standIn)).toEqual([]);
  await accounts.announcesAtOnce(UNCHANGED);
  await expect(accounts.summary).toHaveText(/ 1 of 11 linked/);
  await expect(accounts.badge("GitLab", "Linked")).toBeVisible();
  expect(await accounts.page.content()).not.toContain("@ada");
  expect(await standIn.requestsTo("DELETE", `${LIST}/gitlab`)).toEqual([]);
  const { links } = await standIn.state();
  expect(links.filter(({ provider_id: id }) => id === "gitlab").map(({ user }) => user).sort()).toEqual(["ada", "grace"]);

  // The page is grace's now.
  await accounts.page.getByRole("button", { name: "Dismiss", exact: true }).click();
  await accounts.unlink("GitLab");
  await expect(accounts.badge("GitLab", "Not linked")).toBeVisible();
  expect(await changesForGrace(standIn)).toHaveLength(1);
});

test("a refused CSRF token is not renewed to repeat the change for another person", async ({ accounts, context, guard, standIn }) => {
  await standIn.link("gitea", { user: "grace", login: "grace" });
  await accounts.open();
  // From here on the page has a token.
  await accounts.unlink("GitLab");
  await expect(accounts.badge("GitLab", "Not linked")).toBeVisible();
  await signInAs(context, standIn, "grace");
  guard.announceStatus(400);

  await accounts.unlink("Gitea");
  await accounts.settled();
  expect(await changesForGrace(standIn)).toEqual([]);
  await accounts.announcesAtOnce(UNCHANGED);
  await expect(accounts.badge("Gitea", "Linked")).toBeVisible();
});

test("after a pause the page asks who is signed in first, and sends no change for another person", async ({ accounts, context, standIn }) => {
  await standIn.link("gitea", { user: "grace", login: "grace" });
  await accounts.open();
  await accounts.unlink("GitLab");
  await expect(accounts.badge("GitLab", "Not linked")).toBeVisible();
  await accounts.search.fill("gitea");
  await setVisibility(accounts.page, "hidden");
  await signInAs(context, standIn, "grace");
  await setVisibility(accounts.page, "visible");
  await standIn.forgetRequests();

  await accounts.unlink("Gitea");
  await accounts.announcesAtOnce(UNCHANGED);
  await accounts.settled();
  await expect(accounts.search, "what ada searched for is not grace's").toHaveValue("");
  expect((await standIn.requests()).filter(({ method }) => method !== "GET")).toEqual([]);
});

test("nothing is changed when it is unknown who is signed in", async ({ accounts, guard, standIn }) => {
  await accounts.open();
  await setVisibility(accounts.page, "hidden");
  await setVisibility(accounts.page, "visible");
  await standIn.fault({ method: "GET", path: USER, status: 503, body: "no healthy upstream" });
  guard.announceStatus(503);
  await accounts.unlink("GitLab");
  await expect(accounts.card("GitLab")).toContainText("We couldn't confirm who is signed in, so nothing was changed.");
  await expect(accounts.badge("GitLab", "Linked")).toBeVisible();
  expect(await standIn.requestsTo("DELETE", `${LIST}/gitlab`)).toEqual([]);

  await standIn.clearFaults();
  await accounts.unlink("GitLab");
  await expect(accounts.badge("GitLab", "Not linked")).toBeVisible();
});

test("a CSRF token that was renewed while nobody could say who is signed in changes nothing for another person", async ({ accounts, context, guard, standIn }) => {
  await standIn.link("gitea", { user: "grace", login: "grace" });
  await accounts.open();
  // From here on the page has a token.
  await accounts.unlink("GitLab");
  await expect(accounts.badge("GitLab", "Not linked")).toBeVisible();
  await signInAs(context, standIn, "grace");
  await standIn.fault({ method: "GET", path: USER, status: 503, body: "no healthy upstream", times: 1 });
  guard.announceStatus(400, 503);

  await accounts.unlink("Gitea");
  await expect(accounts.card("Gitea")).toContainText("We couldn't confirm who is signed in, so nothing was changed.");
  // The page has the token of grace's session now.
  await accounts.unlink("Gitea");
  await accounts.settled();
  expect(await changesForGrace(standIn)).toEqual([]);
  await accounts.announcesAtOnce(UNCHANGED);
});

test("when it was never known whose list it is, a change loads the list again first and no alarm is raised", async ({ accounts, guard, standIn }) => {
  await standIn.fault({ method: "GET", path: USER, status: 503, body: "no healthy upstream", times: 1 });
  guard.announceStatus(503);
  await accounts.open();
  await expect(accounts.card("GitHub")).toContainText("@ada");
  await accounts.settled();
  await expect(accounts.alert).toHaveCount(0);
  expect(await standIn.requestsTo("GET", LIST)).toHaveLength(1);

  await accounts.unlink("GitLab");
  await accounts.announcesAtOnce(
    "We couldn't confirm whose list this was, so nothing was changed. The list was loaded again, as ada.",
  );
  await expect(accounts.badge("GitLab", "Linked")).toBeVisible();
  await accounts.unlink("GitLab");
  await expect(accounts.badge("GitLab", "Not linked")).toBeVisible();
});

test("changes are made without the question who is signed in when a proxy does not let it through", async ({ accounts, guard, standIn }) => {
  await standIn.fault({ method: "GET", path: USER, status: 404, body: "404 page not found" });
  guard.announceStatus(404);
  await accounts.open();
  await accounts.unlink("GitLab");
  await expect(accounts.badge("GitLab", "Not linked")).toBeVisible();
});

test("a device code is not exchanged for another person, and its dialog closes", async ({ accounts, context, guard, standIn, time }) => {
  await standIn.reset("device");
  guard.tolerate(/responded with a status of 400 /);
  const device = new DeviceDialog(accounts.page, "internal-git");
  await accounts.open();
  await device.open();
  await expect(device.code).toBeVisible();
  await time.advance(6_000);
  expect((await standIn.deviceFlow("internal-git")).polls).toBe(1);
  await signInAs(context, standIn, "grace");
  await standIn.decideDevice("internal-git", { approve: true });

  await time.advance(20_000);
  expect(await changesForGrace(standIn)).toEqual([]);
  await expect(device.dialog).toBeHidden();
  await accounts.announcesAtOnce(UNCHANGED);
  await time.advance(60_000);
  expect(await changesForGrace(standIn)).toEqual([]);
  expect((await standIn.state()).links.filter(({ provider_id: id }) => id === "internal-git")).toEqual([]);
});

test("after a pause no device code is requested for another person", async ({ accounts, context, standIn }) => {
  await standIn.reset("device");
  const device = new DeviceDialog(accounts.page, "internal-git");
  await accounts.open();
  await setVisibility(accounts.page, "hidden");
  await signInAs(context, standIn, "grace");
  await setVisibility(accounts.page, "visible");
  await accounts.button("Link", "internal-git").click();
  await accounts.announcesAtOnce(UNCHANGED);
  await expect(device.dialog).toBeHidden();
  expect(await standIn.requestsTo("GET", `${LIST}/internal-git/device`)).toEqual([]);
});

test("a window that comes back with another person's session does not count as the first person's success", async ({ accounts, context, standIn }) => {
  await accounts.open();
  const window = await openWindow(accounts, "Link", "Codeberg");
  await signInAs(context, standIn, "grace");
  await authorize(window).click();
  await accounts.announcesAtOnce("You're now signed in as grace.");
  await accounts.settled();
  await expect(accounts.page.getByText("Codeberg is linked.")).toHaveCount(0);
  await expect(accounts.summary).toHaveText(/ \d+ of 11 linked/);
  expect(await accounts.page.content()).not.toContain("@ada");
});

test("after a pause no window leaves for a provider for another person", async ({ accounts, context, standIn }) => {
  await accounts.open();
  await setVisibility(accounts.page, "hidden");
  await signInAs(context, standIn, "grace");
  await setVisibility(accounts.page, "visible");
  const opened = accounts.page.waitForEvent("popup");
  await accounts.button("Link", "Codeberg").click();
  const window = await opened;
  await accounts.announcesAtOnce(UNCHANGED);
  if (!window.isClosed()) await window.waitForEvent("close");
  expect(await standIn.requestsTo("GET", "/external-auth/codeberg/callback")).toEqual([]);
});

test("a warning belongs to the person whose link was removed, also when another person has signed in before its answer", async ({ accounts, context, standIn }) => {
  // A token that Gitea already refuses would be no danger.
  await standIn.link("gitea", { token: "active" });
  await accounts.open();
  await standIn.fault({ method: "DELETE", path: `${LIST}/gitea`, hold: "unlink", hold_at: "after", times: 1 });
  await accounts.unlink("Gitea");
  await expect.poll(() => standIn.waiting("unlink")).toBe(1);
  await signInAs(context, standIn, "grace");
  await accounts.refresh.click();
  await accounts.announcesAtOnce("You're now signed in as grace. This list is grace's.");
  await standIn.release("unlink");
  await accounts.settled();
  await expect(accounts.warning("Gitea")).toHaveCount(0);
  await expect
    .poll(async () => Object.keys(await kept(accounts)))
    .toEqual(["coder-external-auth/revocation-warnings//7f4d2c10-0000-4000-8000-000000000001"]);
  await expect(accounts.warning("Gitea")).toHaveCount(0);

  await signInAs(context, standIn, "ada");
  await accounts.page.reload();
  await expect(accounts.warning("Gitea")).toBeVisible();
});

test("the page asks who is signed in once with each list, and not before a change soon after", async ({ accounts, standIn }) => {
  await accounts.open();
  expect(await standIn.requestsTo("GET", USER)).toHaveLength(1);
  await accounts.refresh.click();
  await accounts.announces("The list is up to date.");
  await accounts.settled();
  expect(await standIn.requestsTo("GET", USER)).toHaveLength(2);
  // The token must be fetched, from the page of the person who is signed in now.
  await accounts.unlink("GitLab");
  await expect(accounts.badge("GitLab", "Not linked")).toBeVisible();
  await accounts.settled();
  expect(await standIn.requestsTo("GET", USER)).toHaveLength(3);
  await accounts.unlink("Gitea");
  await expect(accounts.badge("Gitea", "Not linked")).toBeVisible();
  await accounts.settled();
  expect(await standIn.requestsTo("GET", USER)).toHaveLength(3);
});

test("the first rows do not wait for the answer who is signed in", async ({ accounts, standIn }) => {
  await standIn.fault({ method: "GET", path: USER, hold: "user" });
  await accounts.page.goto(standIn.url);
  await expect(accounts.badge("GitLab", "Linked")).toBeVisible();
  await standIn.release("user");
  await accounts.settled();
});
