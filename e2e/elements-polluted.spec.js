// @ts-check
// The custom elements on a page whose scripts have added properties to all objects.
import { keepSecret, secretsOf } from "../npm/src/secrets.js";
import { ElementsPage, expect, test } from "./support/elements.js";

/** Every option of the program and every address of its files. */
const POLLUTION = {
  baseUrl: "https://evil.example",
  provider: "evil",
  providers: ["evil"],
  locale: "de",
  returnPath: "/evil",
  sessionToken: "evil",
  csrfToken: "evil",
  disabled: true,
  program: "https://evil.example/program.js",
  wasm: "https://evil.example/program_bg.wasm",
  style: "https://evil.example/style.css",
};

test("what other scripts add to all objects is no option and no address", async ({ page, standIn }) => {
  const elements = new ElementsPage(page, standIn);
  /** @type {string[]} */
  const elsewhere = [];
  page.on("request", (request) => {
    if (new URL(request.url()).origin !== new URL(standIn.url).origin) elsewhere.push(request.url());
  });
  await elements.open();
  const seen = await page.evaluate(async (pollution) => {
    Object.assign(Object.prototype, pollution);
    const address = "/embedded/element.js";
    const { init } = await import(address);
    document.body.append(document.createElement("coder-external-auth"));
    await init({});
    await Promise.resolve();
    const button = document.createElement("coder-external-auth-button");
    button.provider = "gitlab";
    document.body.append(button);
    await button.refresh();
    button.locale = "fr";
    await button.refresh();
    const { mounts } = /** @type {{ fake: import("./support/elements.js").Fake }} */ (/** @type {unknown} */ (globalThis)).fake;
    const options = mounts.flatMap(({ first, sets }) => [first, ...sets]);
    // As the program reads them: by name.
    const read = options.map((/** @type {any} */ given) => Object.keys(pollution).map((name) => [name, given[name]]));
    for (const name of Object.keys(pollution)) Reflect.deleteProperty(Object.prototype, name);
    return read.map((fields) => Object.fromEntries(fields.filter(([, value]) => value !== undefined)));
  }, POLLUTION);
  expect(seen).toEqual([
    { disabled: false },
    { disabled: false, provider: "gitlab" },
    { disabled: false, provider: "gitlab", locale: "fr" },
  ]);
  expect(elsewhere).toEqual([]);
});

test("what other scripts add to all objects is no secret of an element", () => {
  const element = /** @type {import("../npm/src/base-element.js").ExternalAuthElement} */ ({});
  Object.defineProperty(Object.prototype, "sessionToken", { configurable: true, value: "evil" });
  const before = secretsOf(element).sessionToken;
  keepSecret(element, "csrfToken", "token");
  const { csrfToken, sessionToken } = secretsOf(element);
  Reflect.deleteProperty(Object.prototype, "sessionToken");
  expect([before, sessionToken, csrfToken]).toEqual([undefined, undefined, "token"]);
});
