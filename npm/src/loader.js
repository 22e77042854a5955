// Fetches and starts the program, once for all elements of the page.
import { classifyLoadFailure, probeWebAssembly } from "../../public/load-failure.js";
import { safeText } from "../../public/safe-text.js";
import { describeTrap, watchTraps } from "../../public/trap.js";
import { early, forgetEarly, sendFor } from "./early-requests.js";
import { FAILURES, MIXED_RELEASES } from "./messages.js";
import { addStyleSheet } from "./style-sheets.js";

/**
 * @import { Sources } from "../element.d.ts"
 * @import { ExternalAuthElement } from "./base-element.js"
 * @typedef {typeof import("./program.js")} Program
 */

/**
 * The program, when it runs.
 *
 * @type {Program | undefined}
 */
export let program;

/**
 * Set when the program has stopped. It cannot start again until the page is loaded again.
 *
 * @type {Error | undefined}
 */
export let stopError;

/**
 * Reports an error that may be the program's end, where it does not reach the window.
 *
 * @type {((error: unknown) => void) | undefined}
 */
export let checkTrap;

/**
 * Where the files are. Without a prototype: what another script adds to
 * Object.prototype is no address.
 *
 * @type {Sources & { __proto__: null }}
 */
let sources = { __proto__: null };

/** @type {Promise<void> | undefined} */
let loading;

/** @type {(error?: Error) => void} */
let onChange = () => {};

/**
 * Sets who is told when the program runs, cannot be loaded, or has stopped.
 *
 * @param {(error?: Error) => void} callback gets the error when the program cannot be loaded
 */
export function onProgramChange(callback) {
  onChange = callback;
}

/**
 * Loads the program when an element comes within one screen of the visible
 * part, so that the program is usually there before the element is seen.
 * `undefined` on a server and in jsdom, which draw nothing: the program is then
 * loaded by methods only.
 */
const observer =
  globalThis.IntersectionObserver &&
  new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (isIntersecting) loadAndReport(/** @type {ExternalAuthElement} */ (target));
      }
    },
    // scrollMargin does the same in scroll containers; not all browsers have it.
    /** @type {IntersectionObserverInit} */ ({ rootMargin: "100%", scrollMargin: "100%" }),
  );

/**
 * Resolves an address that was given to {@link init}: relative to the page, not to this file.
 *
 * @param {string | URL} address
 */
const resolve = (address) => new URL(address, document.baseURI).href;

/** @param {string | URL} address */
async function fetchFile(address) {
  const response = await fetch(address);
  // Some servers send an HTML page in place of a file that they do not have.
  const isPage = response.headers.get("content-type")?.includes("html");
  if (!response.ok || isPage) throw new Error(`${response.status} ${address}`);
  return response;
}

async function start() {
  const failure = probeWebAssembly();
  if (failure) {
    forgetEarly();
    throw new Error(FAILURES[failure]);
  }
  try {
    // The files lie beside the bundle. Bundlers recognise these addresses by the way they are written.
    const { program: glue, wasm, style } = sources;
    const [loaded, response, css] = await Promise.all([
      (glue ? import(/* webpackIgnore: true */ /* @vite-ignore */ resolve(glue)) : import("./program.js")).then(
        (/** @type {Program} */ module) => {
          // A file of the package that has kept its name has the other parts beside it.
          const address = wasm ? resolve(wasm) : "";
          if (/\/program_bg\.wasm$/.test(address)) module.loadPartsFrom?.(address);
          module.preloadPart?.("elements");
          // What was not sent early, the program sends by the code in this part.
          if (!early) module.preloadPart?.("later");
          return module;
        },
      ),
      fetchFile(wasm ? resolve(wasm) : new URL("./program_bg.wasm", import.meta.url)),
      fetchFile(style ? resolve(style) : new URL("./style.css", import.meta.url)).then((sheet) => sheet.text()),
    ]);
    // A cache may have kept a file of another release. The browser checks the WebAssembly files: they import
    // from modules that are named after the build (xtask/release-wasm.js), and it names the one that is missing.
    if (loaded.release !== RELEASE) throw new Error(`build:${loaded.release}`);
    await loaded.default({ module_or_path: response });
    checkTrap ??= watchTraps(
      () => [response.url, import.meta.url, ...(loaded.addresses ?? [])],
      (cause) => {
        // Nothing may call a program that has stopped in the middle of its work.
        loaded.stop?.();
        stopError = new Error(FAILURES.program, { cause });
        console.error(describeTrap(cause, loaded.release));
        queueMicrotask(onChange);
      },
    );
    await loaded.prepare().catch((error) => {
      throw loaded.partError ?? error;
    });
    addStyleSheet(css);
    program = loaded;
  } catch (cause) {
    checkTrap?.(cause);
    if (stopError) throw stopError;
    const reason = classifyLoadFailure(cause);
    const { message } = /** @type {Error} */ (cause);
    if (/build:/.test(message)) throw new Error(MIXED_RELEASES, { cause });
    throw new Error(FAILURES[reason] + (reason === "load" ? ` (${safeText(message)})` : ""), { cause });
  }
}

/**
 * Loads the program once. After a failure, the next call tries again.
 *
 * @param {ExternalAuthElement} [element] that needs the program
 */
export function load(element) {
  observer?.disconnect();
  loading ??= start().then(
    () => {
      onChange();
      forgetEarly();
    },
    (error) => {
      forgetEarly();
      console.error(safeText(error), safeText(error.cause ?? ""));
      loading = undefined;
      onChange(error);
      throw error;
    },
  );
  if (element) sendFor(element);
  return loading;
}

/**
 * Loads the program where the elements, and no promise, report a failure.
 *
 * @param {ExternalAuthElement} element
 */
const loadAndReport = (element) => {
  load(element).catch(() => {});
};

/**
 * Loads the program when an element is near the visible part of the page.
 *
 * @param {ExternalAuthElement} element
 */
export function loadWhenNear(element) {
  observer?.observe(element);
}

/** @param {Element} element that is no longer in a document */
export function stopWaiting(element) {
  observer?.unobserve(element);
}

/**
 * Loads the program from other addresses than from beside the bundle. To be
 * called before an element is seen; it need not be called at all.
 *
 * @param {Sources | string | URL} [given] the files; or the address of the program, or of the folder that has all files
 * @returns {Promise<void>} resolves when the program runs; on a server at once
 */
export async function init(given = {}) {
  if (!globalThis.document) return;
  if (typeof given === "string" || given instanceof URL) {
    const wasm = resolve(given);
    const folder = wasm.replace(/\/*$/, "/");
    given = wasm.endsWith(".wasm")
      ? { wasm }
      : { program: `${folder}program.js`, wasm: `${folder}program_bg.wasm`, style: `${folder}style.css` };
  }
  sources = { __proto__: null, ...given };
  return load();
}
