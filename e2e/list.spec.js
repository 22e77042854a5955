// @ts-check
// The list: the state and the order of the providers, and the requests that it
// costs.
import { LIST, expect, test } from "./support/test.js";

test("each provider shows its state", async ({ accounts }) => {
  await accounts.open();

  for (const [name, state] of [
    ["GitHub", "Linked"],
    ["GitHub Enterprise", "App not installed"],
    ["GitLab", "Linked"],
    ["Bitbucket", "Ends in 3 days"],
    ["Azure DevOps", "Sign-in expired"],
    ["Gitea", "Access revoked"],
    ["Slack", "Couldn't check"],
    ["JFrog Artifactory", "Linked, not verified"],
    ["Bitbucket Data Center", "Not linked"],
    ["Codeberg", "Not linked"],
    ["internal-git", "Not linked"],
    ["old-gitlab", "No longer configured"],
  ]) {
    await expect.soft(accounts.badge(name ?? "", state ?? ""), name).toBeVisible();
  }
  await expect(accounts.cards).toHaveCount(12);
});

test("the summary counts linked providers, those that need attention, and orphans", async ({ accounts }) => {
  await accounts.open();
  await expect(accounts.summary).toHaveText("Your workspaces use these accounts. 8 of 11 linked, 4 need attention.");
});

test("providers that need attention come first, then linked ones, unlinked ones, orphans", async ({ accounts }) => {
  await accounts.open();
  // Within each group what ends soon comes first; otherwise the deployment's order holds. The page learns after the list that
  // GitHub Enterprise lacks its app, and no row moves by itself.
  expect(await accounts.names()).toEqual([
    ...["Azure DevOps", "Gitea", "Slack"],
    ...["Bitbucket", "GitHub", "GitHub Enterprise", "GitLab", "JFrog Artifactory"],
    ...["Bitbucket Data Center", "Codeberg", "internal-git"],
    ...["old-gitlab"],
  ]);
});

test("each state says what it means and offers its actions", async ({ accounts }) => {
  await accounts.open();

  /** @type {[string, RegExp | null, ("Link" | "Re-authenticate" | "Check" | "Unlink")[]][]} */
  const expectations = [
    ["GitHub", null, ["Check", "Re-authenticate", "Unlink"]],
    ["GitHub Enterprise", /private repositories are out of reach/, ["Check", "Re-authenticate", "Unlink"]],
    ["Azure DevOps", /wouldn't renew it.* Re-authenticate/, ["Check", "Re-authenticate", "Unlink"]],
    ["Gitea", /no longer accepts this link.* Re-authenticate/, ["Check", "Re-authenticate", "Unlink"]],
    ["Slack", /Your link is unchanged/, ["Check", "Re-authenticate", "Unlink"]],
    ["JFrog Artifactory", /no way to check this link/, ["Re-authenticate", "Unlink"]],
    ["Codeberg", null, ["Link"]],
    ["old-gitlab", /provider was removed/, ["Unlink"]],
  ];
  for (const [name, words, offered] of expectations) {
    if (words) await expect.soft(accounts.card(name), name).toContainText(words);
    await accounts.openDetails(name);
    for (const action of /** @type {const} */ (["Link", "Re-authenticate", "Check", "Unlink"])) {
      const button = accounts.button(action, name);
      await expect.soft(button, `${action} ${name}`).toBeVisible({ visible: offered.includes(action) });
    }
  }
});

test("each card says how long its link lasts", async ({ accounts }) => {
  await accounts.open();
  await expect(accounts.card("GitHub")).toContainText("Does not expire");
  await expect(accounts.card("GitLab")).toContainText("Renews automatically");
  await expect(accounts.card("GitLab")).toContainText("Linked last month");
  await expect(accounts.card("Bitbucket")).toContainText("Ends in 3 days");
  // A closed card has no more than its line.
  await expect(accounts.card("Bitbucket").getByRole("time")).toHaveCount(0);
});

test("only a checked provider says when it was checked", async ({ accounts }) => {
  await accounts.open();
  await expect(accounts.card("GitLab")).toContainText("Checked just now");
  for (const name of ["Slack", "JFrog Artifactory", "old-gitlab"]) {
    await expect.soft(accounts.card(name), name).not.toContainText("Checked just now");
  }
});

test("a GitHub provider shows who is linked and where the app is installed", async ({ accounts }) => {
  await accounts.open();
  const card = accounts.card("GitHub");
  await accounts.openDetails("GitHub");
  await expect(card.getByRole("link", { name: "Ada Lovelace (@ada)" })).toHaveAttribute(
    "href",
    /\/github\/people\/ada$/,
  );
  await expect(card.getByRole("link", { name: "Configure analytical-engine" })).toHaveAttribute(
    "href",
    /\/github\/installations\/72$/,
  );
});

test("external links open a new tab and send no referrer and no opener", async ({ accounts }) => {
  await accounts.open();
  const links = accounts.cards.getByRole("link");
  await expect(links).toHaveCount(1);
  for (const name of await accounts.names()) await accounts.openDetails(name ?? "");
  await expect(links).toHaveCount(15);
  for (const link of await links.all()) {
    await expect(link).toHaveAttribute("target", "_blank");
    await expect(link).toHaveAttribute("rel", "noopener noreferrer");
  }
});

test("an app without installations can be installed", async ({ accounts, context }) => {
  await accounts.open();
  const opened = context.waitForEvent("page");
  await accounts.page.getByRole("link", { name: "Install the app GitHub Enterprise" }).click();
  const provider = await opened;
  await provider.getByRole("button", { name: "Install" }).click();
  await expect(provider.getByRole("heading", { name: "The app is installed" })).toBeVisible();
  await provider.close();

  await accounts.button("Check", "GitHub Enterprise").click();
  await expect(accounts.badge("GitHub Enterprise", "Linked")).toBeVisible();
  await accounts.openDetails("GitHub Enterprise");
  await expect(accounts.card("GitHub Enterprise").getByRole("link", { name: "Configure ada" })).toBeVisible();
});

test("a page load costs one list, the question who is signed in, and a live answer for each linked GitHub provider", async ({
  accounts,
  standIn,
}) => {
  await accounts.open();
  await expect(accounts.badge("GitHub Enterprise", "App not installed")).toBeVisible();
  await expect(accounts.card("GitHub")).toContainText("@ada");

  // The page sends the first two side by side, and so the last two: they arrive in any order.
  const lines = await standIn.requestLines();
  expect(lines.slice(0, 2).sort()).toEqual([`GET ${LIST}`, "GET /api/v2/users/me"]);
  expect(lines.slice(2).sort()).toEqual([`GET ${LIST}/github`, `GET ${LIST}/github-work`]);
});

test("at most four providers are asked live at the same time", async ({ accounts, standIn }) => {
  const ids = ["github", "github-work"];
  for (const number of [1, 2, 3, 4, 5, 6, 7]) {
    const id = `github-${number}`;
    ids.push(id);
    await standIn.provider(id, { type: "github", display_name: `GitHub ${number}` });
    await standIn.link(id, {});
  }
  // Each has its own hold, so that they can be released one by one.
  for (const id of ids) {
    await standIn.fault({ method: "GET", path: `${LIST}/${id}`, hold: id });
  }
  // The page asks only about cards near the viewport. This viewport shows all of them.
  await accounts.page.setViewportSize({ width: 1280, height: 6_000 });
  await accounts.page.goto(standIn.url);
  // Requests that run side by side arrive in any order.
  const live = async () => (await standIn.askedLive()).sort();

  for (const [done, id] of ids.entries()) {
    const asked = ids.slice(0, done + 4).sort();
    await expect.poll(live).toEqual(asked);
    // The page does not send a fifth request.
    await accounts.handled();
    expect(await live()).toEqual(asked);
    await standIn.release(id);
  }
  await accounts.settled();
  expect(await live()).toEqual(ids.toSorted());
});

test("Refresh loads the list again and puts what needs attention first", async ({ accounts, standIn }) => {
  await accounts.open();
  await standIn.provider("gitlab", { validate: "revoked" });
  await standIn.forgetRequests();

  await accounts.refresh.click();
  await expect(accounts.badge("GitLab", "Access revoked")).toBeVisible();
  await expect(accounts.summary).toHaveText(/5 need attention/);
  await accounts.settled();
  expect((await accounts.names()).slice(0, 5)).toEqual([
    "GitHub Enterprise",
    "GitLab",
    "Azure DevOps",
    "Gitea",
    "Slack",
  ]);
  expect(await standIn.requestsTo("GET", LIST)).toHaveLength(1);
});

test("a second load joins the list request that is running", async ({ accounts, standIn }) => {
  await accounts.open();
  await standIn.forgetRequests();
  await standIn.fault({ method: "GET", path: LIST, hold: "list" });

  await accounts.refresh.click();
  const loading = accounts.page.getByRole("button", { name: "Loading…" });
  await expect(loading).toBeVisible();
  await loading.click({ force: true });
  await loading.press("Enter");
  await standIn.release("list");
  await expect(accounts.refresh).toBeVisible();
  await accounts.settled();
  expect(await standIn.requestsTo("GET", LIST)).toHaveLength(1);
});

test("the details name the provider and the server's last answer", async ({ accounts }) => {
  await accounts.open();
  const card = accounts.card("Azure DevOps");
  await expect(card.getByText("azure-devops-entra")).toBeHidden();
  await accounts.openDetails("Azure DevOps");
  await expect(card.getByText("azure-devops", { exact: true })).toBeVisible();
  await expect(card.getByText("azure-devops-entra", { exact: true })).toBeVisible();
  await expect(card).toContainText(/refreshing failed 2 hours ago with: .*due to inactivity/);
});

test("there is one first-level heading, and one heading for each card", async ({ accounts }) => {
  await accounts.open();
  await expect(accounts.page.getByRole("heading", { level: 1 })).toHaveText(["External authentication"]);
  await expect(accounts.page.getByRole("heading", { level: 2 })).toHaveText([
    ...["Needs attention 3", "Linked 5", "Available 3", "No longer configured 1"],
  ]);
  await expect(accounts.page.getByRole("heading", { level: 3 })).toHaveText(
    /** @type {string[]} */ (await accounts.names()),
  );
});

test("no two controls have the same name, in closed and in opened cards", async ({ accounts }) => {
  await accounts.open();
  /** @type {string[]} */
  const closed = [];
  closed.push(...(await accounts.cards.getByRole("button").evaluateAll((all) => all.map((one) => one.getAttribute("aria-label") ?? ""))));
  expect(closed.length).toBeGreaterThan(4);
  expect(new Set(closed).size).toBe(closed.length);
  for (const name of await accounts.names()) await accounts.openDetails(name ?? "");
  for (const role of /** @type {const} */ (["button", "link"])) {
    const names = await accounts.cards.getByRole(role).evaluateAll((things) => things.map((thing) => thing.getAttribute("aria-label") ?? thing.textContent));
    expect(names.length).toBeGreaterThan(4);
    // Two cards name the account of the installation, and the host of their provider.
    const repeated = names.filter((name, at) => names.indexOf(name) !== at && !/^(Ada Lovelace|Manage at) /.test(name ?? ""));
    expect(repeated).toEqual([]);
  }
});

test("relative times update without a request", async ({ accounts, standIn }) => {
  await accounts.stopClock();
  await accounts.open();
  await standIn.forgetRequests();
  await accounts.advance(10 * 60_000);
  await expect(accounts.card("GitLab")).toContainText("Checked 10 minutes ago");
  expect(await standIn.requests()).toEqual([]);
});
