// @ts-check
// The page in Firefox, as a person finds things on it: by role and by name.
import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";

/** @import { Element, Firefox } from "./driver.js" */

/** How long something may take to appear. A busy machine is slow, not wrong. */
const PATIENCE_MS = 15_000;
const BETWEEN_LOOKS_MS = 50;

/** Which elements can have a role, for fewer questions to the browser. */
const SELECTORS = {
  button: "button",
  heading: "h1, h2, h3",
  listitem: "li",
  alertdialog: "dialog[open]",
  dialog: "dialog[open]",
};

/**
 * Tries until it works; the last reason is the one that is told.
 *
 * @template T
 * @param {() => Promise<T>} attempt
 */
export async function eventually(attempt) {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await attempt();
    } catch (reason) {
      if (Date.now() > end) throw reason;
    }
    await pause(BETWEEN_LOOKS_MS);
  }
}

export class Page {
  /** @param {Firefox} firefox */
  constructor(firefox) {
    this.firefox = firefox;
  }

  /**
   * What has a role and a name; waits for it.
   *
   * @param {keyof typeof SELECTORS} role
   * @param {string} name
   * @returns {Promise<Element>}
   */
  find(role, name) {
    return eventually(() => this.#find(role, name));
  }

  /**
   * @param {keyof typeof SELECTORS} role
   * @param {string} name
   */
  async #find(role, name) {
    const names = [];
    for (const element of await this.firefox.all(SELECTORS[role])) {
      const own = await element.name();
      if (own === name && (await element.role()) === role) return element;
      names.push(own);
    }
    throw new Error(`There is no ${role} “${name}”, but: ${names.join(", ")}.`);
  }

  /**
   * Clicks what has a role and a name, once it is there and nothing covers it.
   *
   * @param {keyof typeof SELECTORS} role
   * @param {string} name
   */
  click(role, name) {
    return eventually(async () => {
      const element = await this.#find(role, name);
      await element.click();
    });
  }

  /**
   * Waits until the whole page says something.
   *
   * @param {RegExp} words
   */
  says(words) {
    return eventually(async () => {
      const [body] = await this.firefox.all("body");
      assert.match((await body?.text()) ?? "", words);
    });
  }

  /**
   * Waits until the card of a provider says something.
   *
   * @param {string} provider
   * @param {RegExp} words
   */
  cardSays(provider, words) {
    return eventually(async () => {
      const card = await this.#find("listitem", provider);
      assert.match(await card.text(), words);
    });
  }

  /**
   * Waits until a screen reader has something to say.
   *
   * @param {RegExp} words
   */
  announces(words) {
    return eventually(async () => {
      const script = "return [...document.querySelectorAll('[role=status]')].map((status) => status.textContent)";
      /** @type {string[]} */
      const said = await this.firefox.run(script);
      assert.match(said.join("\n"), words);
    });
  }

  /**
   * Waits until a name has the focus.
   *
   * @param {string} name
   */
  focusIsAt(name) {
    return eventually(async () => {
      const focused = await this.firefox.focused();
      assert.equal(await focused.name(), name);
    });
  }

  /** Waits for the window beside this one, and goes there. */
  async goToNewWindow() {
    const own = await this.firefox.window();
    const other = await eventually(async () => {
      const windows = await this.firefox.windows();
      const found = windows.find((handle) => handle !== own);
      assert.ok(found, "no window was opened");
      return found;
    });
    await this.firefox.switchTo(other);
    return { own, other };
  }

  /**
   * Waits until a window is closed.
   *
   * @param {string} handle
   */
  windowCloses(handle) {
    return eventually(async () => {
      assert.ok(!(await this.firefox.windows()).includes(handle), "the window is still open");
    });
  }
}
