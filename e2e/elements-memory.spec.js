// @ts-check
// What inserted and removed elements leave in the browser's memory.
import { ElementsPage } from "./support/elements.js";
import { keepProgram, measure, openDevTools } from "./support/memory.js";
import { ELEMENTS, expect, test } from "./support/real-elements.js";
import { LIST } from "./support/test.js";

/**
 * @import { Page } from "@playwright/test"
 */

test.skip(!ELEMENTS, "ELEMENTS names no built package.");

/** Of three elements each, which is what a page may have at once. */
const CYCLES = 1_000;

/**
 * Lets the page answer its requests with the first answers. A deployment would refuse
 * some hundred of them.
 *
 * @param {Page} page
 */
async function answerFromMemory(page) {
  await page.evaluate(() => {
    const ask = globalThis.fetch;
    /** @type {Map<string, Promise<string>>} */
    const answers = new Map();
    globalThis.fetch = async (request, init) => {
      // The parts of the program are fetched by their addresses.
      if (!(request instanceof Request)) return ask(request, init);
      const { url } = /** @type {Request} */ (request);
      const known = answers.get(url) ?? ask(request).then((answer) => answer.text());
      answers.set(url, known);
      return new Response(await known, { headers: { "content-type": "application/json" } });
    };
  });
}

/**
 * Inserts three elements, waits until they are drawn, and removes them, again and again.
 * Runs in the page.
 *
 * @param {number} cycles
 */
async function comeAndGo(cycles) {
  const tags = ["coder-external-auth", "coder-external-auth-provider", "coder-external-auth-button"];
  const main = /** @type {HTMLElement} */ (document.querySelector("main"));
  const isDrawn = (/** @type {Element} */ element) => element.shadowRoot?.querySelector("[role=listitem], [part~=linked]");
  const soon = () => new Promise((next) => setTimeout(next));
  for (let cycle = 0; cycle < cycles; cycle += 1) {
    const elements = tags.map((tag) => {
      const element = document.createElement(tag);
      element.setAttribute(tag === "coder-external-auth" ? "providers" : "provider", "gitlab");
      main.append(element);
      return element;
    });
    for (let turn = 0; !elements.every(isDrawn); turn += 1) {
      if (turn > 1_000) throw new Error(`In cycle ${cycle} they were not drawn.`);
      await soon();
    }
    for (const element of elements) element.remove();
    await soon();
    // The test's record of all events.
    /** @type {any} */ (globalThis).heard.length = 0;
  }
}

for (const [where, oneStays] of /** @type {const} */ ([
  ["beside one that stays", true],
  ["alone, with a new session each time", false],
])) {
  test(`a thousand elements that are inserted and removed, ${where}, leave nothing behind`, async ({ page, standIn }) => {
    test.setTimeout(180_000);
    await keepProgram(page);
    const elements = new ElementsPage(page, standIn);
    await elements.open();
    await elements.define();
    await elements.put(`<coder-external-auth-button provider="gitlab"></coder-external-auth-button>`);
    const first = page.locator("coder-external-auth-button");
    await expect(first).toContainText("Linked");
    if (!oneStays) {
      await answerFromMemory(page);
      await first.evaluate((button) => button.remove());
    }
    const session = await openDevTools(page);

    await page.evaluate(comeAndGo, CYCLES / 10);
    const before = await measure(page, session);
    await page.evaluate(comeAndGo, CYCLES);
    const after = await measure(page, session);

    // WebAssembly memory grows by pages of 64 KiB and never shrinks.
    expect(after.wasm).toBe(before.wasm);
    expect(after.references).toBeLessThanOrEqual(before.references + 20);
    expect(after.nodes).toBeLessThanOrEqual(before.nodes + 50);
    expect(after.listeners).toBeLessThanOrEqual(before.listeners + 20);
    expect(after.heap).toBeLessThan(before.heap + 200_000);
    expect((await standIn.requestsTo("GET", LIST)).length).toBe(oneStays ? 1 : 2);
  });
}
