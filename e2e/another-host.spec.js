// @ts-check
// The page is opened on another host than Coder's access URL. A redirect flow
// that starts there cannot come back. Time is faked throughout.
import { authorize, openWindow } from "./support/link-window.js";
import { LIST, expect, test } from "./support/test.js";

const NAME = "Codeberg";
const BUILD_INFO = "GET /api/v2/buildinfo";

/** @param {string} url */
const hostOf = (url) => new URL(url).host;

test("a flow that does not come back says on which host linking works, with a link to it", async ({ accounts, guard, standIn, time }) => {
  guard.announceStatus(401);
  const { page } = accounts;
  await page.goto(`${standIn.otherHostUrl}?q=code`);
  await expect(accounts.card(NAME)).toBeVisible();
  const window = await openWindow(accounts, "Link", NAME);
  await authorize(window).click();
  // The deployment answers with an error on its own host, which this page cannot read.
  await expect(window.getByText("state")).toBeVisible();
  expect(hostOf(window.url())).toBe(hostOf(standIn.url));
  await time.advance(2_000);
  const card = accounts.card(NAME);
  await expect(card).toContainText(`Finish in the ${NAME} window.`);
  expect(time.times(BUILD_INFO)).toHaveLength(0);

  await window.close();
  await time.advance(2_000);
  const [here, there] = [hostOf(standIn.otherHostUrl), hostOf(standIn.url)];
  const words = `You opened this page at ${here}, but Coder's address is ${there}. Linking works only there.`;
  await expect(card).toContainText(words);
  await accounts.announces(words);
  await time.advance(10_000);
  expect(time.times(BUILD_INFO)).toHaveLength(1);

  await card.getByRole("link", { name: `Open this page at ${there}` }).click();
  await expect(page).toHaveURL(`${standIn.url}?q=code`);
  const second = await openWindow(accounts, "Link", NAME);
  await authorize(second).click();
  await expect(accounts.badge(NAME, "Linked")).toBeVisible();
});

test("on Coder's access URL a window that does not come back does not mention hosts", async ({ accounts, time }) => {
  await accounts.open();
  const window = await openWindow(accounts, "Link", NAME);
  await window.close();
  await time.advance(2_000);
  await expect(accounts.card(NAME)).toContainText(`The ${NAME} window seems to be closed.`);
  await time.advance(4_000);
  expect(time.times(BUILD_INFO)).toHaveLength(1);
  await expect(accounts.card(NAME)).not.toContainText("Coder's address");
});

test("a flow that comes back does not ask for the deployment's host", async ({ accounts, standIn }) => {
  await accounts.open();
  const window = await openWindow(accounts, "Link", NAME);
  await authorize(window).click();
  await expect(accounts.badge(NAME, "Linked")).toBeVisible();
  expect(await standIn.requestLines()).not.toContain(BUILD_INFO);
  expect(await standIn.requestsTo("GET", LIST)).not.toHaveLength(0);
});
