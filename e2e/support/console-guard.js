// @ts-check
import { expect } from "@playwright/test";

/**
 * @import { BrowserContext } from "@playwright/test"
 * @import { StandIn } from "./stand-in.js"
 */

/**
 * Hears what a page says to the console, and what it throws. Whatever a test
 * did not announce fails it, and so does what it announced in vain.
 */
export class ConsoleGuard {
  /** @type {string[]} */
  #heard = [];
  /** @type {RegExp[]} */
  #announced = [];
  /** @type {RegExp[]} */
  #tolerated = [];
  #violations = 0;

  /** @param {BrowserContext} context */
  constructor(context) {
    context.on("console", (message) => {
      // The pages of the deployment and of the providers are plain, and have
      // no icon; ours says that it has none.
      const isMissingIcon = message.location().url.endsWith("/favicon.ico");
      const isTrouble = message.type() === "error" || message.type() === "warning";
      if (isTrouble && !isMissingIcon) this.#heard.push(message.text());
    });
    context.on("weberror", (error) => this.#heard.push(String(error.error())));
  }

  /**
   * The console will hold something like this, once or more often.
   *
   * @param {RegExp} pattern
   */
  announce(pattern) {
    this.#announced.push(pattern);
  }

  /**
   * The console may hold something like this, or may not in the time that the
   * test takes.
   *
   * @param {RegExp} pattern
   */
  tolerate(pattern) {
    this.#tolerated.push(pattern);
  }

  /**
   * Chromium writes each answer that is not a success into the console.
   *
   * @param {...number} statuses
   */
  announceStatus(...statuses) {
    for (const status of statuses) this.announce(new RegExp(`responded with a status of ${status} `));
  }

  /** The page's policy will be broken so often, because the test makes it. */
  announcePolicyViolations(count = 1) {
    this.#violations += count;
  }

  /** @param {StandIn} standIn */
  async check(standIn) {
    const allowed = [...this.#announced, ...this.#tolerated];
    const unexpected = this.#heard.filter((text) => !allowed.some((pattern) => pattern.test(text)));
    expect(unexpected, "errors and warnings in the console that the test did not announce").toEqual([]);
    const missing = this.#announced.filter((pattern) => !this.#heard.some((text) => pattern.test(text)));
    expect(missing, "announced, but not in the console").toEqual([]);
    const { csp_violations: violations } = await standIn.state();
    expect(violations, "violations of the Content Security Policy").toHaveLength(this.#violations);
  }
}
