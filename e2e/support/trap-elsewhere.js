// @ts-check
/** @import { Page } from "@playwright/test" */

/**
 * Lets a WebAssembly program trap that is not ours, as one of an extension or of
 * the embedding page: in a task, and in a promise.
 *
 * @param {Page} page
 */
export async function trapElsewhere(page) {
  await page.evaluate(async () => {
    const module = await WebAssembly.compile(
      // prettier-ignore
      Uint8Array.of(
        0, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
        1, 4, 1, 0x60, 0, 0, // a type: no parameters, no results
        3, 2, 1, 0, // a function of that type
        7, 5, 1, 1, 0x74, 0, 0, // exported as `t`
        10, 5, 1, 3, 0, 0, 0x0b, // unreachable, end
      ),
    );
    const trap = /** @type {() => never} */ (new WebAssembly.Instance(module).exports["t"]);
    for (const [name, fail] of /** @type {const} */ ([
      ["error", () => void setTimeout(trap)],
      ["unhandledrejection", () => void Promise.resolve().then(trap)],
    ])) {
      const happened = new Promise((told) => addEventListener(name, told, { once: true }));
      fail();
      await happened;
    }
  });
}
