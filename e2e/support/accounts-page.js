// @ts-check
import { expect } from "@playwright/test";

/**
 * @import { Page, Request } from "@playwright/test"
 * @import { StandIn } from "./stand-in.js"
 */

/** Where the list is read, and what each provider's own address begins with. */
export const LIST = "/api/v2/external-auth";

/**
 * The page, as a person finds things on it: by role and by name.
 */
export class AccountsPage {
  /**
   * The page's own requests that have no answer yet.
   *
   * @type {Set<Request>}
   */
  #open = new Set();

  /**
   * @param {Page} page
   * @param {StandIn} standIn
   */
  constructor(page, standIn) {
    this.page = page;
    this.standIn = standIn;
    this.heading = page.getByRole("heading", { level: 1, name: "External authentication" });
    this.refresh = page.getByRole("button", { name: "Refresh", exact: true });
    this.tryAgain = page.getByRole("button", { name: "Try again", exact: true });
    this.signIn = page.getByRole("link", { name: "Sign in", exact: true });
    /** All cards: the list items that have a name. */
    this.cards = page.getByRole("listitem", { name: /./ });
    /** What is said about the whole list. */
    this.alert = page.getByRole("alert").filter({ hasText: /\S/ });
    this.checkAll = page.getByRole("button", { name: "Check all", exact: true });
    this.stopChecking = page.getByRole("button", { name: "Stop checking", exact: true });
    this.search = page.getByRole("searchbox", { name: "Search providers", exact: true });
    this.summary = page.getByText(/\d+ of \d+ linked/);

    page.on("request", (request) => {
      if (request.resourceType() === "fetch") this.#open.add(request);
    });
    page.on("requestfinished", (request) => this.#open.delete(request));
    page.on("requestfailed", (request) => this.#open.delete(request));
    // Nobody tells the end of a request that outlives its page.
    page.on("framenavigated", (frame) => {
      if (frame === page.mainFrame()) this.#open.clear();
    });
  }

  /** Opens the page and waits for the list and for all that comes after it. */
  async open() {
    await this.page.goto(this.standIn.url);
    await expect(this.summary).toBeVisible();
    await this.drawn();
    await this.settled();
  }

  /**
   * Waits until the browser has drawn a frame, and has told the page which of
   * its cards are in sight. Not by a timer: the page's clock may stand.
   */
  async drawn() {
    for (let frame = 0; frame < 2; frame += 1) {
      await this.page.evaluate(
        () =>
          new Promise((told) => {
            const observer = new IntersectionObserver(() => {
              observer.disconnect();
              told(null);
            });
            observer.observe(document.documentElement);
          }),
      );
    }
    await this.handled();
  }

  /** Waits until no request is open, and no answer asks for another one. */
  async settled() {
    const options = { message: "no request is open", intervals: [5, 10, 20, 50, 100] };
    await expect.poll(() => this.#openRequests(), options).toBe(0);
    await this.handled();
    await expect.poll(() => this.#openRequests(), options).toBe(0);
  }

  /**
   * Waits until the page has read and drawn what came to it, and asked for
   * what that needs. Not by a timer: the page's clock may stand.
   */
  async handled() {
    await this.page.evaluate(async () => {
      for (let task = 0; task < 3; task += 1) {
        const { port1, port2 } = new MessageChannel();
        await new Promise((arrived) => {
          port1.onmessage = arrived;
          port2.postMessage(null);
        });
      }
    });
  }

  async #openRequests() {
    return (await this.standIn.inFlight()) + this.#open.size;
  }

  /** From here on the page's time stands still, until it is advanced. */
  async stopClock() {
    const now = Date.now();
    // It runs until it is stopped, and can only be stopped at a time to come.
    await this.page.clock.install({ time: now - 60_000 });
    await this.page.clock.pauseAt(now);
  }

  /**
   * Lets time pass, at the deployment and in the page, whose clock was stopped.
   *
   * @param {number} ms
   */
  async advance(ms) {
    await this.standIn.advanceClock(ms);
    await this.page.clock.fastForward(ms);
  }

  /**
   * The card of a provider.
   *
   * @param {string} name
   */
  card(name) {
    return this.page.getByRole("listitem", { name, exact: true });
  }

  /**
   * The warning that a token may not be revoked.
   *
   * @param {string} name
   */
  warning(name) {
    return this.page.getByRole("paragraph").filter({ hasText: new RegExp(`^${name} was unlinked here`) });
  }

  /**
   * Takes that warning away.
   *
   * @param {string} name
   */
  dismissWarning(name) {
    return this.page.getByRole("button", { name: `Dismiss warning ${name}`, exact: true });
  }

  /**
   * That a screen reader says this, when it is done with what it says.
   *
   * @param {string | RegExp} words
   */
  async says(words) {
    await expect(this.page.getByRole("status").filter({ hasText: words })).toHaveCount(1);
  }

  /**
   * That a screen reader says this at once.
   *
   * @param {string | RegExp} words
   */
  async saysAtOnce(words) {
    await expect(this.page.getByRole("alert").filter({ hasText: words })).toHaveCount(1);
  }

  /**
   * The state of a provider, in its badge's words.
   *
   * @param {string} name
   * @param {string} state
   */
  badge(name, state) {
    return this.card(name).getByText(state, { exact: true });
  }

  /**
   * A button of a card.
   *
   * @param {"Link" | "Re-authenticate" | "Check" | "Unlink"} action
   * @param {string} name
   */
  button(action, name) {
    return this.page.getByRole("button", { name: `${action} ${name}`, exact: true });
  }

  /**
   * The question whether to unlink.
   *
   * @param {string} name
   */
  dialog(name) {
    return this.page.getByRole("alertdialog", { name: `Unlink ${name}?`, exact: true });
  }

  /**
   * Presses Unlink, and confirms it.
   *
   * @param {string} name
   */
  async unlink(name) {
    await this.button("Unlink", name).click();
    await this.dialog(name).getByRole("button", { name: "Unlink", exact: true }).click();
  }

  /**
   * Opens what is folded under "Details" of a card.
   *
   * @param {string} name
   */
  async openDetails(name) {
    await this.card(name).getByText(`Details ${name}`, { exact: true }).click();
  }

  /** The names of all cards that are shown, in the order in which they stand. */
  names() {
    return this.cards.evaluateAll((cards) => cards.map((card) => card.getAttribute("aria-label")));
  }
}
