// @ts-check
import { expect } from "@playwright/test";

/**
 * @import { Page, Request } from "@playwright/test"
 * @import { StandIn } from "./stand-in.js"
 */

/** The list's route, and the beginning of each provider's route. */
export const LIST = "/api/v2/external-auth";

/**
 * The page. Tests find things on it by role and name, as a person does.
 */
export class AccountsPage {
  /**
   * The page's open requests.
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
    /** Messages about the whole list. */
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
    // Playwright does not report the end of a request that outlives its page.
    page.on("framenavigated", (frame) => {
      if (frame === page.mainFrame()) this.#open.clear();
    });
  }

  /**
   * Opens the page and waits for the list, for the later parts of the program, and
   * for the requests after them.
   *
   * @param {{ isComplete?: boolean }} [options] whether the later parts can be fetched
   */
  async open({ isComplete = true } = {}) {
    await this.page.goto(this.standIn.url);
    // Not expect(): each of its failed attempts takes an aria snapshot of the whole
    // page, which keeps a long list from being drawn.
    await this.summary.waitFor({ timeout: 30_000 });
    if (isComplete) await this.complete();
    await this.unfold();
    await this.drawn();
    await this.settled();
  }

  /**
   * Unfolds the providers that are no longer configured, if there are any. The focus
   * stays where it is.
   */
  async unfold() {
    const folded = this.page.getByRole("button", { name: /^No longer configured/, expanded: false });
    if (await folded.isVisible()) await folded.dispatchEvent("click");
  }

  /**
   * The heading of a group of rows.
   *
   * @param {"Needs attention" | "Linked" | "Available" | "No longer configured"} label
   */
  group(label) {
    return this.page.getByRole("heading", { name: new RegExp(`^${label} \\d+$`) });
  }

  /** Waits until the later parts of the program are there. */
  async complete() {
    // A clock that stands still also stops the browser's idle time.
    const isFake = await this.page.evaluate(() => "__pwClock" in globalThis);
    await expect
      .poll(async () => {
        if (isFake) await this.page.clock.runFor(50);
        return this.page.locator(".program-is-complete").count();
      })
      .toBeGreaterThan(0);
  }

  /**
   * Waits until the browser has drawn frames and told the page which blocks of rows are
   * near to be seen, and which of their rows. Uses no timer, because the page's clock
   * may stand still.
   */
  async drawn() {
    for (let frame = 0; frame < 3; frame += 1) {
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

  /** Waits until no request is open and no answer caused another one. */
  async settled() {
    const options = { message: "no request is open", intervals: [5, 10, 20, 50, 100] };
    await expect.poll(() => this.#openRequests(), options).toBe(0);
    await this.handled();
    await expect.poll(() => this.#openRequests(), options).toBe(0);
  }

  /**
   * Waits until the page has handled and drawn its answers and sent the requests
   * that follow. Uses no timer, because the page's clock may stand still.
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

  /** Stops the page's clock. Only {@link advance} moves it from then on. */
  async stopClock() {
    const now = Date.now();
    // The clock runs until it is paused, and can only be paused in its future.
    await this.page.clock.install({ time: now - 60_000 });
    await this.page.clock.pauseAt(now);
  }

  /**
   * Moves the deployment's clock and the page's stopped clock.
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
   * The button that dismisses this warning.
   *
   * @param {string} name
   */
  dismissWarning(name) {
    return this.page.getByRole("button", { name: `Dismiss warning about ${name}`, exact: true });
  }

  /**
   * Expects a text in a polite live region.
   *
   * @param {string | RegExp} words
   */
  async announces(words) {
    await expect(this.page.getByRole("status").filter({ hasText: words })).toHaveCount(1);
  }

  /**
   * Expects a text in an assertive live region.
   *
   * @param {string | RegExp} words
   */
  async announcesAtOnce(words) {
    await expect(this.page.getByRole("alert").filter({ hasText: words })).toHaveCount(1);
  }

  /**
   * The badge that shows the state of a provider.
   *
   * @param {string} name
   * @param {string} state
   */
  badge(name, state) {
    return this.card(name).getByText(state, { exact: true });
  }

  /**
   * A button of a card. After a check that failed, "Check" is called "Check again".
   *
   * @param {"Link" | "Re-authenticate" | "Check" | "Unlink" | "Cancel linking"} action
   * @param {string} name
   */
  button(action, name) {
    const button = this.page.getByRole("button", { name: `${action} ${name}`, exact: true });
    if (action !== "Check") return button;
    return button.or(this.page.getByRole("button", { name: `Check again ${name}`, exact: true }));
  }

  /**
   * The dialog that asks whether to unlink.
   *
   * @param {string} name
   */
  dialog(name) {
    return this.page.getByRole("alertdialog", { name: `Unlink ${name}?`, exact: true });
  }

  /**
   * Presses Unlink and confirms it.
   *
   * @param {string} name
   */
  async unlink(name) {
    await this.button("Unlink", name).click();
    await this.dialog(name).getByRole("button", { name: "Unlink", exact: true }).click();
  }

  /**
   * Presses a button of a card. Where a linked provider needs nothing, its
   * "Re-authenticate" is in the opened card.
   *
   * @param {"Link" | "Re-authenticate" | "Check" | "Unlink"} action
   * @param {string} name
   */
  async press(action, name) {
    const button = this.button(action, name);
    await this.card(name).waitFor();
    if (!(await button.isVisible())) await this.openDetails(name);
    await button.click();
  }

  /**
   * The button that opens a card, and closes it.
   *
   * @param {string} name
   */
  toggle(name) {
    return this.card(name).getByRole("button", { name: `Details ${name}`, exact: true });
  }

  /**
   * Opens a card, unless it is open.
   *
   * @param {string} name
   */
  async openDetails(name) {
    const toggle = this.toggle(name);
    if ((await toggle.getAttribute("aria-expanded")) !== "true") await toggle.click();
  }

  /**
   * Waits until a long list has arrived.
   *
   * @param {number} count of its rows
   */
  async arrived(count) {
    const last = this.page.locator(".provider-card").nth(count - 1);
    await last.waitFor({ state: "attached", timeout: 60_000 });
    await this.settled();
  }

  /**
   * Waits for as many rows as the headings of the groups count: a search takes rows
   * away, and brings them back, in slices.
   */
  async arranged() {
    const areThere = () =>
      [...document.querySelectorAll(".row-group:not([hidden])")].every((group) => {
        const rows = group.querySelector("[role='list']:not([hidden])")?.querySelectorAll("[role='listitem']");
        return !rows || rows.length === Number(group.querySelector(".row-group__count")?.textContent);
      });
    await expect.poll(() => this.page.evaluate(areThere)).toBe(true);
  }

  /** The names of all shown cards, in order. */
  async names() {
    await this.arranged();
    return this.cards.evaluateAll((cards) => cards.map((card) => card.getAttribute("aria-label")));
  }
}
