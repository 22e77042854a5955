// @ts-check
// How high the rows are, and who decides it.
import { ELEMENTS, SKIPPED, expect as expectElement, openWith, test as elements } from "./support/real-elements.js";
import { expect, test } from "./support/test.js";

/** @import { AccountsPage } from "./support/accounts-page.js" */

const COMFORTABLE_PX = 60;
const COMPACT_PX = 44;

/**
 * The different heights of the closed rows.
 *
 * @param {AccountsPage} accounts
 */
async function heights(accounts) {
  const lines = accounts.page.locator(".provider-card__line");
  const all = await lines.evaluateAll((rows) => rows.map((row) => Math.round(row.getBoundingClientRect().height)));
  return [...new Set(all)];
}

for (const { providers, height } of [
  { providers: 30, height: COMFORTABLE_PX },
  { providers: 31, height: COMPACT_PX },
]) {
  test(`${providers} rows are ${height} px high`, async ({ accounts, standIn }) => {
    // The scenario has two more.
    await standIn.reset(`many=${providers - 2}`);
    await accounts.open();
    await expect(accounts.cards).toHaveCount(providers);
    expect(await heights(accounts)).toEqual([height]);
  });
}

elements.describe("in an element", () => {
  elements.skip(!ELEMENTS, SKIPPED);

  elements("the density and the level of the headings are what the page sets", async ({ accounts, page }) => {
    await openWith(page, accounts.standIn, '<coder-external-auth density="compact" heading-level="3"></coder-external-auth>');
    await accounts.group("No longer configured").waitFor();
    await accounts.unfold();
    await expectElement(accounts.cards).toHaveCount(12);
    const list = page.locator("coder-external-auth");
    expect(await heights(accounts)).toEqual([COMPACT_PX]);
    await list.evaluate((element) => element.setAttribute("density", "comfortable"));
    expect(await heights(accounts)).toEqual([COMFORTABLE_PX]);

    // Playwright reads the level of a heading from its tag alone.
    const levels = await list.getByRole("heading").evaluateAll((headings) =>
      headings.map((heading) => Number(heading.ariaLevel ?? heading.localName.slice(1))),
    );
    const [title, group, row, ...others] = levels;
    expect([title, group, row]).toEqual([3, 4, 5]);
    expect(new Set(others)).toEqual(new Set([4, 5]));
  });
});
