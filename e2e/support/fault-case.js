// @ts-check
// One fault at one step: what the page says, and whether everything works again.
import { expect } from "@playwright/test";
import { newWords, wordsOn } from "./read-words.js";

/**
 * @import { BrowserContext, Locator, Page } from "@playwright/test"
 * @import { AccountsPage } from "./accounts-page.js"
 * @import { FakeTime } from "./fake-time.js"
 * @import { FaultTable } from "./fault-table.js"
 * @import { NamedFault } from "./faults.js"
 * @import { StandIn } from "./stand-in.js"
 *
 * @typedef {{ accounts: AccountsPage, context: BrowserContext, page: Page, standIn: StandIn, time: FakeTime }} Browser
 *
 * A request of the program, and what a person does around it.
 *
 * @typedef {object} Step
 * @property {string} line the request that the fault is for, as `GET /api/v2/external-auth`
 * @property {string[]} [without] faults that cannot happen here
 * @property {(browser: Browser, fault: NamedFault) => Promise<unknown>} [prepare]
 * @property {string[]} [before] what is on the page anyway; read after `prepare` when left out
 * @property {(browser: Browser) => Promise<unknown>} act leads to the request
 * @property {(fault: NamedFault) => boolean} [isSilent] whether there is nothing to say; a stall of 10 s is
 *   silent anyway
 * @property {(browser: Browser) => Promise<string>} retry does what helps, and says what
 * @property {(browser: Browser) => Promise<unknown>} works fails unless everything is well
 */

/** The name of the hold. */
const STALL = "stall";
/** The page may still wait for the answer then. */
const SHORT_STALL_MS = 10_000;

/**
 * Presses the first of these buttons that is offered. Returns its name.
 *
 * @param {Page | Locator} scope
 * @param {...(string | RegExp)} names
 */
export async function pressOffered(scope, ...names) {
  for (const name of names) {
    const button = scope.getByRole("button", { name, exact: true }).first();
    if (!(await button.isVisible())) continue;
    const pressed = await button.getAttribute("aria-label") ?? (await button.innerText());
    await button.click();
    return pressed.trim();
  }
  throw new Error(`None of these is offered: ${names.join(", ")}`);
}

/**
 * Goes through all faults of a step, and adds a row for each to the table: the
 * fault, what a person reads, and what helps.
 *
 * @param {Browser} browser
 * @param {Step} step
 * @param {NamedFault[]} faults
 * @param {FaultTable} table
 */
export async function tryFaults(browser, step, faults, table) {
  for (const fault of faults) {
    if (step.without?.includes(fault.name)) continue;
    const row = await tryFault(browser, step, fault).catch((error) => {
      error.message = `${step.line}, ${fault.name}: ${error.message}`;
      throw error;
    });
    table.add(fault.name, ...row);
  }
}

/**
 * @param {Browser} browser
 * @param {Step} step
 * @param {NamedFault} fault
 */
async function tryFault(browser, step, fault) {
  const { page, standIn, time } = browser;
  const [method = "", path = ""] = step.line.split(" ");
  await step.prepare?.(browser, fault);
  const before = step.before ?? (await wordsOn(page));
  const read = async () => newWords(before, await wordsOn(page));
  const sentBefore = time.times(step.line).length;

  if (fault.isRefused) await standIn.refuseConnections();
  else {
    const armed = fault.stallMs ? { hold: STALL } : fault.fault;
    await standIn.fault({ method: /** @type {"GET" | "POST" | "DELETE"} */ (method), path, ...armed });
  }
  await step.act(browser);
  if (fault.stallMs) {
    await expect.poll(() => standIn.waiting(STALL), "the request is held").toBeGreaterThan(0);
    await time.jump(fault.stallMs);
  }
  await time.settled();
  const isSilent = fault.stallMs === SHORT_STALL_MS || step.isSilent?.(fault);
  if (!isSilent) await expect.poll(read, "the page says something").not.toEqual([]);
  const words = await read();
  // What changes something is sent once; what the person did not ask for again is not repeated.
  if (method !== "GET") expect(time.times(step.line).length - sentBefore, "requests that were sent").toBeLessThanOrEqual(1);

  if (fault.isRefused) await standIn.acceptConnections();
  else await standIn.clearFaults();
  await time.settled();
  const helps = await step.retry(browser);
  await step.works(browser);
  await time.settled();
  return [words.join(" ") || "–", helps];
}
