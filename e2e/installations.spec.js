// @ts-check
// Where a provider's app is installed: a few accounts, many, or none; and how the
// page notices an installation.
import { press } from "./support/keyboard.js";
import { LIST, expect, test } from "./support/test.js";

/**
 * @import { AccountsPage } from "./support/accounts-page.js"
 * @import { StandIn } from "./support/stand-in.js"
 */

/** Of the scenario `many`. */
const MANY = { id: "github-platform-1", name: "GitHub Platform 1", installations: 27 };
const SOME = { id: "github-mobile-1", name: "GitHub Mobile 1 (github-mobile-1)", installations: 9 };

/**
 * Opens the list with one provider.
 *
 * @param {AccountsPage} accounts
 * @param {StandIn} standIn
 * @param {{ id: string, name: string, installations: number }} provider
 */
async function openAt(accounts, standIn, provider) {
  await standIn.reset("many");
  await accounts.page.goto(`${standIn.url}?q=${provider.id}`);
  const card = accounts.card(provider.name);
  await accounts.openDetails(provider.name);
  await expect(card).toContainText(`App installed for ${provider.installations} accounts`);
  return card;
}

/**
 * @param {AccountsPage} accounts
 * @param {string} name
 */
const configure = (accounts, name) => accounts.card(name).getByRole("link", { name: /^Configure / });

/**
 * The person comes back to this tab.
 *
 * @param {AccountsPage} accounts
 */
const comeBack = (accounts) => accounts.page.evaluate(() => window.dispatchEvent(new Event("focus")));

/**
 * Follows a link that opens a new tab, and closes the tab.
 *
 * @param {AccountsPage} accounts
 * @param {string} name
 */
async function follow(accounts, name) {
  const opened = accounts.page.context().waitForEvent("page");
  await accounts.page.getByRole("link", { name, exact: true }).click();
  const tab = await opened;
  await tab.waitForLoadState();
  await tab.close();
}

const account = {
  id: 7,
  login: "octo-labs",
  name: "Octo Labs",
  avatar_url: "",
  profile_url: "https://git.example/octo-labs",
};

test("a single installation is shown with nothing to unfold", async ({ accounts, standIn }) => {
  await standIn.provider("github", {
    installations: [{ id: 1, account, configure_url: "https://git.example/installations/1" }],
  });
  await accounts.open();
  const card = accounts.card("GitHub");
  await expect(card.getByRole("link")).toHaveCount(0);
  await accounts.openDetails("GitHub");
  await expect(card).toContainText("App installed for 1 account");
  await expect(card).not.toContainText("1 accounts");
  await expect(configure(accounts, "GitHub")).toHaveCount(1);
  await expect(card.getByRole("link", { name: "Configure octo-labs" })).toHaveAttribute(
    "href",
    "https://git.example/installations/1",
  );
  await expect(card.getByRole("link", { name: "octo-labs", exact: true })).toHaveAttribute("href", account.profile_url);
  await expect(card.getByRole("button", { name: /^Show all/ })).toHaveCount(0);
  await expect(card.getByRole("searchbox")).toHaveCount(0);
  expect(await standIn.requestsTo("GET", `${LIST}/github`)).toHaveLength(1);
});

test("nine installations show six, and can be unfolded and folded", async ({ accounts, standIn }) => {
  const card = await openAt(accounts, standIn, SOME);
  await expect(configure(accounts, SOME.name)).toHaveCount(6);
  const unfold = card.getByRole("button", { name: `Show all 9 accounts at ${SOME.name}`, exact: true });
  await expect(unfold).toHaveAttribute("aria-expanded", "false");
  await press(accounts.page, unfold);
  await expect(configure(accounts, SOME.name)).toHaveCount(9);
  await expect(card.getByRole("searchbox")).toHaveCount(0);
  const fold = card.getByRole("button", { name: `Show fewer accounts at ${SOME.name}`, exact: true });
  await expect(fold).toBeFocused();
  await expect(fold).toHaveAttribute("aria-expanded", "true");
  await accounts.page.keyboard.press("Enter");
  await expect(configure(accounts, SOME.name)).toHaveCount(6);
  await expect(unfold).toBeFocused();
  expect(await standIn.requestsTo("GET", `${LIST}/${SOME.id}`)).toHaveLength(1);
});

test("six installations are not folded", async ({ accounts, standIn }) => {
  const installations = [1, 2, 3, 4, 5, 6].map((id) => ({
    id,
    account: { ...account, login: `octo-${id}` },
    configure_url: `https://git.example/${id}`,
  }));
  await standIn.provider("github", { installations });
  await accounts.open();
  await accounts.openDetails("GitHub");
  await expect(configure(accounts, "GitHub")).toHaveCount(6);
  await expect(accounts.card("GitHub").getByRole("button", { name: /^Show all/ })).toHaveCount(0);
});

test("twenty-seven installations can be searched by login and by name", async ({ accounts, standIn }) => {
  const card = await openAt(accounts, standIn, MANY);
  await expect(configure(accounts, MANY.name)).toHaveCount(6);
  await expect(card.getByRole("searchbox")).toHaveCount(0);
  await card.getByRole("button", { name: `Show all 27 accounts at ${MANY.name}` }).click();
  await expect(configure(accounts, MANY.name)).toHaveCount(27);

  const search = card.getByRole("searchbox", { name: "Search accounts" });
  await search.fill("cobalt");
  const logins = await configure(accounts, MANY.name).allInnerTexts();
  expect(logins.length).toBeGreaterThan(1);
  for (const login of logins) expect(login).toContain("cobalt");
  await search.fill("LABS 14");
  await expect(card.getByRole("link", { name: "Configure cobalt-labs-14", exact: true })).toBeVisible();
  await expect(configure(accounts, MANY.name)).toHaveCount(1);
  await search.fill("nobody");
  await expect(configure(accounts, MANY.name)).toHaveCount(0);
  await expect(card).toContainText("No matching accounts");
  // It is separate from the search of the list.
  await search.fill("");
  await search.press("/");
  await expect(search).toHaveValue("/");
  await search.fill("");
  await expect(configure(accounts, MANY.name)).toHaveCount(27);
  await expect(accounts.search).toHaveValue(MANY.id);

  await search.fill("cobalt");
  await card.getByRole("button", { name: `Show fewer accounts at ${MANY.name}` }).click();
  await expect(configure(accounts, MANY.name)).toHaveCount(6);
  expect(await standIn.requestsTo("GET", `${LIST}/${MANY.id}`)).toHaveLength(1);
});

test("unfolded installations stay unfolded after the same answer", async ({ accounts, standIn }) => {
  const card = await openAt(accounts, standIn, SOME);
  await card.getByRole("button", { name: /^Show all 9/ }).click();
  await accounts.button("Check", SOME.name).click();
  await accounts.announces(`${SOME.name}: Linked.`);
  await expect(configure(accounts, SOME.name)).toHaveCount(9);
});

test("an account without a picture, or with one that fails to load, shows its first letter", async ({ accounts, guard, standIn }) => {
  const of = (/** @type {number} */ id, /** @type {string} */ login, /** @type {string} */ avatar_url) => ({
    id,
    account: { ...account, login, avatar_url },
    configure_url: `https://git.example/${id}`,
  });
  await standIn.provider("github", {
    installations: [
      of(1, "octo", ""),
      of(2, "quill", "data:image/png;base64,AAAA"),
      of(3, "rook", "javascript:alert(1)"),
    ],
  });
  guard.tolerate(/data:image/);
  await accounts.open();
  await accounts.openDetails("GitHub");
  for (const [login, letter] of /** @type {const} */ ([
    ["octo", "O"],
    ["quill", "Q"],
    ["rook", "R"],
  ])) {
    const row = accounts.card("GitHub").getByRole("listitem").filter({ hasText: `Configure ${login}` });
    await expect(row).toHaveText(new RegExp(`^\\s*${letter}\\s*${login}`));
    await expect(row.locator("img")).toHaveCount(0);
  }
});

test("after installing the app and coming back the card is up to date, with one request", async ({ accounts, standIn }) => {
  await accounts.open();
  await accounts.card("GitHub Enterprise").scrollIntoViewIfNeeded();
  await expect(accounts.badge("GitHub Enterprise", "App not installed")).toBeVisible();
  await accounts.settled();
  await follow(accounts, "Install the app GitHub Enterprise");
  await standIn.forgetRequests();
  // Back too early: the page checks, and says nothing.
  await comeBack(accounts);
  await expect.poll(() => standIn.askedLive()).toEqual(["github-work"]);
  await accounts.settled();
  await expect(accounts.badge("GitHub Enterprise", "App not installed")).toBeVisible();

  await standIn.provider("github-work", {
    installations: [{ id: 1, account, configure_url: "https://git.example/installations/1" }],
  });
  await comeBack(accounts);
  await expect(accounts.badge("GitHub Enterprise", "Linked")).toBeVisible();
  await expect(accounts.card("GitHub Enterprise")).toContainText("The GitHub Enterprise app is installed.");
  await accounts.announces("The GitHub Enterprise app is installed.");
  await accounts.openDetails("GitHub Enterprise");
  await expect(accounts.card("GitHub Enterprise").getByRole("link", { name: "Configure octo-labs" })).toBeVisible();
  await accounts.settled();
  expect(await standIn.requestLines()).toEqual([`GET ${LIST}/github-work`, `GET ${LIST}/github-work`]);

  // From here on the focus sends no request.
  await comeBack(accounts);
  await accounts.settled();
  expect(await standIn.requests()).toHaveLength(2);
});

test("an added and a removed installation are noticed", async ({ accounts, standIn }) => {
  await accounts.open();
  const card = accounts.card("GitHub");
  await accounts.openDetails("GitHub");
  await expect(card).toContainText("App installed for 2 accounts");
  const installation = (/** @type {number} */ id) => ({
    id,
    account: { ...account, login: `octo-${id}` },
    configure_url: `https://git.example/${id}`,
  });
  await follow(accounts, "Install for another account at GitHub");
  await standIn.provider("github", { installations: [1, 2, 3].map(installation) });
  await standIn.forgetRequests();
  await comeBack(accounts);
  await expect(card).toContainText("App installed for 3 accounts");
  await accounts.settled();
  expect(await standIn.requestLines()).toEqual([`GET ${LIST}/github`]);
});

test("after configuring an installation and coming back the card is up to date", async ({ accounts, standIn }) => {
  await accounts.open();
  const card = accounts.card("GitHub");
  await accounts.openDetails("GitHub");
  await follow(accounts, "Configure analytical-engine");
  await standIn.provider("github", { installations: [] });
  await comeBack(accounts);
  await expect(accounts.badge("GitHub", "App not installed")).toBeVisible();
  await expect(card.getByRole("link", { name: "Install the app GitHub" })).toBeVisible();
});

test("getting the focus without having been away sends no request", async ({ accounts, standIn }) => {
  await accounts.open();
  await standIn.forgetRequests();
  await comeBack(accounts);
  await accounts.settled();
  expect(await standIn.requests()).toEqual([]);
});

test("half an hour after leaving the page no longer checks when it gets the focus", async ({ accounts, time }) => {
  await accounts.open();
  await follow(accounts, "Install the app GitHub Enterprise");
  await time.jump(29 * 60_000);
  const live = `GET ${LIST}/github-work`;
  const before = time.times(live).length;
  await comeBack(accounts);
  await time.settled();
  expect(time.times(live).length).toBeGreaterThan(before);
  const asked = time.asked.length;
  // The person has not been away again.
  await time.jump(2 * 60_000);
  await comeBack(accounts);
  await time.settled();
  expect(time.asked).toHaveLength(asked);
});
