// @ts-check
// Two hundred and fifty providers: which requests they cost, and how a person
// finds one of them.
import { press, tabTo } from "./support/keyboard.js";
import { LIST, expect, test } from "./support/test.js";

/** @import { AccountsPage } from "./support/accounts-page.js" */

/** Those that need attention when the list has come. */
const ATTENTION = 9;
const ROWS = 252;
const FILTERS = /** @type {const} */ (["All", "Linked", "Not linked", "Needs attention"]);

test.beforeEach(async ({ standIn }) => {
  await standIn.reset("many");
});

/**
 * A filter's button, with any number on it.
 *
 * @param {AccountsPage} accounts
 * @param {typeof FILTERS[number]} name
 */
const filter = (accounts, name) => accounts.page.getByRole("button", { name: new RegExp(`^${name} \\d+$`) });

/** @param {AccountsPage} accounts */
const clear = (accounts) => accounts.page.getByRole("button", { name: "Clear search and filter", exact: true });

/**
 * The names that contain all of these words.
 *
 * @param {(string | null)[]} names
 * @param {...string} words
 */
const holding = (names, ...words) =>
  names.filter((name) => words.every((word) => name?.toLowerCase().includes(word)));

test("a long list costs one list request and live checks only near the viewport", async ({ accounts, standIn }) => {
  await accounts.open();
  await expect(accounts.summary).toHaveText("Your workspaces use these accounts. 100 of 250 linked, 9 need attention.");
  await expect.poll(async () => (await standIn.askedLive()).length).toBeGreaterThan(0);
  await accounts.settled();
  const live = await standIn.askedLive();
  expect(live.length).toBeLessThanOrEqual(12);
  expect(new Set(live).size).toBe(live.length);
  expect(await standIn.requestsTo("GET", LIST)).toHaveLength(1);
  // The only other request is who is signed in.
  expect(await standIn.requests()).toHaveLength(1 + 1 + live.length);
});

test("cards that are scrolled into view are checked once, four at a time", async ({ accounts, standIn }) => {
  await accounts.page.setViewportSize({ width: 1280, height: 1_600 });
  await accounts.open();
  const before = await standIn.askedLive();
  await standIn.fault({ method: "GET", path: `${LIST}/*`, hold: "live" });
  await accounts.cards.nth(60).scrollIntoViewIfNeeded();
  await expect.poll(() => standIn.waiting("live")).toBe(4);
  await accounts.cards.nth(70).scrollIntoViewIfNeeded();
  await accounts.drawn();
  expect(await standIn.waiting("live")).toBe(4);
  expect(await standIn.askedLive()).toHaveLength(before.length + 4);

  await standIn.release("live");
  await expect.poll(async () => (await standIn.askedLive()).length).toBeGreaterThan(before.length + 4);
  await accounts.settled();
  await accounts.cards.nth(60).scrollIntoViewIfNeeded();
  await accounts.cards.nth(0).scrollIntoViewIfNeeded();
  await accounts.settled();
  const live = await standIn.askedLive();
  expect(new Set(live).size).toBe(live.length);
  expect(await standIn.requestsTo("GET", LIST)).toHaveLength(1);
});

test("a card that is scrolled past before its turn is not checked", async ({ accounts, standIn }) => {
  await accounts.page.setViewportSize({ width: 1280, height: 1_600 });
  await accounts.open();
  const before = (await standIn.askedLive()).length;
  await standIn.fault({ method: "GET", path: `${LIST}/*`, hold: "live" });
  await accounts.cards.nth(60).scrollIntoViewIfNeeded();
  await expect.poll(() => standIn.waiting("live")).toBe(4);
  // Nothing in this part of the list is linked, so nothing is checked.
  await accounts.cards.nth(200).scrollIntoViewIfNeeded();
  await accounts.drawn();
  await standIn.release("live");
  await accounts.settled();
  expect(await standIn.askedLive()).toHaveLength(before + 4);

  // There would have been more checks, had the person stayed.
  await accounts.cards.nth(60).scrollIntoViewIfNeeded();
  await expect.poll(async () => (await standIn.askedLive()).length).toBeGreaterThan(before + 4);
});

test("providers that need attention come first", async ({ accounts }) => {
  await accounts.open();
  await expect(accounts.cards).toHaveCount(ROWS);
  const attention = /Sign-in expired|Access revoked|Couldn't check/;
  for (let place = 0; place < ATTENTION; place += 1) await expect(accounts.cards.nth(place)).toContainText(attention);
  await expect(accounts.cards.nth(ATTENTION)).not.toContainText(attention);
  await expect(accounts.cards.nth(ROWS - 1)).toContainText("No longer configured");
});

test("typing filters the list and says how many match, and Escape shows all again", async ({ accounts, standIn }) => {
  await accounts.open();
  const found = holding(await accounts.names(), "security", "3");
  expect(found.length).toBeGreaterThan(1);
  await accounts.page.keyboard.press("/");
  await expect(accounts.search).toBeFocused();
  await expect(accounts.search).toHaveValue("");
  await accounts.page.keyboard.type("SECURITY 3");
  await expect(accounts.cards).toHaveCount(found.length);
  expect(await accounts.names()).toEqual(found);
  await expect(accounts.page.getByRole("search")).toContainText(`${found.length} of ${ROWS} shown`);
  await accounts.announces(`${found.length} of ${ROWS} shown`);

  // In the field a slash is typed.
  await accounts.page.keyboard.type("/");
  await expect(accounts.search).toHaveValue("SECURITY 3/");
  await accounts.page.keyboard.press("Escape");
  await expect(accounts.search).toHaveValue("");
  await expect(accounts.search).toBeFocused();
  await expect(accounts.cards).toHaveCount(ROWS);
  expect(await standIn.requestsTo("GET", LIST)).toHaveLength(1);
});

test("the search also finds the linked account", async ({ accounts }) => {
  await accounts.open();
  await accounts.search.fill("lovelace");
  await expect(accounts.cards).not.toHaveCount(ROWS);
  await expect(accounts.cards.filter({ hasText: "@ada" })).not.toHaveCount(0);
  await accounts.arranged();
  // A link that ends soon says that in the place of the account.
  for (const card of await accounts.cards.all()) await expect(card).toContainText(/@ada|Ends in/);
});

test("each filter shows as many rows as it says, and the address keeps it", async ({ accounts, standIn }) => {
  await accounts.open();
  for (const [name, show] of /** @type {const} */ ([
    ["Linked", "linked"],
    ["Not linked", "not-linked"],
    ["Needs attention", "attention"],
    ["All", null],
  ])) {
    await filter(accounts, name).click();
    await expect(filter(accounts, name)).toHaveAttribute("aria-pressed", "true");
    for (const other of FILTERS.filter((other) => other !== name)) {
      await expect(filter(accounts, other)).toHaveAttribute("aria-pressed", "false");
    }
    await accounts.settled();
    const label = await filter(accounts, name).innerText();
    await expect(accounts.cards).toHaveCount(Number(/(\d+)$/.exec(label)?.[1]));
    expect(new URL(accounts.page.url()).searchParams.get("show")).toBe(show);
  }
  expect(await standIn.requestsTo("GET", LIST)).toHaveLength(1);
});

test("search and filter survive a reload, and other parameters stay", async ({ accounts, standIn }) => {
  await accounts.page.goto(`${standIn.url}?theme=x`);
  await expect(accounts.summary).toBeVisible();
  await accounts.search.fill("payments");
  await filter(accounts, "Not linked").click();
  const url = new URL(accounts.page.url());
  expect(Object.fromEntries(url.searchParams)).toEqual({ theme: "x", q: "payments", show: "not-linked" });
  const names = await accounts.names();
  expect(names.length).toBeGreaterThan(1);

  await accounts.page.reload();
  await expect(accounts.search).toHaveValue("payments");
  await expect(filter(accounts, "Not linked")).toHaveAttribute("aria-pressed", "true");
  expect(await accounts.names()).toEqual(names);
});

test("an address with a search opens the search, and only shown cards are checked", async ({ accounts, standIn }) => {
  await accounts.page.goto(`${standIn.url}?q=platform&show=linked`);
  await accounts.summary.waitFor();
  await accounts.complete();
  await accounts.drawn();
  await accounts.settled();
  const names = await accounts.names();
  expect(names).toEqual(holding(names, "platform"));
  expect(names.length).toBeGreaterThan(5);
  const live = await standIn.askedLive();
  expect(live.length).toBeGreaterThan(0);
  for (const id of live) expect(id).toContain("platform");
  expect(await standIn.requestsTo("GET", LIST)).toHaveLength(1);
});

test("an address with an unknown filter shows all", async ({ accounts, standIn }) => {
  await accounts.page.goto(`${standIn.url}?show=<script>`);
  await accounts.summary.waitFor();
  await accounts.unfold();
  await expect(accounts.cards).toHaveCount(ROWS);
  await expect(filter(accounts, "All")).toHaveAttribute("aria-pressed", "true");
});

test("a search without results says so and offers to show all", async ({ accounts }) => {
  await accounts.open();
  await filter(accounts, "Needs attention").click();
  await accounts.search.fill("nowhere");
  await expect(accounts.page.getByText("No matching providers")).toBeVisible();
  await expect(accounts.cards).toHaveCount(0);
  await accounts.announces(`0 of ${ROWS} shown`);
  await clear(accounts).click();
  await expect(accounts.cards).toHaveCount(ROWS);
  await expect(accounts.search).toHaveValue("");
  await expect(accounts.search).toBeFocused();
  await expect(filter(accounts, "All")).toHaveAttribute("aria-pressed", "true");
  expect(new URL(accounts.page.url()).search).toBe("");
});

test("the focus is not lost when a filter hides its row", async ({ accounts, standIn }) => {
  await accounts.open();
  await filter(accounts, "Needs attention").click();
  const [first] = await accounts.names();
  await expect(accounts.cards).toHaveCount(ATTENTION);
  // The first of them is repaired elsewhere, and then checked here.
  const id = (await accounts.cards.first().getAttribute("id"))?.replace("provider-", "") ?? "";
  await standIn.link(id, { token: "active" });
  await accounts.button("Check", first ?? "").press("Enter");
  await expect(accounts.cards).toHaveCount(ATTENTION - 1);
  await expect.poll(() => accounts.page.evaluate(() => document.activeElement?.tagName)).not.toBe("BODY");
});

test("the keyboard alone finds a provider and checks it", async ({ accounts, standIn }) => {
  await accounts.open();
  const { page } = accounts;
  await page.keyboard.press("/");
  await page.keyboard.type("design");
  await press(page, filter(accounts, "Linked"));
  await accounts.settled();
  const [name] = await accounts.names();
  expect(name).toContain("Design");
  await standIn.forgetRequests();
  await press(page, accounts.button("Check", name ?? ""));
  await accounts.announces(`${name}: `);
  await expect(accounts.button("Check", name ?? "")).toBeFocused();
  await accounts.settled();
  expect(await standIn.requests()).toHaveLength(1);
  await page.keyboard.press("/");
  await expect(accounts.search).toBeFocused();
  await tabTo(page, filter(accounts, "All"));
});

test("Ctrl+/ does not move the focus to the search", async ({ accounts }) => {
  await accounts.open();
  await accounts.refresh.focus();
  await accounts.page.keyboard.press("Control+/");
  await expect(accounts.refresh).toBeFocused();
});

test.describe("on a small screen", () => {
  test.use({ viewport: { width: 320, height: 640 } });

  test("search and filters fit", async ({ accounts, standIn }) => {
    await accounts.open();
    for (const name of FILTERS) await expect(filter(accounts, name)).toBeInViewport();
    await accounts.search.fill("design");
    await filter(accounts, "Linked").click();
    await expect(accounts.cards.first()).toBeVisible();
    const width = await accounts.page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(320);
    await accounts.settled();
    expect((await standIn.askedLive()).length).toBeLessThanOrEqual(12);
  });
});

test("a list of a thousand providers opens and can be searched", async ({ accounts, standIn }) => {
  await standIn.reset("many=1000");
  await accounts.open();
  await expect(accounts.summary).toHaveText(/ 400 of 1000 linked/);
  // Counted by CSS: a role makes the test walk the whole accessibility tree. The rows
  // come in slices, and the page has its height from the first one on.
  await accounts.page.locator(".provider-card").nth(999).waitFor({ state: "attached" });
  expect((await standIn.askedLive()).length).toBeLessThanOrEqual(12);
  const found = holding(await accounts.names(), "storage", "77");
  expect(found).toHaveLength(1);
  await accounts.search.pressSequentially("storage 77");
  await expect(accounts.page.locator(".provider-card:not([hidden])")).toHaveCount(1);
  expect(await accounts.names()).toEqual(found);
});

test("a short list has no search", async ({ accounts, standIn }) => {
  await standIn.reset("device");
  await accounts.open();
  await expect(accounts.cards).toHaveCount(5);
  await expect(accounts.search).toHaveCount(0);
  for (const name of FILTERS) await expect(filter(accounts, name)).toHaveCount(0);
  await accounts.page.keyboard.press("/");
  await expect(accounts.page.locator("body")).toBeFocused();
});
