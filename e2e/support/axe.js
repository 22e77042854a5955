// @ts-check
import axe from "axe-core";
import { expect } from "@playwright/test";

/** @import { Page } from "@playwright/test" */

/** All of WCAG 2.2, levels A and AA, and best practice. */
export const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/**
 * The accessibility rules that the page breaks, with the elements that break
 * them.
 *
 * @param {Page} page
 */
export async function violations(page) {
  await endOfAnimations(page);
  // DevTools may run scripts whatever the page's policy says.
  await page.evaluate(`${axe.source}; undefined`);
  const found = await page.evaluate(async (runOnly) => {
    const { violations: broken, passes } = await /** @type {{ axe: import("axe-core") }} */ (
      /** @type {unknown} */ (window)
    ).axe.run(document, {
      runOnly,
    });
    return {
      passes: passes.length,
      violations: broken.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map(({ html }) => html.slice(0, 200)) })),
    };
  }, RULES);
  expect(found.passes, "rules that were tried").toBeGreaterThan(10);
  return found.violations;
}

/**
 * Waits until nothing fades in any more: what is half transparent has too little
 * contrast. What moves for ever is not waited for.
 *
 * @param {Page} page
 */
async function endOfAnimations(page) {
  await page.evaluate(async () => {
    const hosts = [...document.querySelectorAll("*")].flatMap(({ shadowRoot }) => shadowRoot ?? []);
    const animations = [document, ...hosts].flatMap((root) => root.getAnimations());
    const ending = animations.filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(ending.map(({ finished }) => finished));
  });
}
