// @ts-check
// Playwright's `test`, with the custom elements on the stand-in and a fake program
// that records its calls.
import { expect, test as base } from "./test.js";
import { addPages, assembleFake, makeFolder, removeFolder } from "./package.js";
import { StandIn } from "./stand-in.js";

export { expect };

/**
 * @import { Page } from "@playwright/test"
 * @typedef {typeof import("../fixtures/elements/program.js").fake} Fake
 */

/** Beside the elements, under the policy that they need; nothing is on it. */
export const EMPTY = "/embedded/empty.html";

/** What the elements fetch. */
export const FILES = ["program.js", "program_bg.wasm", "program_later.wasm", "style.css"];

export const test = base.extend({
  standIn: [
    async ({}, use) => {
      const folder = makeFolder();
      const out = assembleFake(folder);
      addPages(out);
      const standIn = await StandIn.start(out);
      await use(standIn);
      await standIn.stop();
      removeFolder(folder);
    },
    { scope: "worker" },
  ],
});

/** A page with the elements on it. */
export class ElementsPage {
  /**
   * The names of the requested files of the package.
   *
   * @type {string[]}
   */
  fetched = [];

  /**
   * @param {Page} page
   * @param {StandIn} standIn
   */
  constructor(page, standIn) {
    this.page = page;
    this.standIn = standIn;
    page.on("request", (request) => {
      const name = new URL(request.url()).pathname.split("/").pop() ?? "";
      if (FILES.includes(name)) this.fetched.push(name);
    });
  }

  /** @param {string} [path] */
  async open(path = EMPTY) {
    await this.page.goto(new URL(path, this.standIn.url).href);
    await this.page.evaluate(() => {
      const names = ["linked", "unlinked", "revocation-failed", "unauthorized", "error", "state"];
      Object.assign(globalThis, { heard: [] });
      for (const name of names) {
        // On the window: the events bubble and leave shadow roots.
        addEventListener(`coder-external-auth-${name}`, (event) => {
          const { detail } = /** @type {CustomEvent} */ (event);
          const { heard } = /** @type {{ heard: unknown[] }} */ (/** @type {unknown} */ (globalThis));
          heard.push({ name, detail, target: /** @type {HTMLElement} */ (event.target).localName });
        });
      }
    });
  }

  /**
   * Loads the elements' module.
   *
   * @param {string} [path]
   */
  async define(path = "/embedded/element.js") {
    await this.page.evaluate(async (address) => {
      await import(address);
    }, path);
  }

  /**
   * The nodes of HTML, not inserted yet. The policy of the page forbids scripts to
   * parse text as HTML, so the page loads it as a document.
   *
   * @param {string} html
   */
  async fragment(html) {
    const contentType = "text/html; charset=utf-8";
    await this.page.route("**/embedded/markup.html", (route) => route.fulfill({ contentType, body: html }), { times: 1 });
    return this.page.evaluateHandle(async () => {
      const request = new XMLHttpRequest();
      request.responseType = "document";
      request.open("GET", "/embedded/markup.html");
      await new Promise((loaded) => {
        request.onload = loaded;
        request.send();
      });
      const fragment = new DocumentFragment();
      fragment.append(...(request.responseXML?.body.childNodes ?? []));
      return fragment;
    });
  }

  /** @param {string} html of elements */
  async put(html) {
    const fragment = await this.fragment(html);
    await this.page.evaluate((nodes) => document.querySelector("main")?.replaceChildren(nodes), fragment);
  }

  /**
   * Inserts elements beside those that are there.
   *
   * @param {string} html
   */
  async add(html) {
    const fragment = await this.fragment(html);
    await this.page.evaluate((nodes) => document.body.append(nodes), fragment);
  }

  /**
   * Opens an empty page and inserts elements.
   *
   * @param {string} html
   * @param {number} [count] of elements
   */
  async openWith(html, count = 1) {
    await this.open();
    await this.define();
    await this.put(html);
    await this.mounted(count);
  }

  /**
   * Waits until a number of elements are mounted.
   *
   * @param {number} [count]
   */
  async mounted(count = 1) {
    await expect.poll(async () => (await this.mounts()).length).toBe(count);
  }

  /** What was asked of the program, for each element in order. */
  mounts() {
    return this.page.evaluate(() => {
      const { fake } = /** @type {{ fake?: Fake }} */ (globalThis);
      return (fake?.mounts ?? []).map(({ kind, first, sets, calls, frees, before, early }) => {
        return { kind, first, sets, calls, frees, before, early };
      });
    });
  }

  /**
   * Lets the fake program send an event of an element.
   *
   * @param {string} name
   * @param {object} detail
   * @param {number} [mount]
   */
  async emit(name, detail, mount = 0) {
    await this.page.evaluate(
      ([event, content, index]) => {
        const { fake } = /** @type {{ fake: Fake }} */ (/** @type {unknown} */ (globalThis));
        fake.mounts[index]?.emit(event, content);
      },
      /** @type {const} */ ([name, detail, mount]),
    );
  }

  /** @returns {Promise<{ name: string, detail: any, target: string }[]>} */
  heard() {
    return this.page.evaluate(() => /** @type {any} */ (globalThis).heard);
  }
}
