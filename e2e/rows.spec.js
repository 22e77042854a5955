// @ts-check
// What a row costs: nodes, memory, layouts, and what changes with it. And how a
// long list arrives.
import { expect, test } from "./support/test.js";

/** @import { AccountsPage } from "./support/accounts-page.js" */

const MOST_NODES = 40;
const MOST_BYTES = 6 * 1024;

/** @param {AccountsPage} accounts */
const rows = (accounts) => accounts.page.locator(".provider-card");

/**
 * Counts the layouts of the page until now.
 *
 * @param {import("@playwright/test").CDPSession} devtools
 */
async function layouts(devtools) {
  const { metrics } = await devtools.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "LayoutCount")?.value ?? Number.NaN;
}

test("a closed row of a linked provider has few nodes, and nothing folded is in the document", async ({ accounts }) => {
  await accounts.open();
  const card = accounts.card("GitHub");
  await expect(card).toContainText("@ada");
  const nodes = await card.evaluate((element) => {
    const all = document.createTreeWalker(element, NodeFilter.SHOW_ALL);
    let count = 1;
    while (all.nextNode()) count += 1;
    return count;
  });
  expect(nodes).toBeLessThanOrEqual(MOST_NODES);
  await expect(card.locator("details, .provider-card__panel, .provider-card__extras")).toHaveCount(0);
});

test("a row opens and closes by its button, and keeps the focus there", async ({ accounts }) => {
  await accounts.open();
  const toggle = accounts.toggle("GitHub");
  await expect(toggle).toHaveAttribute("aria-expanded", "false");
  await toggle.press("Enter");
  await expect(toggle).toHaveAttribute("aria-expanded", "true");
  await expect(toggle).toBeFocused();
  const panel = accounts.page.locator(`#${await toggle.getAttribute("aria-controls")}`);
  await expect(panel.getByText("Provider ID")).toBeVisible();
  await expect(panel.getByRole("button", { name: "Re-authenticate GitHub", exact: true })).toBeVisible();

  // A new list leaves it open.
  await accounts.refresh.click();
  await accounts.announces("The list is up to date.");
  await expect(panel).toBeVisible();
  await toggle.press("Enter");
  await expect(panel).toHaveCount(0);
  await expect(toggle).toHaveAttribute("aria-expanded", "false");
});

test("a change of one provider changes the elements of one row", async ({ accounts, standIn }) => {
  await accounts.open();
  await standIn.provider("gitlab", { validate: "revoked" });
  await accounts.page.evaluate(() => {
    const changed = new Set();
    Object.assign(window, { changed });
    new MutationObserver((changes) => {
      for (const { target } of changes) {
        const element = target instanceof Element ? target : target.parentElement;
        changed.add(element?.closest(".provider-card")?.getAttribute("aria-label"));
      }
    }).observe(/** @type {Node} */ (document.querySelector(".row-groups")), {
      attributes: true,
      characterData: true,
      childList: true,
      subtree: true,
    });
  });
  await accounts.button("Check", "GitLab").click();
  await expect(accounts.badge("GitLab", "Access revoked")).toBeVisible();
  await accounts.settled();
  const changed = await accounts.page.evaluate(() => [.../** @type {any} */ (window).changed]);
  expect(changed).toEqual(["GitLab"]);
});

test.describe("with many providers", () => {
  test("all headings are in the accessibility tree without scrolling", async ({ accounts, standIn }) => {
    await standIn.reset("many");
    await accounts.open();
    await accounts.arrived(252);
    const devtools = await accounts.page.context().newCDPSession(accounts.page);
    const { nodes } = await devtools.send("Accessibility.getFullAXTree");
    const headings = nodes.filter(({ role, ignored }) => role?.value === "heading" && !ignored);
    const groups = /^(External authentication|(Needs attention|Linked|Available|No longer configured) \d+)$/;
    const names = headings.map(({ name }) => name?.value).filter((name) => !groups.test(name));
    expect(names).toEqual(await accounts.names());
  });

  test("reading the place of every element of a thousand rows causes no layout", async ({ accounts, standIn }) => {
    await standIn.reset("many=1000");
    await accounts.open();
    await accounts.arrived(1000);
    const devtools = await accounts.page.context().newCDPSession(accounts.page);
    await devtools.send("Performance.enable");
    await accounts.page.evaluate(() => document.body.offsetHeight);
    const before = await layouts(devtools);
    await accounts.page.evaluate(() => {
      for (const element of document.querySelectorAll("body *")) element.getBoundingClientRect();
    });
    expect((await layouts(devtools)) - before).toBeLessThanOrEqual(1);
  });

  test("a row costs little memory of the program", async ({ accounts, page, standIn }) => {
    // Keeps the memory of the program, which the page does not show.
    await page.addInitScript(() => {
      for (const name of /** @type {const} */ (["instantiate", "instantiateStreaming"])) {
        const original = WebAssembly[name];
        Object.assign(WebAssembly, {
          /** @param {Parameters<typeof original>} args */
          async [name](...args) {
            const made = await Reflect.apply(original, WebAssembly, args);
            const { memory } = (made.instance ?? made).exports;
            if (memory) Object.assign(window, { memory });
            return made;
          },
        });
      }
    });
    /** @param {number} count */
    const bytes = async (count) => {
      await standIn.reset(`many=${count}`);
      await accounts.open();
      await accounts.arrived(count);
      return page.evaluate(() => /** @type {any} */ (window).memory.buffer.byteLength);
    };
    const few = await bytes(50);
    const many = await bytes(1050);
    expect((many - few) / 1000).toBeLessThanOrEqual(MOST_BYTES);
    expect(many, "the memory has grown").toBeGreaterThan(few);
  });

  test("the page has its height with the first rows, and can be used while others arrive", async ({ accounts, page, standIn }) => {
    await standIn.reset("many=1000");
    // A slow computer, on which rows arrive for a while.
    const devtools = await page.context().newCDPSession(page);
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: 4 });
    await page.addInitScript(() => {
      /** @type {{ rows: number, height: number }[]} */
      const frames = [];
      Object.assign(window, { frames });
      const look = () => {
        const count = document.querySelectorAll(".provider-card").length;
        if (count > 0) frames.push({ rows: count, height: document.documentElement.scrollHeight });
        if (count < 1000) requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });
    await page.goto(standIn.url);
    await rows(accounts).first().waitFor();
    // While rows arrive: a row is opened, and stays open.
    await page.locator("[data-action=details]").first().click();
    await expect(page.locator(".provider-card__panel")).toBeVisible();
    await accounts.arrived(1000);
    await expect(page.locator(".provider-card__panel")).toBeVisible();
    const frames = await page.evaluate(() => /** @type {{ rows: number, height: number }[]} */ (/** @type {any} */ (window).frames));
    const last = frames.at(-1)?.height ?? 0;
    expect(frames[0]?.rows, "the first slice").toBeLessThan(1000);
    for (const { rows: count, height } of frames) {
      expect(Math.abs(height - last) / last, `the height at ${count} rows`).toBeLessThan(0.05);
    }
  });

  test("a search takes rows from the page, and brings them back, in slices", async ({ accounts, page, standIn }) => {
    await standIn.reset("many=1000");
    await accounts.open();
    await accounts.arrived(1002);
    await page.evaluate(() => {
      /** @type {{ added: number, removed: number }[]} */
      const slices = [];
      Object.assign(window, { slices });
      /** @param {NodeList} nodes */
      const count = (nodes) => [...nodes].filter((node) => node instanceof Element && node.matches(".provider-card")).length;
      // It is told what has changed at the end of each task.
      new MutationObserver((changes) => {
        const slice = { added: 0, removed: 0 };
        for (const { addedNodes, removedNodes } of changes) {
          slice.added += count(addedNodes);
          slice.removed += count(removedNodes);
        }
        slices.push(slice);
      }).observe(/** @type {Node} */ (document.querySelector(".row-groups")), { childList: true, subtree: true });
    });
    await accounts.search.fill("storage 77");
    await expect.poll(() => rows(accounts).count()).toBeLessThan(100);
    await accounts.search.fill("");
    await accounts.arrived(1002);
    const slices = await page.evaluate(() => /** @type {any} */ (window).slices);
    const most = (/** @type {"added" | "removed"} */ what) => Math.max(...slices.map((/** @type {any} */ slice) => slice[what]));
    expect(most("removed")).toBeGreaterThan(0);
    expect(most("removed"), "rows that one task removes").toBeLessThan(100);
    expect(most("added"), "rows that one task adds").toBeLessThan(100);
  });

  test("five thousand providers arrive, and one of them is found", async ({ accounts, page, standIn }) => {
    test.setTimeout(120_000);
    await standIn.reset("many=5000");
    await page.goto(standIn.url);
    await rows(accounts).first().waitFor({ timeout: 60_000 });
    // The search does not wait for the rows.
    await accounts.search.fill("storage 77");
    await page.locator(".list-search__count").waitFor({ timeout: 30_000 });
    const shown = page.locator(".provider-card:not([hidden])");
    await expect(shown.first()).toContainText("Storage 77");
    await accounts.search.fill("");
    // The last ones are no longer configured, and folded.
    await rows(accounts).nth(4990).waitFor({ state: "attached", timeout: 90_000 });
  });
});
