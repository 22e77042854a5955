// @ts-check
import axe from "axe-core";
import { expect } from "@playwright/test";

/** @import { Page } from "@playwright/test" */

/**
 * The rules of accessibility that the page breaks, with the elements that
 * break them.
 *
 * @param {Page} page
 */
export async function violations(page) {
  // As the browser's own tools run scripts: the page's policy stays as it is.
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
