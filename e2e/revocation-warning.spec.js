// @ts-check
// A link was removed and its token may still be valid. The warning stays until
// the person has read it, and only this person sees it.
import { AccountsPage } from "./support/accounts-page.js";
import { openWindow, authorize } from "./support/link-window.js";
import { signInAs } from "./support/sign-in.js";
import { expect, test } from "./support/test.js";

const USER = "/api/v2/users/me";

/** @param {AccountsPage} accounts */
const kept = (accounts) => accounts.page.evaluate(() => ({ ...localStorage }));

/**
 * Unlinks Gitea, whose revocation fails.
 *
 * @param {AccountsPage} accounts
 */
async function unlinkGitea(accounts) {
  await accounts.unlink("Gitea");
  await expect(accounts.warning("Gitea")).toBeVisible();
  await expect.poll(async () => Object.keys(await kept(accounts))).toHaveLength(1);
}

test.beforeEach(async ({ standIn }) => {
  // A token that Gitea already refuses is no danger when it cannot be revoked.
  await standIn.link("gitea", { token: "active" });
});

test("a failed revocation warns at once and says why and what to do", async ({ accounts, context, standIn }) => {
  const origin = (await standIn.state()).provider_origin;
  await standIn.provider("github", {
    app_installable: false,
    revoke: "error",
    revoke_status: 503,
    revoke_body: "Down until noon.",
  });
  await accounts.open();
  await expect(accounts.card("GitHub")).toContainText("@ada");
  await accounts.unlink("GitHub");
  const card = accounts.card("GitHub");
  await expect(accounts.warning("GitHub")).toContainText(
    "but we couldn't confirm its token was revoked. It may still be valid until you end access in your GitHub account settings.",
  );
  await accounts.announcesAtOnce("GitHub was unlinked here, but we couldn't confirm its token was revoked");
  await expect(card).toContainText("To try again, link GitHub and unlink it once more.");
  await expect(accounts.badge("GitHub", "Not linked")).toBeVisible();
  await expect(card).not.toContainText("the token is revoked.");

  const reason = card.getByText(/Down until noon/);
  await expect(reason).toBeHidden();
  await card.getByText("Details", { exact: true }).click();
  await expect(reason).toBeVisible();

  const opened = context.waitForEvent("page");
  await card.getByRole("link", { name: `Authorized applications at ${new URL(origin).host}` }).click();
  const provider = await opened;
  await expect(provider.getByRole("heading", { name: "Authorized applications" })).toBeVisible();
  expect(provider.url()).toBe(`${origin}/settings/applications`);
  expect(await provider.evaluate(() => window.opener)).toBeNull();
  await provider.getByRole("button", { name: "Revoke GitHub for @ada" }).click();
  await expect(provider.getByRole("button", { name: "Revoke GitHub for @ada" })).toHaveCount(0);
});

test("keeping a warning sends no extra request", async ({ accounts, standIn }) => {
  await accounts.open();
  await unlinkGitea(accounts);
  await accounts.settled();
  // Once with the list, and once with the CSRF token.
  expect(await standIn.requestsTo("GET", USER)).toHaveLength(2);
  await accounts.refresh.click();
  await accounts.announces("The list is up to date.");
  await accounts.settled();
  expect(await standIn.requestsTo("GET", USER)).toHaveLength(3);
  await accounts.dismissWarning("Gitea").click();
  await accounts.settled();
  expect(await standIn.requestsTo("GET", USER)).toHaveLength(3);
});

test("a revocation that worked keeps no warning", async ({ accounts }) => {
  await accounts.open();
  await accounts.unlink("GitLab");
  await expect(accounts.badge("GitLab", "Not linked")).toBeVisible();
  await accounts.page.reload();
  await expect(accounts.summary).toBeVisible();
  await accounts.settled();
  expect(await kept(accounts)).toEqual({});
});

test("the warning survives a reload, with its reason and its time", async ({ accounts, standIn, time }) => {
  await accounts.open();
  await unlinkGitea(accounts);
  await time.jump(2 * 3_600_000);
  await standIn.forgetRequests();
  await accounts.page.reload();
  await accounts.complete();
  await expect(accounts.warning("Gitea")).toContainText("Gitea was unlinked here 2 hours ago, but");
  const card = accounts.card("Gitea");
  await card.getByText("Details", { exact: true }).click();
  await expect(card).toContainText(/502 Bad Gateway/);
  await expect(card.getByRole("link", { name: "Authorized applications at gitea.com" })).toHaveAttribute(
    "href",
    "https://gitea.com/user/settings/applications",
  );
  // A provider with this warning is among those that need attention.
  expect((await accounts.names()).indexOf("Gitea")).toBeLessThan(4);
  await time.settled();
  expect(await standIn.requestsTo("GET", USER)).toHaveLength(1);
});

test("the warning survives the end of the session and is shown after signing in again", async ({ accounts, guard, standIn }) => {
  await accounts.open();
  await unlinkGitea(accounts);
  await standIn.endSessions();
  guard.announceStatus(401);
  await accounts.page.reload();
  await accounts.signIn.click();
  await accounts.page.getByRole("button", { name: "Sign in as ada" }).click();
  await expect(accounts.warning("Gitea")).toBeVisible();
});

test("another person on this computer does not see the warning, and the first person sees it again", async ({ accounts, context, standIn }) => {
  await accounts.open();
  await unlinkGitea(accounts);
  await signInAs(context, standIn, "grace");
  await accounts.page.reload();
  await expect(accounts.summary).toHaveText(/ 0 of 11 linked/);
  await accounts.settled();
  await expect(accounts.warning("Gitea")).toHaveCount(0);
  expect(await accounts.page.content()).not.toContain("may still be valid");

  await signInAs(context, standIn, "ada");
  await accounts.page.reload();
  await expect(accounts.warning("Gitea")).toBeVisible();
});

test("another person who signs in while the page is open does not see the warning", async ({ accounts, context, standIn }) => {
  await accounts.open();
  await unlinkGitea(accounts);
  await signInAs(context, standIn, "grace");
  await accounts.refresh.click();
  await expect(accounts.summary).toHaveText(/ 0 of 11 linked/);
  await expect(accounts.warning("Gitea")).toHaveCount(0);
});

test("a dismissed warning is gone here, in another tab, and after a reload", async ({ accounts, context, standIn }) => {
  await accounts.open();
  await unlinkGitea(accounts);
  const other = new AccountsPage(await context.newPage(), standIn);
  await other.open();
  await expect(other.warning("Gitea")).toBeVisible();

  await accounts.page.bringToFront();
  await accounts.dismissWarning("Gitea").click();
  await expect(accounts.warning("Gitea")).toHaveCount(0);
  await expect(accounts.card("Gitea")).toBeFocused();
  await expect(other.warning("Gitea")).toHaveCount(0);
  expect(await kept(accounts)).toEqual({});
  for (const page of [accounts, other]) {
    await page.page.reload();
    await expect(page.summary).toBeVisible();
    await page.settled();
    await expect(page.warning("Gitea")).toHaveCount(0);
  }
});

test("a tab that was already open shows the warning", async ({ accounts, context, standIn }) => {
  const other = new AccountsPage(await context.newPage(), standIn);
  await other.open();
  await accounts.open();
  await unlinkGitea(accounts);
  await expect(other.warning("Gitea")).toBeVisible();
});

test("two warnings are dismissed separately", async ({ accounts }) => {
  await accounts.open();
  await unlinkGitea(accounts);
  await accounts.unlink("JFrog Artifactory");
  await expect(accounts.warning("JFrog Artifactory")).toBeVisible();
  await accounts.dismissWarning("Gitea").click();
  await accounts.page.reload();
  await expect(accounts.warning("JFrog Artifactory")).toBeVisible();
  await expect(accounts.warning("Gitea")).toHaveCount(0);
});

test("the warning of a removed provider is at the top of the page", async ({ accounts, standIn }) => {
  await accounts.open();
  await unlinkGitea(accounts);
  await standIn.provider("gitea", { configured: false });
  await accounts.refresh.click();
  await expect(accounts.card("Gitea")).toHaveCount(0);
  await expect(accounts.warning("Gitea")).toBeVisible();
  await accounts.page.reload();
  await expect(accounts.warning("Gitea")).toBeVisible();
  const [warning, first] = await Promise.all([
    accounts.warning("Gitea").boundingBox(),
    accounts.cards.first().boundingBox(),
  ]);
  expect(warning?.y).toBeLessThan(first?.y ?? 0);

  await accounts.dismissWarning("Gitea").click();
  await expect(accounts.warning("Gitea")).toHaveCount(0);
  await expect(accounts.heading).toBeFocused();
  await accounts.page.reload();
  await expect(accounts.summary).toBeVisible();
  await accounts.settled();
  await expect(accounts.warning("Gitea")).toHaveCount(0);
});

test("the kept warning and the page hold no secret", async ({ accounts, context, standIn }) => {
  await accounts.open();
  await unlinkGitea(accounts);
  const entries = await kept(accounts);
  expect(Object.keys(entries)).toEqual([
    "coder-external-auth/revocation-warnings//7f4d2c10-0000-4000-8000-000000000001",
  ]);
  const text = Object.values(entries).join();
  expect(JSON.parse(text)).toHaveLength(1);
  const session = (await context.cookies(standIn.url)).find(({ name }) => name === "coder_session_token");
  expect(session?.value).toBeTruthy();
  for (const secret of ["client_id", "gitea-client", "access-", "refresh-", "secret", session?.value ?? ""]) {
    expect(text).not.toContain(secret);
    expect(await accounts.page.content()).not.toContain(secret);
  }
});

test("foreign data in the storage breaks nothing", async ({ accounts, standIn }) => {
  await accounts.open();
  await unlinkGitea(accounts);
  for (const nonsense of ["{", "null", '[{"provider":1}]', "<html>"]) {
    await accounts.page.evaluate((text) => {
      for (const key of Object.keys(localStorage)) localStorage.setItem(key, text);
    }, nonsense);
    await accounts.page.reload();
    await expect(accounts.summary).toHaveText(/ 7 of 11 linked/);
    await accounts.settled();
    await expect(accounts.warning("Gitea")).toHaveCount(0);
  }
  expect((await standIn.state()).csp_violations).toEqual([]);
});

test("a kept address that would run a script is not followed", async ({ accounts }) => {
  await accounts.open();
  await unlinkGitea(accounts);
  await accounts.page.evaluate(() => {
    for (const [key, text] of Object.entries(localStorage)) {
      localStorage.setItem(key, text.replace(/"url":"[^"]*"/, '"url":"javascript:alert(1)"'));
    }
  });
  await accounts.page.reload();
  await expect(accounts.warning("Gitea")).toBeVisible();
  await expect(accounts.card("Gitea").getByRole("link", { name: /Authorized/ })).toHaveCount(0);
});

test("the warning is shown as long as the page is open when it is unknown who is signed in", async ({ accounts, guard, standIn }) => {
  await standIn.fault({ method: "GET", path: USER, status: 404, body: "404 page not found" });
  guard.announceStatus(404);
  await accounts.open();
  await accounts.unlink("Gitea");
  await expect(accounts.warning("Gitea")).toBeVisible();
  await accounts.settled();
  await expect(accounts.warning("Gitea")).toBeVisible();
  expect(await kept(accounts)).toEqual({});
  await accounts.dismissWarning("Gitea").click();
  await expect(accounts.warning("Gitea")).toHaveCount(0);
});

test("two failed revocations at once both keep a warning", async ({ accounts, standIn }) => {
  await accounts.open();
  await standIn.fault({ method: "GET", path: "/", hold: "page" });
  for (const name of ["Gitea", "JFrog Artifactory"]) await accounts.unlink(name);
  await expect.poll(() => standIn.waiting("page")).toBe(1);
  await standIn.release("page");
  for (const name of ["Gitea", "JFrog Artifactory"]) await expect(accounts.warning(name)).toBeVisible();
  await accounts.settled();
  await accounts.page.reload();
  for (const name of ["Gitea", "JFrog Artifactory"]) await expect(accounts.warning(name)).toBeVisible();
});

test("linking and unlinking again tries the revocation again and shows the new outcome", async ({ accounts, standIn }) => {
  await accounts.open();
  await unlinkGitea(accounts);
  await standIn.provider("gitea", { revoke: "ok" });
  const window = await openWindow(accounts, "Link", "Gitea");
  await authorize(window).click();
  await expect(accounts.badge("Gitea", "Linked")).toBeVisible();
  await expect(accounts.warning("Gitea")).toBeVisible();
  await accounts.unlink("Gitea");
  await expect(accounts.card("Gitea")).toContainText("Gitea is unlinked, and the token is revoked.");
  expect((await standIn.service("gitea")).calls).toMatchObject({ revoke: 2 });
});

test("only a change of the warnings in the storage makes the page read them", async ({ accounts }) => {
  await accounts.open();
  await unlinkGitea(accounts);
  const { page } = accounts;
  const key = await page.evaluate(() => {
    const [first = ""] = Object.keys(localStorage).filter((name) => name.includes("revocation-warnings"));
    // A page gets no event of what it changes itself.
    localStorage.removeItem(first);
    return first;
  });
  expect(key).not.toBe("");
  const other = await page.context().newPage();
  await other.goto(new URL("/login", accounts.standIn.url).href);
  const heard = page.evaluate(() => new Promise((told) => addEventListener("storage", ({ key: name }) => told(name))));
  await other.evaluate(() => localStorage.setItem("theme", "dark"));
  expect(await heard).toBe("theme");
  await accounts.handled();
  await expect(accounts.warning("Gitea")).toBeVisible();

  await other.evaluate((name) => {
    localStorage.setItem(name, "[]");
    localStorage.removeItem(name);
  }, key);
  await expect(accounts.warning("Gitea")).toHaveCount(0);
});
