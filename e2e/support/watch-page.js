// @ts-check

/** Begins what {@link watchPage} writes to the console, which tests do not count as the page's. */
export const MARK = "\u0000secret-sweep ";

/**
 * Reports what a page says and keeps, also when that lasts only for a moment: its
 * custom events, messages, storage and history. Runs in each page, before its
 * scripts. It reports by the console, because that outlives a page that leaves.
 *
 * @param {string} mark
 */
export function watchPage(mark) {
  const { debug } = console;
  /** What was reported. A page with thousands of elements says the same many times. */
  const reported = new Set();
  /** @param {string} place @param {unknown} what */
  const report = (place, what) => {
    let text = "";
    try {
      text = typeof what === "string" ? what : JSON.stringify(what);
    } catch {
      text = String(what);
    }
    const line = mark + JSON.stringify([place, text]);
    if (!text || reported.has(line)) return;
    reported.add(line);
    debug.call(console, line);
  };
  /**
   * @param {any} object
   * @param {string} name
   * @param {string} place
   * @param {(args: any[]) => unknown} told
   */
  const watch = (object, name, place, told) => {
    const original = object?.[name];
    if (typeof original !== "function") return;
    Object.defineProperty(object, name, {
      configurable: true,
      writable: true,
      /** @this {unknown} @param {any[]} args */
      value: function (...args) {
        const what = told(args);
        if (what !== undefined) report(place, what);
        return original.apply(this, args);
      },
    });
  };
  watch(EventTarget.prototype, "dispatchEvent", "an event", ([event]) =>
    event instanceof CustomEvent ? { type: event.type, detail: event.detail } : undefined,
  );
  watch(globalThis.BroadcastChannel?.prototype, "postMessage", "a message", ([data]) => data);
  watch(globalThis, "postMessage", "a message", ([data]) => data);
  watch(Storage.prototype, "setItem", "storage", (args) => args);
  watch(History.prototype, "pushState", "the history state", (args) => args);
  watch(History.prototype, "replaceState", "the history state", (args) => args);
  watch(globalThis.Clipboard?.prototype, "writeText", "the clipboard", ([text]) => text);
}
