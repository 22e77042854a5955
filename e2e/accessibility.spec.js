// @ts-check
// axe-core finds nothing in states that the gallery does not show. The gallery's
// states are tested in gallery.spec.js.
import { violations } from "./support/axe.js";
import { LIST, expect, test } from "./support/test.js";

/** @import { Page } from "@playwright/test" */

/** @param {Page} page */
async function expectNoViolationsInBothColours(page) {
  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    await page.emulateMedia({ colorScheme });
    expect(await violations(page), `in ${colorScheme} colours`).toEqual([]);
  }
}

test("axe-core finds nothing in a list with everything unfolded and a notice of each kind", async ({ accounts, guard }) => {
  await accounts.open();
  guard.announceStatus(404);
  for (const name of ["GitLab", "Bitbucket", "Gitea"]) {
    await accounts.unlink(name);
    await expect(accounts.badge(name, "Not linked")).toBeVisible();
  }
  await accounts.unlink("old-gitlab");
  await expect(accounts.card("old-gitlab")).toContainText("no longer has");
  for (const toggle of await accounts.page.locator("[data-action=details]").all()) await toggle.click();
  for (const folded of await accounts.page.locator("summary:visible").all()) await folded.click();
  await expectNoViolationsInBothColours(accounts.page);
});

test("axe-core finds nothing in a page whose program is missing", async ({ guard, page, standIn }) => {
  await standIn.fault({ path: "/accounts/*.wasm", status: 404, body: "Not found." });
  guard.announceStatus(404);
  guard.announce(/failed to fetch Wasm/);
  await page.goto(standIn.url);
  await expect(page.getByText("Part of the page is missing")).toBeVisible();
  await expectNoViolationsInBothColours(page);
});

test("in forced colors a control that cannot be used has the system's color for that", async ({ accounts, standIn }) => {
  const { page } = accounts;
  await page.emulateMedia({ forcedColors: "active" });
  await accounts.open();
  await standIn.fault({ method: "GET", path: `${LIST}/*`, hold: "live" });
  await accounts.button("Check", "GitLab").click();
  await expect(accounts.card("GitLab").locator("[aria-disabled=true]").first()).toBeVisible();
  const grey = await page.evaluate(() => {
    const probe = document.createElement("i");
    probe.style.color = "GrayText";
    document.body.append(probe);
    return getComputedStyle(probe).color;
  });
  for (const control of await accounts.card("GitLab").locator("[aria-disabled=true]:visible").all()) {
    await expect(control).toHaveCSS("color", grey);
  }
  await expect(accounts.checkAll).not.toHaveCSS("color", grey);
  await standIn.release("live");
});

test.describe("on a small screen", () => {
  test.use({ viewport: { width: 320, height: 640 } });

  test("axe-core finds nothing in the list", async ({ accounts }) => {
    await accounts.open();
    await expectNoViolationsInBothColours(accounts.page);
  });
});
