// @ts-check
// Unlinking when the deployment has no link, refuses, fails, or does not answer.
import { LIST, expect, test } from "./support/test.js";

test("an account that was unlinked elsewhere shows no error, and the list is up to date", async ({ accounts, guard, standIn }) => {
  await accounts.open();
  await standIn.link("gitlab", { linked: false });
  guard.announceStatus(404);
  await accounts.unlink("GitLab");
  await expect(accounts.card("GitLab")).toContainText("GitLab was already unlinked.");
  await expect(accounts.badge("GitLab", "Not linked")).toBeVisible();
  await expect(accounts.summary).toHaveText(/ 7 of 11 linked/);
});

test("when the account was already unlinked and the list fails, the page claims nothing", async ({ accounts, guard, standIn }) => {
  await accounts.open();
  await standIn.link("gitlab", { linked: false });
  await standIn.fault({ method: "GET", path: LIST, status: 500, body: { message: "Down." } });
  guard.announceStatus(404, 500);
  await accounts.unlink("GitLab");
  await expect(accounts.alert).toContainText("The list couldn't be refreshed.");
  await expect(accounts.card("GitLab")).toContainText("GitLab was already unlinked.");
  await expect(accounts.card("GitLab")).not.toContainText("The list is up to date");
});

test("an orphan cannot be removed, and the page says why", async ({ accounts, guard }) => {
  await accounts.open();
  guard.announceStatus(404);
  await accounts.unlink("old-gitlab");
  await expect(accounts.card("old-gitlab")).toContainText("Coder no longer has old-gitlab");
  await expect(accounts.badge("old-gitlab", "No longer configured")).toBeVisible();
  await expect(accounts.group("No longer configured")).toHaveText("No longer configured 1");
});

test("when no answer came in time, the list shows that the account was unlinked", async ({ accounts, standIn }) => {
  await accounts.stopClock();
  await accounts.open();
  await standIn.fault({ method: "DELETE", path: `${LIST}/gitlab`, hold: "unlink", hold_at: "after" });
  await accounts.unlink("GitLab");
  await expect.poll(() => standIn.waiting("unlink")).toBe(1);
  await expect(accounts.page.getByRole("button", { name: "Unlinking… GitLab" })).toBeVisible();

  await accounts.advance(30_000);
  const card = accounts.card("GitLab");
  await expect(accounts.warning("GitLab")).toContainText("we couldn't confirm its token was revoked");
  await expect(card).not.toContainText("It's still linked");
  await expect(accounts.badge("GitLab", "Not linked")).toBeVisible();
});

test("when no answer came in time, the list shows that the account is still linked", async ({ accounts, standIn }) => {
  await accounts.stopClock();
  await accounts.open();
  await standIn.fault({ method: "DELETE", path: `${LIST}/gitlab`, hold: "unlink" });
  await accounts.unlink("GitLab");
  await expect.poll(() => standIn.waiting("unlink")).toBe(1);
  await accounts.advance(30_000);
  await expect(accounts.card("GitLab")).toContainText("didn't answer when you unlinked GitLab. It's still linked. Try again.");
  await expect(accounts.badge("GitLab", "Linked")).toBeVisible();
  await expect(accounts.button("Unlink", "GitLab")).toBeVisible();
});

test("when neither an answer nor a list came, the page claims nothing", async ({ accounts, guard, standIn }) => {
  await accounts.stopClock();
  await accounts.open();
  await standIn.fault({ method: "DELETE", path: `${LIST}/gitlab`, hold: "unlink" });
  await standIn.fault({ method: "GET", path: LIST, status: 502, body: "", content_type: "text/html" });
  guard.announceStatus(502);
  await accounts.unlink("GitLab");
  await expect.poll(() => standIn.waiting("unlink")).toBe(1);
  await accounts.advance(30_000);
  await expect(accounts.card("GitLab")).toContainText("Refresh the list to see where it stands.");
  await expect(accounts.card("GitLab")).not.toContainText("It's still linked");
});

test("after a 500 the page says that the link is still there", async ({ accounts, guard, standIn }) => {
  await accounts.open();
  await standIn.fault({
    method: "DELETE",
    path: `${LIST}/gitlab`,
    status: 500,
    body: { message: "Failed to delete the link.", detail: "The database is read-only." },
    times: 1,
  });
  guard.announceStatus(500);
  await accounts.unlink("GitLab");
  const card = accounts.card("GitLab");
  await expect(card).toContainText("It's still linked. Try again.");
  await expect(card).toContainText("The database is read-only.");
  await expect(accounts.badge("GitLab", "Linked")).toBeVisible();

  await accounts.unlink("GitLab");
  await expect(card).toContainText("GitLab is unlinked, and the token is revoked.");
  await expect(card).not.toContainText("still linked");
});

test("after a refusal the link stays, and the page shows the deployment's message", async ({ accounts, guard, standIn }) => {
  await accounts.open();
  await standIn.fault({ method: "DELETE", path: `${LIST}/gitlab`, status: 403, body: { message: "Forbidden." } });
  guard.announceStatus(403);
  await accounts.unlink("GitLab");
  await expect(accounts.card("GitLab")).toContainText("The link wasn't removed. You don't have permission to do this.");
  await expect(accounts.badge("GitLab", "Linked")).toBeVisible();
});
