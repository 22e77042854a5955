// @ts-check
// What a page holds: memory, references, nodes, listeners and timers.

/** @import { CDPSession, Page } from "@playwright/test" */

/**
 * Keeps what the program exports where `evaluate` finds it. Call this before the page
 * is opened.
 *
 * @param {Page} page
 */
export async function keepProgram(page) {
  await page.addInitScript(() => {
    const instantiate = WebAssembly.instantiate;
    Object.assign(WebAssembly, {
      /** @param {[any, any]} given */
      async instantiate(...given) {
        const made = await instantiate(...given);
        const { exports } = /** @type {any} */ (made).instance ?? made;
        // The later parts of the program have no memory of their own.
        if (Object.values(exports).some((one) => one instanceof WebAssembly.Memory)) {
          Object.assign(globalThis, { program: exports });
        }
        return made;
      },
      /** @param {Promise<Response>} source @param {WebAssembly.Imports} imports */
      instantiateStreaming: async (source, imports) =>
        WebAssembly.instantiate(await (await source).arrayBuffer(), imports),
    });
  });
}

/**
 * Counts the timers that wait, as `timers` of the page. Call this before the page is
 * opened, and after its clock is stopped.
 *
 * @param {Page} page
 */
export async function countTimers(page) {
  await page.addInitScript(() => {
    /** @type {Set<unknown>} */
    const waiting = new Set();
    // They must be called as functions of the page.
    const real = {
      setTimeout: setTimeout.bind(globalThis),
      clearTimeout: clearTimeout.bind(globalThis),
      setInterval: setInterval.bind(globalThis),
      clearInterval: clearInterval.bind(globalThis),
    };
    Object.assign(globalThis, {
      timers: waiting,
      setTimeout(/** @type {Function} */ then, /** @type {number} */ ms, /** @type {any[]} */ ...given) {
        const id = real.setTimeout(() => {
          waiting.delete(id);
          then(...given);
        }, ms);
        waiting.add(id);
        return id;
      },
      setInterval(/** @type {any} */ then, /** @type {number} */ ms, /** @type {any[]} */ ...given) {
        const id = real.setInterval(then, ms, ...given);
        waiting.add(id);
        return id;
      },
      clearTimeout(/** @type {any} */ id) {
        waiting.delete(id);
        real.clearTimeout(id);
      },
      clearInterval(/** @type {any} */ id) {
        waiting.delete(id);
        real.clearInterval(id);
      },
    });
  });
}

/**
 * The session for {@link measure}.
 *
 * @param {Page} page
 */
export async function openDevTools(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  return session;
}

/**
 * What the program and its timers hold. Runs in the page.
 *
 * wasm-bindgen keeps the program's references to JavaScript values in a table. It
 * begins with the constants, and a free entry is null. A release shortens its name.
 */
function readProgram() {
  const { program, timers } = /** @type {any} */ (globalThis);
  const exported = Object.values(program);
  const memory = exported.find((one) => one instanceof WebAssembly.Memory);
  const entries = exported
    .filter((one) => one instanceof WebAssembly.Table)
    .map((table) => Array.from({ length: table.length }, (_, index) => table.get(index)))
    .find((all) => all.includes(true));
  return {
    wasm: memory?.buffer.byteLength ?? NaN,
    references: entries?.filter((entry) => entry !== null).length ?? NaN,
    timers: Number(timers?.size ?? 0),
  };
}

/**
 * What the page holds after its garbage is collected, in bytes and numbers.
 *
 * @param {Page} page with {@link keepProgram}
 * @param {CDPSession} session
 */
export async function measure(page, session) {
  // The first reading allocates memory that is not the page's.
  await page.evaluate(readProgram);
  // A second collection finds what the first one freed.
  for (let turn = 0; turn < 3; turn += 1) {
    // The page's clock may stand still, and with it its frames.
    await page.evaluate(
      () =>
        new Promise((next) => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = next;
          port2.postMessage(null);
        }),
    );
    await session.send("HeapProfiler.collectGarbage");
  }
  const { metrics } = await session.send("Performance.getMetrics");
  const metric = (/** @type {string} */ name) => metrics.find((one) => one.name === name)?.value ?? NaN;
  return {
    ...(await page.evaluate(readProgram)),
    heap: metric("JSHeapUsedSize"),
    nodes: metric("Nodes"),
    listeners: metric("JSEventListeners"),
  };
}
