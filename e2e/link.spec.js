// @ts-check
// Linking by redirect in this tab: to the provider's consent page and back.
// Linking starts in a window; this is the way without one.
import { authorize, continueHere } from "./support/link-window.js";
import { LIST, expect, test } from "./support/test.js";

/** @import { AccountsPage } from "./support/accounts-page.js" */

test("a provider is linked through its consent page", async ({ accounts, standIn }) => {
  const { page } = accounts;
  await accounts.open();
  await continueHere(accounts, "Link", "Codeberg");

  await expect(page.getByRole("heading", { name: "Sign in to Codeberg" })).toBeVisible();
  expect(new URL(page.url()).origin).toBe((await standIn.state()).provider_origin);
  await authorize(page).click();

  await expect(accounts.badge("Codeberg", "Linked")).toBeVisible();
  await expect(accounts.card("Codeberg")).toContainText("Codeberg is linked.");
  await expect(accounts.summary).toHaveText(/ 9 of 11 linked/);
  expect(await standIn.storedLink("codeberg")).toBeDefined();
});

test("after coming back the focus is on the card, and the result is announced", async ({ accounts }) => {
  const { page } = accounts;
  await accounts.open();
  await continueHere(accounts, "Link", "Codeberg");
  await authorize(page).click();

  await expect(accounts.card("Codeberg")).toBeFocused();
  await expect(accounts.card("Codeberg")).toBeInViewport();
  await expect(page.getByRole("status").filter({ hasText: "Codeberg is linked." })).toBeAttached();
});

test("the address keeps nothing of the flow, and a reload does not repeat the notice", async ({ accounts, standIn }) => {
  const { page } = accounts;
  await accounts.open();
  await continueHere(accounts, "Link", "Codeberg");
  await authorize(page).click();
  await expect(accounts.card("Codeberg")).toContainText("Codeberg is linked.");
  await expect(page).toHaveURL(standIn.url);

  await page.reload();
  await expect(accounts.badge("Codeberg", "Linked")).toBeVisible();
  await expect(accounts.card("Codeberg")).not.toContainText("Codeberg is linked.");
});

test("query parameters of others survive the flow", async ({ accounts, standIn }) => {
  const { page } = accounts;
  await page.goto(`${standIn.url}?theme=dark&x=a%26b`);
  await continueHere(accounts, "Link", "Codeberg");
  await authorize(page).click();
  await expect(accounts.card("Codeberg")).toContainText("Codeberg is linked.");
  await expect(page).toHaveURL(`${standIn.url}?theme=dark&x=a%26b`);
});

test("a provider without PKCE and with an unusual id can be linked", async ({ accounts, standIn }) => {
  await standIn.provider("my.git_1", { display_name: "My Git" });
  await accounts.open();
  await continueHere(accounts, "Link", "My Git");
  await authorize(accounts.page).click();
  await expect(accounts.badge("My Git", "Linked")).toBeVisible();
});

test("a dismissed notice disappears", async ({ accounts }) => {
  await accounts.open();
  await continueHere(accounts, "Link", "Codeberg");
  await authorize(accounts.page).click();
  const card = accounts.card("Codeberg");
  await expect(card).toContainText("Codeberg is linked.");
  await card.getByRole("button", { name: /^Dismiss/ }).click();
  await expect(card).not.toContainText("Codeberg is linked.");
});

/**
 * The browser comes back from the provider without consent.
 *
 * @param {AccountsPage} accounts
 */
async function comeBackWithoutLink(accounts) {
  await accounts.open();
  await continueHere(accounts, "Link", "Codeberg");
  await expect(authorize(accounts.page)).toBeVisible();
  await accounts.page.goto(`${accounts.standIn.url}?linked=codeberg`);
}

test("the focus stays on the card when its notice is dismissed", async ({ accounts }) => {
  await comeBackWithoutLink(accounts);
  const card = accounts.card("Codeberg");
  await card.getByRole("button", { name: /^Dismiss/ }).press("Enter");
  await expect(card).not.toContainText("wasn't finished");
  await expect(card).toBeFocused();
});

test("a person who cancels at the provider can go back and try again", async ({ accounts, guard }) => {
  const { page } = accounts;
  await accounts.open();
  await continueHere(accounts, "Link", "Codeberg");
  guard.announceStatus(400);
  await page.getByRole("button", { name: "Cancel" }).click();
  // The deployment answers with its JSON, as Coder does.
  await expect(page.getByText("access_denied")).toBeVisible();

  // Through the consent page.
  await page.goBack();
  await expect(authorize(page)).toBeVisible();
  await page.goBack();
  await expect(accounts.badge("Codeberg", "Not linked")).toBeVisible();
  await continueHere(accounts, "Link", "Codeberg");
  await authorize(page).click();
  await expect(accounts.badge("Codeberg", "Linked")).toBeVisible();
});

test("a person who comes back without a link is told so", async ({ accounts, standIn }) => {
  await comeBackWithoutLink(accounts);
  await expect(accounts.card("Codeberg")).toContainText("Linking Codeberg wasn't finished.");
  await expect(accounts.badge("Codeberg", "Not linked")).toBeVisible();
  await expect(accounts.page).toHaveURL(standIn.url);
});

test("an unknown provider in the address does no harm", async ({ accounts, standIn }) => {
  const address = `${standIn.url}?linked=${encodeURIComponent("<img src=x>")}`;
  await accounts.page.goto(address);
  await expect(accounts.cards).toHaveCount(11);
  await expect(accounts.page).toHaveURL(address);
  await expect(accounts.page.getByRole("button", { name: /^Dismiss/ })).toHaveCount(0);
});

test("re-authenticating replaces the tokens and never unlinks", async ({ accounts, standIn }) => {
  await accounts.open();
  const before = await standIn.storedLink("gitea");
  await expect(accounts.badge("Gitea", "Access revoked")).toBeVisible();
  await standIn.forgetRequests();

  await continueHere(accounts, "Re-authenticate", "Gitea");
  await authorize(accounts.page).click();
  await expect(accounts.badge("Gitea", "Linked")).toBeVisible();
  await expect(accounts.card("Gitea")).toContainText("Gitea is linked.");

  const after = await standIn.storedLink("gitea");
  expect(after?.created_at).toBe(before?.created_at);
  expect(after?.updated_at).not.toBe(before?.updated_at);
  expect((await standIn.requests()).map(({ method }) => method)).not.toContain("DELETE");
});

test("a working link can be re-authenticated", async ({ accounts, standIn }) => {
  await accounts.open();
  const before = await standIn.storedLink("gitlab");
  await continueHere(accounts, "Re-authenticate", "GitLab");
  await authorize(accounts.page).click();
  await expect(accounts.card("GitLab")).toContainText("GitLab is linked.");
  expect((await standIn.storedLink("gitlab"))?.updated_at).not.toBe(before?.updated_at);
});

test("a cancelled re-authentication leaves the link as it was", async ({ accounts, guard, standIn }) => {
  const { page } = accounts;
  await accounts.open();
  const before = await standIn.storedLink("gitlab");
  await continueHere(accounts, "Re-authenticate", "GitLab");
  guard.announceStatus(400);
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByText("access_denied")).toBeVisible();

  await page.goto(standIn.url);
  await expect(accounts.badge("GitLab", "Linked")).toBeVisible();
  expect(await standIn.storedLink("gitlab")).toEqual(before);
});

test("another account can be chosen at the provider", async ({ accounts }) => {
  const { page } = accounts;
  await accounts.open();
  await expect(accounts.card("GitHub")).toContainText("@ada");
  await continueHere(accounts, "Re-authenticate", "GitHub");
  await page.getByRole("combobox", { name: "Account" }).selectOption("grace");
  await authorize(page).click();
  await accounts.summary.waitFor();
  await accounts.openDetails("GitHub");
  await expect(accounts.card("GitHub").getByRole("link", { name: "Grace Hopper (@grace)" })).toBeVisible();
  await expect(accounts.card("GitHub")).not.toContainText("@ada");
});

test("a provider with a device flow opens no window and stays on the page", async ({ accounts, guard, standIn }) => {
  guard.tolerate(/responded with a status of 400 /);
  const { page } = accounts;
  await accounts.open();
  await accounts.button("Link", "internal-git").click();
  await expect(page.getByRole("dialog", { name: "Link internal-git" })).toBeVisible();
  await expect(page).toHaveURL(standIn.url);
  expect(page.context().pages()).toHaveLength(1);
  expect(await standIn.requestsTo("GET", "/external-auth/internal-git/callback")).toEqual([]);
});

test("leaving for a provider does not abort a running list request", async ({ accounts, standIn }) => {
  const { page } = accounts;
  await accounts.open();
  await standIn.forgetRequests();
  await standIn.fault({ method: "GET", path: LIST, hold: "list", times: 1 });
  await accounts.refresh.click();
  await expect.poll(() => standIn.waiting("list")).toBe(1);

  await continueHere(accounts, "Link", "Codeberg");
  await expect(authorize(page)).toBeVisible();
  expect(await standIn.waiting("list")).toBe(1);
  await standIn.release("list");
  await expect.poll(() => standIn.inFlight()).toBe(0);
  expect((await standIn.requestsTo("GET", LIST)).map(({ status }) => status)).toEqual([200]);
});

test("a refresh token that is used while the person leaves the page is not lost", async ({ accounts, standIn }) => {
  const { page } = accounts;
  // An older server drops the refresh together with the request.
  await standIn.provider("gitlab", { shared_refresh: false });
  await accounts.open();
  // The provider has used the refresh token, and its answer is on the way.
  await standIn.link("gitlab", { expires_in_ms: -1000 });
  await standIn.fault({ origin: "provider", path: "/gitlab/token", hold: "token", hold_at: "after" });
  await accounts.refresh.click();
  await expect.poll(() => standIn.waiting("token")).toBe(1);

  await page.goto("about:blank");
  await standIn.release("token");
  await expect.poll(() => standIn.inFlight()).toBe(0);
  await page.goto(standIn.url);
  await expect(accounts.badge("GitLab", "Linked")).toBeVisible();
});

test("closing the tab does not abort the list request", async ({ accounts, context, standIn }) => {
  await accounts.open();
  await standIn.forgetRequests();
  await standIn.fault({ method: "GET", path: LIST, hold: "list" });
  await accounts.refresh.click();
  await expect.poll(() => standIn.waiting("list")).toBe(1);
  // Another tab stays open, as in a browser that runs on.
  await context.newPage();
  await accounts.page.close();
  await standIn.release("list");
  await expect.poll(() => standIn.inFlight()).toBe(0);
  expect((await standIn.requestsTo("GET", LIST)).map(({ status }) => status)).toEqual([200]);
});
