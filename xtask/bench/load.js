// @ts-check
// Loads a page once, with an empty cache, and measures the load.
import { blockingTime, bytes, requestsBeforeRows, roundTrips } from "./figures.js";
import { ROW, countNodes, observe } from "./observe.js";
import { slowDown } from "./profiles.js";

/**
 * @import { Browser, CDPSession, Page } from "@playwright/test"
 * @import { StandIn } from "../../e2e/support/stand-in.js"
 * @import { Observer, Recording } from "./observe.js"
 * @import { ProfileName } from "./profiles.js"
 *
 * @typedef {"page" | "provider-page" | "element"} Subject
 *
 * @typedef {object} Case
 * @property {Subject} subject
 * @property {number} providers
 * @property {ProfileName} profile
 */

/** How long a load may take. Five thousand rows on the slow phone take half a minute. */
const TIMEOUT_MS = 5 * 60_000;

/** The page with an element on it, which the bench adds to the package. */
export const ELEMENT_PAGE = "bench.html";

/**
 * Where a subject is.
 *
 * @param {Subject} subject
 * @param {StandIn} standIn
 */
async function addressOf(subject, standIn) {
  if (subject === "page") return standIn.url;
  if (subject === "element") return new URL(`/embedded/${ELEMENT_PAGE}`, standIn.url).href;
  const { id } = await linkedProvider(standIn);
  return new URL(`/external-auth/${id}`, standIn.url).href;
}

/**
 * The first provider that is linked.
 *
 * @param {StandIn} standIn
 */
export async function linkedProvider(standIn) {
  const { links, providers } = await standIn.state();
  const linked = providers.find(({ id }) => links.some((link) => link.provider_id === id));
  if (!linked) throw new Error("No provider is linked.");
  return linked;
}

/**
 * The recording of a page's load, once the page is quiet.
 *
 * @param {Page} page
 * @returns {Promise<Recording>}
 */
export async function recorded(page) {
  const late = new Promise((_, reject) => {
    const failure = new Error(`${page.url()} was not quiet after ${TIMEOUT_MS / 60_000} minutes.`);
    setTimeout(reject, TIMEOUT_MS, failure).unref();
  });
  const recording = page.evaluate(
    () => /** @type {{ loadObserver: Observer }} */ (/** @type {unknown} */ (globalThis)).loadObserver.recording,
  );
  return /** @type {Promise<Recording>} */ (Promise.race([recording, late]));
}

/**
 * Opens a page, and waits until it is quiet.
 *
 * @param {Page} page
 * @param {StandIn} standIn
 * @param {Case} which
 * @returns {Promise<{ recording: Recording, session: CDPSession }>}
 */
export async function open(page, standIn, { subject, providers, profile }) {
  await standIn.reset(`many=${providers}`);
  const address = await addressOf(subject, standIn);
  const session = await page.context().newCDPSession(page);
  await slowDown(session, profile);
  await page.addInitScript(observe, ROW);
  page.setDefaultTimeout(TIMEOUT_MS);
  await page.goto(address, { waitUntil: "commit", timeout: TIMEOUT_MS });
  const recording = await recorded(page);
  return { recording, session };
}

/**
 * The memory that a page holds, in bytes, after a collection of garbage.
 *
 * @param {Page} page
 * @param {CDPSession} session
 */
export async function memory(page, session) {
  await session.send("Performance.enable");
  // A second collection finds what the first one freed.
  for (let turn = 0; turn < 2; turn += 1) await session.send("HeapProfiler.collectGarbage");
  const { metrics } = await session.send("Performance.getMetrics");
  const jsHeap = metrics.find(({ name }) => name === "JSHeapUsedSize")?.value ?? 0;
  const wasm = await page.evaluate(() =>
    /** @type {{ loadObserver: Observer }} */ (/** @type {unknown} */ (globalThis)).loadObserver.wasmMemory(),
  );
  return { wasm, jsHeap };
}

/**
 * Measures a load in a new browser context.
 *
 * @param {Browser} browser
 * @param {StandIn} standIn
 * @param {Case} which
 */
export async function measure(browser, standIn, which) {
  const context = await browser.newContext({ locale: "en-GB", timezoneId: "UTC" });
  try {
    const page = await context.newPage();
    const { recording, session } = await open(page, standIn, which);
    // From here on nothing is timed.
    await session.send("Emulation.setCPUThrottlingRate", { rate: 1 });
    const held = await memory(page, session);
    const nodes = await page.evaluate(countNodes);
    return {
      recording,
      bytes: bytes(recording),
      figures: {
        firstPaint: recording.firstPaint,
        rows: recording.rows,
        blocking: blockingTime(recording.longTasks),
        requests: requestsBeforeRows(recording).length,
        roundTrips: roundTrips(recording),
        wasmMemory: held.wasm,
        jsHeap: held.jsHeap,
        nodes,
      },
    };
  } finally {
    await context.close();
  }
}
