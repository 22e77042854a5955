// @ts-check
// Notices of results: how long they stay, where, and for whom.
import { LIST, expect, test } from "./support/test.js";

/** @import { AccountsPage } from "./support/accounts-page.js" */

/** How long a success stays. */
const STAYS_MS = 15_000;
const SUCCESS = "GitLab is unlinked, and the token is revoked.";

/** @param {AccountsPage} accounts */
const success = (accounts) => accounts.card("GitLab").getByText(SUCCESS);

/**
 * Unlinks GitLab, which succeeds.
 *
 * @param {AccountsPage} accounts
 */
async function succeed(accounts) {
  await accounts.open();
  await accounts.unlink("GitLab");
  // Away from the card, wherever the dialog was.
  await accounts.page.mouse.move(0, 0);
  await expect(success(accounts)).toBeVisible();
}

/** @param {AccountsPage} accounts */
const dismiss = (accounts) => accounts.card("GitLab").getByRole("button", { name: /^Dismiss/ });

test("a success notice disappears by itself, without a request", async ({ accounts, time }) => {
  await succeed(accounts);
  const asked = time.asked.length;
  await time.advance(STAYS_MS - 1_000);
  await expect(success(accounts)).toBeVisible();
  await time.advance(1_000);
  await expect(success(accounts)).toHaveCount(0);
  await expect(accounts.badge("GitLab", "Not linked")).toBeVisible();
  expect(time.asked).toHaveLength(asked);
});

test("a success notice stays while the pointer is on it", async ({ accounts, time }) => {
  await succeed(accounts);
  await time.advance(10_000);
  await success(accounts).hover();
  await time.jump(10 * 60_000);
  await expect(success(accounts)).toBeVisible();
  await accounts.page.mouse.move(0, 0);
  await time.advance(STAYS_MS - 1_000);
  await expect(success(accounts)).toBeVisible();
  await time.advance(1_000);
  await expect(success(accounts)).toHaveCount(0);
});

test("a success notice stays while it contains the focus", async ({ accounts, time }) => {
  await succeed(accounts);
  await dismiss(accounts).focus();
  await time.jump(10 * 60_000);
  await expect(success(accounts)).toBeVisible();
  await expect(dismiss(accounts)).toBeFocused();
  await accounts.button("Check", "Slack").focus();
  await time.jump(STAYS_MS);
  await expect(success(accounts)).toHaveCount(0);
  // A person who has moved on keeps the focus.
  await expect(accounts.button("Check", "Slack")).toBeFocused();
});

test("a success notice stays under the pointer when the focus leaves it", async ({ accounts, time }) => {
  await succeed(accounts);
  await success(accounts).hover();
  await dismiss(accounts).focus();
  // Scrolling would move the notice away from the pointer.
  await accounts.button("Check", "Slack").evaluate((button) => button.focus({ preventScroll: true }));
  await time.jump(10 * 60_000);
  await expect(success(accounts)).toBeVisible();
});

test("a success notice stays with the focus when the pointer leaves it", async ({ accounts, time }) => {
  await succeed(accounts);
  await dismiss(accounts).focus();
  await success(accounts).hover();
  await accounts.page.mouse.move(0, 0);
  await time.jump(10 * 60_000);
  await expect(success(accounts)).toBeVisible();
  await expect(dismiss(accounts)).toBeFocused();
});

test("a notice that asks for something stays until it is dismissed", async ({ accounts, guard, standIn, time }) => {
  await standIn.link("gitea", { token: "active" });
  await accounts.open();
  await standIn.fault({ method: "DELETE", path: `${LIST}/slack`, status: 403, body: { message: "Forbidden." } });
  guard.announceStatus(403, 404);
  await accounts.unlink("Bitbucket");
  await expect(accounts.card("Bitbucket")).toContainText("isn't set up to revoke its token");
  await accounts.unlink("Gitea");
  await expect(accounts.warning("Gitea")).toBeVisible();
  await accounts.unlink("Slack");
  await expect(accounts.card("Slack")).toContainText("You don't have permission to do this.");
  await accounts.unlink("old-gitlab");
  await expect(accounts.card("old-gitlab")).toContainText("no longer has old-gitlab");

  await time.jump(24 * 3_600_000);
  for (const [name, words] of /** @type {const} */ ([
    ["Bitbucket", "isn't set up to revoke its token"],
    ["Gitea", "may still be valid"],
    ["Slack", "You don't have permission to do this."],
    ["old-gitlab", "no longer has old-gitlab"],
  ])) {
    await expect(accounts.card(name)).toContainText(words);
    await accounts.card(name).getByRole("button", { name: /^Dismiss/ }).click();
    await expect(accounts.card(name)).not.toContainText(words);
  }
});

test("notices of several cards show together, and each disappears by itself", async ({ accounts, standIn, time }) => {
  await succeed(accounts);
  await time.advance(5_000);
  await accounts.unlink("Bitbucket");
  await accounts.unlink("GitHub");
  await expect(accounts.card("GitHub")).toContainText("GitHub is unlinked, and the token is revoked.");
  await expect(success(accounts)).toBeVisible();
  await accounts.page.mouse.move(0, 0);

  await time.advance(10_000);
  await expect(success(accounts)).toHaveCount(0);
  await expect(accounts.card("GitHub")).toContainText("GitHub is unlinked, and the token is revoked.");
  await time.advance(5_000);
  await expect(accounts.card("GitHub")).not.toContainText("is unlinked");
  await expect(accounts.card("Bitbucket")).toContainText("isn't set up to revoke its token");
  // The list and two live answers, the page with the CSRF token, three unlinks; and who
  // is signed in, with the list and with the token.
  expect(await standIn.requestLines()).toHaveLength(1 + 2 + 1 + 3 + 2);
});

test("there is one polite and one assertive live region from the start", async ({ accounts, standIn }) => {
  await standIn.link("gitea", { token: "active" });
  await standIn.fault({ method: "GET", path: LIST, hold: "list" });
  const { page } = accounts;
  await page.goto(standIn.url);
  await expect.poll(() => standIn.waiting("list")).toBe(1);
  const status = page.getByRole("status");
  const alarm = page.getByRole("alert");
  await expect(status).toHaveCount(1);
  await expect(alarm).toHaveCount(1);
  const [before, alarmBefore] = [await status.elementHandle(), await alarm.elementHandle()];

  await standIn.release("list");
  await expect(accounts.summary).toBeVisible();
  await accounts.unlink("GitLab");
  await accounts.announces(SUCCESS);
  await accounts.unlink("Gitea");
  await accounts.announcesAtOnce("Gitea was unlinked here");
  await expect(status).toHaveCount(1);
  await expect(alarm).toHaveCount(1);
  // The same elements: screen readers do not announce a text in a new one.
  expect(await status.evaluate((now, then) => now === then, before)).toBe(true);
  expect(await alarm.evaluate((now, then) => now === then, alarmBefore)).toBe(true);
});

test("the same result is announced each time", async ({ accounts }) => {
  await accounts.open();
  await accounts.page.getByRole("status").evaluate((status) => {
    const said = /** @type {string[]} */ ([]);
    Object.assign(window, { said });
    new MutationObserver(() => said.push(status.textContent ?? "")).observe(status, {
      characterData: true,
      childList: true,
      subtree: true,
    });
  });
  const times = () =>
    accounts.page.evaluate(() => {
      const { said } = /** @type {{ said: string[] }} */ (/** @type {unknown} */ (window));
      return said.filter((words) => words.includes("GitLab: Linked.")).length;
    });
  for (const time of [1, 2, 3]) {
    await accounts.button("Check", "GitLab").click();
    await expect.poll(times).toBe(time);
    await expect(accounts.button("Check", "GitLab")).toBeVisible();
  }
});

test("the next action removes the last result, but not a warning", async ({ accounts, guard, standIn }) => {
  await accounts.open();
  await standIn.fault({ method: "DELETE", path: `${LIST}/gitlab`, status: 403, body: { message: "No." }, times: 1 });
  guard.announceStatus(403);
  await accounts.unlink("GitLab");
  await expect(accounts.card("GitLab")).toContainText("You don't have permission to do this.");
  await accounts.button("Check", "GitLab").click();
  await accounts.announces("GitLab: Linked.");
  await expect(accounts.card("GitLab")).not.toContainText("You don't have permission");

  await standIn.provider("gitlab", { revoke: "error" });
  await accounts.unlink("GitLab");
  await expect(accounts.warning("GitLab")).toBeVisible();
  await accounts.refresh.click();
  await accounts.announces("up to date");
  await expect(accounts.warning("GitLab")).toBeVisible();
});
