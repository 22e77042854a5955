// @ts-check
// The address belongs to the host page: the parts that are not ours stay as they
// were.
import { ElementsPage, test as testElements } from "./support/elements.js";
import { authorize, continueHere } from "./support/link-window.js";
import { expect, test } from "./support/test.js";

const QUERY = "?linked=yes&a=(1),+%7e;x&flag";
const FRAGMENT = "#/settings/accounts?tab=git";

test("linking in this tab returns to exactly the same address", async ({ accounts, page, standIn }) => {
  const address = `${standIn.url}${QUERY}${FRAGMENT}`;
  await page.goto(address);
  await continueHere(accounts, "Link", "Codeberg");
  await authorize(page).click();
  await expect(accounts.card("Codeberg")).toContainText("Codeberg is linked.");
  await expect(page).toHaveURL(address);

  await page.reload();
  await expect(accounts.badge("Codeberg", "Linked")).toBeVisible();
  await expect(accounts.card("Codeberg")).not.toContainText("Codeberg is linked.");
  await expect(page).toHaveURL(address);
});

test("a parameter of the host page is not taken for ours", async ({ accounts, page, standIn }) => {
  const address = `${standIn.url}?linked=gitlab`;
  await page.goto(address);
  await expect(accounts.badge("GitLab", "Linked")).toBeVisible();
  await expect(page).toHaveURL(address);
  await expect(accounts.card("GitLab")).not.toContainText("GitLab is linked.");
});

test("searching keeps the rest of the address and the history state", async ({ accounts, page, standIn }) => {
  await page.goto(`${standIn.url}?a=(1),+%7e;x${FRAGMENT}`);
  await expect(accounts.search).toBeVisible();
  const state = { idx: 3, key: "of a router" };
  await page.evaluate((value) => history.replaceState(value, ""), state);
  await accounts.search.fill("code berg");
  await expect(page).toHaveURL(`${standIn.url}?a=(1),+%7e;x&q=code+berg${FRAGMENT}`);
  expect(await page.evaluate(() => history.state)).toEqual(state);
});

test("signing in again returns to the page that the fragment names", async ({ accounts, guard, page, standIn }) => {
  const address = `${standIn.url}?a=b${FRAGMENT}`;
  await page.goto(address);
  await expect(accounts.summary).toBeVisible();
  await standIn.endSessions();
  guard.announceStatus(401);
  await accounts.refresh.click();
  await accounts.signIn.click();
  await page.getByRole("button", { name: /^Sign in as/ }).click();
  await expect(accounts.summary).toBeVisible();
  await expect(page).toHaveURL(address);
});

testElements.describe("an application that finds its pages by the fragment", () => {
  /**
   * Comes back from a redirect that began at `left`, to a page with a router; then the
   * application imports the elements. Returns what the router got.
   *
   * @param {import("@playwright/test").Page} page
   * @param {import("./support/stand-in.js").StandIn} standIn
   * @param {string} left
   * @param {string} query that it comes back with
   */
  async function comeBack(page, standIn, left, query) {
    const elements = new ElementsPage(page, standIn);
    await elements.open();
    await page.evaluate((address) => {
      sessionStorage.setItem("coder-external-auth-return", `\ncodeberg\n${location.pathname}${address}`);
    }, left);
    await elements.open(`/embedded/empty.html${query}`);
    await page.evaluate(() => {
      const heard = /** @type {string[]} */ ([]);
      Object.assign(globalThis, { routes: heard });
      addEventListener("hashchange", () => heard.push(location.hash));
    });
    await elements.define();
    await page.evaluate(() => new Promise((done) => setTimeout(done)));
    return page.evaluate(() => /** @type {any} */ (globalThis).routes);
  }

  testElements("comes back to the one that it left", async ({ page, standIn }) => {
    expect(await comeBack(page, standIn, "?a=b#/accounts", "?a=b&linked=codeberg")).toEqual(["#/accounts"]);
  });

  for (const { what, left, query } of [
    { what: "that is opened anew", left: "#/accounts", query: "" },
    { what: "that has a parameter of the same name", left: "#/accounts", query: "?linked=yes" },
    { what: "that has gone on already", left: "#/accounts", query: "?linked=codeberg#/start" },
    { what: "that had no fragment", left: "", query: "?linked=codeberg" },
  ]) {
    testElements(`is left alone where it is one ${what}`, async ({ page, standIn }) => {
      expect(await comeBack(page, standIn, left, query)).toEqual([]);
    });
  }
});
