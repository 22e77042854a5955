// @ts-check
import axe from "axe-core";
import { expect } from "@playwright/test";

/** @import { Page } from "@playwright/test" */

/**
 * The accessibility rules that the page breaks, with the elements that break
 * them.
 *
 * @param {Page} page
 */
export async function violations(page) {
  // DevTools may run scripts whatever the page's policy says.
  await page.evaluate(`${axe.source}; undefined`);
  const found = await page.evaluate(async () => {
    const { violations: broken, passes } = await /** @type {{ axe: import("axe-core") }} */ (
      /** @type {unknown} */ (window)
    ).axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    });
    return {
      passes: passes.length,
      violations: broken.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map(({ html }) => html.slice(0, 200)) })),
    };
  });
  expect(found.passes, "rules that were tried").toBeGreaterThan(10);
  return found.violations;
}
