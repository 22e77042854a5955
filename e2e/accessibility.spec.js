// @ts-check
// What axe-core finds, in each of the page's shapes.
import { violations } from "./support/axe.js";
import { LIST, expect, test } from "./support/test.js";

for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme });

    test("the list", async ({ accounts }) => {
      await accounts.open();
      await expect(accounts.card("GitHub")).toContainText("@ada");
      expect(await violations(accounts.page)).toEqual([]);
    });

    test("the list with everything unfolded, and a notice of each kind", async ({ accounts, guard }) => {
      await accounts.open();
      guard.announceStatus(404);
      for (const name of ["GitLab", "Bitbucket", "Gitea"]) {
        await accounts.unlink(name);
        await expect(accounts.badge(name, "Not linked")).toBeVisible();
      }
      await accounts.unlink("old-gitlab");
      await expect(accounts.card("old-gitlab")).toContainText("no longer knows");
      for (const folded of await accounts.page.locator("summary").all()) await folded.click();
      expect(await violations(accounts.page)).toEqual([]);
    });

    test("the question before unlinking", async ({ accounts }) => {
      await accounts.open();
      await accounts.button("Unlink", "GitHub").click();
      await expect(accounts.dialog("GitHub")).toBeVisible();
      expect(await violations(accounts.page)).toEqual([]);
    });

    test("a list that failed", async ({ accounts, guard, standIn }) => {
      await standIn.reset("failing");
      guard.announceStatus(500);
      await accounts.page.goto(standIn.url);
      await expect(accounts.tryAgain).toBeVisible();
      expect(await violations(accounts.page)).toEqual([]);
    });

    test("a session that ended", async ({ accounts, guard, standIn }) => {
      await accounts.open();
      await standIn.endSessions();
      guard.announceStatus(401);
      await accounts.button("Check", "GitLab").click();
      await expect(accounts.signIn).toBeVisible();
      expect(await violations(accounts.page)).toEqual([]);
    });

    test("an empty deployment", async ({ accounts, standIn }) => {
      await standIn.reset("empty");
      await accounts.page.goto(standIn.url);
      await expect(accounts.page.getByText("No providers are configured")).toBeVisible();
      expect(await violations(accounts.page)).toEqual([]);
    });

    test("a list that is being loaded", async ({ accounts, standIn }) => {
      await standIn.fault({ method: "GET", path: LIST, hold: "list" });
      await accounts.page.goto(standIn.url);
      await expect.poll(() => standIn.waiting("list")).toBe(1);
      expect(await violations(accounts.page)).toEqual([]);
    });

    test("a page whose program is missing", async ({ guard, page, standIn }) => {
      await standIn.fault({ path: "/accounts/*.wasm", status: 404, body: "Not found." });
      guard.announceStatus(404);
      guard.announce(/failed to fetch Wasm/);
      await page.goto(standIn.url);
      await expect(page.getByText("Part of the page is missing")).toBeVisible();
      expect(await violations(page)).toEqual([]);
    });
  });
}

test.describe("on a small screen", () => {
  test.use({ viewport: { width: 320, height: 640 } });

  test("the list", async ({ accounts }) => {
    await accounts.open();
    expect(await violations(accounts.page)).toEqual([]);
  });
});
