// @ts-check
// The contrast of what is drawn (WCAG 2.2, 1.4.3 and 1.4.11), computed from the
// colors of the page.

import { provideShadowTree } from "./shadow-tree.js";

/**
 * @import { Page } from "@playwright/test"
 * @import { ShadowTree } from "./shadow-tree.js"
 */

/**
 * What has too little contrast:
 *
 * - text: 4.5:1, or 3:1 where it is large
 * - glyphs, and the borders of fields: 3:1. The border of a button needs none,
 *   because its words or its glyph show it
 * - the ring around each control that can have the focus: 3:1 to what is around it
 *
 * Controls that cannot be used are exempt. Pictures of others are left out.
 *
 * @param {Page} page
 * @param {string} [selector] of what is looked at, such as the custom elements
 */
export async function lowContrast(page, selector = "body") {
  await provideShadowTree(page);
  return page.evaluate((chosen) => {
    const TEXT = 4.5;
    const LARGE_TEXT = 3;
    const GRAPHICS = 3;
    const CONTROL = "a[href], button, input, summary, [tabindex='0']";

    /** @typedef {[number, number, number, number]} Color red, green, blue and alpha, from 0 to 1 */

    const { elements, parentOf } = /** @type {{ shadowTree: ShadowTree }} */ (/** @type {unknown} */ (window)).shadowTree;
    const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
    if (!canvas) throw new Error("There is no canvas.");
    /** @type {Map<string, Color>} */
    const colors = new Map();
    /**
     * @param {string} css
     * @returns {Color}
     */
    const colorOf = (css) => {
      const known = colors.get(css);
      if (known) return known;
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = css;
      canvas.fillRect(0, 0, 1, 1);
      const [red = 0, green = 0, blue = 0, alpha = 0] = canvas.getImageData(0, 0, 1, 1).data;
      /** @type {Color} */
      const color = [red / 255, green / 255, blue / 255, alpha / 255];
      colors.set(css, color);
      return color;
    };
    /**
     * @param {Color} above
     * @param {Color} below
     * @returns {Color}
     */
    const blend = ([red, green, blue, alpha], below) => [
      red * alpha + below[0] * (1 - alpha),
      green * alpha + below[1] * (1 - alpha),
      blue * alpha + below[2] * (1 - alpha),
      1,
    ];
    const page = document.createElement("i");
    page.style.backgroundColor = "Canvas";
    document.body.append(page);
    const base = colorOf(getComputedStyle(page).backgroundColor);
    page.remove();
    /**
     * The color behind the content of an element.
     *
     * @param {Element | null} element
     * @returns {Color}
     */
    const behind = (element) => {
      if (!element) return base;
      const color = colorOf(getComputedStyle(element).backgroundColor);
      return color[3] === 1 ? color : blend(color, element.matches("dialog:modal") ? base : behind(parentOf(element)));
    };
    /** @param {Element | null} element */
    const opacityOf = (element) => {
      let opacity = 1;
      for (let at = element; at; at = parentOf(at)) opacity *= Number(getComputedStyle(at).opacity);
      return opacity;
    };
    /** @param {Color} color */
    const luminance = ([red, green, blue]) => {
      const [r = 0, g = 0, b = 0] = [red, green, blue].map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    /**
     * @param {Color} one
     * @param {Color} other
     */
    const contrast = (one, other) => {
      const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
      return (high + 0.05) / (low + 0.05);
    };
    /** @type {Set<string>} */
    const found = new Set();
    /**
     * @param {string} what
     * @param {string} css
     * @param {Color} back
     * @param {number} least
     * @param {number} [opacity]
     */
    const compare = (what, css, back, least, opacity = 1) => {
      const [red, green, blue, alpha] = colorOf(css);
      const measured = contrast(blend([red, green, blue, alpha * opacity], back), back);
      if (measured < least) found.add(`${what}: ${measured.toFixed(2)} of ${least}`);
    };
    /** @param {Element} element */
    const nameOf = (element) =>
      `${element.localName}.${element.getAttribute("class")} “${(element.getAttribute("aria-label") ?? element.textContent ?? "").trim().slice(0, 30)}”`;

    const modal = [...elements(document)].filter((element) => element.matches("dialog:modal")).at(-1);
    const roots = modal ? [modal] : [...document.querySelectorAll(chosen)].map((root) => root.shadowRoot ?? root);
    for (const element of roots.flatMap((root) => [...elements(root)])) {
      const isShown = element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
      if (!isShown || element.closest(".visually-hidden, .provider-icon, .avatar")) continue;
      if (element.closest(":disabled, [aria-disabled=true], [aria-busy=true]:is(button)")) continue;
      const style = getComputedStyle(element);
      if (element instanceof SVGElement) {
        if (style.stroke === "none" || !element.matches("path")) continue;
        const svg = element.closest("svg");
        compare(`the glyph in ${nameOf(svg?.parentElement ?? element)}`, style.stroke, behind(svg), GRAPHICS, opacityOf(svg));
        continue;
      }
      if ([...element.childNodes].some((node) => node instanceof Text && node.data.trim())) {
        const size = parseFloat(style.fontSize);
        const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
        compare(`the text of ${nameOf(element)}`, style.color, behind(element), isLarge ? LARGE_TEXT : TEXT, opacityOf(element));
      }
      if (element.matches("input")) {
        compare(`the border of ${nameOf(element)}`, style.borderTopColor, behind(parentOf(element)), GRAPHICS);
        compare(`the placeholder of ${nameOf(element)}`, getComputedStyle(element, "::placeholder").color, behind(element), TEXT);
      }
      if (element.matches(CONTROL) && element instanceof HTMLElement) {
        // As the keyboard does it, also where it has the focus already.
        element.blur();
        element.focus(/** @type {FocusOptions} */ ({ focusVisible: true, preventScroll: true }));
        const { outlineColor, outlineOffset, outlineStyle, outlineWidth } = getComputedStyle(element);
        if (outlineStyle === "none" || parseFloat(outlineWidth) < 2) found.add(`${nameOf(element)} has no ring`);
        const isInside = parseFloat(outlineOffset) < 0;
        compare(`the ring of ${nameOf(element)}`, outlineColor, behind(isInside ? element : parentOf(element)), GRAPHICS);
      }
    }
    return [...found];
  }, selector);
}
