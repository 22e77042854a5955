// @ts-check
// The custom elements before the program has loaded, and without it.
import { ElementsPage, FILES, expect, test } from "./support/elements.js";

/**
 * @import { Page } from "@playwright/test"
 * @import { StandIn } from "./support/stand-in.js"
 */

const ALL = `
  <coder-external-auth></coder-external-auth>
  <coder-external-auth-provider provider="gitlab"></coder-external-auth-provider>
  <coder-external-auth-button provider="codeberg"></coder-external-auth-button>`;
const TAGS = ["coder-external-auth", "coder-external-auth-provider", "coder-external-auth-button"];

test("the import defines all three elements at once and fetches nothing", async ({ page, standIn }) => {
  const elements = new ElementsPage(page, standIn);
  await elements.open();
  const defined = await page.evaluate(async (tags) => {
    const address = "/embedded/element.js";
    await import(address);
    return tags.map((tag) => customElements.get(tag)?.name.length !== undefined);
  }, TAGS);
  expect(defined).toEqual([true, true, true]);
  expect(elements.fetched).toEqual([]);
});

test("a second import from another address does no harm", async ({ page, standIn }) => {
  const elements = new ElementsPage(page, standIn);
  await elements.open();
  await elements.define();
  await elements.define("/embedded/element.js?again");
  await elements.put(ALL);
  await elements.mounted(3);
});

test("a tag name that is already defined is left alone", async ({ page, standIn }) => {
  const elements = new ElementsPage(page, standIn);
  await elements.open();
  await page.evaluate(() => customElements.define("coder-external-auth", class Other extends HTMLElement {}));
  await elements.define();
  await elements.put(ALL);
  await elements.mounted(2);
  expect(await page.evaluate(() => customElements.get("coder-external-auth")?.name)).toBe("Other");
});

test("plain HTML is enough", async ({ page, standIn }) => {
  const elements = new ElementsPage(page, standIn);
  await elements.open("/embedded/static.html");
  await elements.mounted(3);
  expect((await elements.mounts()).map(({ kind }) => kind)).toEqual(["list", "provider", "button"]);
  await expect(page.getByText("The list")).toHaveCSS("color", "rgb(1, 2, 3)");
});

test("a skeleton of about the right size appears at once", async ({ page, standIn }) => {
  await standIn.fault({ path: "/embedded/program_bg.wasm", hold: "program" });
  const elements = new ElementsPage(page, standIn);
  await elements.open();
  await elements.define();
  const sizes = await page.evaluate(
    ([nodes, tags]) => {
      document.querySelector("main")?.replaceChildren(nodes);
      // In the same task, before the first paint.
      return tags.map((tag) => {
        const element = document.querySelector(tag);
        const rows = element?.shadowRoot?.querySelectorAll("[part=skeleton][aria-hidden=true]").length;
        const { width, height } = element?.getBoundingClientRect() ?? {};
        return { rows, width, height };
      });
    },
    /** @type {const} */ ([await elements.fragment(ALL), TAGS]),
  );
  const [list, card, button] = sizes;
  expect(list).toMatchObject({ rows: 3, height: 3 * 128 + 2 * 12 });
  expect(card).toMatchObject({ rows: 1, height: 128, width: list?.width });
  expect(button).toMatchObject({ rows: 1, height: 36, width: 128 });

  await expect.poll(() => standIn.waiting("program")).toBe(1);
  await standIn.release("program");
  await elements.mounted(3);
  await expect(page.locator("[part=skeleton]")).toHaveCount(0);
  // The program draws after the skeleton, so the element is never empty in between.
  expect((await elements.mounts()).map(({ before }) => before.length)).toEqual([3, 1, 1]);
});

test("many elements fetch each file once and start one program", async ({ page, standIn }) => {
  const elements = new ElementsPage(page, standIn);
  await elements.openWith(ALL, 3);
  await elements.put(ALL.repeat(20));
  await elements.mounted(3 + 60);
  expect(elements.fetched.sort()).toEqual([...FILES].sort());
  expect(await page.evaluate(() => /** @type {any} */ (globalThis).fake.starts)).toBe(1);
});

test("nothing is fetched before an element is near the screen", async ({ page, standIn }) => {
  const elements = new ElementsPage(page, standIn);
  await elements.open();
  await elements.define();
  await elements.put('<div class="far"></div>');
  await page.evaluate((nodes) => {
    const far = /** @type {HTMLElement} */ (document.querySelector(".far"));
    far.style.blockSize = "10000px";
    far.after(nodes);
  }, await elements.fragment(ALL));
  // The observer reports after a frame.
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  expect(elements.fetched).toEqual([]);

  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await elements.mounted(3);
});

test("a method loads the program, also for an element far from the viewport", async ({ page, standIn }) => {
  const elements = new ElementsPage(page, standIn);
  await elements.open();
  await elements.define();
  const answer = await page.evaluate(async () => {
    const main = /** @type {HTMLElement} */ (document.querySelector("main"));
    const hidden = document.createElement("div");
    hidden.hidden = true;
    const list = document.createElement("coder-external-auth");
    hidden.append(list);
    main.append(hidden);
    await list.refresh();
    return list.link("gitlab");
  });
  expect(answer).toBe(true);
  expect((await elements.mounts())[0]?.calls).toEqual(["refresh", "link gitlab"]);
});

test("without IntersectionObserver, as in jsdom, only a method loads the program", async ({ page, standIn }) => {
  await page.addInitScript(() => {
    Reflect.deleteProperty(globalThis, "IntersectionObserver");
  });
  const elements = new ElementsPage(page, standIn);
  await elements.open();
  await elements.define();
  await elements.put(ALL);
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  expect(elements.fetched).toEqual([]);
  await page.evaluate(() => document.querySelector("coder-external-auth")?.refresh());
  await elements.mounted(3);
});

/**
 * Serves the program below `elsewhere/`, relative to the page, wherever the
 * elements' file is.
 *
 * @param {Page} page
 * @param {StandIn} standIn
 */
const serveElsewhere = (page, standIn) =>
  page.route("**/elsewhere/**", async (route) => {
    const name = route.request().url().split("/").pop() ?? "";
    await route.fulfill({ response: await route.fetch({ url: new URL(`/embedded/${name}`, standIn.url).href }) });
  });

for (const [told, sources] of /** @type {const} */ ([
  ["file by file", { program: "elsewhere/program.js", wasm: "elsewhere/program_bg.wasm", style: "elsewhere/style.css" }],
  ["by its folder", "elsewhere"],
])) {
  test(`the program may be elsewhere, set ${told}`, async ({ page, standIn }) => {
    const elements = new ElementsPage(page, standIn);
    await elements.open();
    await serveElsewhere(page, standIn);
    const urls = /** @type {string[]} */ ([]);
    page.on("request", (request) => urls.push(new URL(request.url()).pathname));
    await page.evaluate(async (given) => {
      const address = "/embedded/element.js";
      const { init } = await import(address);
      await init(typeof given === "string" ? new URL(given, document.baseURI) : given);
    }, sources);
    await elements.put(ALL);
    await elements.mounted(3);
    const fetched = urls.filter((path) => FILES.some((name) => path.endsWith(`/${name}`)));
    expect(fetched.sort()).toEqual(FILES.map((name) => `/embedded/elsewhere/${name}`).sort());
  });
}

test("the later parts are beside the first one when only its address is set", async ({ page, standIn }) => {
  const elements = new ElementsPage(page, standIn);
  await elements.open();
  await serveElsewhere(page, standIn);
  const urls = /** @type {string[]} */ ([]);
  page.on("request", (request) => urls.push(new URL(request.url()).pathname));
  await page.evaluate(async () => {
    const address = "/embedded/element.js";
    const { init } = await import(address);
    await init("elsewhere/program_bg.wasm");
  });
  const parts = urls.filter((path) => path.endsWith(".wasm")).sort();
  expect(parts).toEqual(["/embedded/elsewhere/program_bg.wasm", "/embedded/elsewhere/program_later.wasm"]);
});
