// @ts-check
// Linking by redirect in a window. Time is faked throughout.
import { AccountsPage } from "./support/accounts-page.js";
import { authorize, choice, openWindow } from "./support/link-window.js";
import { LIST, expect, test } from "./support/test.js";
import { setVisibility } from "./support/visibility.js";

const NAME = "Codeberg";
const BY_ID = `GET ${LIST}/codeberg`;

/**
 * The page on which the window lands can neither report nor close, as when it is not one
 * of ours.
 *
 * @param {import("@playwright/test").BrowserContext} context
 */
async function silenceReturnPage(context) {
  await context.addInitScript(() => {
    if (!location.search.includes("window=1")) return;
    Reflect.deleteProperty(window, "BroadcastChannel");
    window.close = () => {};
  });
}

test("a provider is linked in a window that closes by itself", async ({ accounts, standIn, time }) => {
  await accounts.open();
  const window = await openWindow(accounts, "Link", NAME);
  await expect(accounts.card(NAME)).toContainText(`Finish in the ${NAME} window.`);
  expect(new URL(window.url()).origin).toBe((await standIn.state()).provider_origin);
  expect(await window.evaluate(() => globalThis.opener)).toBeNull();

  const closed = window.waitForEvent("close");
  await authorize(window).click();
  await closed;
  await expect(accounts.badge(NAME, "Linked")).toBeVisible();
  await expect(accounts.card(NAME)).toContainText(`${NAME} is linked.`);
  await expect(accounts.card(NAME)).not.toContainText("Finish in the");
  await expect(accounts.page.getByRole("status").filter({ hasText: `${NAME} is linked.` })).toBeAttached();
  await expect(accounts.page).toHaveURL(standIn.url);
  await expect(accounts.summary).toHaveText(/\b9 of 11 linked/);
  // No time passed: nothing waited for a timer.
  expect(time.elapsed).toBe(0);
  // The list is followed by live checks.
  await accounts.settled();
  await time.settled();
  const asked = time.asked.length;
  await time.advance(30_000);
  expect(time.asked).toHaveLength(asked);
});

test("a window that seems closed because of COOP is not called closed", async ({ accounts, standIn, time }) => {
  await standIn.provider("codeberg", { opener_policy: "same-origin" });
  await accounts.open();
  const window = await openWindow(accounts, "Link", NAME);
  await time.advance(4_000);
  // The browser says that the window is closed, which is wrong.
  const card = accounts.card(NAME);
  await expect(card).toContainText(`The ${NAME} window seems to be closed. If you finished there, choose Check now.`);
  await expect(card).not.toContainText(/canceled|wasn't finished|couldn't link/);
  expect(window.isClosed()).toBe(false);

  await authorize(window).click();
  await expect(accounts.badge(NAME, "Linked")).toBeVisible();
  await expect(card).toContainText(`${NAME} is linked.`);
  if (!window.isClosed()) await expect(window.getByText("You may close this window.")).toBeVisible();
});

test("every tab that shows the list updates by itself", async ({ accounts, context, standIn, time }) => {
  await accounts.open();
  const other = new AccountsPage(await context.newPage(), standIn);
  await other.open();
  const window = await openWindow(accounts, "Link", NAME);
  await authorize(window).click();
  await expect(accounts.badge(NAME, "Linked")).toBeVisible();
  await expect(other.badge(NAME, "Linked")).toBeVisible();
  await time.settled();
  await expect(other.summary).toHaveText(await accounts.summary.innerText());
});

test("re-authenticating in a window replaces the tokens and never unlinks", async ({ accounts, standIn, time }) => {
  await accounts.open();
  const before = await standIn.storedLink("gitea");
  await expect(accounts.badge("Gitea", "Access revoked")).toBeVisible();
  await standIn.forgetRequests();
  const window = await openWindow(accounts, "Re-authenticate", "Gitea");
  // The list is expensive, so the page does not load it repeatedly for this.
  await time.advance(30_000);
  expect(await standIn.requestsTo("GET", LIST)).toEqual([]);

  await authorize(window).click();
  await expect(accounts.badge("Gitea", "Linked")).toBeVisible();
  await expect(accounts.card("Gitea")).toContainText("Gitea is linked.");
  const after = await standIn.storedLink("gitea");
  expect(after?.created_at).toBe(before?.created_at);
  expect(Date.parse(after?.updated_at ?? "")).toBeGreaterThan(Date.parse(before?.updated_at ?? ""));
  expect((await standIn.requests()).map(({ method }) => method)).not.toContain("DELETE");
});

test("the page points out that another account is linked than before", async ({ accounts, time }) => {
  await accounts.open();
  await expect(accounts.card("GitHub")).toContainText("@ada");
  const window = await openWindow(accounts, "Re-authenticate", "GitHub");
  await window.getByRole("combobox", { name: "Account" }).selectOption("grace");
  await authorize(window).click();
  const card = accounts.card("GitHub");
  await expect(card).toContainText("GitHub is now linked as @grace; it was @ada.");
  await expect(card.getByRole("link", { name: "Grace Hopper (@grace)" })).toBeVisible();
  await time.settled();
});

test("the page looks for the link every three seconds at most, and never while the tab is hidden", async ({ accounts, time }) => {
  await accounts.open();
  await openWindow(accounts, "Link", NAME);
  const before = time.times(BY_ID).length;
  await time.advance(30_000);
  const times = time.times(BY_ID).slice(before);
  expect(times.length).toBeGreaterThanOrEqual(7);
  const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(3_000);

  await setVisibility(accounts.page, "hidden");
  const hidden = time.times(BY_ID).length;
  await time.advance(30_000);
  expect(time.times(BY_ID)).toHaveLength(hidden);
  await setVisibility(accounts.page, "visible");
  await time.advance(2_000);
  expect(time.times(BY_ID)).toHaveLength(hidden + 1);
});

test("without a message from the window the page finds the new link by looking", async ({ accounts, context, standIn, time }) => {
  await silenceReturnPage(context);
  await accounts.open();
  const window = await openWindow(accounts, "Link", NAME);
  await authorize(window).click();
  await expect(window.getByRole("heading", { name: "You're back" })).toBeVisible();
  expect(await standIn.storedLink("codeberg")).toBeDefined();
  await time.advance(4_000);
  await expect(accounts.badge(NAME, "Linked")).toBeVisible();
  await expect(accounts.card(NAME)).toContainText(`${NAME} is linked.`);
});

test("without a message from the window the page finds a re-authentication when the person comes back", async ({ accounts, context, standIn, time }) => {
  await silenceReturnPage(context);
  await accounts.open();
  const window = await openWindow(accounts, "Re-authenticate", "Gitea");
  await authorize(window).click();
  await expect(window.getByRole("heading", { name: "You're back" })).toBeVisible();
  await standIn.forgetRequests();
  await time.advance(10_000);
  expect(await standIn.requestsTo("GET", LIST)).toEqual([]);
  // Playwright's pages always have the focus, so only the event counts.
  await accounts.page.evaluate(() => dispatchEvent(new Event("focus")));
  await expect(accounts.badge("Gitea", "Linked")).toBeVisible();
  await time.settled();
  expect(await standIn.requestsTo("GET", LIST)).toHaveLength(1);
});

test("after five minutes the page stops looking and asks whether to go on", async ({ accounts, time }) => {
  await accounts.open();
  const window = await openWindow(accounts, "Link", NAME);
  await time.jump(4 * 60_000 + 50_000);
  await time.advance(12_000);
  const card = accounts.card(NAME);
  await expect(card).toContainText(`Still waiting for ${NAME}. Keep waiting?`);
  const looks = time.times(BY_ID).length;
  await time.advance(20_000);
  expect(time.times(BY_ID)).toHaveLength(looks);

  await choice(accounts, NAME, "Keep waiting").click();
  await expect(card).toContainText(`Finish in the ${NAME} window.`);
  await time.advance(10_000);
  expect(time.times(BY_ID).length).toBeGreaterThan(looks + 1);
  await authorize(window).click();
  await expect(accounts.badge(NAME, "Linked")).toBeVisible();
});

test("a flow that ends after the page stopped looking is noticed", async ({ accounts, time }) => {
  await accounts.open();
  const window = await openWindow(accounts, "Link", NAME);
  await time.jump(4 * 60_000 + 50_000);
  await time.advance(12_000);
  await expect(choice(accounts, NAME, "Keep waiting")).toBeVisible();
  await authorize(window).click();
  await expect(accounts.badge(NAME, "Linked")).toBeVisible();
});
