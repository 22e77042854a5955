// @ts-check
// Elements with a session token. They act for the token's person, but a redirect
// flow goes by the session cookie of the browser.
import { authorize, choice } from "./support/link-window.js";
import { ELEMENTS, SKIPPED, expect, openWith, putListOf, test } from "./support/real-elements.js";

test.skip(!ELEMENTS, SKIPPED);

/**
 * @import { Page } from "@playwright/test"
 * @import { AccountsPage } from "./support/accounts-page.js"
 * @import { StandIn } from "./support/stand-in.js"
 */

const CALLBACK = "/external-auth/codeberg/callback";

/**
 * Opens a page, on which ada is signed in by the cookie, with the list of the
 * person of a session token.
 *
 * @param {Page} page
 * @param {AccountsPage} accounts
 * @param {StandIn} standIn
 * @param {"ada" | "grace"} user
 */
async function openListOf(page, accounts, standIn, user) {
  const token = await standIn.openSession(user);
  const elements = await openWith(page, standIn, "");
  await putListOf(page, token);
  await expect(accounts.card("Codeberg")).toBeVisible();
  await accounts.settled();
  await standIn.forgetRequests();
  return elements;
}

test("without the part that sends requests the list says so, and comes after another try", async ({
  accounts,
  guard,
  page,
  standIn,
}) => {
  await standIn.fault({ path: "/embedded/program_later.wasm", status: 404, body: "Not found." });
  guard.announceStatus(404);
  guard.announce(/404 .*program_later\.wasm/);
  const token = await standIn.openSession("ada");
  await openWith(page, standIn, "");
  await putListOf(page, token);
  await expect(accounts.alert.first()).toContainText("A part of this page couldn't be loaded.");
  await standIn.clearFaults();
  await accounts.tryAgain.click();
  await expect(accounts.card("Codeberg")).toBeVisible();
});

test("the part that sends requests is fetched together with the program", async ({ accounts, page, standIn }) => {
  await standIn.fault({ path: "/embedded/program_bg.wasm", hold: "program" });
  const token = await standIn.openSession("ada");
  await openWith(page, standIn, "");
  const isFetched = page.waitForRequest("**/program_later.wasm");
  await putListOf(page, token);
  await isFetched;
  await standIn.release("program");
  await expect(accounts.card("Codeberg")).toBeVisible();
});

test("linking works where token and cookie are of one person", async ({ accounts, page, standIn }) => {
  const elements = await openListOf(page, accounts, standIn, "ada");
  const opened = page.waitForEvent("popup");
  await accounts.press("Link", "Codeberg");
  await authorize(await opened).click();
  await expect(accounts.badge("Codeberg", "Linked")).toBeVisible();
  expect((await elements.heard()).map(({ name }) => name)).toContain("linked");
  expect(await standIn.storedLink("codeberg")).toBeDefined();
});

test("linking is refused where the cookie is another person's", async ({ accounts, page, standIn }) => {
  const elements = await openListOf(page, accounts, standIn, "grace");
  const opened = page.waitForEvent("popup");
  await accounts.press("Link", "Codeberg");
  const window = await opened;

  const words =
    "Codeberg wasn't linked, because this browser is signed in to Coder as ada. " +
    "Sign in to Coder as grace, then try again.";
  await expect(accounts.card("Codeberg")).toContainText(words);
  await expect.poll(() => window.isClosed()).toBe(true);
  const errors = (await elements.heard()).filter(({ name }) => name === "error");
  expect(errors.map(({ detail }) => detail)).toEqual([{ provider: "codeberg", message: words }]);
  // Each was asked who they are; the flow never began, for nobody.
  const asked = (await standIn.requests()).map(({ path, session, user }) => ({ path, session, user }));
  expect(asked).toEqual([
    { path: "/api/v2/users/me", session: "header", user: "grace" },
    { path: "/api/v2/users/me", session: "cookie", user: "ada" },
  ]);
  expect(await standIn.storedLink("codeberg")).toBeUndefined();
});

test("linking is refused where nobody is signed in, and goes on after a sign-in", async ({
  accounts,
  guard,
  page,
  standIn,
}) => {
  await openListOf(page, accounts, standIn, "ada");
  const cookies = await page.context().cookies();
  await page.context().clearCookies();
  guard.announceStatus(401);
  const opened = page.waitForEvent("popup");
  await accounts.press("Link", "Codeberg");
  const window = await opened;
  await expect(accounts.card("Codeberg")).toContainText("because this browser isn't signed in to Coder.");
  await expect.poll(() => window.isClosed()).toBe(true);
  // The token's session goes on.
  await expect(accounts.signIn).toHaveCount(0);

  await page.context().addCookies(cookies);
  const again = page.waitForEvent("popup");
  await accounts.press("Link", "Codeberg");
  await authorize(await again).click();
  await expect(accounts.badge("Codeberg", "Linked")).toBeVisible();
});

test("linking in this tab is refused too", async ({ accounts, page, standIn }) => {
  await openListOf(page, accounts, standIn, "grace");
  // The window is blocked, and the answer for the cookie is late.
  await page.evaluate(() => {
    window.open = () => null;
  });
  await standIn.fault({ path: "/api/v2/users/me", method: "GET", hold: "person", times: 1 });
  await accounts.press("Link", "Codeberg");
  await choice(accounts, "Codeberg", "Continue in this tab").click();
  await standIn.release("person");
  await expect(accounts.card("Codeberg")).toContainText("signed in to Coder as ada");
  await accounts.settled();
  expect(await standIn.requestsTo("GET", CALLBACK)).toEqual([]);
  await expect(page).toHaveURL(/empty\.html/);
});
