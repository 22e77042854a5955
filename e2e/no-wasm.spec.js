// @ts-check
// When the program does not run, the page says why, and what helps.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { variable } from "./support/environment.js";
import { changePolicy } from "./support/other-policy.js";
import { LIST, expect, test } from "./support/test.js";

/**
 * @import { Page } from "@playwright/test"
 * @import { AccountsPage } from "./support/accounts-page.js"
 * @import { ConsoleGuard } from "./support/console-guard.js"
 * @import { StandIn } from "./support/stand-in.js"
 */

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test.beforeEach(async ({ guard, page, standIn }) => {
    guard.tolerate(/preloaded using link preload but not used/);
    await page.goto(standIn.url);
  });

  test("the page says that it needs JavaScript", async ({ accounts, page }) => {
    await expect(page.getByRole("heading", { name: "This page needs JavaScript" })).toBeVisible();
    // Playwright finds no text in a noscript element by default.
    const words = page.locator("noscript").getByRole("paragraph");
    await expect(words).toBeVisible();
    await expect(words).toHaveText(/Turn it on for this site, then load the page again\./, { useInnerText: true });
    await expect(accounts.heading).toBeVisible();
  });

  test("the page does not look as if it were loading", async ({ page }) => {
    await expect(page.getByRole("heading", { name: "This page needs JavaScript" })).toBeVisible();
    await expect(page.locator(".list-skeleton")).toBeHidden();
  });
});

test("under a policy without 'wasm-unsafe-eval' the page names the setting", async ({ guard, page, standIn }) => {
  await changePolicy(page, standIn.url, (policy) => policy.replace(" 'wasm-unsafe-eval'", ""));
  guard.announcePolicyViolations();
  await page.goto(standIn.url);

  const message = page.getByRole("alert").filter({ hasText: "This page can't run here" });
  await expect(message).toBeVisible();
  await expect(message).toContainText("'wasm-unsafe-eval'");
  await expect(message.getByText(`CODER_ADDITIONAL_CSP_POLICY="script-src 'wasm-unsafe-eval'"`)).toBeVisible();
  await expect(message.getByRole("link", { name: "Coder's own page" })).toBeVisible();
  await expect(page.getByRole("alert").filter({ hasText: /\S/, visible: true })).toHaveCount(1);
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
});

test("in a browser without WebAssembly the page says which browsers have it", async ({ page, standIn }) => {
  await page.addInitScript(() => {
    Reflect.deleteProperty(globalThis, "WebAssembly");
  });
  await page.goto(standIn.url);
  await expect(page.getByRole("heading", { name: "This browser is too old" })).toBeVisible();
  await expect(page.getByText("Use a current Firefox, Chrome, Edge, or Safari")).toBeVisible();
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
});

for (const { what, path, error } of [
  { what: "the program", path: "/accounts/*.wasm", error: /failed to fetch Wasm/ },
  { what: "its JavaScript", path: "/accounts/app-*.js", error: /Failed to fetch dynamically imported module/ },
]) {
  test(`reloading helps when ${what} is missing, as after an upgrade`, async ({ accounts, guard, page, standIn }) => {
    await standIn.fault({ path, status: 404, body: "Not found." });
    guard.announceStatus(404);
    guard.announce(error);
    await page.goto(standIn.url);
    const message = page.getByRole("alert").filter({ hasText: "Part of the page is missing" });
    await expect(message).toBeVisible();
    await expect(page.locator("[aria-busy=true]")).toHaveCount(0);

    await standIn.clearFaults();
    await message.getByRole("link", { name: "Load the page again" }).click();
    await expect(accounts.cards).toHaveCount(11);
  });
}

const BOOT = "/accounts/boot*.js";

/**
 * Fake timers do not reach animations: this ends those that end.
 *
 * @param {Page} page
 */
const finishAnimations = (page) =>
  page.evaluate(() => {
    for (const animation of document.getAnimations()) {
      if (Number.isFinite(animation.effect?.getComputedTiming().endTime)) animation.finish();
    }
  });

for (const { what, prepare } of /** @type {{ what: string, prepare: (test: { guard: ConsoleGuard, page: Page, standIn: StandIn }) => Promise<unknown> }[]} */ ([
  {
    what: "is missing",
    prepare: ({ guard, standIn }) => {
      guard.announceStatus(404);
      return standIn.fault({ path: BOOT, status: 404, body: "Not found." });
    },
  },
  {
    what: "is blocked by an extension of the browser",
    prepare: ({ guard, page }) => {
      guard.announce(/net::ERR_BLOCKED_BY_CLIENT/);
      return page.route(`**${BOOT}`, (route) => route.abort("blockedbyclient"), { times: 1 });
    },
  },
  {
    what: "is missing, and motion is reduced",
    prepare: async ({ guard, page, standIn }) => {
      guard.announceStatus(404);
      await page.emulateMedia({ reducedMotion: "reduce" });
      await standIn.fault({ path: BOOT, status: 404, body: "Not found." });
    },
  },
])) {
  test(`when boot.js ${what}, the document says so after a while`, async ({ accounts, guard, page, standIn }) => {
    await prepare({ guard, page, standIn });
    guard.tolerate(/preloaded using link preload but not used/);
    await page.goto(standIn.url);
    const message = page.getByRole("alert").filter({ hasText: "The page hasn't started" });
    await expect(message).toHaveCount(0);
    await expect(accounts.heading).toBeVisible();
    await finishAnimations(page);
    await expect(message).toBeVisible();
    await expect(message.getByRole("link", { name: "Coder's own page" })).toBeVisible();
    await expect(page.locator(".list-skeleton")).toBeHidden();
    await expect(page.getByText("This is taking longer than usual.")).toBeHidden();
    for (const width of [1280, 320]) {
      await page.setViewportSize({ width, height: 640 });
      const { left, right } = await message.evaluate((box) => box.getBoundingClientRect().toJSON());
      expect(left).toBeGreaterThan(0);
      expect(left).toBeCloseTo(width - right, 0);
    }

    await standIn.clearFaults();
    await message.getByRole("link", { name: "Load the page again" }).click();
    await expect(accounts.cards).toHaveCount(11);
    await finishAnimations(page);
    await expect(message).toHaveCount(0);
    await expect(accounts.heading).toBeVisible();
  });
}

test("when boot.js comes late, the page has shown no message, and shows the list", async ({ accounts, guard, page, standIn }) => {
  guard.tolerate(/preloaded using link preload but not used/);
  await standIn.fault({ path: BOOT, hold: "boot" });
  await page.goto(standIn.url, { waitUntil: "commit" });
  await expect.poll(() => standIn.waiting("boot")).toBe(1);
  const message = page.locator(".page-message", { hasText: "The page hasn't started" });
  await expect(message).toHaveCount(1);
  await expect(message).toBeHidden();
  await expect(accounts.heading).toBeVisible();
  await standIn.release("boot");
  await expect(accounts.cards).toHaveCount(11);
  await expect(message).toHaveCount(0);
});

test("without its style sheet the page is plain, and works", async ({ accounts, guard, page, standIn }) => {
  guard.announceStatus(404);
  await standIn.fault({ path: "/accounts/page*.css", status: 404, body: "Not found." });
  await page.goto(standIn.url);
  await expect(accounts.cards).toHaveCount(11);
  for (const message of await page.locator(".page-message").all()) await expect(message).toBeHidden();
  await accounts.unlink("GitLab");
  await expect(accounts.badge("GitLab", "Not linked")).toBeVisible();
});

for (const { what, path } of [
  { what: "the style sheet", path: "/accounts/page*.css" },
  { what: "boot.js", path: "/accounts/boot*.js" },
  { what: "the program's JavaScript", path: "/accounts/app-*.js" },
]) {
  test(`a proxy that adds a byte to ${what} breaks nothing`, async ({ accounts, page, standIn }) => {
    let changed = 0;
    await page.route(`**${path}`, async (route) => {
      const response = await route.fetch();
      changed += 1;
      await route.fulfill({ response, body: `${await response.text()}\n` });
    });
    await page.goto(standIn.url);
    await expect(accounts.cards).toHaveCount(11);
    expect(changed).toBeGreaterThan(0);
    expect(await page.locator("[integrity]").count()).toBe(0);
    // By the style sheet.
    await expect(page.locator("main")).toHaveCSS("position", "relative");
  });
}

for (const { what, message, heading } of [
  {
    what: "in a browser that lacks a feature of the program",
    message: "invalid value type 0x7b",
    heading: "This browser is too old",
  },
  {
    what: "when the file is no WebAssembly",
    message: "expected magic word 00 61 73 6d",
    heading: "Part of the page is missing",
  },
]) {
  test(`${what} the page says "${heading}"`, async ({ guard, page, standIn }) => {
    guard.announce(new RegExp(message));
    await page.addInitScript((words) => {
      WebAssembly.compileStreaming = async () => {
        throw new WebAssembly.CompileError(`WebAssembly.compileStreaming(): ${words}`);
      };
    }, message);
    await page.goto(standIn.url);
    await expect(page.getByRole("alert").filter({ hasText: heading })).toBeVisible();
    await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
  });
}

test("when the download of the program is cut off, the page says so", async ({ guard, page, standIn }) => {
  await standIn.fault({ path: "/accounts/*.wasm", cut: true });
  guard.announce(/net::ERR_CONTENT_LENGTH_MISMATCH|net::ERR_INCOMPLETE/);
  guard.announce(/WebAssembly compilation aborted/);
  await page.goto(standIn.url);
  await expect(page.getByRole("alert").filter({ hasText: "Part of the page is missing" })).toBeVisible();
});

test("a program with another content type runs too", async ({ accounts, standIn }) => {
  // A web server that does not know the extension sends this type.
  await standIn.fault({ path: "/accounts/*.wasm", headers: { "content-type": "application/octet-stream" } });
  await accounts.page.goto(standIn.url);
  await expect(accounts.cards).toHaveCount(11);
});

test.describe("before the program is loaded", () => {
  test.beforeEach(async ({ page, standIn }) => {
    await standIn.fault({ path: "/accounts/*.wasm", hold: "program" });
    await standIn.fault({ method: "GET", path: LIST, hold: "list" });
    await page.goto(standIn.url, { waitUntil: "commit" });
    await expect.poll(() => standIn.waiting("program")).toBeGreaterThan(0);
  });

  test("heading and skeleton are painted", async ({ accounts, page, standIn }) => {
    await expect(accounts.heading).toBeVisible();
    await expect(page.locator(".list-skeleton > div")).toHaveCount(3);
    await expect
      .poll(() => page.evaluate(() => performance.getEntriesByName("first-contentful-paint").length))
      .toBe(1);
    expect(await standIn.waiting("program")).toBeGreaterThan(0);

    await standIn.release("program");
    await standIn.release("list");
    await expect(accounts.cards).toHaveCount(11);
    await expect(page.locator(".list-skeleton")).toHaveCount(0);
    await expect(accounts.heading).toHaveCount(1);
  });

  test("nothing moves when the program starts", async ({ accounts, page, standIn }) => {
    await expect(accounts.heading).toBeVisible();
    const places = () =>
      page
        .locator("#app h1, .list-skeleton > div")
        .evaluateAll((things) => things.map((thing) => thing.getBoundingClientRect().toJSON()));
    const before = await places();
    // The program draws another skeleton.
    const skeleton = await page.locator(".list-skeleton").elementHandle();
    await standIn.release("program");
    await expect.poll(() => skeleton?.evaluate((drawn) => drawn.isConnected)).toBe(false);
    expect(before).toHaveLength(4);
    expect(await places()).toEqual(before);
    expect(await standIn.waiting("list")).toBe(1);
    await standIn.release("list");
  });

  test("after a long wait, the style sheet shows a reload link", async ({ page, standIn }) => {
    const late = page.getByText("This is taking longer than usual.");
    await expect(late).toBeHidden();
    await finishAnimations(page);
    await expect(late).toBeVisible();
    await expect(late.getByRole("link", { name: "Load the page again" })).toBeVisible();
    await standIn.release("program");
    await expect(late).toHaveCount(0);
  });
});

test("the program and its JavaScript are loaded once", async ({ accounts, page }) => {
  /** @type {string[]} */
  const loaded = [];
  page.on("request", (request) => loaded.push(new URL(request.url()).pathname));
  await accounts.open();
  expect(loaded.filter((path) => path.endsWith("_bg.wasm"))).toHaveLength(1);
  expect(loaded.filter((path) => /\/app-.*\.js$/.test(path))).toHaveLength(1);
});

test("a release loads two scripts: boot.js and the program's", async ({ accounts, page }) => {
  test.skip(!process.env["ELEMENTS"], "A development build serves the modules of boot.js as they are.");
  /** @type {string[]} */
  const scripts = [];
  page.on("request", (request) => {
    if (request.resourceType() === "script") scripts.push(new URL(request.url()).pathname.replace(/-\w+\.js$/, ""));
  });
  await accounts.open();
  expect(scripts.sort()).toEqual(["/accounts/app", "/accounts/boot"]);
});

test("nothing is loaded from another origin", async ({ accounts, page, standIn }) => {
  /** @type {string[]} */
  const loaded = [];
  page.on("request", (request) => loaded.push(request.url()));
  await accounts.open();
  const { origin } = new URL(standIn.url);
  expect(loaded.length).toBeGreaterThan(5);
  expect(loaded.filter((url) => !url.startsWith(`${origin}/`) && !url.startsWith("data:"))).toEqual([]);
});

// The browser does what no browser does, and the program panics. A release then
// only traps.
const breakRequests = () => {
  const { fetch } = globalThis;
  // gloo-net expects that a rejection is an Error. The program sends the live check itself.
  globalThis.fetch = (input, init) =>
    String(input instanceof Request ? input.url : input).includes("/external-auth/")
      ? Promise.reject("made to fail")
      : fetch(input, init);
};
const breakDrawing = () => {
  Document.prototype.createElement = () => {
    throw new Error("made to fail");
  };
};

for (const { when, provoke } of /** @type {{ when: string, provoke: (accounts: AccountsPage) => Promise<void> }[]} */ ([
  {
    when: "at its start",
    provoke: async ({ page, standIn }) => {
      await page.addInitScript(breakDrawing);
      await page.goto(standIn.url);
    },
  },
  {
    when: "after an answer",
    provoke: async ({ page, standIn }) => {
      await page.addInitScript(breakRequests);
      await page.goto(standIn.url);
    },
  },
  {
    when: "after a click",
    provoke: async (accounts) => {
      await accounts.open();
      await accounts.page.evaluate(breakDrawing);
      await accounts.button("Unlink", "GitLab").click();
    },
  },
])) {
  test(`a panic of the program ${when} leaves a readable page`, async ({ accounts, guard, page }) => {
    guard.announce(/unreachable/);
    guard.tolerate(/panicked|made to fail/);
    await provoke(accounts);
    const message = page.getByRole("alert").filter({ hasText: "The page has stopped" });
    await expect(message).toBeVisible();
    await expect(page.getByText("your links are unchanged")).toBeVisible();
    // What was drawn stays readable.
    await expect(accounts.heading).toHaveCount(when === "at its start" ? 0 : 1);

    const report = message.locator("pre");
    await expect(report).toBeHidden();
    await page.setViewportSize({ width: 320, height: 640 });
    await message.getByText("For your administrator").click();
    expect(await page.evaluate(() => (document.scrollingElement?.scrollWidth ?? 0) - innerWidth)).toBe(0);
    const [release, where, error, place] = (await report.innerText()).split("\n");
    expect(release).toMatch(/^coder-external-auth (development|\d+\.\d+\.\d+\+[0-9a-f]{16})$/);
    expect(where).toBe("at /accounts/");
    expect(error).toBe("unreachable");
    const [, part = "", index = ""] =
      /^ {2}app[\w-]*_(bg|later)[\w-]*\.wasm:wasm-function\[(\d+)\]:0x[0-9a-f]+$/.exec(place ?? "") ?? [];
    expect(index).not.toBe("");
    if (!process.env["ELEMENTS"]) return;
    // A release has a list with the name of the function.
    const folder = variable("PAGE");
    const file = readdirSync(folder).find((name) => name.endsWith(".names.json")) ?? "";
    const names = JSON.parse(readFileSync(join(folder, file), "utf8"));
    expect(release).toContain(names.release);
    expect(names.modules[part][index]).toMatch(/\w+::\w+/);
  });
}
