// @ts-check
// The page asks for the list, and who is signed in, while the program is still
// loading.
import { signInAs } from "./support/sign-in.js";
import { readFileSync } from "node:fs";
import { isConfigurable } from "../public/configured-url.js";
import { beginsWithList } from "../public/page-requests.js";
import { expect, LIST, test } from "./support/test.js";

/**
 * @import { Page } from "@playwright/test"
 * @import { StandIn } from "./support/stand-in.js"
 */

const USER = "/api/v2/users/me";
const PROGRAM = "/accounts/*.wasm";
const HTML = "<!doctype html><title>Sign in</title><h1>Sign in to the network</h1>";
const NOT_CODERS = "The answer isn't from Coder.";
const SIGNED_OUT = "You were signed out at a proxy in front of Coder. Load the page again to sign in.";

test("only web addresses and paths may be configured", () => {
  // Also the table of `ConfiguredUrl`.
  const table = new URL("../crates/core/tests/addresses.json", import.meta.url);
  const { accepted, refused, configured } = JSON.parse(readFileSync(table, "utf8"));
  for (const { text } of [...accepted, ...configured.accepted]) expect(isConfigurable(text), JSON.stringify(text)).toBe(true);
  // Unlike a setting, an address in an answer is no path, is not empty, and has no spaces around it.
  const absolute = refused.filter((/** @type {string} */ text) => text !== "" && text !== "/path" && text === text.trim());
  for (const text of [...absolute, ...configured.refused]) {
    // What no browser can visit does no harm: the program says so.
    const isVisited = URL.canParse(text, "https://page.example");
    if (isVisited) expect(isConfigurable(text), JSON.stringify(text)).toBe(false);
  }
});

/** @param {StandIn} standIn */
const lists = async (standIn) => (await standIn.requestsTo("GET", LIST)).length;

/**
 * Opens the page and keeps its program back. The scripts of the page have run.
 *
 * @param {Page} page
 * @param {StandIn} standIn
 * @param {string} [path]
 */
async function openWithoutProgram(page, standIn, path = "/accounts/") {
  await standIn.fault({ path: PROGRAM, hold: "program" });
  await page.goto(new URL(path, standIn.url).href, { waitUntil: "domcontentloaded" });
  await expect.poll(() => standIn.waiting("program")).toBeGreaterThan(0);
}

test("the list and the person are asked for while the program is loading, and once", async ({ accounts, page, standIn }) => {
  await openWithoutProgram(page, standIn);
  await expect.poll(async () => (await standIn.requestsTo("GET", LIST)).map(({ status }) => status)).toEqual([200]);
  await expect.poll(async () => (await standIn.requestsTo("GET", USER)).map(({ status }) => status)).toEqual([200]);
  expect(await standIn.waiting("program")).toBeGreaterThan(0);

  await standIn.release("program");
  await expect(accounts.cards).toHaveCount(11);
  await accounts.settled();
  expect(await lists(standIn)).toBe(1);
  expect(await standIn.requestsTo("GET", USER)).toHaveLength(1);
});

test("an answer that comes after the program has started counts too", async ({ accounts, page, standIn }) => {
  await standIn.fault({ method: "GET", path: LIST, hold: "list" });
  await page.goto(standIn.url);
  await expect(page.locator(".external-auth-list[aria-busy=true]")).toBeVisible();
  await expect.poll(() => standIn.waiting("list")).toBe(1);
  await standIn.release("list");
  await expect(accounts.cards).toHaveCount(11);
  expect(await lists(standIn)).toBe(1);
});

test("the early request is like the one that the program sends", async ({ accounts, page }) => {
  /** @type {Promise<Record<string, string>>[]} */
  const sent = [];
  page.on("request", (request) => {
    if (new URL(request.url()).pathname === LIST) sent.push(request.allHeaders());
  });
  await accounts.open();
  await accounts.refresh.click();
  await accounts.announces("The list is up to date.");
  const [early, later, ...more] = await Promise.all(sent);
  expect(more).toEqual([]);
  expect(early?.["accept"]).toBe("application/json");
  expect(early).toEqual(later);
});

test("a reload asks once more", async ({ accounts, page, standIn }) => {
  await accounts.open();
  await page.reload();
  await expect(accounts.cards).toHaveCount(11);
  await accounts.settled();
  expect(await lists(standIn)).toBe(2);
});

test("the early list is not aborted when the person leaves before the program runs", async ({ page, standIn }) => {
  await standIn.fault({ method: "GET", path: LIST, hold: "list", times: 1 });
  await openWithoutProgram(page, standIn);
  await expect.poll(() => standIn.waiting("list")).toBe(1);
  await page.goto(new URL("/login", standIn.url).href);
  expect(await standIn.waiting("list")).toBe(1);
  await standIn.release("list");
  await expect.poll(async () => (await standIn.requestsTo("GET", LIST)).map(({ status }) => status)).toEqual([200]);
});

for (const { what, fault, console: expected, words } of /** @type {const} */ ([
  {
    what: "a failure of the deployment",
    fault: { status: 500, body: { message: "The database did not answer in time." } },
    console: /status of 500/,
    words: "(500)",
  },
  { what: "a web page", fault: { status: 200, body: HTML, content_type: "text/html" }, words: NOT_CODERS },
  {
    what: "an answer that was cut off",
    fault: { cut: true },
    console: /net::ERR_CONTENT_LENGTH_MISMATCH|net::ERR_INCOMPLETE/,
    words: NOT_CODERS,
  },
])) {
  test(`${what} is told as later, and trying again asks again`, async ({ accounts, guard, page, standIn }) => {
    await standIn.fault({ method: "GET", path: LIST, ...fault });
    if (expected) guard.announce(expected);
    await openWithoutProgram(page, standIn);
    await expect.poll(() => lists(standIn)).toBe(1);
    await standIn.release("program");
    await expect(accounts.alert).toContainText("The list couldn't be loaded.");
    await expect(accounts.alert).toContainText(words);
    expect(await lists(standIn)).toBe(1);

    await standIn.clearFaults();
    await accounts.tryAgain.click();
    await expect(accounts.cards).toHaveCount(11);
    expect(await lists(standIn)).toBe(2);
  });
}

test("a redirect is not followed, and means a sign-out at a proxy", async ({ accounts, page, standIn }) => {
  const headers = { Location: new URL("/login", standIn.url).href };
  await standIn.fault({ method: "GET", path: LIST, times: 1, status: 307, headers });
  await openWithoutProgram(page, standIn);
  await expect.poll(() => lists(standIn)).toBe(1);
  await standIn.release("program");
  await accounts.announcesAtOnce(SIGNED_OUT);
  expect(await standIn.requestsTo("GET", "/login")).toEqual([]);
  expect(await lists(standIn)).toBe(1);
});

test("without a network for the list the page says so", async ({ accounts, guard, page, standIn }) => {
  guard.announce(/net::ERR_FAILED/);
  await page.route(`**${LIST}`, (route) => route.abort(), { times: 1 });
  await openWithoutProgram(page, standIn);
  await standIn.release("program");
  await expect(accounts.alert).toContainText("Check your connection, then try again.");
  await accounts.tryAgain.click();
  await expect(accounts.cards).toHaveCount(11);
  expect(await lists(standIn)).toBe(1);
});

test("a failure that nobody takes over is no error of the page", async ({ guard, page, standIn }) => {
  guard.announce(/net::ERR_FAILED/);
  guard.announceStatus(404);
  guard.announce(/failed to fetch Wasm/);
  await page.route(`**${LIST}`, (route) => route.abort());
  await standIn.fault({ path: PROGRAM, status: 404, body: "Not found." });
  await page.goto(standIn.url);
  await expect(page.getByRole("alert").filter({ hasText: "Part of the page is missing" })).toBeVisible();
});

for (const path of ["/external-auth/github", "/accounts/?provider=github", "/accounts/?linked=gitlab&window=1"]) {
  test(`${path} does not ask for the list early`, async ({ page, standIn }) => {
    await openWithoutProgram(page, standIn, path);
    await page.evaluate(() => fetch("/api/v2/buildinfo"));
    // The page has had time for a request, because this one was sent after it.
    expect(await standIn.requestLines()).not.toContain(`GET ${LIST}`);
    expect(await standIn.requestLines()).not.toContain(`GET ${USER}`);
  });
}

test("where WebAssembly does not run nothing is asked", async ({ page, standIn }) => {
  await page.addInitScript(() => {
    Reflect.deleteProperty(globalThis, "WebAssembly");
  });
  await page.goto(standIn.url);
  await expect(page.getByRole("heading", { name: "This browser is too old" })).toBeVisible();
  expect(await lists(standIn)).toBe(0);
});

test("the configured deployment is asked, however its address is written", async ({ accounts, page, standIn }) => {
  await page.route(standIn.url, async (route) => {
    const response = await route.fetch();
    const { origin } = new URL(standIn.url);
    const meta = `<meta name="coder-external-auth" data-base-url="${origin}//"`;
    const body = (await response.text()).replace('<meta name="coder-external-auth"', meta);
    await route.fulfill({ response, body });
  });
  await accounts.open();
  expect(await lists(standIn)).toBe(1);
});

test("of a deployment that is not an address nothing is asked, and the page says why", async ({ page, standIn }) => {
  await page.route(standIn.url, async (route) => {
    const response = await route.fetch();
    const meta = `<meta name="coder-external-auth" data-base-url="javascript:globalThis.ran=1//"`;
    const body = (await response.text()).replace('<meta name="coder-external-auth"', meta);
    await route.fulfill({ response, body });
  });
  await page.goto(standIn.url);
  await expect(page.getByRole("alert")).toContainText("data-base-url isn't an address that can be used here");
  await expect(page.getByRole("button", { name: "Try again" })).toHaveCount(0);
  for (const link of await page.getByRole("link").all()) await link.click();
  expect(await page.evaluate(() => "ran" in globalThis)).toBe(false);
  expect(await lists(standIn)).toBe(0);
});

test("a page that the browser kept while the program was loading asks again", async ({ accounts, page, standIn }) => {
  await openWithoutProgram(page, standIn);
  await expect.poll(() => lists(standIn)).toBe(1);
  await page.evaluate(() => {
    dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true }));
    dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
  });
  await standIn.link("gitlab", { linked: false });
  await standIn.release("program");
  await expect(accounts.badge("GitLab", "Not linked")).toBeVisible();
  expect(await lists(standIn)).toBe(2);
});

/**
 * The first requests are ada's. Before the program arrives, grace signs in.
 *
 * @param {Page} page
 * @param {import("@playwright/test").BrowserContext} context
 * @param {StandIn} standIn
 */
async function signInWhileLoading(page, context, standIn) {
  await openWithoutProgram(page, standIn);
  await expect.poll(async () => (await standIn.requestsTo("GET", USER)).map(({ user }) => user)).toEqual(["ada"]);
  await expect.poll(() => lists(standIn)).toBe(1);
  await signInAs(context, standIn, "grace");
  await standIn.release("program");
}

test("a sign-in of another person while the program loads is noticed before a change", async ({
  accounts,
  context,
  page,
  standIn,
}) => {
  await standIn.link("gitlab", { user: "grace", login: "grace" });
  // An answer about a link would tell it earlier.
  await standIn.fault({ method: "GET", path: `${LIST}/*`, hold: "live checks" });
  await signInWhileLoading(page, context, standIn);
  await expect(accounts.badge("GitLab", "Linked")).toBeVisible();

  await accounts.unlink("GitLab");
  await accounts.announcesAtOnce("You're now signed in as grace, so nothing was changed. This list is grace's.");
  expect(await standIn.requestsTo("DELETE", `${LIST}/gitlab`)).toEqual([]);
});

test("a sign-in of another person while the program loads is noticed by a check that contradicts the list", async ({
  accounts,
  context,
  page,
  standIn,
}) => {
  await standIn.link("gitlab", { user: "grace", login: "grace" });
  await signInWhileLoading(page, context, standIn);
  await accounts.announcesAtOnce("You're now signed in as grace. This list is grace's.");
  await expect(accounts.badge("GitLab", "Linked")).toBeVisible();
  await expect(accounts.badge("GitHub", "Not linked")).toBeVisible();
});

test("the rule for addresses is the program's", () => {
  // The addresses of the tests of `Route` in crates/core/src/route.rs.
  for (const [address, expected] of /** @type {const} */ ([
    ["/accounts/", true],
    ["/", true],
    ["/accounts/?q=git&show=attention", true],
    ["/?linked=gitlab&q=x", true],
    ["/accounts/?linked=gitlab&window=1", false],
    ["/external-auth/github", false],
    ["/external-auth/git%2Fhub/?redirected=true", false],
    ["/external-auth/github?linked=github", false],
    ["/settings/external-auth", true],
    ["/settings/external-auth/", true],
    ["/accounts/?provider=a+b%26", false],
    ["/accounts/?p%72ovider=github", false],
  ])) {
    expect(beginsWithList(new URL(address, "http://localhost")), address).toBe(expected);
  }
});
