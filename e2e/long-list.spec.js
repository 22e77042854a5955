// @ts-check
// What a long list costs the browser in a frame. Counted, because times depend on the
// machine.
import { expect, test } from "./support/test.js";

/** @import { CDPSession } from "@playwright/test" */
/** @import { AccountsPage } from "./support/accounts-page.js" */

const ROWS = 1002;
/** More elements than these take a phone longer than a twentieth of a second. */
const MOST_ELEMENTS = 2_500;

/** @param {AccountsPage} accounts */
async function open(accounts) {
  await accounts.open();
  await accounts.arrived(ROWS);
}

/**
 * How many elements the browser has given a new style in one go, at the most, while
 * something is done.
 *
 * @param {CDPSession} devtools
 * @param {() => Promise<void>} act
 */
async function mostStyled(devtools, act) {
  /** @type {any[]} */
  const events = [];
  const keep = (/** @type {{ value: any[] }} */ { value }) => void events.push(...value);
  devtools.on("Tracing.dataCollected", keep);
  const traceConfig = { includedCategories: ["devtools.timeline"] };
  await devtools.send("Tracing.start", { transferMode: "ReportEvents", traceConfig });
  await act();
  const isComplete = new Promise((resolve) => devtools.once("Tracing.tracingComplete", resolve));
  await devtools.send("Tracing.end");
  await isComplete;
  devtools.off("Tracing.dataCollected", keep);
  const styled = events.filter(({ name }) => name === "UpdateLayoutTree").map(({ args }) => args.elementCount ?? 0);
  expect(styled.length, "the trace has what is counted").toBeGreaterThan(0);
  return Math.max(...styled);
}

test("a dialog over a thousand rows opens and closes without a new style for all of them", async ({ accounts, page, standIn }) => {
  await standIn.reset("many=1000");
  await open(accounts);
  const unlink = page.locator("[data-action=unlink]").first();
  const name = (await unlink.getAttribute("aria-label"))?.replace("Unlink ", "") ?? "";
  const resting = page.locator(".row-block--rests");
  const devtools = await page.context().newCDPSession(page);

  const opening = await mostStyled(devtools, async () => {
    await unlink.click();
    await accounts.dialog(name).waitFor();
    await accounts.drawn();
  });
  expect(opening).toBeLessThan(MOST_ELEMENTS);
  expect(await resting.count(), "rows rest behind the dialog").toBeGreaterThan(20);

  const closing = await mostStyled(devtools, async () => {
    await page.keyboard.press("Escape");
    await accounts.dialog(name).waitFor({ state: "hidden" });
    await expect.poll(() => resting.count(), "no row rests for longer than the dialog").toBe(0);
    await accounts.drawn();
  });
  expect(closing).toBeLessThan(MOST_ELEMENTS);
  await expect(unlink).toBeFocused();
});

test("rows rest behind a dialog that is opened while they wake", async ({ accounts, page, standIn }) => {
  await standIn.reset("many=1000");
  await open(accounts);
  const unlink = page.locator("[data-action=unlink]").first();
  const dialog = page.getByRole("alertdialog");
  const resting = page.locator(".row-block--rests");
  await unlink.click();
  await dialog.waitFor();
  const all = await resting.count();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  await unlink.press("Enter");
  await dialog.waitFor();
  // Longer than it takes to wake them.
  await page.evaluate(async () => {
    for (let frame = 0; frame < 60; frame += 1) await new Promise((next) => requestAnimationFrame(next));
  });
  expect(await resting.count()).toBe(all);
  await page.keyboard.press("Escape");
  await expect.poll(() => resting.count()).toBe(0);
});

test("after a dialog all rows are in the accessibility tree again, where they were", async ({ accounts, page, standIn }) => {
  await standIn.reset("many");
  await accounts.open();
  const tops = () =>
    page.locator(".provider-card").evaluateAll((cards) => cards.map((card) => card.getBoundingClientRect().top));
  const before = await tops();
  const devtools = await page.context().newCDPSession(page);
  const headings = async () => {
    const { nodes } = await devtools.send("Accessibility.getFullAXTree");
    return nodes.filter(({ role, ignored }) => role?.value === "heading" && !ignored).length;
  };
  const all = await headings();
  const height = () => page.evaluate(() => document.documentElement.scrollHeight);
  const heightBefore = await height();

  await page.locator("[data-action=unlink]").first().click();
  const dialog = page.getByRole("alertdialog");
  await dialog.waitFor();
  expect(await page.locator(".row-block--rests").count()).toBeGreaterThan(5);
  expect(await height(), "the page keeps its height").toBe(heightBefore);
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect.poll(() => page.locator(".row-block--rests").count()).toBe(0);

  expect(await headings()).toBe(all);
  expect(await tops()).toEqual(before);
});

/**
 * Types into the search, and waits for its rows.
 *
 * @param {AccountsPage} accounts
 * @param {string} words
 */
async function search(accounts, words) {
  await accounts.search.fill(words);
  await expect(accounts.page).toHaveURL(words ? new RegExp(`[?]q=${words}$`) : /^[^?]*$/);
  await accounts.arranged();
  await accounts.drawn();
}

test("a search takes a thousand rows away, and brings them back, without a new style for many at once", async ({ accounts, page, standIn }) => {
  await standIn.reset("many=1000");
  await open(accounts);
  const devtools = await page.context().newCDPSession(page);
  for (const words of ["p", "platform", "p", ""]) {
    const styled = await mostStyled(devtools, () => search(accounts, words));
    expect(styled, `search for "${words}"`).toBeLessThan(MOST_ELEMENTS);
  }
});

test("rows wait for their turn after a search, and then all are where they belong", async ({ accounts, page, standIn }) => {
  await standIn.reset("many=1000");
  await open(accounts);
  const numbers = () => page.locator(".provider-card").evaluateAll((cards) => cards.map((card) => card.getAttribute("data-row")));
  const before = await numbers();
  await page.evaluate(() => {
    /** @type {{ awake: number, waiting: number, height: number }[]} */
    const frames = [];
    Object.assign(window, { frames });
    (function frame() {
      frames.push({
        awake: document.querySelectorAll(".row-block:not([data-waits]) > .provider-card").length,
        waiting: document.querySelectorAll("[data-waits]").length,
        height: document.documentElement.scrollHeight,
      });
      requestAnimationFrame(frame);
    })();
  });
  const frames = () =>
    page.evaluate(() => /** @type {{ frames: { awake: number, waiting: number, height: number }[] }} */ (/** @type {unknown} */ (window)).frames.splice(0));

  await search(accounts, "p");
  const found = await numbers();
  expect(found.length).toBeGreaterThan(100);
  expect(found).toEqual(before.filter((number) => found.includes(number)));
  const seen = await frames();
  const waited = seen.filter(({ waiting }) => waiting > 0);
  expect(waited.length, "frames in which rows wait").toBeGreaterThan(0);
  expect(waited[0]?.awake, "rows in the first of them").toBeLessThan(100);
  const last = seen.at(-1)?.height ?? 0;
  for (const { height } of waited) {
    expect(height, "the page is never too short").toBeGreaterThan(last - 50);
    expect(height, "nor longer by more than the first blocks").toBeLessThan(last + 5_000);
  }
  expect(seen.at(-1)?.waiting).toBe(0);

  await search(accounts, "");
  expect(await numbers()).toEqual(before);
  expect((await frames()).at(-1)?.waiting).toBe(0);
});

test("the focus stays in the list while many rows go", async ({ accounts, page, standIn }) => {
  await standIn.reset("many=1000");
  await open(accounts);
  const unlink = page.locator("[data-action=unlink]").first();
  await unlink.focus();
  await page.getByRole("button", { name: /^Linked/ }).dispatchEvent("click");
  await accounts.arranged();
  await expect(unlink).toBeFocused();
  await expect(page.locator("[data-waits]")).toHaveCount(0);
});

test("the name of a button stands out of the first row of a block", async ({ accounts, page, standIn }) => {
  await standIn.reset("many=1000");
  await open(accounts);
  const button = page.locator(".row-groups div:nth-child(2) > .row-block > .provider-card:first-child [data-action=unlink]").first();
  await button.scrollIntoViewIfNeeded();
  await button.hover();
  const isShown = await button.evaluate((button) => {
    const { left, right, top } = button.getBoundingClientRect();
    return document.elementFromPoint((left + right) / 2, top - 8) === button;
  });
  expect(isShown).toBe(true);
});

test("the browser compares only what is near with the viewport", async ({ accounts, page, standIn }) => {
  await page.addInitScript(() => {
    const observed = new Set();
    Object.assign(window, { observed });
    const { observe, unobserve } = IntersectionObserver.prototype;
    /** @param {Element} element */
    IntersectionObserver.prototype.observe = function (element) {
      observed.add(element);
      observe.call(this, element);
    };
    /** @param {Element} element */
    IntersectionObserver.prototype.unobserve = function (element) {
      observed.delete(element);
      unobserve.call(this, element);
    };
  });
  const rows = () =>
    page.evaluate(() => {
      const { observed } = /** @type {{ observed: Set<Element> }} */ (/** @type {unknown} */ (window));
      return [...observed].filter((element) => element.matches(".provider-card")).length;
    });
  await standIn.reset("many=1000");
  await open(accounts);
  await accounts.drawn();
  expect(await rows()).toBeGreaterThan(10);
  expect(await rows()).toBeLessThan(150);

  for (const position of [300, 600, 900]) {
    await accounts.cards.nth(position).scrollIntoViewIfNeeded();
    await accounts.drawn();
  }
  expect(await rows(), "not those that were near before").toBeLessThan(150);
});

test("only icons near to be seen have a filter", async ({ accounts, page, standIn }) => {
  await standIn.reset("many=1000");
  await open(accounts);
  await accounts.drawn();
  const filtered = () =>
    page.locator(".provider-icon img").evaluateAll((icons) => icons.filter((icon) => getComputedStyle(icon).filter !== "none").length);
  const github = page.locator('.provider-icon img[src*="/icon/github."]');
  expect(await github.count()).toBeGreaterThan(50);
  expect(await filtered()).toBeLessThan(30);

  await github.last().scrollIntoViewIfNeeded();
  await accounts.drawn();
  await expect(github.last()).not.toHaveCSS("filter", "none");
  expect(await filtered()).toBeLessThan(30);
});

test("a closed row has no element that is a layer of the browser", async ({ accounts, page }) => {
  await accounts.open();
  const layers = await page.locator(".provider-card").evaluateAll((cards) =>
    cards.flatMap((card) =>
      [card, ...card.querySelectorAll("*")]
        .filter((element) => {
          const { overflow, position, opacity, transform } = getComputedStyle(element);
          const isPlain = ["visible", "clip"].includes(overflow) && position === "static";
          return !isPlain || opacity !== "1" || transform !== "none";
        })
        .map((element) => `${element.tagName} ${element.getAttribute("class")}`),
    ),
  );
  expect(layers).toEqual([]);
});
