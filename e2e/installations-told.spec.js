// @ts-check
// What the page says of an app's installations when Coder does not know all of
// them: a full list, and an app without an address.
import { expect, test } from "./support/test.js";

/** @param {number} count */
const installations = (count) =>
  Array.from({ length: count }, (_, index) => ({
    id: index + 1,
    account: {
      id: index + 1,
      login: `org-${index + 1}`,
      name: "",
      avatar_url: "",
      profile_url: `https://git.example/org-${index + 1}`,
    },
    configure_url: `https://git.example/installations/${index + 1}`,
  }));

test('thirty installations are shown as "30 or more", and a search does not claim to cover all', async ({ accounts, standIn }) => {
  await standIn.provider("github", { installations: installations(30) });
  await accounts.open();
  const card = accounts.card("GitHub");
  await accounts.openDetails("GitHub");
  await expect(card).toContainText("App installed for 30 or more accounts");
  await expect(card.getByRole("button", { name: /^Show all/ })).toHaveCount(0);
  await card.getByRole("button", { name: "Show the first 30 accounts at GitHub", exact: true }).click();
  await expect(card.getByRole("link", { name: /^Configure / })).toHaveCount(30);
  const search = card.getByRole("searchbox", { name: "Search the first 30 accounts", exact: true });
  await search.fill("org-30");
  await expect(card.getByRole("link", { name: /^Configure / })).toHaveCount(1);
  await search.fill("org-31");
  await expect(card).toContainText("None of the first 30 accounts matches. There may be more.");
});

test("twenty-nine installations are counted exactly", async ({ accounts, standIn }) => {
  await standIn.provider("github", { installations: installations(29) });
  await accounts.open();
  await accounts.openDetails("GitHub");
  await expect(accounts.card("GitHub")).toContainText("App installed for 29 accounts");
  await expect(accounts.card("GitHub").getByRole("button", { name: /^Show all 29/ })).toBeVisible();
});

test("an app without an installation address is a warning without a link", async ({ accounts, standIn }) => {
  await standIn.provider("github", { installations: [], app_installable: true, app_install_url: "" });
  await accounts.open();
  const card = accounts.card("GitHub");
  await expect(accounts.badge("GitHub", "Linked")).toBeVisible();
  await expect(card).toContainText("ask your administrator to install the app");
  await accounts.openDetails("GitHub");
  await expect(card).toContainText(
    "The GitHub app isn't installed on any account, so private repositories are out of reach. Coder has no address to install it at: ask your administrator.",
  );
  await expect(card.getByRole("link", { name: /Install/ })).toHaveCount(0);

  await standIn.provider("github", { installations: installations(1) });
  await accounts.button("Check", "GitHub").click();
  await expect(card).toContainText("App installed for 1 account");
  await expect(card).not.toContainText("ask your administrator");
});

test('a provider of type "GitHub" is treated like "github": its account is loaded and shown', async ({ accounts, standIn }) => {
  await standIn.provider("github", { type: "GitHub" });
  await accounts.open();
  await accounts.openDetails("GitHub");
  await expect(accounts.card("GitHub")).toContainText("App installed for 2 accounts");
  expect(await standIn.askedLive()).toContain("github");
});

test('the PKCE method "none" is shown as not used', async ({ accounts, standIn }) => {
  await standIn.provider("gitlab", { code_challenge_methods_supported: ["none"] });
  await accounts.open();
  await accounts.openDetails("GitLab");
  await expect(accounts.card("GitLab").getByRole("definition").filter({ hasText: "Not used" })).toBeVisible();
  await expect(accounts.card("GitLab").getByRole("definition").filter({ hasText: "none" })).toHaveCount(0);
});
