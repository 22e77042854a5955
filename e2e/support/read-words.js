// @ts-check
/** @import { Page } from "@playwright/test" */

/** What a person does not read as a sentence, or what changes with time alone. */
const PASSING = /^(Code expires in |Your workspaces use these accounts\.)|\d+ of \d+ linked|· Checked |^Checked /;

/**
 * The blocks of text that a person sees on the page: without controls, headings,
 * decoration, and what is folded or only for screen readers.
 *
 * @param {Page} page
 */
export async function wordsOn(page) {
  const blocks = await page.evaluate(() => {
    const others = "a, button, summary, input, h1, h2, h3, output, [aria-hidden=true], [hidden]";
    /** @type {Map<Element, string>} */
    const found = new Map();
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      const parent = text.parentElement;
      if (!parent || parent.closest(others) || !parent.checkVisibility()) continue;
      // What tells a provider from others is no sentence.
      if (parent.closest(".provider-card__fact") && !text.textContent?.endsWith(".")) continue;
      const { width, height } = parent.getBoundingClientRect();
      if (width <= 1 || height <= 1) continue;
      let block = parent;
      while (block.parentElement && getComputedStyle(block).display.startsWith("inline")) block = block.parentElement;
      found.set(block, `${found.get(block) ?? ""}${text.textContent}`);
    }
    return [...found.values()];
  });
  return blocks
    .map((block) => block.replace(/\s+/g, " ").trim())
    .filter(Boolean)
    // Ports differ from run to run.
    .map((block) => block.replace(/(127\.0\.0\.1|localhost):\d+/g, "$1"))
    .filter((block) => !PASSING.test(block));
}

/**
 * What is on the page now and was not before.
 *
 * @param {string[]} before
 * @param {string[]} now
 */
export const newWords = (before, now) => [...new Set(now.filter((block) => !before.includes(block)))];
