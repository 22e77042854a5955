// @ts-check
// A check asks one provider live. The result, or its absence, shows only on the
// provider's card.
import { LIST, expect, test } from "./support/test.js";

const GITLAB = `${LIST}/gitlab`;

/**
 * The link of a provider that could not be checked is not called gone.
 *
 * @param {import("./support/accounts-page.js").AccountsPage} accounts
 * @param {RegExp} reason
 */
async function expectCouldNotCheck(accounts, reason) {
  await expect(accounts.badge("GitLab", "Couldn't check")).toBeVisible();
  await expect(accounts.card("GitLab")).toContainText(reason);
  await expect(accounts.card("GitLab")).toContainText("Your link is unchanged");
  await expect(accounts.badge("GitLab", "Not linked")).toHaveCount(0);
  await expect(accounts.button("Link", "GitLab")).toBeHidden();
  await expect(accounts.button("Unlink", "GitLab")).toBeVisible();
  await expect(accounts.button("Check", "GitLab")).toBeEnabled();
  await expect(accounts.summary).toHaveText(/ 8 of 11 linked, 5 need attention/);
}

test("checking a working link says that it works, with one request", async ({ accounts, standIn }) => {
  await accounts.open();
  await standIn.forgetRequests();
  await accounts.button("Check", "GitLab").click();
  await expect(accounts.page.getByRole("status").filter({ hasText: "GitLab: Linked." })).toBeAttached();
  await accounts.settled();
  expect(await standIn.requestLines()).toEqual([`GET ${GITLAB}`]);
});

test("the card says that a check runs, and a second press asks nothing", async ({ accounts, standIn }) => {
  await accounts.open();
  await accounts.openDetails("GitLab");
  await standIn.forgetRequests();
  await standIn.fault({ method: "GET", path: GITLAB, hold: "check" });
  await accounts.button("Check", "GitLab").click();
  const checking = accounts.page.getByRole("button", { name: "Checking… GitLab" });
  await expect(checking).toBeVisible();
  await expect(checking).toHaveAttribute("aria-disabled", "true");
  await expect(accounts.card("GitLab")).toHaveAttribute("aria-busy", "true");
  await checking.press("Enter");
  // One action at a time: this button does nothing now. Only an unlink does not wait.
  await expect(accounts.button("Re-authenticate", "GitLab")).toHaveAttribute("aria-disabled", "true");
  await accounts.button("Re-authenticate", "GitLab").dispatchEvent("click");
  await expect(accounts.card("GitLab").getByRole("button", { name: "Bring to front" })).toHaveCount(0);
  await expect(accounts.button("Unlink", "GitLab")).not.toHaveAttribute("aria-disabled", "true");

  await standIn.release("check");
  await expect(accounts.button("Check", "GitLab")).toBeFocused();
  await expect(accounts.card("GitLab")).toHaveAttribute("aria-busy", "false");
  await accounts.settled();
  expect(await standIn.requestLines()).toEqual([`GET ${GITLAB}`]);
});

test("a link that was revoked at the provider needs attention", async ({ accounts, standIn }) => {
  await accounts.open();
  await standIn.provider("gitlab", { validate: "revoked" });
  await accounts.button("Check", "GitLab").click();
  await expect(accounts.badge("GitLab", "Access revoked")).toBeVisible();
  await expect(accounts.card("GitLab")).toContainText(/no longer accepts this link/);
  await expect(accounts.summary).toHaveText(/5 need attention/);
});

test("a link that works again is shown as linked", async ({ accounts, standIn }) => {
  await accounts.open();
  await expect(accounts.badge("Gitea", "Access revoked")).toBeVisible();
  await standIn.link("gitea", { token: "active" });
  await accounts.button("Check", "Gitea").click();
  await expect(accounts.badge("Gitea", "Linked")).toBeVisible();
  await accounts.openDetails("Gitea");
  await expect(accounts.card("Gitea")).not.toContainText("token failed to validate");
});

test("a provider's rate limit does not make a link look broken", async ({ accounts, standIn }) => {
  await standIn.provider("slack", { validate: "rate_limited" });
  await accounts.open();
  // Both answers treat a rate limit as a valid token.
  await expect(accounts.badge("Slack", "Linked")).toBeVisible();
  await accounts.button("Check", "Slack").click();
  await accounts.announces("Slack: Linked.");
});

test("a provider that could not be checked is linked once it answers again", async ({ accounts, standIn }) => {
  await accounts.open();
  await expect(accounts.badge("Slack", "Couldn't check")).toBeVisible();
  await standIn.provider("slack", { validate: "ok" });
  await accounts.button("Check", "Slack").click();
  await expect(accounts.badge("Slack", "Linked")).toBeVisible();
});

test("a provider that is down could not be checked", async ({ accounts, guard, standIn }) => {
  await accounts.open();
  await standIn.provider("gitlab", { validate: "unavailable" });
  guard.announceStatus(500);
  await accounts.button("Check", "GitLab").click();
  await expectCouldNotCheck(accounts, /GitLab is having trouble/);
  await accounts.openDetails("GitLab");
  await expect(accounts.card("GitLab")).toContainText("answered 500: Failed to validate token.");
});

for (const { what, fault, status, reason } of [
  {
    what: "a 500 of the deployment",
    fault: { status: 500, body: { message: "Internal error." } },
    status: 500,
    // The provider is not at fault.
    reason: /Coder or a proxy returned an error/,
  },
  {
    what: "the deployment's rate limit",
    fault: { status: 429, body: { message: "Slow down." }, headers: { "retry-after": "30" } },
    status: 429,
    reason: /is limiting requests/,
  },
  {
    what: "JSON that does not answer the question",
    fault: { status: 200, body: { message: "Welcome." } },
    reason: /Coder's answer couldn't be read/,
  },
]) {
  test(`after ${what} the link could not be checked, and later is linked again`, async ({ accounts, guard, standIn }) => {
    await accounts.open();
    await standIn.fault({ method: "GET", path: GITLAB, ...fault });
    if (status) guard.announceStatus(status);
    await accounts.button("Check", "GitLab").click();
    await expectCouldNotCheck(accounts, reason);
    // The rest of the page is unchanged.
    await expect(accounts.badge("GitHub", "Linked")).toBeVisible();
    await expect(accounts.cards).toHaveCount(12);

    await standIn.clearFaults();
    await accounts.button("Check", "GitLab").click();
    await expect(accounts.badge("GitLab", "Linked")).toBeVisible();
    await expect(accounts.summary).toHaveText(/ 8 of 11 linked, 4 need attention/);
  });
}

test("after an answer that is cut off the link could not be checked", async ({ accounts, guard, standIn }) => {
  await accounts.open();
  await standIn.fault({ method: "GET", path: GITLAB, cut: true });
  guard.announce(/net::ERR_CONTENT_LENGTH_MISMATCH|net::ERR_INCOMPLETE/);
  await accounts.button("Check", "GitLab").click();
  await expectCouldNotCheck(accounts, /Coder's answer couldn't be read/);
});

test("without a network the link could not be checked", async ({ accounts, context, guard }) => {
  await accounts.open();
  await context.setOffline(true);
  guard.announce(/net::ERR_INTERNET_DISCONNECTED/);
  await accounts.button("Check", "GitLab").click();
  await expectCouldNotCheck(accounts, /couldn't be reached/);

  await context.setOffline(false);
  await accounts.button("Check", "GitLab").click();
  await expect(accounts.badge("GitLab", "Linked")).toBeVisible();
});

test("a check gives up after 30 seconds", async ({ accounts, standIn }) => {
  await accounts.stopClock();
  await accounts.open();
  await standIn.forgetRequests();
  await standIn.fault({ method: "GET", path: GITLAB, hold: "check" });
  await accounts.button("Check", "GitLab").click();
  await expect.poll(() => standIn.waiting("check")).toBe(1);

  await accounts.advance(29_999);
  await expect(accounts.page.getByRole("button", { name: "Checking… GitLab" })).toBeVisible();
  await accounts.advance(1);
  await expectCouldNotCheck(accounts, /took too long to answer/);
  // The deployment sees that the request was aborted.
  await expect.poll(() => standIn.inFlight()).toBe(0);
  expect((await standIn.requestsTo("GET", GITLAB)).map(({ status }) => status)).toEqual(["aborted"]);
});

test("the card still shows the linked account after a failed check", async ({ accounts, guard, standIn }) => {
  await accounts.open();
  await standIn.provider("github", { validate: "unavailable" });
  guard.announceStatus(500);
  await accounts.button("Check", "GitHub").click();
  await expect(accounts.badge("GitHub", "Couldn't check")).toBeVisible();
  await accounts.openDetails("GitHub");
  await expect(accounts.card("GitHub")).toContainText("@ada");
});

test("an automatic check that fails shows only on its card", async ({ accounts, guard, standIn }) => {
  await standIn.provider("github", { validate: "unavailable" });
  guard.announceStatus(500);
  await accounts.open();
  await expect(accounts.badge("GitHub", "Couldn't check")).toBeVisible();
  await accounts.card("GitHub Enterprise").scrollIntoViewIfNeeded();
  await expect(accounts.badge("GitHub Enterprise", "App not installed")).toBeVisible();
  await expect(accounts.alert).toHaveCount(0);
});

test("an expired token that can be renewed is renewed by loading the list", async ({ accounts, standIn }) => {
  await accounts.stopClock();
  await accounts.open();
  const before = await standIn.storedLink("gitlab");
  await accounts.advance(2 * 3_600_000);
  await standIn.forgetRequests();

  await accounts.button("Check", "GitLab").click();
  await expect(accounts.page.getByRole("status").filter({ hasText: "GitLab: Linked." })).toBeAttached();
  await expect(accounts.badge("GitLab", "Linked")).toBeVisible();
  await accounts.settled();
  const lines = (await standIn.requestLines()).filter((line) => line !== "GET /api/v2/users/me");
  expect(lines.slice(0, 2)).toEqual([`GET ${GITLAB}`, `GET ${LIST}`]);
  expect((await standIn.service("gitlab")).calls).toMatchObject({ token: 1 });
  expect((await standIn.storedLink("gitlab"))?.updated_at).not.toBe(before?.updated_at);
});

test("an expired token that the provider does not renew needs attention", async ({ accounts, standIn }) => {
  await accounts.stopClock();
  await accounts.open();
  await accounts.advance(2 * 3_600_000);
  await standIn.provider("gitlab", { refresh: "invalid_grant" });
  await accounts.button("Check", "GitLab").click();
  await expect(accounts.badge("GitLab", "Sign-in expired")).toBeVisible();
  await expect(accounts.card("GitLab")).toContainText("wouldn't renew it");
});

test("an expired token without a refresh token needs attention", async ({ accounts, standIn }) => {
  await accounts.stopClock();
  await accounts.open();
  await accounts.advance(4 * 24 * 3_600_000);
  await standIn.forgetRequests();
  await accounts.button("Check", "Bitbucket").click();
  await expect(accounts.badge("Bitbucket", "Sign-in expired")).toBeVisible();
  await expect(accounts.card("Bitbucket")).toContainText("It doesn't renew. Re-authenticate");
  await accounts.settled();
  expect(await standIn.requestsTo("GET", LIST)).toEqual([]);
});

test("the card says when the deployment no longer has the provider", async ({ accounts, guard, standIn }) => {
  await accounts.open();
  await standIn.provider("gitlab", { configured: false });
  guard.announceStatus(404);
  await accounts.button("Check", "GitLab").click();
  await expect(accounts.card("GitLab")).toContainText("Coder doesn't have this provider.");
  await expect(accounts.badge("GitHub", "Linked")).toBeVisible();

  await accounts.refresh.click();
  // Only the id of an orphan is known.
  await expect(accounts.badge("gitlab", "No longer configured")).toBeVisible();
  await expect(accounts.group("No longer configured")).toHaveText("No longer configured 2");
});

test("secrets in an error are not shown", async ({ accounts, guard, standIn }) => {
  await accounts.open();
  await standIn.fault({
    method: "GET",
    path: GITLAB,
    status: 500,
    body: {
      message: "Failed to validate token.",
      detail: 'Get "https://git.example/user?access_token=s3cret&client_id=abc": {"refresh_token":"s3cret"} EOF',
    },
  });
  guard.announceStatus(500);
  await accounts.button("Check", "GitLab").click();
  await accounts.openDetails("GitLab");
  await expect(accounts.card("GitLab")).toContainText("https://git.example/user?…");
  expect(await accounts.page.content()).not.toContain("s3cret");
});

test("an error of a megabyte is cut and shown as text", async ({ accounts, guard, standIn }) => {
  await accounts.open();
  await standIn.fault({
    method: "GET",
    path: GITLAB,
    status: 502,
    body: `<script>document.title='run'</script>${"<p>sorry</p> ".repeat(80_000)}`,
    content_type: "text/html",
  });
  guard.announceStatus(502);
  await accounts.button("Check", "GitLab").click();
  await expectCouldNotCheck(accounts, /Coder or a proxy returned an error/);
  await accounts.openDetails("GitLab");
  await expect(accounts.card("GitLab")).toContainText("<script>document.title");
  expect((await accounts.card("GitLab").innerText()).length).toBeLessThan(1_500);
  await expect(accounts.page).toHaveTitle("External authentication");
});
