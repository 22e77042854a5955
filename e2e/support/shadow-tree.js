// @ts-check
/** @import { Frame, Page } from "@playwright/test" */

/**
 * Functions that walk through a page and the shadow roots in it, for code that runs
 * in the page.
 *
 * @typedef {object} ShadowTree
 * @property {(root: ParentNode) => Generator<Element>} elements all elements, also those of shadow roots
 * @property {(element: Element) => Element | null} parentOf the parent as it is drawn
 */

/**
 * Makes the functions available in the page, as `window.shadowTree`.
 *
 * @param {Page | Frame} page
 */
export async function provideShadowTree(page) {
  await page.evaluate(() => {
    /**
     * @param {ParentNode} root
     * @returns {Generator<Element>}
     */
    function* elements(root) {
      for (const element of root.querySelectorAll("*")) {
        yield element;
        if (element.shadowRoot) yield* elements(element.shadowRoot);
      }
    }
    /** @param {Element} element */
    const parentOf = (element) => {
      const root = element.getRootNode();
      return element.assignedSlot ?? element.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
    };
    Object.assign(window, { shadowTree: { elements, parentOf } });
  });
}
