// @ts-check
import { expect } from "@playwright/test";

/**
 * @import { BrowserContext, Request } from "@playwright/test"
 * @import { StandIn } from "./stand-in.js"
 */

/** As often as the page's own timers fire that count seconds. */
const STEP_MS = 1_000;
const LEEWAY_MS = 60_000;
const INTERVALS = [5, 10, 20, 50, 100];

/**
 * The time of the whole program: of the deployment, of the providers, and of
 * every page of a browser. No test that uses it waits for a real clock.
 */
export class FakeTime {
  /**
   * The pages' own requests that have no answer yet.
   *
   * @type {Set<Request>}
   */
  #open = new Set();
  #now = Date.now();

  /** How much time has been let pass. */
  elapsed = 0;

  /**
   * When a page asked for something of its own, in milliseconds of this time.
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
    // Nobody tells the end of a request that outlives its page.
    context.on("page", (page) => {
      page.on("close", () => this.#forget((request) => request.frame().page() === page));
    });
  }

  /** From here on time stands still, until it is advanced. */
  async stop() {
    // It runs until it is paused, for as long as the browser takes; and it
    // cannot be paused in the past.
    await this.context.clock.install({ time: this.#now - LEEWAY_MS });
    await this.context.clock.pauseAt(this.#now);
  }

  /**
   * Lets time pass, in steps so small that whatever counts seconds does, and
   * waits after each of them until no request is open.
   *
   * @param {number} ms
   */
  async advance(ms) {
    for (let left = ms; left > 0; left -= STEP_MS) {
      const step = Math.min(left, STEP_MS);
      await this.standIn.advanceClock(step);
      this.elapsed += step;
      this.#now += step;
      await this.context.clock.runFor(step);
      await this.settled();
    }
  }

  /**
   * Lets time pass until something is so.
   *
   * @param {() => Promise<boolean> | boolean} isSo
   * @param {number} [atMostMs]
   */
  async advanceUntil(isSo, atMostMs = 5 * 60_000) {
    const end = this.elapsed + atMostMs;
    while (!(await isSo())) {
      if (this.elapsed >= end) throw new Error(`Still not so after ${atMostMs} ms.`);
      await this.advance(STEP_MS);
    }
  }

  /**
   * The machine sleeps: everybody else's clock goes on, and the browser's
   * timers stand still. When it wakes up, the browser's wall clock is right
   * again, and `performance.now()` is where it was, as on Linux and macOS.
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
   * Time passes in one go, and each timer fires once at most. So it is for a
   * machine that slept where `performance.now()` counts the sleep, as on
   * Windows, and for a tab that is throttled.
   *
   * @param {number} ms
   */
  async jump(ms) {
    await this.standIn.advanceClock(ms);
    this.elapsed += ms;
    this.#now += ms;
    await this.context.clock.fastForward(ms);
    await this.settled();
  }

  /**
   * Waits until no request is open but those that the stand-in holds back, and
   * no answer asks for another one.
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
   * When the pages asked for this, in milliseconds of this time.
   *
   * @param {string} line as `GET /api/v2/external-auth`
   */
  times(line) {
    return this.asked.filter((asked) => asked.line === line).map(({ at }) => at);
  }

  /** @param {(request: Request) => boolean} isIt */
  #forget(isIt) {
    for (const request of this.#open) {
      if (isIt(request)) this.#open.delete(request);
    }
  }

  /** Waits until the pages have drawn what came to them. Not by a timer. */
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
    // A window may close or leave in the meantime: then there is nothing to wait for.
    await Promise.allSettled(drawn);
  }
}
