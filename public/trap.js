// @ts-check
// A failure of the program itself. In a release, a panic of the program is a trap:
// the browser throws a `WebAssembly.RuntimeError` and knows no more. The page
// (boot.js) and the custom elements (npm/src/loader.js) share this file.
import { safeText } from "./safe-text.js";

/** How browsers write a place in WebAssembly: the number of the function, and mostly the offset in the file. */
const PLACE = /wasm-function\[[^\]]*\](:0x[0-9a-f]+)?/;

/**
 * Checks whether an error is a trap of our program, and not one of another
 * script's program on the same page.
 *
 * @param {unknown} error
 * @param {string[]} addresses of the program's WebAssembly files and of the JavaScript that compiles and calls them
 * @returns {error is WebAssembly.RuntimeError}
 */
export function isTrap(error, addresses) {
  if (!(error instanceof WebAssembly.RuntimeError)) return false;
  const stack = String(error.stack);
  /** @param {string} text */
  const isOurs = (text) => addresses.some((address) => address && text.includes(address));
  // The first place is where the trap happened. Those below it have only called it.
  const [top] = stack.split("\n").filter((line) => PLACE.test(line));
  if (!top) return false;
  // Safari names no file of WebAssembly, and no browser names one that was not
  // streamed. The program's JavaScript has called it then.
  return /https?:|blob:|file:/.test(top) ? isOurs(top) : isOurs(stack);
}

/**
 * Tells what an operator needs of a trap, without secrets: addresses are without
 * query and fragment, and only the places in WebAssembly are taken from the stack.
 * `cargo xtask stack` finds the names of the functions.
 *
 * @param {Error} trap
 * @param {string} [release] version and build of the program; a development build has none
 * @param {string} [where] the elements that it draws
 */
export function describeTrap(trap, release = "development", where = "") {
  const places = String(trap.stack)
    .split("\n")
    .flatMap((line) => {
      const [place] = PLACE.exec(line) ?? [];
      const [file = ""] = /[\w.-]+\.wasm(?=[:?])/.exec(line) ?? [];
      return place ? [`  ${file}${file && ":"}${place}`] : [];
    });
  return [`coder-external-auth ${release}`, `at ${location.pathname} ${where}`.trim(), safeText(trap.message), ...places].join("\n");
}

/**
 * Calls `report` once, with the first trap of the program that reaches the window:
 * of an event handler, of a task, or of a promise.
 *
 * @param {() => string[]} addresses those of {@link isTrap}
 * @param {(trap: WebAssembly.RuntimeError) => void} report
 * @returns a function for errors that do not reach the window
 */
export function watchTraps(addresses, report) {
  /** @param {unknown} error */
  const check = (error) => {
    if (!isTrap(error, addresses())) return;
    removeEventListener("error", onError);
    removeEventListener("unhandledrejection", onRejection);
    report(error);
  };
  /** @param {ErrorEvent} event */
  const onError = ({ error }) => check(error);
  /** @param {PromiseRejectionEvent} event */
  const onRejection = ({ reason }) => check(reason);
  addEventListener("error", onError);
  addEventListener("unhandledrejection", onRejection);
  return check;
}
