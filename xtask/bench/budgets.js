// @ts-check
// Measures what has a budget, but for the times: `node xtask/bench/budgets.js PLAN
// RESULT`, where the plan names one build. The result is a value for each name in
// budgets.json, and what the bytes are made of.
import { readFileSync, writeFileSync } from "node:fs";
import { startBrowser, startStandIns } from "./browser.js";
import { bytes, requestsBeforeRows, roundTrips } from "./figures.js";
import { linkedProvider, memory, open, recorded } from "./load.js";
import { ROW } from "./observe.js";

/**
 * @import { Browser, CDPSession, Page } from "@playwright/test"
 * @import { StandIn } from "../../e2e/support/stand-in.js"
 * @import { Case } from "./load.js"
 * @import { Plan } from "./browser.js"
 * @import { Observer } from "./observe.js"
 */

const FEW = 3;
const MANY = 250;
const VERY_MANY = 1_000;

/** @type {Record<string, number>} */
const values = {};
/** @type {Record<string, Record<string, number>>} */
const madeOf = {};

/**
 * Opens a page in a new browser context, measures there, and closes it.
 *
 * @template T
 * @param {Browser} browser
 * @param {StandIn} standIn
 * @param {Case} which
 * @param {(page: Page, opened: Awaited<ReturnType<typeof open>>) => Promise<T>} measure
 */
async function on(browser, standIn, which, measure) {
  const context = await browser.newContext({ locale: "en-GB", timezoneId: "UTC" });
  try {
    const page = await context.newPage();
    return await measure(page, await open(page, standIn, which));
  } finally {
    await context.close();
  }
}

/** @param {Record<string, number>} parts */
const sum = (parts) => Object.values(parts).reduce((total, part) => total + part, 0);

/**
 * Waits until nothing has happened in a page for a second.
 *
 * @param {Page} page
 */
const quiet = (page) =>
  page.evaluate(() =>
    /** @type {{ loadObserver: Observer }} */ (/** @type {unknown} */ (globalThis)).loadObserver.quiet(),
  );

/** @param {Page} page */
const countRows = (page) => page.locator(ROW).count();

/**
 * The nodes of the row in the middle of all linked rows, by size: elements, texts,
 * and the framework's markers.
 *
 * @param {Page} page that shows only linked rows
 */
const nodesOfRow = (page) =>
  page.evaluate((selector) => {
    const sizes = [...document.querySelectorAll(selector)]
      .filter((row) => row.checkVisibility())
      .map((row) => {
        const walker = document.createTreeWalker(row, NodeFilter.SHOW_ALL);
        let nodes = 1;
        while (walker.nextNode()) nodes += 1;
        return nodes;
      })
      .sort((one, other) => one - other);
    return sizes[Math.floor(sizes.length / 2)] ?? NaN;
  }, ROW);

/**
 * How many rows and headings a person sees and a screen reader does not.
 *
 * @param {Page} page
 * @param {CDPSession} session
 */
async function missingForScreenReaders(page, session) {
  const shown = await page.evaluate((row) => {
    const count = (/** @type {string} */ selector) =>
      [...document.querySelectorAll(selector)].filter((element) => element.checkVisibility()).length;
    return { heading: count("h1, h2, h3, h4, h5, h6, [role=heading]"), listitem: count(row) };
  }, ROW);
  await session.send("Accessibility.enable");
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  const told = (/** @type {string} */ role) =>
    nodes.filter((node) => !node.ignored && node.role?.value === role).length;
  const missing = (/** @type {"heading" | "listitem"} */ role) => Math.max(0, shown[role] - told(role));
  if (shown.listitem < MANY) throw new Error(`Only ${shown.listitem} rows are shown.`);
  return missing("heading") + missing("listitem");
}

/**
 * How often the page is laid out while a program reads the rectangle of every
 * element, as test runners and extensions do.
 *
 * @param {Page} page
 * @param {CDPSession} session
 */
async function layoutsOfReading(page, session) {
  await session.send("Performance.enable");
  const layouts = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === "LayoutCount")?.value ?? NaN;
  };
  const before = await layouts();
  await page.evaluate(() => {
    for (const element of document.querySelectorAll("*")) element.getBoundingClientRect();
  });
  return (await layouts()) - before;
}

/**
 * How many rows the page changes when one provider is checked and has changed.
 *
 * @param {Page} page
 * @param {StandIn} standIn
 */
async function rowsThatChange(page, standIn) {
  const { id, display_name: name } = await linkedProvider(standIn);
  const row = page.getByRole("listitem", { name, exact: true }).first();
  const check = row.getByRole("button", { name: /^check/i });
  // Where the button is in the part that is folded, that is opened first.
  if ((await check.count()) === 0) await row.getByRole("button", { expanded: false }).first().click();
  // Rows that come into view are checked too, so that is awaited.
  await check.first().scrollIntoViewIfNeeded();
  await quiet(page);
  await page.evaluate((selector) => {
    const rows = new Set();
    const observer = new MutationObserver((records) => {
      for (const { target, addedNodes, removedNodes } of records) {
        for (const node of [target, ...addedNodes, ...removedNodes]) {
          const element = node instanceof Element ? node : node.parentElement;
          const changed = element?.closest(selector) ?? (element?.matches("[role=listitem]") ? element : null);
          if (changed) rows.add(changed);
        }
      }
    });
    observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
    Object.assign(globalThis, { changedRows: rows });
  }, ROW);
  await standIn.link(id, { login: "renamed" });
  const answered = page.waitForResponse((response) => response.url().endsWith(`/external-auth/${id}`));
  await check.first().click();
  await answered;
  // What the answer changes later counts too.
  await quiet(page);
  const rows = await page.evaluate(
    () => /** @type {{ changedRows: Set<Element> }} */ (/** @type {unknown} */ (globalThis)).changedRows.size,
  );
  if (rows === 0) throw new Error(`The check of ${name} changed no row.`);
  return rows;
}

const [, , planFile = "", resultFile = ""] = process.argv;
/** @type {Plan} */
const plan = JSON.parse(readFileSync(planFile, "utf8"));
const [served] = await startStandIns(plan.builds);
if (!served) throw new Error("The plan names no build.");
const { standIn } = served;
const browser = await startBrowser(plan.chromium);
try {
  /** @param {Case["subject"]} subject @param {number} providers @param {Case["profile"]} [profile] */
  const which = (subject, providers, profile = "unthrottled") => ({ subject, providers, profile });

  const few = await on(browser, standIn, which("page", FEW, "far-away"), async (page, { recording, session }) => {
    madeOf["page-first-load"] = bytes(recording).first;
    values["requests-before-rows"] = requestsBeforeRows(recording).length;
    values["round-trips"] = roundTrips(recording);
    return { rows: await countRows(page), memory: (await memory(page, session)).wasm };
  });
  await on(browser, standIn, which("element", FEW, "far-away"), async (_, { recording }) => {
    madeOf["element-first-load"] = bytes(recording).first;
  });
  await on(browser, standIn, which("page", MANY), async (page, { session }) => {
    values["missing-for-screen-readers"] = await missingForScreenReaders(page, session);
    values["rows-changed"] = await rowsThatChange(page, standIn);
    await page.goto(new URL("?show=linked", standIn.url).href);
    await recorded(page);
    values["row-nodes"] = await nodesOfRow(page);
  });
  await on(browser, standIn, which("page", VERY_MANY), async (page, { session }) => {
    const rows = (await countRows(page)) - few.rows;
    if (rows < VERY_MANY / 2) throw new Error(`Only ${rows} more rows are in the document.`);
    values["row-memory"] = Math.round(((await memory(page, session)).wasm - few.memory) / rows);
    values["layouts-of-reading"] = await layoutsOfReading(page, session);
  });
  for (const [name, parts] of Object.entries(madeOf)) values[name] = sum(parts);
  writeFileSync(resultFile, JSON.stringify({ values, madeOf }));
} finally {
  await browser.close();
  await standIn.stop();
}
