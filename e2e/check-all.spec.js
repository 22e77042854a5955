// @ts-check
// "Check all" checks every linked provider, a few at a time, and can be stopped.
import { LIST, expect, test } from "./support/test.js";

/** @import { AccountsPage } from "./support/accounts-page.js" */

/** Those that are linked and have an address to be checked at. */
const CHECKABLE = ["azure-devops", "bitbucket", "gitea", "github", "github-work", "gitlab", "slack"];

test.beforeEach(async ({ standIn }) => {
  // This provider is down by default, and each answer about it is an error in the
  // console.
  await standIn.provider("slack", { validate: "rate_limited" });
});

/** @param {AccountsPage} accounts */
const progress = (accounts) => accounts.page.getByRole("progressbar", { name: "Providers checked" });

test('"Check all" checks each linked provider once and announces the result', async ({ accounts, standIn }) => {
  await accounts.open();
  await standIn.forgetRequests();
  await accounts.checkAll.click();
  // Azure DevOps, Gitea, and the missing app fail; Slack's rate limit counts as valid.
  await accounts.announces("Checked 7 of 7: 3 need attention.");
  await expect(accounts.checkAll).toBeVisible();
  await expect(progress(accounts)).toHaveCount(0);
  await accounts.settled();
  expect((await standIn.requestLines()).sort()).toEqual(CHECKABLE.map((id) => `GET ${LIST}/${id}`));
  await expect(accounts.badge("Slack", "Linked")).toBeVisible();
});

test("the page shows the progress and checks at most four providers at once", async ({ accounts, standIn }) => {
  await accounts.open();
  await standIn.forgetRequests();
  for (const id of CHECKABLE) await standIn.fault({ method: "GET", path: `${LIST}/${id}`, hold: id });
  await accounts.checkAll.click();
  await accounts.announces("Checking 7 linked providers.");
  await expect(accounts.stopChecking).toBeFocused();
  await expect(progress(accounts)).toHaveAttribute("max", "7");
  for (let done = 0; done < 7; done += 1) {
    const open = Math.min(7, done + 4);
    await expect.poll(async () => (await standIn.askedLive()).length).toBe(open);
    await expect(progress(accounts)).toHaveAttribute("value", String(done));
    await expect(accounts.page.getByText(`Checked ${done} of 7`, { exact: true })).toBeVisible();
    const id = (await standIn.askedLive())[done] ?? "";
    await standIn.release(id);
  }
  await accounts.announces("Checked 7 of 7: 3 need attention.");
  await expect(accounts.checkAll).toBeFocused();
});

test("after Stop no more provider is checked and the cards work", async ({ accounts, standIn }) => {
  await accounts.open();
  await standIn.forgetRequests();
  await standIn.fault({ method: "GET", path: `${LIST}/*`, hold: "live" });
  await accounts.checkAll.click();
  await expect.poll(() => standIn.waiting("live")).toBe(4);
  await accounts.stopChecking.click();
  await accounts.announces("Checking stopped. Results so far are kept.");
  await expect(accounts.checkAll).toBeFocused();
  await expect(progress(accounts)).toHaveCount(0);
  // The deployment sees that the requests were aborted.
  await expect.poll(() => standIn.inFlight()).toBe(0);
  await standIn.clearFaults();
  await accounts.settled();
  const requests = await standIn.requests();
  expect(requests.map(({ status }) => status)).toEqual(["aborted", "aborted", "aborted", "aborted"]);
  for (const card of await accounts.cards.all()) await expect(card).toHaveAttribute("aria-busy", "false");

  await accounts.button("Check", "GitLab").click();
  await accounts.announces("GitLab: Linked.");
  await accounts.checkAll.click();
  await accounts.announces("Checked 7 of 7: 3 need attention.");
  expect(await standIn.requests()).toHaveLength(4 + 1 + 7);
});

test("results from before Stop stay", async ({ accounts, standIn }) => {
  await accounts.open();
  await standIn.link("gitea", { token: "active" });
  for (const id of CHECKABLE.filter((id) => id !== "gitea")) {
    await standIn.fault({ method: "GET", path: `${LIST}/${id}`, hold: "live" });
  }
  await accounts.checkAll.click();
  await expect(accounts.badge("Gitea", "Linked")).toBeVisible();
  await accounts.stopChecking.click();
  await accounts.announces("Checking stopped.");
  await expect(accounts.badge("Gitea", "Linked")).toBeVisible();
  await expect(accounts.badge("GitLab", "Linked")).toBeVisible();
});

test("the deployment's rate limit stops it, and the page says so", async ({ accounts, guard, standIn }) => {
  await accounts.open();
  await standIn.forgetRequests();
  await standIn.fault({
    method: "GET",
    path: `${LIST}/*`,
    status: 429,
    body: { message: "Slow down." },
    headers: { "retry-after": "30" },
  });
  guard.announceStatus(429);
  await accounts.checkAll.click();
  await accounts.announces("Coder is limiting requests: check the rest in a minute.");
  await accounts.settled();
  expect(await standIn.askedLive()).toHaveLength(4);
  await expect(accounts.badge("GitLab", "Linked")).toBeVisible();
  await expect(accounts.page.getByText(/Coder is limiting requests/).first()).toBeVisible();
  await expect(accounts.checkAll).toBeVisible();
});

test("the page says so when the last checks meet the rate limit", async ({ accounts, guard, standIn }) => {
  await accounts.open();
  for (const id of ["gitlab", "bitbucket", "github-work"]) {
    await standIn.fault({ method: "GET", path: `${LIST}/${id}`, status: 429, body: { message: "Slow down." } });
  }
  guard.announceStatus(429);
  await accounts.checkAll.click();
  await accounts.announces("Coder is limiting requests");
});

test("one list request renews all expired tokens that can be renewed", async ({ accounts, standIn }) => {
  await standIn.link("codeberg", { expires_in_ms: 3_600_000, has_refresh_token: true });
  await accounts.open();
  await standIn.link("codeberg", { expires_in_ms: -1_000 });
  await standIn.link("gitlab", { expires_in_ms: -1_000 });
  await standIn.forgetRequests();
  await accounts.checkAll.click();
  await accounts.announces("Checked 8 of 8: 3 need attention.");
  await expect(accounts.badge("GitLab", "Linked")).toBeVisible();
  await expect(accounts.badge("Codeberg", "Linked")).toBeVisible();
  await accounts.settled();
  const lines = await standIn.requestLines();
  expect(lines.filter((line) => line === `GET ${LIST}`)).toHaveLength(1);
  expect((await standIn.service("gitlab")).calls).toMatchObject({ token: 1 });
  expect((await standIn.service("codeberg")).calls).toMatchObject({ token: 1 });
});

test("an ended session stops it, and the page says so once", async ({ accounts, guard, standIn }) => {
  await accounts.open();
  await standIn.endSessions();
  guard.announceStatus(401);
  await standIn.forgetRequests();
  await accounts.checkAll.click();
  await accounts.announcesAtOnce("Your session has ended.");
  await expect(accounts.page.getByText(/Your session has ended/)).toHaveCount(1);
  await expect(accounts.checkAll).toBeVisible();
  await accounts.settled();
  expect((await standIn.requests()).length).toBeLessThanOrEqual(4);
});

test("a provider whose check is running is not checked twice", async ({ accounts, standIn }) => {
  await accounts.open();
  await standIn.forgetRequests();
  await standIn.fault({ method: "GET", path: `${LIST}/gitlab`, hold: "gitlab" });
  await accounts.button("Check", "GitLab").click();
  await expect.poll(() => standIn.waiting("gitlab")).toBe(1);
  await accounts.checkAll.click();
  await expect.poll(async () => (await standIn.askedLive()).length).toBe(7);
  // The page waits for this answer, too.
  await expect(accounts.page.getByText("Checked 6 of 7", { exact: true })).toBeVisible();
  await standIn.release("gitlab");
  await accounts.announces("Checked 7 of 7");
  await accounts.settled();
  expect(await standIn.requestsTo("GET", `${LIST}/gitlab`)).toHaveLength(1);
});

test("a provider that is unlinked meanwhile is not checked", async ({ accounts, standIn }) => {
  await accounts.open();
  await standIn.forgetRequests();
  await standIn.fault({ method: "GET", path: `${LIST}/*`, hold: "live" });
  await accounts.checkAll.click();
  await expect.poll(() => standIn.waiting("live")).toBe(4);
  await accounts.unlink("GitLab");
  await expect(accounts.badge("GitLab", "Not linked")).toBeVisible();
  await standIn.release("live");
  await accounts.announces("Checked 7 of 7");
  await expect(accounts.badge("GitLab", "Not linked")).toBeVisible();
  await expect(accounts.card("GitLab")).toContainText("GitLab is unlinked, and the token is revoked.");
});

test('there is no "Check all" with one linked provider', async ({ accounts, standIn }) => {
  await standIn.reset("device");
  await standIn.link("gitlab-device", { linked: false });
  await accounts.open();
  await expect(accounts.button("Check", "GitHub")).toBeVisible();
  await expect(accounts.checkAll).toHaveCount(0);
});
