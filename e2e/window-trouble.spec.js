// @ts-check
// A redirect flow in a window that is blocked, closed, cancelled, or not the only
// one. Time is faked throughout.
import { AccountsPage } from "./support/accounts-page.js";
import { authorize, choice, openWindow, refuse } from "./support/link-window.js";
import { LIST, expect, test } from "./support/test.js";

const NAME = "Codeberg";
// Chromium's message to a page that closes a window whose opener relation is cut.
const CLOSE_REFUSED = /Unsafe attempt to initiate navigation/;
const BY_ID = `GET ${LIST}/codeberg`;

test("a blocked window is noticed, and the flow can continue in this tab", async ({ accounts, context, standIn, time }) => {
  // Playwright's Chromium blocks no window. A browser that does returns null.
  await context.addInitScript(() => {
    window.open = () => null;
  });
  const { page } = accounts;
  await accounts.open();
  await accounts.button("Link", NAME).click();
  const card = accounts.card(NAME);
  await expect(card).toContainText(`Your browser blocked the ${NAME} window.`);
  await accounts.announces("Your browser blocked the");
  await expect(choice(accounts, NAME, "Bring to front")).toHaveCount(0);
  await time.advance(2_000);

  await choice(accounts, NAME, "Continue in this tab").click();
  await expect(page.getByRole("heading", { name: `Sign in to ${NAME}` })).toBeVisible();
  await authorize(page).click();
  await accounts.summary.waitFor();
  await accounts.complete();
  await expect(accounts.badge(NAME, "Linked")).toBeVisible();
  await expect(card).toContainText(`${NAME} is linked.`);
  await time.advance(100);
  await expect(card).toBeFocused();
  await expect(page).toHaveURL(standIn.url);
});

test("a flow whose window was blocked can be cancelled", async ({ accounts, context, time }) => {
  await context.addInitScript(() => {
    window.open = () => null;
  });
  await accounts.open();
  await accounts.button("Link", NAME).click();
  await choice(accounts, NAME, "Cancel").click();
  await expect(accounts.card(NAME)).not.toContainText("Your browser blocked the");
  const asked = time.asked.length;
  await time.advance(20_000);
  expect(time.asked).toHaveLength(asked);
});

test("the second press of a double click on Link does not cancel", async ({ accounts }) => {
  await accounts.open();
  const opened = accounts.page.waitForEvent("popup");
  await accounts.button("Link", NAME).dblclick();
  await opened;
  await expect(accounts.card(NAME)).toContainText("Linking…");
  await choice(accounts, NAME, "Cancel").click();
  await expect(accounts.card(NAME)).not.toContainText("Linking…");
});

test("the page says that the window seems to be closed, without a verdict, and can open it again", async ({ accounts, time }) => {
  await accounts.open();
  const first = await openWindow(accounts, "Link", NAME);
  await first.close();
  await time.advance(2_000);
  const card = accounts.card(NAME);
  await expect(card).toContainText(`The ${NAME} window seems to be closed.`);
  await expect(accounts.badge(NAME, "Not linked")).toBeVisible();
  const looks = time.times(BY_ID).length;
  await choice(accounts, NAME, "Check now").click();
  await time.settled();
  expect(time.times(BY_ID)).toHaveLength(looks + 1);

  await choice(accounts, NAME, "Cancel").click();
  await expect(card).not.toContainText("seems to be closed");
  const second = await openWindow(accounts, "Link", NAME);
  await authorize(second).click();
  await expect(accounts.badge(NAME, "Linked")).toBeVisible();
});

test("Link opens a window again when the first one was closed", async ({ accounts, time }) => {
  await accounts.open();
  const first = await openWindow(accounts, "Link", NAME);
  await first.close();
  await time.advance(2_000);
  const second = await openWindow(accounts, "Link", NAME);
  await authorize(second).click();
  await expect(accounts.badge(NAME, "Linked")).toBeVisible();
});

test("the flow can move from an open window to this tab", async ({ accounts, guard, time }) => {
  guard.tolerate(CLOSE_REFUSED);
  await accounts.open();
  await openWindow(accounts, "Link", NAME);
  await time.advance(2_000);
  await choice(accounts, NAME, "Continue in this tab").click();
  await authorize(accounts.page).click();
  await accounts.summary.waitFor();
  // Rows are drawn in frames, and the clock stands still.
  await accounts.complete();
  await expect(accounts.badge(NAME, "Linked")).toBeVisible();
});

test("after Cancel the page sends nothing more", async ({ accounts, guard, time }) => {
  guard.tolerate(CLOSE_REFUSED);
  await accounts.open();
  await openWindow(accounts, "Link", NAME);
  await time.advance(8_000);
  await choice(accounts, NAME, "Cancel").click();
  await time.settled();
  const asked = time.asked.length;
  await time.advance(30_000);
  expect(time.asked.slice(asked).map(({ line }) => line)).toEqual([]);
  await expect(accounts.badge(NAME, "Not linked")).toBeVisible();
  await expect(accounts.card(NAME)).not.toContainText("Finish in the");
});

test("Cancel says that the window may still be open, which no page can close at the provider", async ({ accounts }) => {
  await accounts.open();
  await openWindow(accounts, "Link", NAME);
  await choice(accounts, NAME, "Cancel").click();
  await expect(accounts.card(NAME)).toContainText("Its window may still be open; you can close it.");
});

test("after cancelling at the provider the card says why, and the window closes", async ({ accounts, guard, time }) => {
  guard.announceStatus(400);
  await accounts.open();
  const window = await openWindow(accounts, "Link", NAME);
  await refuse(window).click();
  await expect(window.getByText("access_denied")).toBeVisible();
  const closed = window.waitForEvent("close");
  await time.advance(2_000);
  await closed;
  await time.advance(100);
  const card = accounts.card(NAME);
  await expect(card).toContainText(`Coder couldn't link ${NAME}. You can try again.`);
  await expect(accounts.page.getByRole("status").filter({ hasText: `Coder couldn't link ${NAME}` })).toBeAttached();
  await expect(card).toBeFocused();
  await card.getByText("Details", { exact: true }).click();
  await expect(card).toContainText("access_denied");
  await expect(accounts.badge(NAME, "Not linked")).toBeVisible();
});

test("a cancelled re-authentication leaves the link as it was", async ({ accounts, guard, standIn, time }) => {
  guard.announceStatus(400);
  await accounts.open();
  const before = await standIn.storedLink("gitlab");
  const window = await openWindow(accounts, "Re-authenticate", "GitLab");
  await refuse(window).click();
  await expect(window.getByText("access_denied")).toBeVisible();
  await time.advance(2_000);
  await expect(accounts.card("GitLab")).toContainText("Coder couldn't link GitLab");
  await expect(accounts.badge("GitLab", "Linked")).toBeVisible();
  expect(await standIn.storedLink("gitlab")).toEqual(before);
});

test("only one of two providers is linked at a time, and the other one says why it waits", async ({ accounts, standIn, time }) => {
  await accounts.open();
  const window = await openWindow(accounts, "Link", NAME);
  await accounts.press("Re-authenticate", "Gitea");
  const waiting = accounts.card("Gitea");
  await expect(waiting).toContainText(`You are linking ${NAME}. Finish that first, or link Gitea instead: only one can run at a time.`);
  await waiting.getByRole("button", { name: "Bring to front" }).click();
  await expect(waiting).not.toContainText("only one can run");
  await authorize(window).click();
  await expect(accounts.badge(NAME, "Linked")).toBeVisible();
  await time.settled();
  expect((await standIn.requests()).filter(({ path }) => path === "/external-auth/gitea/callback")).toEqual([]);
});

test("the person can link the other provider instead", async ({ accounts, guard, standIn, time }) => {
  guard.tolerate(CLOSE_REFUSED);
  await accounts.open();
  await openWindow(accounts, "Link", NAME);
  await accounts.press("Re-authenticate", "Gitea");
  const opened = accounts.page.waitForEvent("popup");
  await accounts.card("Gitea").getByRole("button", { name: "Link Gitea instead" }).click();
  const window = await opened;
  await expect(accounts.card(NAME)).not.toContainText("Finish in the");
  await authorize(window).click();
  await expect(accounts.badge("Gitea", "Linked")).toBeVisible();
  await expect(accounts.badge(NAME, "Not linked")).toBeVisible();
  await time.settled();
  expect(await standIn.storedLink("codeberg")).toBeUndefined();
});

test("with two tabs the flow that started last works, and the other one's failure is explained", async ({ accounts, context, guard, standIn, time }) => {
  guard.announceStatus(401);
  await accounts.open();
  const first = await openWindow(accounts, "Link", NAME);
  const other = new AccountsPage(await context.newPage(), standIn);
  await other.open();
  const second = await openWindow(other, "Re-authenticate", "Gitea");
  await authorize(first).click();
  await expect(first.getByText("does not match")).toBeVisible();
  await time.advance(2_000);
  await expect(accounts.card(NAME)).toContainText(`Coder couldn't link ${NAME}`);
  await authorize(second).click();
  await expect(other.badge("Gitea", "Linked")).toBeVisible();
});

test("the page stops looking for the link when the session ends, and says so", async ({ accounts, guard, standIn, time }) => {
  guard.announceStatus(401);
  guard.tolerate(CLOSE_REFUSED);
  await accounts.open();
  await openWindow(accounts, "Link", NAME);
  await standIn.endSessions();
  await time.advance(4_000);
  await expect(accounts.signIn).toBeVisible();
  await expect(accounts.card(NAME)).not.toContainText("Finish in the");
  const asked = time.asked.length;
  await time.advance(20_000);
  expect(time.asked).toHaveLength(asked);
});

test("an error of the deployment does not end the flow", async ({ accounts, guard, standIn, time }) => {
  guard.announceStatus(500);
  await accounts.open();
  const window = await openWindow(accounts, "Link", NAME);
  await standIn.fault({ method: "GET", path: `${LIST}/codeberg`, status: 500, times: 2 });
  await time.advance(9_000);
  await expect(accounts.card(NAME)).toContainText(`Finish in the ${NAME} window.`);
  await authorize(window).click();
  await expect(accounts.badge(NAME, "Linked")).toBeVisible();
});
