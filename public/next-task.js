// @ts-check

/**
 * Resolves in a task after this one. Between two tasks the browser can answer the
 * person. Not a timer: the browser may delay those.
 *
 * @returns {Promise<unknown>}
 */
export const nextTask = () =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = resolve;
    port2.postMessage(0);
  });
