// @ts-check
// Unlinking while something else happens, or when something fails.
import { AccountsPage } from "./support/accounts-page.js";
import { press, tabTo } from "./support/keyboard.js";
import { authorize, choice, openWindow } from "./support/link-window.js";
import { LIST, expect, test } from "./support/test.js";

const GITLAB = `${LIST}/gitlab`;
const REVOKED = "GitLab is unlinked, and the token is revoked.";

test("unlinking aborts a running check", async ({ accounts, standIn }) => {
  await accounts.open();
  await standIn.forgetRequests();
  await standIn.fault({ method: "GET", path: GITLAB, hold: "check" });
  await accounts.button("Check", "GitLab").click();
  await expect.poll(() => standIn.waiting("check")).toBe(1);
  await accounts.unlink("GitLab");
  await expect(accounts.card("GitLab")).toContainText(REVOKED);
  await expect(accounts.badge("GitLab", "Not linked")).toBeVisible();
  await expect(accounts.card("GitLab")).toHaveAttribute("aria-busy", "false");
  await standIn.release("check");
  await accounts.settled();
  await expect(accounts.badge("GitLab", "Not linked")).toBeVisible();
  expect((await standIn.requests()).map(({ method, path, status }) => `${method} ${path} ${status}`)).toEqual([
    `GET ${GITLAB} aborted`,
    "GET / 200",
    "GET /api/v2/users/me 200",
    `DELETE ${GITLAB} 200`,
  ]);
});

test("unlinking aborts a running automatic check", async ({ accounts, standIn }) => {
  await standIn.fault({ method: "GET", path: `${LIST}/github`, hold: "live" });
  await accounts.page.goto(standIn.url);
  await expect.poll(() => standIn.waiting("live")).toBe(1);
  await accounts.unlink("GitHub");
  await expect(accounts.card("GitHub")).toContainText("GitHub is unlinked, and the token is revoked.");
  await standIn.release("live");
  await accounts.settled();
  await expect(accounts.badge("GitHub", "Not linked")).toBeVisible();
  await expect(accounts.card("GitHub")).not.toContainText("@ada");
  expect((await standIn.requestsTo("GET", `${LIST}/github`)).map(({ status }) => status)).toEqual(["aborted"]);
});

test("a check behind the dialog continues after Cancel", async ({ accounts, standIn }) => {
  await accounts.open();
  await standIn.forgetRequests();
  await standIn.fault({ method: "GET", path: GITLAB, hold: "check" });
  await accounts.button("Check", "GitLab").click();
  await expect.poll(() => standIn.waiting("check")).toBe(1);
  await accounts.button("Unlink", "GitLab").click();
  await accounts.dialog("GitLab").getByRole("button", { name: "Cancel" }).click();
  await standIn.release("check");
  await accounts.announces("GitLab: Linked.");
  expect((await standIn.requests()).map(({ status }) => status)).toEqual([200]);
});

test("unlinking ends a flow in a window for the same provider", async ({ accounts, standIn, time }) => {
  await accounts.open();
  const window = await openWindow(accounts, "Re-authenticate", "GitLab");
  await expect(choice(accounts, "GitLab", "Cancel")).toBeVisible();
  await accounts.unlink("GitLab");
  await expect(accounts.card("GitLab")).toContainText(REVOKED);
  await expect(choice(accounts, "GitLab", "Cancel")).toHaveCount(0);
  await expect(accounts.card("GitLab")).not.toContainText("Finish in the");
  const asked = time.asked.length;
  await time.advance(60_000);
  expect(time.asked).toHaveLength(asked);
  expect(await standIn.storedLink("gitlab")).toBeUndefined();

  // No page can close the window at the provider, and a person can still link there.
  await authorize(window).click();
  await expect(accounts.badge("GitLab", "Linked")).toBeVisible();
  expect(await standIn.storedLink("gitlab")).toBeDefined();
});

test("the page says that the window of the ended flow may still be open", async ({ accounts }) => {
  await accounts.open();
  await openWindow(accounts, "Re-authenticate", "GitLab");
  await accounts.unlink("GitLab");
  await expect(accounts.card("GitLab")).toContainText(REVOKED);
  await expect(accounts.card("GitLab")).toContainText("Its window may still be open; you can close it.");
});

test("unlinking leaves a window for another provider alone", async ({ accounts, time }) => {
  await accounts.open();
  const window = await openWindow(accounts, "Link", "Codeberg");
  await accounts.unlink("GitLab");
  await expect(accounts.card("GitLab")).toContainText(REVOKED);
  await expect(choice(accounts, "Codeberg", "Cancel")).toBeVisible();
  expect(window.isClosed()).toBe(false);
  expect(time.times(`DELETE ${GITLAB}`)).toHaveLength(1);
});

test("the page says why an orphan stays and lets the person try again", async ({ accounts, guard, standIn }) => {
  await accounts.open();
  await standIn.forgetRequests();
  guard.announceStatus(404);
  await accounts.unlink("old-gitlab");
  await expect(accounts.card("old-gitlab")).toContainText("Coder no longer has old-gitlab, so it can't remove the link.");
  await accounts.announces("Coder no longer has old-gitlab");
  await expect(accounts.button("Unlink", "old-gitlab")).toBeFocused();
  await accounts.settled();
  expect(await standIn.requestLines()).toEqual(["GET /", "GET /api/v2/users/me", `DELETE ${LIST}/old-gitlab`]);

  await accounts.unlink("old-gitlab");
  await accounts.settled();
  await expect(accounts.card("old-gitlab").getByText(/no longer has old-gitlab/)).toHaveCount(1);
});

test("an account that is already unlinked costs one list and shows no error and no warning", async ({ accounts, guard, standIn }) => {
  await accounts.open();
  await standIn.link("gitea", { linked: false });
  await standIn.forgetRequests();
  guard.announceStatus(404);
  await accounts.unlink("Gitea");
  await expect(accounts.card("Gitea")).toContainText("Gitea was already unlinked. The list is now up to date.");
  await expect(accounts.warning("Gitea")).toHaveCount(0);
  await expect(accounts.card("Gitea")).toBeFocused();
  await accounts.settled();
  const lines = await standIn.requestLines();
  expect(lines.slice(0, 3)).toEqual(["GET /", "GET /api/v2/users/me", `DELETE ${LIST}/gitea`]);
  // The list, and the question whose list it is, arrive in any order.
  expect(lines.slice(3, 5).toSorted()).toEqual([`GET ${LIST}`, "GET /api/v2/users/me"]);
  expect(lines.filter((line) => line === `GET ${LIST}`)).toHaveLength(1);
});

test("when no answer came for thirty seconds and the link is gone, the token may still be valid", async ({ accounts, standIn, time }) => {
  await accounts.open();
  await standIn.fault({ method: "DELETE", path: GITLAB, hold: "unlink", hold_at: "after" });
  await accounts.unlink("GitLab");
  await expect.poll(() => standIn.waiting("unlink")).toBe(1);
  await time.advance(29_000);
  await expect(accounts.page.getByRole("button", { name: "Unlinking… GitLab" })).toBeVisible();
  expect(time.times(`GET ${LIST}`)).toHaveLength(1);
  await time.advance(1_000);
  await expect(accounts.badge("GitLab", "Not linked")).toBeVisible();
  await expect(accounts.warning("GitLab")).toContainText("may still be valid");
  await accounts.announcesAtOnce("GitLab was unlinked here");
  expect(time.times(`GET ${LIST}`)).toHaveLength(2);
  expect(time.times(`DELETE ${GITLAB}`)).toHaveLength(1);
});

test("when no answer came for thirty seconds and the link is there, the person may try again", async ({ accounts, standIn, time }) => {
  await accounts.open();
  await standIn.fault({ method: "DELETE", path: GITLAB, hold: "unlink", times: 1 });
  await accounts.unlink("GitLab");
  await expect.poll(() => standIn.waiting("unlink")).toBe(1);
  await time.advance(30_000);
  const card = accounts.card("GitLab");
  await expect(card).toContainText("Coder didn't answer when you unlinked GitLab. It's still linked. Try again.");
  await expect(accounts.warning("GitLab")).toHaveCount(0);
  expect(time.times(`GET ${LIST}`)).toHaveLength(2);

  await accounts.unlink("GitLab");
  await expect(card).toContainText(REVOKED);
  await expect(card).not.toContainText("didn't answer");
});

test("the page says that the deployment failed, not that no answer came", async ({ accounts, guard, standIn }) => {
  await accounts.open();
  await standIn.forgetRequests();
  await standIn.fault({ method: "DELETE", path: GITLAB, status: 500, body: { message: "Failed." }, times: 1 });
  guard.announceStatus(500);
  await accounts.unlink("GitLab");
  const card = accounts.card("GitLab");
  await expect(card).toContainText("Coder couldn't unlink GitLab. It's still linked. Try again.");
  await expect(card).not.toContainText("didn't answer");
  await expect(accounts.button("Unlink", "GitLab")).toBeFocused();
  await accounts.settled();
  const lines = await standIn.requestLines();
  expect(lines.slice(0, 3)).toEqual(["GET /", "GET /api/v2/users/me", `DELETE ${GITLAB}`]);
  expect(lines.slice(3, 5).toSorted()).toEqual([`GET ${LIST}`, "GET /api/v2/users/me"]);
  expect(lines.filter((line) => line === `GET ${LIST}`)).toHaveLength(1);
});

test("the page finds that a deployment that failed has removed the link", async ({ accounts, guard, standIn }) => {
  await accounts.open();
  await standIn.link("gitlab", { linked: false });
  await standIn.fault({ method: "DELETE", path: GITLAB, status: 500, body: { message: "Failed." } });
  guard.announceStatus(500);
  await accounts.unlink("GitLab");
  await expect(accounts.badge("GitLab", "Not linked")).toBeVisible();
  await expect(accounts.warning("GitLab")).toContainText("may still be valid");
  await accounts.card("GitLab").getByText("Details", { exact: true }).click();
  await expect(accounts.card("GitLab").getByText(/answered 500: Failed\./)).toBeVisible();
});

test("without a network the page claims nothing", async ({ accounts, context, guard }) => {
  await accounts.open();
  await context.setOffline(true);
  guard.announce(/net::ERR_INTERNET_DISCONNECTED/);
  await accounts.unlink("GitLab");
  // Not even the page with the token could be loaded, so nothing was sent.
  await expect(accounts.card("GitLab")).toContainText("The link wasn't removed. Coder couldn't be reached.");
  await expect(accounts.badge("GitLab", "Linked")).toBeVisible();
  await context.setOffline(false);
  await accounts.unlink("GitLab");
  await expect(accounts.card("GitLab")).toContainText(REVOKED);
});

test("another tab shows that the account was unlinked", async ({ accounts, context, standIn }) => {
  const other = new AccountsPage(await context.newPage(), standIn);
  await other.open();
  await accounts.open();
  await accounts.unlink("GitLab");
  await expect(accounts.badge("GitLab", "Not linked")).toBeVisible();
  await expect(other.badge("GitLab", "Not linked")).toBeVisible();
  await expect(other.card("GitLab")).not.toContainText("Re-authenticate to fix it");
});

test("the keyboard alone unlinks, and the focus stays at the card", async ({ accounts, standIn }) => {
  const { page } = accounts;
  await accounts.open();
  await standIn.forgetRequests();
  await press(page, accounts.button("Unlink", "GitLab"));
  await expect(accounts.dialog("GitLab").getByRole("button", { name: "Cancel" })).toBeFocused();
  await press(page, accounts.dialog("GitLab").getByRole("button", { name: "Unlink", exact: true }));
  await expect(accounts.card("GitLab")).toContainText(REVOKED);
  await expect(accounts.card("GitLab")).toBeFocused();
  // Tab moves from the card to its controls.
  await page.keyboard.press("Tab");
  const isIn = accounts.card("GitLab").evaluate((card) => {
    const { activeElement } = document;
    return activeElement !== card && card.contains(activeElement);
  });
  expect(await isIn).toBe(true);
  await tabTo(page, accounts.button("Link", "GitLab"));
  await accounts.settled();
  expect(await standIn.requestLines()).toEqual(["GET /", "GET /api/v2/users/me", `DELETE ${GITLAB}`]);
});

test("the keyboard alone reads a warning and dismisses it", async ({ accounts, standIn }) => {
  await standIn.link("gitea", { token: "active" });
  const { page } = accounts;
  await accounts.open();
  await press(page, accounts.button("Unlink", "Gitea"));
  await press(page, accounts.dialog("Gitea").getByRole("button", { name: "Unlink", exact: true }), "Space");
  await expect(accounts.warning("Gitea")).toBeVisible();
  await expect(accounts.card("Gitea")).toBeFocused();
  // After the buttons of the row.
  const applications = accounts.card("Gitea").getByRole("link", { name: /^Authorized applications/ });
  const isFocused = () => applications.evaluate((link) => link === document.activeElement);
  for (let tabs = 0; tabs < 4 && !(await isFocused()); tabs += 1) await page.keyboard.press("Tab");
  await expect(applications).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(accounts.card("Gitea").getByText(/502 Bad Gateway/)).toBeVisible();
  await press(page, accounts.dismissWarning("Gitea"));
  await expect(accounts.warning("Gitea")).toHaveCount(0);
  await expect(accounts.card("Gitea")).toBeFocused();
});
