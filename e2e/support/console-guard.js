// @ts-check
import { expect } from "@playwright/test";

/**
 * @import { BrowserContext } from "@playwright/test"
 * @import { StandIn } from "./stand-in.js"
 */

/**
 * Records what a page writes to the console and what it throws. A test fails for
 * what it did not announce, and for what it announced and did not happen.
 */
export class ConsoleGuard {
  /** @type {string[]} */
  #heard = [];
  /** @type {RegExp[]} */
  #announced = [];
  /** @type {RegExp[]} */
  #tolerated = [];
  #violations = 0;
  /**
   * What the events of violations say.
   *
   * @type {string[]}
   */
  #violated = [];

  /**
   * The guard of a context. To be called before its first page opens.
   *
   * @param {BrowserContext} context
   */
  static async of(context) {
    const guard = new ConsoleGuard(context);
    await context.exposeBinding("policyViolated", (_, violation) => void guard.#violated.push(String(violation)));
    await context.addInitScript(() => {
      addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sample, sourceFile }) => {
        const { policyViolated } = /** @type {{ policyViolated: (violation: string) => void }} */ (
          /** @type {unknown} */ (globalThis)
        );
        policyViolated([violatedDirective, blockedURI, sourceFile, sample].filter(Boolean).join(" "));
      });
    });
    return guard;
  }

  /**
   * @private
   * @param {BrowserContext} context
   */
  constructor(context) {
    context.on("console", (message) => {
      // The pages of the deployment and of the providers have no icon. Ours
      // declares that it has none.
      const isMissingIcon = message.location().url.endsWith("/favicon.ico");
      const isTrouble = message.type() === "error" || message.type() === "warning";
      if (isTrouble && !isMissingIcon) this.#heard.push(message.text());
    });
    context.on("weberror", (error) => this.#heard.push(String(error.error())));
  }

  /**
   * The console will hold a message like this, at least once.
   *
   * @param {RegExp} pattern
   */
  announce(pattern) {
    this.#announced.push(pattern);
  }

  /**
   * The console may hold a message like this.
   *
   * @param {RegExp} pattern
   */
  tolerate(pattern) {
    this.#tolerated.push(pattern);
  }

  /**
   * Announces the errors that Chromium writes for answers with these statuses.
   *
   * @param {...number} statuses
   */
  announceStatus(...statuses) {
    for (const status of statuses) this.announce(new RegExp(`responded with a status of ${status} `));
  }

  /** Announces how often the test makes the page break its policy. */
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
    // A page hears of its violations in a later task. The stand-in gets reports,
    // also of pages that have gone.
    const heard = async () => this.#violated.slice();
    const reported = async () => (await standIn.state()).csp_violations;
    for (const [what, violations] of /** @type {const} */ ([["events", heard], ["reports", reported]])) {
      const message = `${what} of violations of the Content Security Policy`;
      await expect.poll(async () => (await violations()).length, { message }).toBeGreaterThanOrEqual(this.#violations);
      expect(await violations(), message).toHaveLength(this.#violations);
    }
  }
}
