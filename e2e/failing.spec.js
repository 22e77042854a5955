// @ts-check
// A list that failed, is unreadable, late or empty, or has another shape than the
// server's today.
import { LIST, expect, test } from "./support/test.js";

const HTML = "<!DOCTYPE html><html><head><title>502</title></head><body><h1>502 Bad Gateway</h1></body></html>";

test("a list that fails says why and can be tried again", async ({ accounts, guard, standIn }) => {
  await standIn.reset("failing");
  guard.announceStatus(500);
  await accounts.page.goto(standIn.url);
  await expect(accounts.alert).toContainText("The list couldn't be loaded.");
  await expect(accounts.alert).toContainText("(500)");
  await expect(accounts.cards).toHaveCount(0);
  await expect(accounts.summary).toHaveCount(0);
  await expect(accounts.page.locator("[aria-busy=true]")).toHaveCount(0);

  await standIn.clearFaults();
  await accounts.tryAgain.click();
  await expect(accounts.cards).toHaveCount(11);
  await expect(accounts.alert).toHaveCount(0);
});

test("the server's message is under Details", async ({ accounts, guard, standIn }) => {
  await standIn.reset("failing");
  guard.announceStatus(500);
  await accounts.page.goto(standIn.url);
  const words = accounts.alert.getByText(/The database did not answer in time/);
  await expect(words).toBeHidden();
  await accounts.alert.getByText("Details", { exact: true }).click();
  await expect(words).toBeVisible();
});

test("each failed retry says so again, with one request", async ({ accounts, guard, standIn }) => {
  await standIn.reset("failing");
  guard.announceStatus(500);
  await accounts.page.goto(standIn.url);
  await accounts.tryAgain.click();
  await accounts.settled();
  await expect(accounts.alert).toContainText("The list couldn't be loaded.");
  await accounts.tryAgain.click();
  await accounts.settled();
  await expect(accounts.alert).toContainText("The list couldn't be loaded.");
  expect(await standIn.requestsTo("GET", LIST)).toHaveLength(3);
});

test("the focus is not lost when trying again works", async ({ accounts, guard, standIn }) => {
  await standIn.reset("failing");
  guard.announceStatus(500);
  await accounts.page.goto(standIn.url);
  await expect(accounts.tryAgain).toBeVisible();
  await standIn.clearFaults();
  await accounts.tryAgain.press("Enter");
  await expect(accounts.cards).toHaveCount(11);
  await expect(accounts.page.locator(":focus")).toHaveCount(1);
});

for (const { what, fault, status, words } of [
  {
    what: "a proxy's page with 502",
    fault: { status: 502, body: HTML, content_type: "text/html" },
    status: 502,
    words: "Coder or a proxy returned an error (502)",
  },
  {
    what: "JSON of another route",
    fault: { status: 200, body: { message: "Hello." } },
    words: "The answer isn't from Coder.",
  },
  { what: "null", fault: { status: 200, body: "null" }, words: "The answer isn't from Coder." },
]) {
  test(`${what} is shown as a failure, never as a deployment without providers`, async ({ accounts, guard, standIn }) => {
    await standIn.fault({ method: "GET", path: LIST, ...fault });
    if (status) guard.announceStatus(status);
    await accounts.page.goto(standIn.url);
    await expect(accounts.alert).toContainText("The list couldn't be loaded.");
    await expect(accounts.alert).toContainText(words);
    await expect(accounts.page.getByText("No providers are configured")).toHaveCount(0);

    await standIn.clearFaults();
    await accounts.tryAgain.click();
    await expect(accounts.cards).toHaveCount(11);
  });
}

test("a web page in place of the first list is this failure when the deployment has already answered who is signed in", async ({
  accounts,
  standIn,
}) => {
  await standIn.fault({ method: "GET", path: LIST, status: 200, body: HTML, content_type: "text/html", hold: "list" });
  const person = accounts.page.waitForResponse("**/api/v2/users/me");
  await accounts.page.goto(standIn.url);
  await (await person).finished();
  await expect.poll(() => standIn.waiting("list")).toBe(1);
  await standIn.release("list");
  await expect(accounts.alert).toContainText("The answer isn't from Coder.");
});

test("the page says that an answer that was cut off is unreadable", async ({ accounts, guard, standIn }) => {
  await standIn.fault({ method: "GET", path: LIST, cut: true });
  guard.announce(/net::ERR_CONTENT_LENGTH_MISMATCH|net::ERR_INCOMPLETE/);
  await accounts.page.goto(standIn.url);
  await expect(accounts.alert).toContainText("The list couldn't be loaded.");
  await expect(accounts.alert).toContainText("The answer isn't from Coder.");
});

test("without a network the page says that the deployment could not be reached", async ({ accounts, context, guard }) => {
  await accounts.open();
  await context.setOffline(true);
  guard.announce(/net::ERR_INTERNET_DISCONNECTED/);
  await accounts.refresh.click();
  await expect(accounts.alert).toContainText("Check your connection, then try again.");
  await context.setOffline(false);
  await accounts.tryAgain.click();
  await expect(accounts.alert).toHaveCount(0);
});

test("a failed refresh keeps the rows and says that they are old", async ({ accounts, guard, standIn }) => {
  await accounts.open();
  await standIn.fault({ method: "GET", path: LIST, status: 502, body: HTML, content_type: "text/html" });
  guard.announceStatus(502);
  await accounts.refresh.click();
  await expect(accounts.alert).toContainText("The list couldn't be refreshed. Showing the last loaded list.");
  await expect(accounts.cards).toHaveCount(12);
  await expect(accounts.badge("GitLab", "Linked")).toBeVisible();
  await expect(accounts.summary).toHaveText(/8 of 11 linked/);
  // The rows on the page still work.
  await accounts.button("Check", "GitLab").click();
  await expect(accounts.page.getByRole("status").filter({ hasText: "GitLab: Linked." })).toBeAttached();

  await standIn.clearFaults();
  await accounts.tryAgain.click();
  await expect(accounts.alert).toHaveCount(0);
});

test("after five seconds the page says what a slow list waits for", async ({ accounts, standIn }) => {
  const { page } = accounts;
  await accounts.stopClock();
  await standIn.fault({ method: "GET", path: LIST, hold: "list" });
  await page.goto(standIn.url);
  await expect.poll(() => standIn.waiting("list")).toBe(1);
  const slow = page.getByRole("status").filter({ hasText: "Still checking." });

  await accounts.advance(4_999);
  await expect(slow).toHaveCount(0);
  await accounts.advance(1);
  await expect(slow).toBeVisible();

  await standIn.release("list");
  await expect(accounts.cards).toHaveCount(11);
  await expect(slow).toHaveCount(0);
});

test("the page waits for a list as long as the server may take, then gives up", async ({ accounts, standIn }) => {
  const { page } = accounts;
  await accounts.stopClock();
  await standIn.fault({ method: "GET", path: LIST, hold: "list" });
  await page.goto(standIn.url);
  await expect.poll(() => standIn.waiting("list")).toBe(1);

  await accounts.advance(179_999);
  await expect(page.getByText("Still checking.")).toBeVisible();
  await expect(accounts.alert).toHaveCount(0);
  await accounts.advance(1);
  await expect(accounts.alert).toContainText("Coder took too long to answer.");
  // The request ends by itself: aborting it could lose a refresh token.
  expect(await standIn.waiting("list")).toBe(1);
  await standIn.release("list");
  await expect.poll(async () => (await standIn.requestsTo("GET", LIST)).map(({ status }) => status)).toEqual([200]);
});

test("a retry after a list that took too long asks again and does not abort the first request", async ({ accounts, standIn }) => {
  const { page } = accounts;
  await accounts.stopClock();
  await standIn.fault({ method: "GET", path: LIST, hold: "list", times: 1 });
  await page.goto(standIn.url);
  await expect.poll(() => standIn.waiting("list")).toBe(1);
  await accounts.advance(180_000);
  await accounts.complete();
  await accounts.tryAgain.click();
  await expect(accounts.cards).toHaveCount(11);
  await expect(accounts.alert).toHaveCount(0);

  // Aborting the first request could lose a refresh token on older servers.
  expect(await standIn.waiting("list")).toBe(1);
  await standIn.release("list");
  await accounts.settled();
  const statuses = (await standIn.requestsTo("GET", LIST)).map(({ status }) => status);
  expect(statuses).toEqual([200, 200]);
  await expect(accounts.cards).toHaveCount(11);
});

test("a deployment without providers says so and links to the documentation", async ({ accounts, standIn }) => {
  await standIn.reset("empty");
  await accounts.page.goto(standIn.url);
  await expect(accounts.page.getByRole("heading", { name: "No providers are configured" })).toBeVisible();
  await expect(accounts.page.getByRole("link", { name: "How to configure external authentication" })).toHaveAttribute(
    "href",
    /^https:\/\//,
  );
  await expect(accounts.cards).toHaveCount(0);
});

test("the first provider of a deployment appears after a refresh", async ({ accounts, standIn }) => {
  await standIn.reset("empty");
  await accounts.page.goto(standIn.url);
  await expect(accounts.page.getByText("No providers are configured")).toBeVisible();
  await standIn.provider("gitlab", { type: "gitlab", display_name: "GitLab" });
  await accounts.refresh.click();
  await expect(accounts.badge("GitLab", "Not linked")).toBeVisible();
  await expect(accounts.page.getByText("No providers are configured")).toHaveCount(0);
});

for (const { what, body } of [
  { what: "null lists", body: { providers: null, links: null } },
  { what: "empty lists", body: { providers: [], links: [] } },
  { what: "missing lists", body: {} },
]) {
  test(`${what} mean a deployment without providers`, async ({ accounts, standIn }) => {
    await standIn.fault({ method: "GET", path: LIST, status: 200, body });
    await accounts.page.goto(standIn.url);
    await expect(accounts.page.getByRole("heading", { name: "No providers are configured" })).toBeVisible();
    await expect(accounts.alert).toHaveCount(0);
  });
}

const LINK = {
  provider_id: "gitlab",
  created_at: "2026-01-01T00:00:00Z",
  updated_at: "2026-01-01T00:00:00Z",
  has_refresh_token: false,
  expires: "0001-01-01T00:00:00Z",
  authenticated: true,
  validate_error: "",
};

for (const { what, body } of [
  { what: "a link alone, as the reference shows it", body: LINK },
  { what: "a list of links", body: [LINK] },
]) {
  test(`${what} can be read`, async ({ accounts, standIn }) => {
    await standIn.fault({ method: "GET", path: LIST, status: 200, body });
    await accounts.open();
    await expect(accounts.badge("gitlab", "Linked")).toBeVisible();
    await expect(accounts.card("gitlab")).toContainText("Does not expire");
    await expect(accounts.summary).toContainText("1 of 1 linked");
  });
}

test("providers without links are read too", async ({ accounts, standIn }) => {
  const body = { providers: [{ id: "gitlab", display_name: "GitLab", unknown_field: 1 }], links: null };
  await standIn.fault({ method: "GET", path: LIST, status: 200, body });
  await accounts.open();
  await expect(accounts.badge("GitLab", "Not linked")).toBeVisible();
});

test("an unreadable item does not hide the others", async ({ accounts, standIn }) => {
  const body = {
    providers: [5, null, { display_name: "without an id" }, { id: "gitlab", display_name: "GitLab", device: "yes" }],
    links: [{}, "link", { ...LINK, expires: "soon", created_at: 7, validate_error: null }],
  };
  await standIn.fault({ method: "GET", path: LIST, status: 200, body });
  await accounts.open();
  await expect(accounts.cards).toHaveCount(1);
  await expect(accounts.card("GitLab")).toContainText("Linked");
});

test("a hundred providers are all shown", async ({ accounts, standIn }) => {
  await standIn.reset("empty");
  for (let number = 1; number <= 100; number += 1) await standIn.provider(`git-${number}`, {});
  await accounts.open();
  await expect(accounts.cards).toHaveCount(100);
  await expect(accounts.summary).toContainText("0 of 100 linked");
});
