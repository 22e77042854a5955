// @ts-check
// What the custom elements say when the program cannot be loaded or stops.
import { ElementsPage, FILES, expect, test } from "./support/elements.js";
import { trapElsewhere } from "./support/trap-elsewhere.js";

const ALL = `
  <coder-external-auth></coder-external-auth>
  <coder-external-auth-provider provider="gitlab"></coder-external-auth-provider>
  <coder-external-auth-button provider="codeberg"></coder-external-auth-button>`;
/** What e2e/fixtures/elements/program.js says that it is. */
const RELEASE = "1.2.3+0123456789abcdef";
const TAGS = ["coder-external-auth", "coder-external-auth-provider", "coder-external-auth-button"];

test("a web page in place of a file is reported as a missing file", async ({ guard, page, standIn }) => {
  guard.announce(/couldn't be loaded/);
  await page.route("**/style.css", (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html>" }));
  const elements = new ElementsPage(page, standIn);
  await elements.open();
  await elements.define();
  await elements.put("<coder-external-auth></coder-external-auth>");
  await expect(page.getByRole("alert")).toContainText(/couldn't be loaded.*style\.css/);
});

for (const [why, message, said] of /** @type {const} */ ([
  ["the elements say that the browser is too old for the program", "invalid value type 0x7b", /too old/],
  ["the elements say that a file is not a WebAssembly module", "expected magic word 00 61 73 6d", /couldn't be loaded/],
])) {
  test(why, async ({ guard, page, standIn }) => {
    guard.announce(/too old|couldn't be loaded/);
    await page.addInitScript((words) => {
      const fail = async () => {
        throw new WebAssembly.CompileError(`WebAssembly.instantiate(): ${words}`);
      };
      Object.assign(WebAssembly, { instantiate: fail, instantiateStreaming: fail });
      Object.assign(globalThis, { compileFails: fail });
    }, message);
    const elements = new ElementsPage(page, standIn);
    await elements.open();
    await page.route("**/program.js", (route) =>
      route.fulfill({
        contentType: "text/javascript",
        body: `export const release = "${RELEASE}"; export default () => globalThis.compileFails();`,
      }),
    );
    await elements.define();
    await elements.put("<coder-external-auth></coder-external-auth>");
    await expect(page.getByRole("alert")).toContainText(said);
  });
}

/**
 * Puts elements on a page whose policy does not allow WebAssembly.
 *
 * @param {import("./support/console-guard.js").ConsoleGuard} guard
 * @param {import("@playwright/test").Page} page
 * @param {import("./support/stand-in.js").StandIn} standIn
 * @param {string} html
 */
async function putWithoutWasm(guard, page, standIn, html) {
  guard.announcePolicyViolations();
  const elements = new ElementsPage(page, standIn);
  await elements.open("/embedded-without-wasm/empty.html");
  await elements.define("/embedded-without-wasm/element.js");
  await elements.put(html);
  return elements;
}

test.describe("a policy without 'wasm-unsafe-eval'", () => {
  test("the elements name the missing setting and link to Coder's page", async ({ guard, page, standIn }) => {
    guard.announce(/security policy/i);
    const elements = await putWithoutWasm(guard, page, standIn, ALL);
    const alerts = page.getByRole("alert");
    await expect(alerts).toHaveCount(3);
    await expect(alerts.first()).toContainText("blocks WebAssembly");
    await expect(alerts.first()).toContainText("merged with any other");
    await expect(alerts.first().locator("code")).toHaveText(
      `CODER_ADDITIONAL_CSP_POLICY="script-src 'wasm-unsafe-eval'"`,
    );
    await expect(alerts.first().getByRole("link")).toHaveAttribute("href", "/settings/external-auth");
    expect(elements.fetched).toEqual([]);
    const heard = await elements.heard();
    expect(heard.map(({ name, target }) => [name, target])).toEqual(TAGS.map((tag) => ["error", tag]));
    expect(heard[1]?.detail).toEqual({ message: expect.stringContaining("WebAssembly"), provider: "gitlab" });
  });

  test("the link goes to the deployment, or to the address that is set", async ({ guard, page, standIn }) => {
    guard.tolerate(/security policy/i);
    await putWithoutWasm(guard, page, standIn, `
      <coder-external-auth base-url="https://coder.example/"></coder-external-auth>
      <coder-external-auth base-url="https://coder.example" page-url="/accounts/"></coder-external-auth>`);
    const links = page.getByRole("alert").getByRole("link");
    await expect(links).toHaveCount(2);
    await expect(links.first()).toHaveAttribute("href", "https://coder.example/settings/external-auth");
    await expect(links.last()).toHaveAttribute("href", "/accounts/");
  });

  test("the link is to a web address or a path, or it is a sentence", async ({ guard, page, standIn }) => {
    guard.tolerate(/security policy/i);
    await putWithoutWasm(guard, page, standIn, `
      <coder-external-auth base-url="javascript:globalThis.ran=1//"></coder-external-auth>
      <coder-external-auth page-url="&#10;java&#9;script:globalThis.ran=1"></coder-external-auth>
      <coder-external-auth page-url="data:text/html,x"></coder-external-auth>
      <coder-external-auth page-url="//evil.example/"></coder-external-auth>`);
    const alerts = page.getByRole("alert");
    await expect(alerts).toHaveCount(4);
    await expect(alerts.getByRole("link")).toHaveCount(0);
    await expect(alerts.nth(0)).toContainText("base-url isn't an address that can be used here");
    for (const place of [1, 2, 3]) {
      await expect(alerts.nth(place)).toContainText("page-url isn't an address that can be used here");
    }
    for (const words of await alerts.getByText("isn't an address").all()) await words.click();
    expect(await page.evaluate(() => "ran" in globalThis)).toBe(false);
  });

  test("methods fail with the reason", async ({ guard, page, standIn }) => {
    guard.tolerate(/security policy/i);
    guard.announcePolicyViolations();
    const elements = new ElementsPage(page, standIn);
    await elements.open("/embedded-without-wasm/empty.html");
    await elements.define("/embedded-without-wasm/element.js");
    const said = await page.evaluate(async () => {
      const list = document.createElement("coder-external-auth");
      document.body.append(list);
      return list.refresh().then(String, String);
    });
    expect(said).toContain("blocks WebAssembly");
  });
});

test("the elements say that the browser has no WebAssembly", async ({ guard, page, standIn }) => {
  guard.announce(/too old/);
  await page.addInitScript(() => {
    Reflect.deleteProperty(globalThis, "WebAssembly");
  });
  const elements = new ElementsPage(page, standIn);
  await elements.open();
  await elements.define();
  await elements.put(ALL);
  await expect(page.getByRole("alert")).toHaveCount(3);
  await expect(page.getByRole("alert").first()).toContainText("This browser is too old, or WebAssembly is turned off.");
  await expect(page.getByRole("alert").first().locator("code")).toHaveCount(0);
});

for (const name of FILES) {
  test(`without ${name} the elements say that a file is missing, and appear when it is back`, async ({
    guard,
    page,
    standIn,
  }) => {
    await standIn.fault({ path: `/embedded/${name}`, status: 404, body: "Not found.", times: 1 });
    guard.announceStatus(404);
    guard.announce(/A file couldn't be loaded/);
    const elements = new ElementsPage(page, standIn);
    await elements.open();
    await elements.define();
    await elements.put(ALL);
    await expect(page.getByRole("alert")).toHaveCount(3);
    await expect(page.getByRole("alert").first()).toContainText("A file couldn't be loaded");
    expect((await elements.heard()).map((event) => event.name)).toEqual(["error", "error", "error"]);
    expect(await elements.mounts()).toEqual([]);

    // Some browsers never request a module again that was missing once.
    if (name === "program.js") return;
    await page.evaluate(() => document.querySelector("coder-external-auth")?.refresh());
    await elements.mounted(3);
    await expect(page.getByRole("alert")).toHaveCount(0);
    expect((await elements.heard()).map((event) => event.name)).toEqual(["error", "error", "error"]);
  });
}

test("the elements say that program.js is of another release, and what to do", async ({ guard, page, standIn }) => {
  guard.announce(/Files of two releases are mixed/);
  await page.route("**/program.js", async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace(RELEASE, "1.2.2+fedcba9876543210");
    await route.fulfill({ response, body });
  });
  const elements = new ElementsPage(page, standIn);
  await elements.open();
  await elements.define();
  await elements.put(ALL);
  await expect(page.getByRole("alert")).toHaveCount(3);
  await expect(page.getByRole("alert").first()).toContainText(
    "Files of two releases are mixed. Load the page again, or clear your browser cache.",
  );
  // Nothing of the other release was called.
  expect(await page.evaluate(() => /** @type {any} */ (globalThis).fake.starts)).toBe(0);
});

test("the address of a missing file is shown, told and logged without its query", async ({ guard, page, standIn }) => {
  await standIn.fault({ path: "/embedded/program_bg.wasm", status: 404, body: "Not found." });
  guard.announceStatus(404);
  guard.announce(/A file couldn't be loaded/);
  const said = /** @type {string[]} */ ([]);
  page.on("console", (message) => said.push(message.text()));
  const elements = new ElementsPage(page, standIn);
  await elements.open();
  await elements.define();
  await page.evaluate(async () => {
    const path = "/embedded/element.js";
    const { init } = await import(path);
    await init({ wasm: "/embedded/program_bg.wasm?signature=s3cret" }).catch(() => {});
  });
  await elements.put("<coder-external-auth></coder-external-auth>");
  const alert = page.getByRole("alert");
  await expect(alert).toContainText("program_bg.wasm?…");
  await expect(alert).not.toContainText("s3cret");
  const heard = await elements.heard();
  expect(heard).toHaveLength(1);
  expect(JSON.stringify([heard, said])).not.toContain("s3cret");
});

test("an element reports its failure once, also when another one fails later", async ({ guard, page, standIn }) => {
  await standIn.fault({ path: "/embedded/program_bg.wasm", status: 404, body: "Not found." });
  guard.announceStatus(404);
  guard.announce(/A file couldn't be loaded/);
  const elements = new ElementsPage(page, standIn);
  await elements.open();
  await elements.define();
  await elements.put("<coder-external-auth></coder-external-auth>");
  await expect(page.getByRole("alert")).toHaveCount(1);
  await page.evaluate(() => document.querySelector("main")?.append(document.createElement("coder-external-auth-button")));
  await expect(page.getByRole("alert")).toHaveCount(2);
  expect((await elements.heard()).map(({ target }) => target)).toEqual(["coder-external-auth", "coder-external-auth-button"]);
});

test("the elements say that the program was cut off", async ({ guard, page, standIn }) => {
  await standIn.fault({ path: "/embedded/program_bg.wasm", cut: true });
  guard.announce(/net::ERR_CONTENT_LENGTH_MISMATCH|net::ERR_INCOMPLETE/);
  guard.announce(/A file couldn't be loaded/);
  const elements = new ElementsPage(page, standIn);
  await elements.open();
  await elements.define();
  await elements.put(ALL);
  await expect(page.getByRole("alert").first()).toContainText("A file couldn't be loaded");
});

for (const { where, trap } of [
  { where: "in a timer", trap: () => void setTimeout(/** @type {any} */ (globalThis).fake.trap) },
  { where: "in a promise", trap: () => void Promise.resolve().then(/** @type {any} */ (globalThis).fake.trap) },
  {
    where: "in a method whose caller handles errors",
    trap: async () => {
      /** @type {any} */ (globalThis).fake.trapsInMethods = true;
      await document.querySelector("coder-external-auth")?.refresh().catch(() => {});
    },
  },
]) {
  test(`after a trap ${where}, all elements say that the program stopped, also those that are inserted later`, async ({
    guard,
    page,
    standIn,
  }) => {
    guard.tolerate(/unreachable/);
    const elements = new ElementsPage(page, standIn);
    await elements.openWith(ALL, 3);
    // Secrets that the page's address may have.
    await page.evaluate(() => history.replaceState(null, "", "?code=secret#token=secret"));
    await page.evaluate(trap);
    await expect(page.getByRole("alert")).toHaveCount(3);
    await expect(page.getByRole("alert").first()).toContainText("Something went wrong, but your links are unchanged.");
    await expect(page.getByText("The list")).toHaveCount(0);

    await page.evaluate(() => document.querySelector("main")?.append(document.createElement("coder-external-auth")));
    await expect(page.getByRole("alert")).toHaveCount(4);
    const heard = await elements.heard();
    expect(heard).toHaveLength(4);

    // What an operator needs.
    const report = page.getByRole("alert").nth(1).locator("details");
    await expect(report.locator("pre")).toBeHidden();
    await report.getByText("For your administrator").click();
    await expect(report.locator("pre")).toBeVisible();
    const lines = (await report.locator("pre").innerText()).split("\n");
    expect(lines).toEqual([
      `coder-external-auth ${RELEASE}`,
      "at /embedded/empty.html coder-external-auth-provider",
      "unreachable",
      expect.stringMatching(/^ {2}program_bg\.wasm:wasm-function\[0\]:0x[0-9a-f]+$/),
    ]);
    expect(JSON.stringify(heard)).not.toContain("secret");

    // Nothing more is called of a program that has stopped.
    await elements.put("");
    await page.evaluate(() => Promise.resolve());
    expect((await elements.mounts()).map(({ frees }) => frees)).toEqual([0, 0, 0]);
    expect(await page.evaluate(() => /** @type {any} */ (globalThis).fake.stops)).toBe(1);
    const said = await page.evaluate(async () => {
      const list = document.createElement("coder-external-auth");
      document.body.append(list);
      return list.refresh().then(String, String);
    });
    expect(said).toContain("Something went wrong");
  });
}

test("a trap of another program on the page does not stop the elements", async ({ guard, page, standIn }) => {
  guard.announce(/unreachable/);
  const elements = new ElementsPage(page, standIn);
  await elements.openWith(ALL, 3);
  await trapElsewhere(page);
  await page.evaluate(() => document.querySelector("main")?.append(document.createElement("coder-external-auth")));
  await elements.mounted(4);
  await expect(page.getByRole("alert")).toHaveCount(0);
});

test("an element that cannot be drawn does not affect the others", async ({ page, standIn }) => {
  const elements = new ElementsPage(page, standIn);
  await elements.openWith("<coder-external-auth></coder-external-auth>");
  await page.evaluate(async () => {
    const { fake } = /** @type {any} */ (globalThis);
    fake.breaks = true;
    document.querySelector("main")?.append(document.createElement("coder-external-auth"));
    await Promise.resolve();
    await Promise.resolve();
    fake.breaks = false;
  });
  await expect(page.getByRole("alert")).toHaveCount(1);
  await expect(page.getByText("The list")).toBeVisible();
});
