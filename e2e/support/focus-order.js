// @ts-check
// The order in which the Tab key moves the focus (WCAG 2.2, 2.4.3).
import { expect } from "@playwright/test";

/** @import { Page } from "@playwright/test" */

/**
 * Where the focus is.
 *
 * @typedef {object} Place
 * @property {string} name the accessible name of what has it; "body" where nothing has it
 * @property {number} left
 * @property {number} right
 * @property {number} top from the top of the page, not of the screen
 * @property {number} bottom
 */

/**
 * @param {Page} page
 * @returns {Promise<Place>}
 */
function focused(page) {
  return page.evaluate(() => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    if (!active || active === document.body) return { name: "body", left: 0, right: 0, top: 0, bottom: 0 };
    const label = active.getAttribute("aria-labelledby");
    const root = /** @type {Document | ShadowRoot} */ (active.getRootNode());
    const content = /** @type {Element} */ (active.cloneNode(true));
    for (const decoration of content.querySelectorAll("[aria-hidden=true]")) decoration.remove();
    const words = active.getAttribute("aria-label") ?? (label ? root.getElementById(label)?.textContent : content.textContent);
    const name = (words ?? "").replaceAll(/[\u2066-\u2069]/g, "").replaceAll(/\s+/g, " ").trim();
    const { left, right, top, bottom } = active.getBoundingClientRect();
    return { name, left, right, top: top + scrollY, bottom: bottom + scrollY };
  });
}

/** @param {Page} page */
export const focusedName = async (page) => (await focused(page)).name;

/**
 * Presses Tab until something has the focus, or as often as said, and returns the
 * places on the way.
 *
 * @param {Page} page
 * @param {string | number} end the name of the last place, or the number of places
 * @param {"Tab" | "Shift+Tab"} [key]
 */
export async function tabThrough(page, end, key = "Tab") {
  const MOST = 150;
  /** @type {Place[]} */
  const places = [];
  const isOver = () => (typeof end === "number" ? places.length === end : places.at(-1)?.name === end);
  while (!isOver()) {
    expect(places.length, `Tab never comes to ${end}, but to ${places.map(({ name }) => name).join(", ")}`).toBeLessThan(MOST);
    await page.keyboard.press(key);
    places.push(await focused(page));
  }
  return places;
}

/**
 * Expects the focus to move as a person reads: line by line, and in a line from the
 * start to the end.
 *
 * @param {Place[]} places
 * @param {"ltr" | "rtl"} direction
 */
export function expectReadingOrder(places, direction) {
  const wrong = places.slice(1).filter((place, index) => {
    const before = places[index];
    if (!before) return false;
    const isSameLine = place.top < before.bottom - 1 && place.bottom > before.top + 1;
    if (!isSameLine) return place.bottom <= before.top + 1;
    // A control may be in a field.
    if (place.left >= before.left && place.right <= before.right) return false;
    return direction === "ltr" ? place.left < before.left : place.right > before.right;
  });
  expect(wrong.map(({ name }) => name), `what is not after what is before it, ${direction}`).toEqual([]);
}
