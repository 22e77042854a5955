// @ts-check
// What a person cannot read or reach, measured by rectangles. The width of the
// page tells little: a box that clips its content hides how wide that content is.

import { provideShadowTree } from "./shadow-tree.js";

/**
 * @import { Frame, Page } from "@playwright/test"
 * @import { ShadowTree } from "./shadow-tree.js"
 */

/**
 * What is wrong with the geometry of a page. An open modal dialog stands for the
 * whole page, because nothing else can be used.
 *
 * - `cut`: words and controls that reach beyond the screen, or beyond a box that
 *   clips them. Words that end with an ellipsis by design do not count.
 * - `overlapping`: words above other words, and controls above other controls.
 * - `stacked`: words that are broken letter by letter.
 * - `small`: controls below 24 px (WCAG 2.2, 2.5.8), except links in a sentence.
 * - `reversed`: words of Latin letters, such as logins, hosts and codes, whose
 *   first character is not their leftmost.
 *
 * @param {Page | Frame} page
 */
export async function layoutProblems(page) {
  await provideShadowTree(page);
  return page.evaluate(() => {
    const MIN_TARGET = 24;
    // Rectangles have fractions of pixels. The rectangle of a text is as high as its
    // font, which may be a little more than its line.
    const ACROSS = 1;
    const DOWN = 4;
    const CONTROL = "a[href], button, input, select, textarea, summary, [tabindex='0']";

    /** @typedef {{ left: number, right: number, top: number, bottom: number }} Box */

    const { elements, parentOf } = /** @type {{ shadowTree: ShadowTree }} */ (/** @type {unknown} */ (window)).shadowTree;
    /** @param {Element} element */
    const isShown = (element) =>
      element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !element.closest(".visually-hidden, svg");
    /** @param {Element} element */
    const nameOf = (element) => {
      const words = element.getAttribute("aria-label") ?? element.textContent ?? "";
      return `${element.localName}.${element.getAttribute("class")} “${words.trim().slice(0, 40)}”`;
    };
    /** @type {Map<Element, { box: Box, isEllipsis: boolean, scrolls: boolean } | null>} */
    const clips = new Map();
    /** @param {Element} element */
    const clipOf = (element) => {
      const known = clips.get(element);
      if (known !== undefined) return known;
      const style = getComputedStyle(element);
      const clipsPaint = /paint|strict|content/.test(style.contain) || style.contentVisibility !== "visible";
      let clip = null;
      if (style.display !== "inline" && style.display !== "contents" && (style.overflowX !== "visible" || clipsPaint)) {
        const { left, top } = element.getBoundingClientRect();
        const x = left + element.clientLeft;
        const y = top + element.clientTop;
        clip = {
          box: { left: x, right: x + element.clientWidth, top: y, bottom: y + element.clientHeight },
          isEllipsis: style.textOverflow === "ellipsis" || style.webkitLineClamp !== "none",
          scrolls: /auto|scroll/.test(style.overflowY),
        };
      }
      clips.set(element, clip);
      return clip;
    };
    const screen = document.documentElement.clientWidth;

    /**
     * The part of a box that is seen, and whether all of it is that should be.
     *
     * @param {Element | null} start
     * @param {Box} box
     */
    const seen = (start, box) => {
      let { left, right, top, bottom } = box;
      let isWhole = true;
      let isScrolled = false;
      for (let element = start; element; element = parentOf(element)) {
        // The page itself scrolls.
        if (element === document.documentElement || element === document.body) break;
        const clip = clipOf(element);
        if (!clip) continue;
        const isCutAcross = left < clip.box.left - ACROSS || right > clip.box.right + ACROSS;
        const isCutDown = !clip.scrolls && !isScrolled && (top < clip.box.top - DOWN || bottom > clip.box.bottom + DOWN);
        if ((isCutAcross || isCutDown) && !clip.isEllipsis) isWhole = false;
        isScrolled ||= clip.scrolls;
        left = Math.max(left, clip.box.left);
        right = Math.min(right, clip.box.right);
        top = Math.max(top, clip.box.top);
        bottom = Math.min(bottom, clip.box.bottom);
        if (getComputedStyle(element).position === "fixed") break;
      }
      if (left < -ACROSS || right > screen + ACROSS) isWhole = false;
      return { isWhole, box: { left, right, top, bottom } };
    };
    /**
     * @param {Box} one
     * @param {Box} other
     */
    const overlap = (one, other) =>
      Math.min(one.right, other.right) - Math.max(one.left, other.left) > 2 * ACROSS &&
      Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > DOWN;

    /** @type {Record<"cut" | "overlapping" | "stacked" | "small" | "reversed", string[]>} */
    const found = { cut: [], overlapping: [], stacked: [], small: [], reversed: [] };
    const modal = [...elements(document)].filter((element) => element.matches("dialog:modal")).at(-1);
    const shown = [...elements(modal ?? document.body)].filter(isShown);

    /** @type {{ text: Text, boxes: Box[] }[]} */
    const words = [];
    const range = document.createRange();
    for (const element of shown) {
      for (const text of element.childNodes) {
        if (!(text instanceof Text) || !text.data.trim()) continue;
        range.selectNodeContents(text);
        const boxes = [];
        let isWhole = true;
        for (const rect of range.getClientRects()) {
          if (rect.width < 1) continue;
          const part = seen(element, rect);
          isWhole &&= part.isWhole;
          boxes.push(part.box);
        }
        if (!isWhole) found.cut.push(`“${text.data.slice(0, 60)}” in ${nameOf(element)}`);
        if (text.data.length > 8 && boxes.length > text.data.length / 3) found.stacked.push(nameOf(element));
        words.push({ text, boxes });
        for (const { 0: run, index } of text.data.matchAll(/[@a-z0-9][\w.:/@?=-]*[a-z0-9]/gi)) {
          /** @param {number} place */
          const at = (place) => {
            range.setStart(text, place);
            range.setEnd(text, place + 1);
            return range.getBoundingClientRect();
          };
          const [first, last] = [at(index), at(index + run.length - 1)];
          const isOneLine = Math.abs(first.top - last.top) < DOWN;
          if (/[a-z]/i.test(run) && isOneLine && first.left > last.left) found.reversed.push(`${run} in ${nameOf(element)}`);
        }
      }
    }
    words.forEach(({ text, boxes }, index) => {
      for (const other of words.slice(index + 1)) {
        if (boxes.some((box) => other.boxes.some((its) => overlap(box, its)))) {
          found.overlapping.push(`“${text.data.slice(0, 40)}” and “${other.text.data.slice(0, 40)}”`);
        }
      }
    });

    const controls = shown.filter((element) => element.matches(CONTROL));
    controls.forEach((control, index) => {
      const box = control.getBoundingClientRect();
      if (!seen(parentOf(control), box).isWhole) found.cut.push(nameOf(control));
      const isInSentence =
        getComputedStyle(control).display === "inline" &&
        (parentOf(control)?.textContent ?? "").trim().length > (control.textContent ?? "").trim().length;
      if (!isInSentence && (box.width < MIN_TARGET - 0.01 || box.height < MIN_TARGET - 0.01)) {
        found.small.push(`${nameOf(control)} ${box.width}×${box.height}`);
      }
      for (const other of controls.slice(index + 1)) {
        const its = other.getBoundingClientRect();
        // A field may hold a button.
        const isInside = control.contains(other) || (control.matches("input") && its.left >= box.left && its.right <= box.right);
        if (!isInside && overlap(box, its)) found.overlapping.push(`${nameOf(control)} and ${nameOf(other)}`);
      }
    });
    return found;
  });
}

/** What {@link layoutProblems} finds in a page without problems. */
export const NO_PROBLEMS = { cut: [], overlapping: [], stacked: [], small: [], reversed: [] };

/**
 * The spacing of text that a person may set (WCAG 2.2, 1.4.12).
 *
 * @param {Page} page
 * @param {boolean} isOn
 */
export const spaceText = (page, isOn) =>
  page.evaluate((on) => {
    const kept = /** @type {{ spacing?: CSSStyleSheet }} */ (window);
    kept.spacing ??= new CSSStyleSheet();
    kept.spacing.replaceSync(
      on ? "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }" : "",
    );
    const { spacing } = kept;
    /** @param {Document | ShadowRoot} root */
    const adopt = (root) => {
      if (!root.adoptedStyleSheets.includes(spacing)) root.adoptedStyleSheets.push(spacing);
      for (const { shadowRoot } of root.querySelectorAll("*")) if (shadowRoot) adopt(shadowRoot);
    };
    adopt(document);
  }, isOn);

/**
 * Makes the page look as in another language: each text that we wrote becomes
 * accented and 40 % longer. Texts that are not translated stay: names, codes and
 * addresses of others. The page must not change afterwards.
 *
 * @param {Page} page
 */
export const pseudoLocalize = (page) =>
  page.evaluate(() => {
    const ACCENTED = new Map(
      [..."aceinosuyzACEINOSUYZ"].map((letter, index) => [letter, [..."åçéîñöšüýžÅÇÉÎÑÖŠÜÝŽ"][index] ?? letter]),
    );
    const FOREIGN = "[translate=no], code, .provider-card__name, .provider-icon, .account-line, .raw-text p, svg, script, style";
    /** @param {string} words */
    const longer = (words) => {
      const accented = [...words].map((letter) => ACCENTED.get(letter) ?? letter).join("");
      const more = Math.ceil(words.trim().length * 0.4);
      // Words, not one long word.
      const padding = " ööñé þrëe".repeat(Math.ceil(more / 10)).slice(0, more);
      return accented.trimEnd() + padding + (/\s$/.test(words) ? " " : "");
    };
    /** @param {Document | ShadowRoot} root */
    const change = (root) => {
      const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      const found = [];
      while (texts.nextNode()) found.push(/** @type {Text} */ (texts.currentNode));
      for (const text of found) {
        if (/\p{L}/u.test(text.data) && !text.parentElement?.closest(FOREIGN)) text.data = longer(text.data);
      }
      for (const element of root.querySelectorAll("*")) {
        if (element instanceof HTMLInputElement && element.placeholder) element.placeholder = longer(element.placeholder);
        if (element.shadowRoot) change(element.shadowRoot);
      }
    };
    change(document);
  });

/**
 * Writes the page from right to left, or not.
 *
 * @param {Page} page
 * @param {"ltr" | "rtl"} dir
 */
export const write = (page, dir) =>
  page.evaluate((direction) => {
    document.documentElement.dir = direction;
  }, dir);

/**
 * Checks a page as it is, and with the settings and in the languages that its layout
 * must bear. Afterwards the program no longer knows the texts on the page.
 *
 * @param {Page} page
 * @param {(setting: string) => Promise<void>} check
 * @param {() => Promise<void>} [fromRightToLeft] more to check, while the page can still be used
 */
export async function inEachSetting(page, check, fromRightToLeft) {
  await check("as it is");
  await spaceText(page, true);
  await check("with wide spacing");
  await spaceText(page, false);
  await write(page, "rtl");
  await check("from right to left");
  await fromRightToLeft?.();
  await pseudoLocalize(page);
  await check("from right to left, in a longer language");
  await write(page, "ltr");
  await check("in a longer language");
}
