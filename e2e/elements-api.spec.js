// @ts-check
// The attributes, properties, events and methods of the custom elements.
import { ElementsPage, expect, test } from "./support/elements.js";

const LIST = "<coder-external-auth></coder-external-auth>";

test("the program gets the attributes as options", async ({ page, standIn }) => {
  const elements = new ElementsPage(page, standIn);
  await elements.openWith(
    // The list of the first one is asked for at once, and only this origin may be asked.
    `<coder-external-auth></coder-external-auth>
     <coder-external-auth base-url="https://coder.example" providers="github, gitlab,," locale="de" return-path="/back"></coder-external-auth>
     <coder-external-auth-provider provider="gitlab" theme="dark"></coder-external-auth-provider>`,
    3,
  );
  // Default values are left out.
  const none = { disabled: false };
  expect((await elements.mounts()).map(({ first }) => first)).toEqual([
    none,
    { ...none, baseUrl: "https://coder.example", providers: ["github", "gitlab"], locale: "de", returnPath: "/back" },
    { ...none, provider: "gitlab" },
  ]);
});

test("properties reflect attributes", async ({ page, standIn }) => {
  const elements = new ElementsPage(page, standIn);
  await elements.open();
  await elements.define();
  const sides = await page.evaluate(() => {
    const list = document.createElement("coder-external-auth");
    const button = document.createElement("coder-external-auth-button");
    const before = [list.baseUrl, list.providers, list.theme, list.locale, list.returnPath, list.pageUrl, button.required];
    list.baseUrl = "https://coder.example";
    list.providers = ["github", "gitlab"];
    list.theme = "dark";
    list.locale = "de";
    list.returnPath = "/back";
    list.pageUrl = "/accounts/";
    button.provider = "github";
    button.name = "account";
    button.required = true;
    button.disabled = true;
    const after = [list.outerHTML, button.outerHTML];
    list.setAttribute("providers", "gitea");
    list.setAttribute("theme", "pink");
    const read = [list.providers, list.theme];
    list.providers = "a,b";
    list.baseUrl = list.locale = list.returnPath = list.pageUrl = list.theme = null;
    button.provider = button.name = undefined;
    button.required = button.disabled = false;
    return { before, after, read, last: [list.outerHTML, button.outerHTML] };
  });
  expect(sides.before).toEqual(["", [], "auto", "", "", "", false]);
  expect(sides.after).toEqual([
    '<coder-external-auth base-url="https://coder.example" providers="github,gitlab" theme="dark" locale="de" return-path="/back" page-url="/accounts/"></coder-external-auth>',
    '<coder-external-auth-button provider="github" name="account" required="" disabled=""></coder-external-auth-button>',
  ]);
  expect(sides.read).toEqual([["gitea"], "auto"]);
  expect(sides.last).toEqual([
    '<coder-external-auth providers="a,b"></coder-external-auth>',
    "<coder-external-auth-button></coder-external-auth-button>",
  ]);
});

test("properties that were set before the definition count", async ({ page, standIn }) => {
  const elements = new ElementsPage(page, standIn);
  await elements.open();
  await elements.put(LIST);
  await page.evaluate(() => {
    Object.assign(document.querySelector("coder-external-auth") ?? {}, {
      providers: ["github", "gitlab"],
      locale: "de",
      sessionToken: "a-secret",
    });
  });
  await elements.define();
  await elements.mounted();
  const [mount] = await elements.mounts();
  expect(mount?.first).toMatchObject({ providers: ["github", "gitlab"], locale: "de", sessionToken: "a-secret" });
  const list = page.locator("coder-external-auth");
  await expect(list).toHaveAttribute("providers", "github,gitlab");
  // The accessors work again.
  await list.evaluate((element) => Object.assign(element, { locale: "fr" }));
  await expect(list).toHaveAttribute("locale", "fr");
});

test("changes in one task reach the program together, and only the changes", async ({ page, standIn }) => {
  const elements = new ElementsPage(page, standIn);
  await elements.openWith(LIST);
  await page.evaluate(() => {
    const list = /** @type {any} */ (document.querySelector("coder-external-auth"));
    list.locale = "de";
    list.locale = "fr";
    list.baseUrl = "https://coder.example";
    list.csrfToken = "a-secret";
  });
  await page.evaluate(() => document.querySelector("coder-external-auth")?.setAttribute("locale", "fr"));
  const [mount] = await elements.mounts();
  expect(mount?.sets).toEqual([
    { disabled: false, locale: "fr", baseUrl: "https://coder.example", csrfToken: "a-secret" },
  ]);
});

test("a token that is set cannot be read back", async ({ page, standIn }) => {
  const elements = new ElementsPage(page, standIn);
  await elements.open();
  await elements.put(LIST);
  await page.evaluate(() => {
    // Before the definition it is a property like any other.
    Object.assign(document.querySelector("coder-external-auth") ?? {}, { sessionToken: "a-secret" });
  });
  await elements.define();
  await elements.mounted();
  const found = await page.evaluate(() => {
    const list = /** @type {any} */ (document.querySelector("coder-external-auth"));
    list.csrfToken = "a-secret";
    const values = [];
    for (let object = list; object && object !== HTMLElement.prototype; object = Object.getPrototypeOf(object)) {
      for (const key of Reflect.ownKeys(object)) {
        const { get, value } = Object.getOwnPropertyDescriptor(object, key) ?? {};
        values.push(String(get ? get.call(list) : value));
      }
    }
    const inherited = [];
    for (const name in list) if (/token/i.test(name)) inherited.push(name);
    return {
      read: [list.sessionToken, list.csrfToken],
      all: [JSON.stringify(list), ...Object.keys(list), ...inherited, ...values].join(),
    };
  });
  expect(found.read).toEqual(["", ""]);
  expect(found.all).not.toContain("a-secret");
  const [mount] = await elements.mounts();
  expect(mount?.first).toMatchObject({ sessionToken: "a-secret" });
  expect(mount?.sets.at(-1)).toMatchObject({ sessionToken: "a-secret", csrfToken: "a-secret" });

  // An empty value takes it back.
  await page.evaluate(() => {
    const list = /** @type {any} */ (document.querySelector("coder-external-auth"));
    list.sessionToken = list.csrfToken = null;
  });
  expect((await elements.mounts())[0]?.sets.at(-1)).toEqual({ disabled: false });
});

test("secrets appear in no attribute, no event and not in the console", async ({ guard, page, standIn }) => {
  guard.announce(/unreachable/);
  const said = /** @type {string[]} */ ([]);
  page.on("console", (message) => said.push(message.text()));
  const elements = new ElementsPage(page, standIn);
  await elements.openWith('<coder-external-auth session-token="ignored" csrf-token="ignored"></coder-external-auth>');
  const markup = await page.evaluate(() => {
    const list = /** @type {any} */ (document.querySelector("coder-external-auth"));
    list.sessionToken = "a-secret";
    list.csrfToken = "a-secret";
    return list.outerHTML + list.shadowRoot.innerHTML;
  });
  expect(markup).not.toContain("a-secret");
  const [mount] = await elements.mounts();
  expect(mount?.first).not.toHaveProperty("sessionToken");
  expect(mount?.sets).toEqual([expect.objectContaining({ sessionToken: "a-secret", csrfToken: "a-secret" })]);
  await page.evaluate(() => {
    setTimeout(/** @type {any} */ (globalThis).fake.trap);
  });
  await expect(page.getByRole("alert")).toBeVisible();
  expect(JSON.stringify([await elements.heard(), said])).not.toContain("a-secret");
});

test("the theme is set by style alone", async ({ page, standIn }) => {
  const elements = new ElementsPage(page, standIn);
  await elements.openWith(LIST);
  const list = page.locator("coder-external-auth");
  await expect(list).toHaveCSS("color-scheme", "normal");
  for (const theme of ["light", "dark"]) {
    await list.evaluate((element, name) => element.setAttribute("theme", name), theme);
    await expect(list).toHaveCSS("color-scheme", theme);
  }
  await page.evaluate(() => {
    document.body.style.colorScheme = "dark";
  });
  await list.evaluate((element) => element.setAttribute("theme", "inherit"));
  await expect(list).toHaveCSS("color-scheme", "dark");
  // The program does not learn what style alone does.
  expect((await elements.mounts())[0]?.sets).toEqual([]);
  await list.evaluate((element) => element.setAttribute("hidden", ""));
  await expect(list).toBeHidden();
});

test("the program's events leave shadow roots, with their prefix", async ({ page, standIn }) => {
  const elements = new ElementsPage(page, standIn);
  await elements.open();
  await elements.define();
  await page.evaluate(() => {
    const outer = document.createElement("div");
    outer.attachShadow({ mode: "closed" }).append(document.createElement("coder-external-auth"));
    document.querySelector("main")?.append(outer);
  });
  await elements.mounted();
  const all = /** @type {const} */ ([
    ["linked", { provider: "github", login: "ada" }],
    ["unlinked", { provider: "github", revoked: true }],
    ["revocation-failed", { provider: "github", name: "GitHub", reason: "No.", url: "https://github.example/" }],
    ["unauthorized", {}],
    ["error", { message: "It failed.", provider: "github" }],
    ["state", { provider: "github", name: "GitHub", linked: true, login: "ada", state: "linked" }],
  ]);
  for (const [name, detail] of all) await elements.emit(name, detail);
  expect((await elements.heard()).map(({ name, detail }) => [name, detail])).toEqual(all);
});

test("methods call the program and return its answer", async ({ page, standIn }) => {
  const elements = new ElementsPage(page, standIn);
  await elements.openWith('<coder-external-auth-provider provider="gitlab"></coder-external-auth-provider>');
  const answers = await page.evaluate(async () => {
    const { fake } = /** @type {any} */ (globalThis);
    const card = /** @type {any} */ (document.querySelector("coder-external-auth-provider"));
    const linked = await card.link();
    fake.answer = false;
    return [linked, await card.unlink(), await card.link("github"), await card.refresh()];
  });
  expect(answers).toEqual([true, false, false, undefined]);
  expect((await elements.mounts())[0]?.calls).toEqual(["link gitlab", "unlink gitlab", "link github", "refresh"]);
});

test("a method uses a property that was set just before", async ({ page, standIn }) => {
  const elements = new ElementsPage(page, standIn);
  await elements.openWith('<coder-external-auth-provider provider="gitlab"></coder-external-auth-provider>');
  await page.evaluate(async () => {
    const card = /** @type {any} */ (document.querySelector("coder-external-auth-provider"));
    card.provider = "github";
    await card.link();
  });
  const [mount] = await elements.mounts();
  expect([mount?.sets, mount?.calls]).toEqual([[{ disabled: false, provider: "github" }], ["link github"]]);
});

test("a method of an element outside the document fails with the reason", async ({ page, standIn }) => {
  const elements = new ElementsPage(page, standIn);
  await elements.open();
  await elements.define();
  const said = await page.evaluate(() => document.createElement("coder-external-auth").refresh().then(String, String));
  expect(said).toBe("Error: <coder-external-auth> has no provider, or is in no document.");
});

test("setting a read-only property before the definition does not break the element", async ({ page, standIn }) => {
  const elements = new ElementsPage(page, standIn);
  await elements.open();
  await page.evaluate(() => {
    const button = document.createElement("coder-external-auth-button");
    Object.assign(button, { labels: [], validity: null, provider: "gitlab" });
    document.querySelector("main")?.append(button);
  });
  await elements.define();
  await elements.mounted();
  expect((await elements.mounts())[0]?.first).toEqual({ provider: "gitlab", disabled: false });
});
