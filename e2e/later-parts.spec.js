// @ts-check
// How the later parts of the program are loaded (xtask/load-parts.js), with a fake
// program; and what the page does when one of them is missing.
import { readFileSync } from "node:fs";
import { loaderOf, partsOf } from "../xtask/release-parts.js";
import { expect, test } from "./support/test.js";

/**
 * @import { Page } from "@playwright/test"
 * @typedef {{ calls: [number, number, boolean][], load: (callback: number, data: number) => Promise<void>, stop: () => void }} Loader
 */

const LIST = { later: ["chunk_1", "split_later"], pages: ["chunk_1", "split_pages"] };
const ADDRESSES = new Map([
  ["chunk_1", "app_shared.wasm"],
  ["split_later", "app_later.wasm"],
  ["split_pages", "app_pages.wasm"],
]);

/** The smallest WebAssembly module: only the header. */
const MODULE = Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);

/** The JavaScript of a program that records what is called. */
const PROGRAM = `
  let wasm = { __indirect_function_table: { get: (index) => (data, isLoaded) => calls.push([index, data, isLoaded]) } };
  export const calls = [];
  export const initSync = () => wasm;
  export { __wasm_split_load_later as load } from "./__wasm_split.js";
`;

test.describe("the loader", () => {
  /** @type {string[]} */
  let fetched;
  /** What the server answers for the later part, in order; then the part. */
  /** @type {{ status?: number, contentType?: string }[]} */
  let answers;

  test.beforeEach(async ({ page, standIn }) => {
    fetched = [];
    answers = [];
    const { module, glue } = loaderOf(LIST, ADDRESSES, "1.2.3+abc");
    /** @type {Record<string, string>} */
    const scripts = {
      "app.js": PROGRAM + glue,
      "load-parts.js": readFileSync(new URL("../xtask/load-parts.js", import.meta.url), "utf8"),
      "__wasm_split.js": module,
    };
    await page.route("**/loader/**", async (route) => {
      const name = new URL(route.request().url()).pathname.split("/").pop() ?? "";
      const script = scripts[name];
      if (script !== undefined) return route.fulfill({ contentType: "text/javascript", body: script });
      if (!name.endsWith(".wasm")) return route.fulfill({ contentType: "text/html", body: "<!doctype html>" });
      fetched.push(new URL(route.request().url()).pathname);
      const { status = 200, contentType = "application/wasm" } = (name === "app_later.wasm" && answers.shift()) || {};
      return route.fulfill({ status, contentType, body: status === 200 ? MODULE : "Not found." });
    });
    await page.goto(new URL("/loader/", standIn.url).href);
    await page.evaluate(async () => {
      Object.assign(globalThis, { loader: await import(`${location.href}app.js`) });
    });
  });

  /** @param {Page} page @param {number} data */
  const load = (page, data) =>
    page.evaluate(async (number) => {
      const { loader } = /** @type {{ loader: Loader }} */ (/** @type {unknown} */ (globalThis));
      await loader.load(7, number);
      return loader.calls;
    }, data);

  test("loads all files of a part, each once, and tells the program", async ({ page }) => {
    expect(await load(page, 1)).toEqual([[7, 1, true]]);
    expect(await load(page, 2)).toEqual([[7, 1, true], [7, 2, true]]);
    expect(fetched.sort()).toEqual(["/loader/app_later.wasm", "/loader/app_shared.wasm"]);
  });

  for (const { what, answer } of [
    { what: "is missing", answer: { status: 404 } },
    { what: "is a web page", answer: { contentType: "text/html", status: 503 } },
  ]) {
    test(`tells the program when a file ${what}, and fetches it again for the next try`, async ({ guard, page }) => {
      guard.announceStatus(answer.status);
      guard.announce(/app_later\.wasm/);
      answers = [answer];
      expect(await load(page, 1)).toEqual([[7, 1, false]]);
      expect(await load(page, 2)).toEqual([[7, 1, false], [7, 2, true]]);
      expect(fetched.filter((path) => path.endsWith("app_later.wasm"))).toHaveLength(2);
      expect(fetched.filter((path) => path.endsWith("app_shared.wasm"))).toHaveLength(1);
    });
  }

  test("a file with another content type is loaded too", async ({ page }) => {
    answers = [{ contentType: "application/octet-stream" }];
    expect(await load(page, 1)).toEqual([[7, 1, true]]);
  });

  test("a part that was preloaded is not fetched again", async ({ page }) => {
    await page.evaluate(() => /** @type {any} */ (globalThis).loader.preloadPart("later"));
    await expect.poll(() => fetched.length).toBe(2);
    expect(await load(page, 1)).toEqual([[7, 1, true]]);
    expect(fetched).toHaveLength(2);
  });

  test("the files may be beside another address", async ({ page }) => {
    await page.evaluate(() => /** @type {any} */ (globalThis).loader.loadPartsFrom(`${location.href}elsewhere/app_bg.wasm`));
    expect(await load(page, 1)).toEqual([[7, 1, true]]);
    expect(fetched.sort()).toEqual(["/loader/elsewhere/app_later.wasm", "/loader/elsewhere/app_shared.wasm"]);
  });

  test("a program that has stopped is not called", async ({ page }) => {
    await page.evaluate(() => {
      const { loader } = /** @type {{ loader: Loader }} */ (/** @type {unknown} */ (globalThis));
      const loaded = loader.load(7, 1);
      loader.stop();
      return loaded;
    });
    expect(await page.evaluate(() => /** @type {any} */ (globalThis).loader.calls)).toEqual([]);
  });

  test("names the addresses that the stack of a trap may have", async ({ page }) => {
    await load(page, 1);
    const addresses = await page.evaluate(() => /** @type {any} */ (globalThis).loader.addresses);
    const names = addresses.map((/** @type {string} */ address) => new URL(address).pathname).sort();
    expect(names).toEqual(["/loader/app_later.wasm", "/loader/app_shared.wasm", "/loader/load-parts.js"]);
  });
});

test("a file is named after the parts that need it", () => {
  expect(partsOf(LIST)).toEqual([
    { file: "split_later", name: "later" },
    { file: "chunk_1", name: "later-pages" },
    { file: "split_pages", name: "pages" },
  ]);
});

test.describe("in a release", () => {
  test.skip(!process.env["ELEMENTS"], "A development build is not split.");

  test("every file is requested once, from beside the page", async ({ accounts, page, standIn }) => {
    /** @type {string[]} */
    const requested = [];
    page.on("request", (request) => requested.push(new URL(request.url()).pathname));
    await accounts.open();
    await expect.poll(() => requested.filter((path) => path.endsWith(".wasm")).length).toBeGreaterThan(1);
    const own = requested.filter((path) => /\.(wasm|js|css)$/.test(path));
    expect(new Set(own).size).toBe(own.length);
    const { pathname } = new URL(standIn.url);
    for (const path of own) expect(path).toMatch(new RegExp(`^${pathname}[\\w-]+\\.\\w+$`));
  });

  test("the later parts come although the browser is never idle", async ({ accounts, page }) => {
    await page.addInitScript(() => {
      globalThis.requestIdleCallback = (run, options) => {
        if (options?.timeout) setTimeout(run, options.timeout, { didTimeout: true, timeRemaining: () => 0 });
        return 0;
      };
    });
    await accounts.open();
    await accounts.button("Unlink", "GitHub").click();
    await expect(page.getByRole("alertdialog", { name: "Unlink GitHub?" })).toBeVisible();
  });

  test.describe("while the later parts cannot be fetched", () => {
    const SENTENCE = "A part of this page couldn't be loaded.";

    test.beforeEach(async ({ accounts, guard, standIn }) => {
      await standIn.fault({ path: "/accounts/app_*.wasm", status: 404, body: "Not found." });
      guard.announceStatus(404);
      guard.announce(/404 .*app_[\w-]+\.wasm/);
      await accounts.open({ isComplete: false });
    });

    test("an opened row says so, and shows its panel after another try", async ({ accounts, standIn }) => {
      const card = accounts.card("GitHub");
      await card.getByRole("button", { name: /details/i }).click();
      await expect(card.getByRole("alert")).toContainText(SENTENCE);
      await standIn.clearFaults();
      await card.getByRole("button", { name: "Try again", exact: true }).click();
      await expect(card.getByText(SENTENCE)).toBeHidden();
      await expect(card.getByRole("button", { name: "Re-authenticate GitHub" })).toBeVisible();
    });

    test("a row says so when an action is asked for, and does it after another try", async ({ accounts, page, standIn }) => {
      await accounts.button("Unlink", "GitHub").click();
      const card = accounts.card("GitHub");
      await expect(card.getByRole("alert")).toContainText(SENTENCE);
      await standIn.clearFaults();
      await card.getByRole("button", { name: "Try again", exact: true }).click();
      await expect(page.getByRole("alertdialog", { name: "Unlink GitHub?" })).toBeVisible();
      await expect(card.getByText(SENTENCE)).toBeHidden();
    });
  });

  test("the page says so when neither the list nor the later parts come, and goes on after another try", async ({
    accounts,
    guard,
    page,
    standIn,
  }) => {
    await standIn.fault({ path: "/accounts/app_*.wasm", status: 404, body: "Not found." });
    await standIn.fault({ path: "/api/v2/external-auth", status: 500, body: "{}" });
    guard.announceStatus(404);
    guard.announceStatus(500);
    guard.announce(/404 .*app_[\w-]+\.wasm/);
    await page.goto(standIn.url);
    await expect(accounts.alert.first()).toContainText("A part of this page couldn't be loaded.");
    await standIn.clearFaults();
    await standIn.fault({ path: "/api/v2/external-auth", status: 500, body: "{}" });
    await accounts.tryAgain.click();
    await expect(accounts.alert.first()).toContainText("The list couldn't be loaded.");
    await standIn.clearFaults();
    await accounts.tryAgain.click();
    await expect(accounts.cards).toHaveCount(11);
  });

  test("another try for the later parts asks for the list too", async ({ accounts, guard, page, standIn }) => {
    await standIn.fault({ path: "/accounts/app_*.wasm", status: 404, body: "Not found." });
    await standIn.fault({ path: "/api/v2/external-auth", status: 500, body: "{}", times: 1 });
    guard.announceStatus(404);
    guard.announceStatus(500);
    guard.announce(/404 .*app_[\w-]+\.wasm/);
    await page.goto(standIn.url);
    await expect(accounts.alert.first()).toContainText("A part of this page couldn't be loaded.");
    // The files are still missing.
    await accounts.tryAgain.click();
    await expect(accounts.alert.first()).toContainText("A part of this page couldn't be loaded.");
    await standIn.clearFaults();
    await accounts.tryAgain.click();
    await expect(accounts.cards).toHaveCount(11);
    await accounts.settled();
    expect(await standIn.requestsTo("GET", "/api/v2/external-auth")).toHaveLength(2);
  });

  test("the page shows its rows when all later parts are missing", async ({ accounts, guard, page, standIn }) => {
    await standIn.fault({ path: "/accounts/app_*.wasm", status: 404, body: "Not found." });
    guard.announceStatus(404);
    guard.announce(/404 .*app_[\w-]+\.wasm/);
    const isMissing = page.waitForEvent("console", (message) => /404 .*app_[\w-]+\.wasm/.test(message.text()));
    await accounts.open({ isComplete: false });
    await isMissing;
    await accounts.unfold();
    await expect(accounts.cards).toHaveCount(12);
    await expect(page.getByText("The page has stopped")).toBeHidden();
  });
});
