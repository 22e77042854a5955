// @ts-check
// The session ends: the page says so once and keeps its rows, and signing in
// again leads back.
import { authorize } from "./support/link-window.js";
import { LIST, expect, test } from "./support/test.js";

test("the page asks a person without a session to sign in", async ({ accounts, guard, standIn }) => {
  const { page } = accounts;
  // The cookie of a session that has ended.
  await accounts.open();
  await standIn.endSessions();
  await standIn.forgetRequests();

  guard.announceStatus(401);
  await page.reload();
  await expect(accounts.alert).toContainText("Your session has ended.");
  await expect(accounts.signIn).toBeVisible();
  await expect(accounts.heading).toBeVisible();
  // There are no old rows, and nothing is loading.
  await expect.soft(accounts.alert).not.toContainText("Showing the last loaded list");
  await expect(accounts.cards).toHaveCount(0);
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
  await accounts.settled();
  expect((await standIn.requestLines()).sort()).toEqual([`GET ${LIST}`, "GET /api/v2/users/me"]);
});

test("signing in leads back to the list", async ({ accounts, guard, standIn }) => {
  const { page } = accounts;
  await accounts.open();
  await standIn.endSessions();
  guard.announceStatus(401);
  await page.goto(`${standIn.url}?theme=dark`);

  await expect(accounts.signIn).toHaveAttribute("href", "/login?redirect=%2Faccounts%2F%3Ftheme%3Ddark");
  await accounts.signIn.click();
  await page.getByRole("button", { name: "Sign in as ada" }).click();
  await expect(page).toHaveURL(`${standIn.url}?theme=dark`);
  await expect(accounts.summary).toHaveText(/8 of 11 linked/);
  await expect(accounts.alert).toHaveCount(0);
});

test("the page keeps its rows when the session ends", async ({ accounts, guard, standIn }) => {
  await accounts.open();
  await standIn.endSessions();
  guard.announceStatus(401);
  await accounts.button("Check", "GitLab").click();

  await expect(accounts.alert).toContainText("Your session has ended.");
  await expect(accounts.cards).toHaveCount(12);
  await expect(accounts.badge("GitLab", "Linked")).toBeVisible();
  await expect(accounts.card("GitHub")).toContainText("@ada");
  await expect(accounts.summary).toHaveText(/8 of 11 linked/);
});

test("the end of the session is announced once", async ({ accounts, guard, standIn }) => {
  await accounts.open();
  await standIn.endSessions();
  guard.announceStatus(401);
  await accounts.button("Check", "GitLab").click();
  await expect(accounts.signIn).toBeVisible();
  await accounts.refresh.click();
  await accounts.unlink("Bitbucket");
  await accounts.settled();

  await expect(accounts.page.getByText(/Your session has ended/)).toHaveCount(1);
  await expect(accounts.alert).toHaveCount(1);
  await expect(accounts.signIn).toHaveCount(1);
  await expect(accounts.badge("Bitbucket", "Ends in 3 days")).toBeVisible();
});

test("the link stays when the session ends during an unlink", async ({ accounts, guard, standIn }) => {
  await accounts.open();
  await standIn.endSessions();
  guard.announceStatus(401);
  await accounts.unlink("GitLab");
  await expect(accounts.alert).toContainText("Your session has ended.");
  await expect(accounts.badge("GitLab", "Linked")).toBeVisible();
  await expect(accounts.button("Unlink", "GitLab")).toBeVisible();
  expect(await standIn.storedLink("gitlab")).toBeDefined();
});

test("after the end of the session the page sends nothing by itself", async ({ accounts, guard, standIn }) => {
  await accounts.stopClock();
  const ids = [1, 2, 3, 4, 5, 6, 7].map((number) => `github-${number}`);
  for (const id of ids) {
    await standIn.provider(id, { type: "github" });
    await standIn.link(id, {});
  }
  await standIn.fault({ method: "GET", path: `${LIST}/*`, hold: "live" });
  // The page checks only cards near the viewport. This viewport shows all of them.
  await accounts.page.setViewportSize({ width: 1280, height: 6_000 });
  await accounts.page.goto(standIn.url);
  // The live checks are in the later parts, and the clock stands still.
  await accounts.summary.waitFor();
  await accounts.complete();
  await expect.poll(() => standIn.waiting("live")).toBe(4);
  await standIn.endSessions();
  guard.announceStatus(401);
  await standIn.release("live");
  await expect(accounts.alert).toContainText("Your session has ended.");
  await accounts.settled();
  await accounts.advance(3_600_000);
  await accounts.settled();

  // The four that were running, and none of the five that waited.
  const live = (await standIn.requests()).filter(({ path }) => path.startsWith(`${LIST}/`));
  expect(live.map(({ status }) => status)).toEqual([401, 401, 401, 401]);
  expect(await standIn.requestsTo("GET", LIST)).toHaveLength(1);
});

test("the page continues after the person signs in in another tab", async ({ accounts, context, guard, standIn }) => {
  await accounts.open();
  await standIn.endSessions();
  guard.announceStatus(401);
  await accounts.button("Check", "GitLab").click();
  await expect(accounts.alert).toContainText("Your session has ended.");

  const other = await context.newPage();
  await other.goto(new URL("/login", standIn.url).href);
  await other.getByRole("button", { name: "Sign in as ada" }).click();
  await expect(other.getByText("You are signed in as ada.")).toBeVisible();
  await other.close();

  await accounts.refresh.click();
  await expect(accounts.alert).toHaveCount(0);
  await accounts.unlink("GitLab");
  await expect(accounts.card("GitLab")).toContainText("the token is revoked");
});

test("a check that works removes the message", async ({ accounts, context, guard, standIn }) => {
  await accounts.open();
  await standIn.endSessions();
  guard.announceStatus(401);
  await accounts.button("Check", "GitLab").click();
  await expect(accounts.alert).toContainText("Your session has ended.");

  const other = await context.newPage();
  await other.goto(new URL("/login", standIn.url).href);
  await other.getByRole("button", { name: "Sign in as ada" }).click();
  await expect(other.getByText("You are signed in as ada.")).toBeVisible();
  await other.close();
  await accounts.button("Check", "GitLab").click();
  await expect(accounts.badge("GitLab", "Linked")).toBeVisible();
  await expect(accounts.alert).toHaveCount(0);
});

test("a person who is signed out on the way to a provider signs in and continues", async ({ accounts, guard, standIn }) => {
  const { page } = accounts;
  await accounts.open();
  await standIn.endSessions();
  const opened = page.waitForEvent("popup");
  await accounts.button("Link", "Codeberg").click();
  const window = await opened;
  // The page may look for the link meanwhile, and gets a 401.
  guard.tolerate(/401/);
  await window.getByRole("button", { name: "Sign in as ada" }).click();
  await authorize(window).click();
  await expect(accounts.badge("Codeberg", "Linked")).toBeVisible();
});
