// @ts-check
// The page in Firefox. Tests find things on it by role and name, as a person does.
import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import { By } from "selenium-webdriver";

/** @import { WebDriver, WebElement } from "selenium-webdriver" */

/** How long something may take to appear. This is long because the machine may be busy. */
const TIMEOUT_MS = 30_000;
const INTERVAL_MS = 50;

/** Where elements with a role are looked for. Each look costs questions to the browser. */
const SELECTORS = {
  button: "button",
  heading: "h1, h2, h3",
  listitem: "[role=listitem]",
  alertdialog: "dialog[open]",
  dialog: "dialog[open]",
};

/**
 * Repeats an attempt until it succeeds. After the time limit it throws the last
 * error.
 *
 * @template T
 * @param {() => Promise<T>} attempt
 */
export async function eventually(attempt) {
  const end = Date.now() + TIMEOUT_MS;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > end) throw error;
    }
    await pause(INTERVAL_MS);
  }
}

export class Page {
  /** @param {WebDriver} firefox */
  constructor(firefox) {
    this.firefox = firefox;
  }

  /**
   * Waits for an element with a role and a name.
   *
   * @param {keyof typeof SELECTORS} role
   * @param {string} name
   * @returns {Promise<WebElement>}
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
    for (const element of await this.firefox.findElements(By.css(SELECTORS[role]))) {
      const own = await element.getAccessibleName();
      if (own === name && (await element.getAriaRole()) === role) return element;
      names.push(own);
    }
    throw new Error(`There is no ${role} “${name}”, but: ${names.join(", ")}.`);
  }

  /**
   * Clicks an element with a role and a name, as soon as it is there and nothing
   * covers it.
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
   * Waits until the page shows a text.
   *
   * @param {RegExp} text
   */
  shows(text) {
    return eventually(async () => {
      const body = await this.firefox.findElement(By.css("body"));
      assert.match(await body.getText(), text);
    });
  }

  /**
   * Waits until the card of a provider shows a text.
   *
   * @param {string} provider
   * @param {RegExp} text
   */
  cardShows(provider, text) {
    return eventually(async () => {
      const card = await this.#find("listitem", provider);
      assert.match(await card.getText(), text);
    });
  }

  /**
   * Waits until a status region holds a text, which screen readers announce.
   *
   * @param {RegExp} text
   */
  announces(text) {
    return eventually(async () => {
      const script = "return [...document.querySelectorAll('[role=status]')].map((status) => status.textContent)";
      /** @type {string[]} */
      const announced = await this.firefox.executeScript(script);
      assert.match(announced.join("\n"), text);
    });
  }

  /**
   * Waits until the element with a name has the focus.
   *
   * @param {string} name
   */
  focusIsOn(name) {
    return eventually(async () => {
      const focused = await this.firefox.switchTo().activeElement();
      assert.equal(await focused.getAccessibleName(), name);
    });
  }

  /** Waits for a second window and switches to it. */
  async switchToNewWindow() {
    const own = await this.firefox.getWindowHandle();
    const other = await eventually(async () => {
      const windows = await this.firefox.getAllWindowHandles();
      const found = windows.find((handle) => handle !== own);
      assert.ok(found, "no window was opened");
      return found;
    });
    await this.firefox.switchTo().window(other);
    return { own, other };
  }

  /**
   * Waits until a window is closed.
   *
   * @param {string} handle
   */
  windowCloses(handle) {
    return eventually(async () => {
      assert.ok(!(await this.firefox.getAllWindowHandles()).includes(handle), "the window is still open");
    });
  }
}
