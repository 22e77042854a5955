// @ts-check
// Icons, names and addresses from the wire, as the list shows them.
import { expect, test } from "./support/test.js";

test("an icon that fails to load is replaced by the first letter", async ({ accounts, standIn, guard }) => {
  await standIn.provider("gitlab", { display_icon: "/icon/none.svg" });
  guard.announceStatus(404);
  await accounts.open();
  // Images are hidden from assistive technology, because the name is beside them.
  await expect(accounts.card("GitLab").getByText("G", { exact: true })).toBeVisible();
});

test("a provider without an icon shows its first letter", async ({ accounts, standIn }) => {
  // Older servers leave the name empty when the operator set none.
  await standIn.provider("internal-git", { display_icon: "" });
  await accounts.open();
  await expect(accounts.card("internal-git").getByText("I", { exact: true })).toBeVisible();
});

test("an icon from a forbidden address is not requested", async ({ accounts, standIn }) => {
  await standIn.provider("gitlab", { display_icon: "//evil.example/x.svg" });
  await standIn.provider("bitbucket", { display_icon: "javascript:alert(1)" });
  /** @type {string[]} */
  const asked = [];
  accounts.page.on("request", (request) => asked.push(request.url()));
  await accounts.open();
  await expect(accounts.card("GitLab").getByText("G", { exact: true })).toBeVisible();
  await expect(accounts.card("Bitbucket").getByText("B", { exact: true })).toBeVisible();
  expect(asked.filter((url) => url.includes("evil"))).toEqual([]);
});

test("providers that share a name are told apart by their ids", async ({ accounts, standIn }) => {
  await standIn.provider("github-work", { display_name: "GitHub" });
  await accounts.open();
  await expect(accounts.card("GitHub (github)")).toBeVisible();
  await expect(accounts.card("GitHub (github-work)")).toBeVisible();
  await expect(accounts.button("Unlink", "GitHub (github-work)")).toBeVisible();
});

test("a provider without a name shows its type, or else its id", async ({ accounts, standIn }) => {
  await standIn.provider("named-by-type", { type: "forgejo" });
  await standIn.provider("named-by-id", {});
  await accounts.open();
  await expect(accounts.card("forgejo")).toBeVisible();
  await expect(accounts.card("named-by-id")).toBeVisible();
});

test("markup in names is shown as text and runs nothing", async ({ accounts, standIn }) => {
  const markup = `<img src=x onerror="document.title='run'"><script>document.title='run'</script>`;
  await standIn.provider("gitlab", { display_name: markup });
  const login = "<b onclick=alert(1)>ada</b>";
  const account = { id: 1, login, name: markup, avatar_url: "", profile_url: "" };
  await standIn.provider("github", {
    accounts: [account],
    app_install_url: "javascript:alert(1)",
    installations: [{ id: 1, account, configure_url: "" }],
  });
  await standIn.link("github", { login });
  await accounts.open();

  await expect(accounts.card(markup).getByRole("heading", { name: markup, exact: true })).toBeVisible();
  await expect(accounts.button("Unlink", markup)).toBeVisible();
  await expect(accounts.card("GitHub")).toContainText(`@${login}`);
  await accounts.button("Unlink", markup).click();
  await expect(accounts.dialog(markup)).toContainText(markup);
  await expect(accounts.page.locator("img[src=x], main script, main b")).toHaveCount(0);
  await expect(accounts.page).toHaveTitle("External authentication");
});

test("addresses that would run a script are shown and cannot be followed", async ({ accounts, standIn }) => {
  const account = {
    id: 1,
    login: "ada",
    name: "Ada Lovelace",
    avatar_url: "javascript:alert(1)",
    profile_url: "javascript:alert(1)",
  };
  await standIn.provider("github", {
    accounts: [account],
    app_install_url: "javascript:alert(1)",
    installations: [{ id: 1, account, configure_url: "javascript:alert(1)" }],
  });
  await standIn.provider("github-work", { app_install_url: "javascript:alert(1)" });
  await accounts.open();

  await expect(accounts.card("GitHub")).toContainText("@ada");
  await expect(accounts.card("GitHub").getByRole("link")).toHaveCount(0);
  // Without an address there is no action for the app.
  await expect(accounts.badge("GitHub Enterprise", "Linked")).toBeVisible();
  await expect(accounts.page.getByRole("link", { name: /Install the app/ })).toHaveCount(0);
});
