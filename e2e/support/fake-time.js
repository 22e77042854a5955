// @ts-check
import { expect } from "@playwright/test";

/**
 * @import { BrowserContext, Request } from "@playwright/test"
 * @import { StandIn } from "./stand-in.js"
 */

/** The period of the page's timers that count seconds. */
const STEP_MS = 1_000;
const LEEWAY_MS = 60_000;
const INTERVALS = [5, 10, 20, 50, 100];

/**
 * The clock of the whole program: the deployment, the providers, and every page
 * of a browser. A test that uses it never waits for real time.
 */
export class FakeTime {
  /**
   * The pages' open requests.
   *
   * @type {Set<Request>}
   */
  #open = new Set();
  #now = Date.now();

  /** How much time has passed, in milliseconds. */
  elapsed = 0;

  /**
   * The pages' requests, and when they were sent, in milliseconds of this clock.
   *
   * @type {{ line: string, at: number, request: Request }[]}
   */
  asked = [];

  /**
   * @param {BrowserContext} context
   * @param {StandIn} standIn
   */
  constructor(context, standIn) {
    this.context = context;
    this.standIn = standIn;
    context.on("request", (request) => {
      if (request.resourceType() !== "fetch") return;
      this.#open.add(request);
      const line = `${request.method()} ${new URL(request.url()).pathname}`;
      this.asked.push({ line, at: this.elapsed, request });
    });
    context.on("requestfinished", (request) => this.#open.delete(request));
    context.on("requestfailed", (request) => this.#open.delete(request));
    // Playwright does not report the end of a request that outlives its page.
    context.on("page", (page) => {
      page.on("close", () => this.#forget((request) => request.frame().page() === page));
    });
  }

  /** Stops the clock. Only the methods below move it from then on. */
  async stop() {
    // The clock runs until it is paused, which takes the browser some time, and it
    // can only be paused in its future.
    await this.context.clock.install({ time: this.#now - LEEWAY_MS });
    await this.context.clock.pauseAt(this.#now);
  }

  /**
   * Moves the clock in steps of a second, so that timers which count seconds
   * fire, and waits after each step until no request is open.
   *
   * @param {number} ms
   */
  async advance(ms) {
    for (let left = ms; left > 0; left -= STEP_MS) {
      const step = Math.min(left, STEP_MS);
      await this.standIn.advanceClock(step);
      this.elapsed += step;
      this.#now += step;
      await this.#moved(this.context.clock.runFor(step));
      await this.settled();
    }
  }

  /**
   * Moves the clock until a condition holds.
   *
   * @param {() => Promise<boolean> | boolean} holds
   * @param {number} [atMostMs]
   */
  async advanceUntil(holds, atMostMs = 5 * 60_000) {
    const end = this.elapsed + atMostMs;
    while (!(await holds())) {
      if (this.elapsed >= end) throw new Error(`The condition does not hold after ${atMostMs} ms.`);
      await this.advance(STEP_MS);
    }
  }

  /**
   * The machine sleeps: the other clocks go on, and the browser's timers stand
   * still. After that the browser's wall clock is right, and `performance.now()`
   * has not moved, as on Linux and macOS.
   *
   * @param {number} ms
   */
  async sleep(ms) {
    await this.standIn.advanceClock(ms);
    this.elapsed += ms;
    this.#now += ms;
    await this.context.clock.setSystemTime(this.#now);
  }

  /**
   * The clock jumps, and each timer fires once at most. This is a machine that
   * slept where `performance.now()` counts the sleep, as on Windows, or a tab that
   * is throttled.
   *
   * @param {number} ms
   */
  async jump(ms) {
    await this.standIn.advanceClock(ms);
    this.elapsed += ms;
    this.#now += ms;
    await this.#moved(this.context.clock.fastForward(ms));
    await this.settled();
  }

  /**
   * Waits until only requests are open that the stand-in holds back, and no
   * answer caused another request.
   */
  async settled() {
    for (let rounds = 0; rounds < 2; rounds += 1) {
      if (this.#open.size > 0) {
        const left = async () => {
          const { waiting } = await this.standIn.state();
          const held = Object.values(waiting).reduce((sum, count) => sum + count, 0);
          return Math.max(0, this.#open.size - held);
        };
        await expect.poll(left, { message: "no request is open", intervals: INTERVALS }).toBe(0);
      }
      await this.#handled();
    }
  }

  /**
   * When the pages sent a request, in milliseconds of this clock.
   *
   * @param {string} line as `GET /api/v2/external-auth`
   */
  times(line) {
    return this.asked.filter((asked) => asked.line === line).map(({ at }) => at);
  }

  /**
   * Waits until the clocks of all pages have moved. A window that closes itself
   * meanwhile has none any longer.
   *
   * @param {Promise<unknown>} moving
   */
  async #moved(moving) {
    await moving.catch((error) => {
      if (!/has been closed/.test(String(error)) || !this.context.pages().length) throw error;
    });
  }

  /** @param {(request: Request) => boolean} isIt */
  #forget(isIt) {
    for (const request of this.#open) {
      if (isIt(request)) this.#open.delete(request);
    }
  }

  /** Waits, without a timer, until the pages have drawn their answers. */
  async #handled() {
    const { origin } = new URL(this.standIn.url);
    const ours = this.context.pages().filter((page) => page.url().startsWith(origin));
    const drawn = ours.map((page) =>
      page.evaluate(async () => {
        for (let task = 0; task < 3; task += 1) {
          const { port1, port2 } = new MessageChannel();
          await new Promise((arrived) => {
            port1.onmessage = arrived;
            port2.postMessage(null);
          });
        }
      }),
    );
    // A window that closes or leaves meanwhile has nothing to wait for.
    await Promise.allSettled(drawn);
  }
}
