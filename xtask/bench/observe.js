// @ts-check
// What a page records about its own load. `observe` runs in the page, before the
// page's first script, so it must not use anything outside of itself.

/**
 * @typedef {object} Request
 * @property {string} url
 * @property {string} initiator what asked for it: `link`, `script`, `fetch`, `img`, ...
 * @property {number} start in ms after the start of the navigation, as all times here
 * @property {number} end
 * @property {number} bytes of the answer's body, as it was sent
 *
 * @typedef {object} Task
 * @property {number} start
 * @property {number} duration
 *
 * @typedef {object} Recording
 * @property {number} firstPaint when anything was painted that has content
 * @property {number} rows when the first row was painted
 * @property {Request[]} requests the HTML first
 * @property {Task[]} longTasks those of more than 50 ms
 *
 * @typedef {object} Observer
 * @property {Promise<Recording>} recording once the page is quiet
 * @property {() => Promise<void>} quiet when nothing has happened for a second
 * @property {() => number} wasmMemory in bytes
 */

/** A row of the list: of the page, of an element's shadow root, and of a provider's page. */
export const ROW = ".external-auth-list__rows [role=listitem]";

/**
 * Starts the recording, and keeps it in `globalThis.loadObserver`.
 *
 * @param {string} row the selector of a row
 */
export function observe(row) {
  /** How long nothing may happen before the page counts as quiet. */
  const QUIET_MS = 1_000;
  /** @type {Task[]} */
  const longTasks = [];
  /** @type {Set<WebAssembly.Memory>} */
  const memories = new Set();
  let rows = 0;
  let latest = 0;
  const isActive = () => void (latest = performance.now());

  performance.setResourceTimingBufferSize(10_000);
  new PerformanceObserver((list) => {
    isActive();
    for (const { startTime: start, duration } of list.getEntries()) longTasks.push({ start, duration });
  }).observe({ type: "longtask", buffered: true });
  new PerformanceObserver(isActive).observe({ type: "resource", buffered: true });

  /** @param {Node} root */
  const watch = (root) => {
    new MutationObserver(() => {
      isActive();
      if (rows || !(/** @type {ParentNode} */ (root).querySelector(row))) return;
      rows = latest;
      // The frame that paints the row begins now; a message arrives after it.
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => void (rows = performance.now());
        port2.postMessage(null);
      });
    }).observe(root, { childList: true, subtree: true });
  };
  watch(document);
  const { attachShadow } = Element.prototype;
  Element.prototype.attachShadow = function (/** @type {ShadowRootInit} */ init) {
    const root = attachShadow.call(this, init);
    watch(root);
    return root;
  };

  /** @param {any} made an instance, or one together with its module */
  const keepMemory = (made) => {
    const { memory } = (made.instance ?? made).exports ?? {};
    if (memory) memories.add(memory);
    return made;
  };
  const { instantiate, instantiateStreaming } = /** @type {Record<string, (...given: any[]) => Promise<any>>} */ (
    /** @type {unknown} */ (WebAssembly)
  );
  Object.assign(WebAssembly, {
    /** @param {any[]} given */
    instantiate: (...given) => instantiate?.(...given).then(keepMemory),
    /** @param {any[]} given */
    instantiateStreaming: (...given) => instantiateStreaming?.(...given).then(keepMemory),
  });

  /** @returns {Request[]} */
  const requests = () =>
    ["navigation", "resource"].flatMap((type) =>
      performance.getEntriesByType(type).map((entry) => {
        const { name, initiatorType, startTime, responseEnd, encodedBodySize } =
          /** @type {PerformanceResourceTiming} */ (entry);
        return { url: name, initiator: initiatorType, start: startTime, end: responseEnd, bytes: encodedBodySize };
      }),
    );

  /** @returns {Promise<void>} */
  const quiet = () =>
    new Promise((done) => {
      const timer = setInterval(() => {
        if (!rows || performance.now() - latest < QUIET_MS) return;
        clearInterval(timer);
        done();
      }, QUIET_MS / 4);
    });
  /** @type {Promise<Recording>} */
  const recording = quiet().then(() => {
    const paint = performance.getEntriesByName("first-contentful-paint")[0];
    return { firstPaint: paint?.startTime ?? 0, rows, requests: requests(), longTasks };
  });
  const wasmMemory = () => [...memories].reduce((sum, memory) => sum + memory.buffer.byteLength, 0);
  Object.assign(globalThis, { loadObserver: { recording, quiet, wasmMemory } });
}

/** Counts the nodes of a document and of its shadow roots. Runs in the page. */
export function countNodes() {
  /** @param {Node} root @returns {number} */
  const count = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ALL);
    let nodes = 1;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      nodes += 1;
      const { shadowRoot } = /** @type {Element} */ (node);
      if (shadowRoot) nodes += count(shadowRoot);
    }
    return nodes;
  };
  return count(document);
}
