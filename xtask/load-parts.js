// @ts-check
// Loads the later parts of the program. The release build bundles this with
// wasm-bindgen's JavaScript, which is `app.js`, and with the list of the files
// and parts (release-parts.js).
import { initSync } from "./app.js";

/** @import { Exports } from "./app.js" */

/**
 * The addresses of the program's JavaScript and of the files that it has loaded.
 * The stack of a trap names one of them.
 *
 * @type {string[]}
 */
export const addresses = [import.meta.url];

/**
 * The address beside which the files are, when it is not the JavaScript's.
 *
 * @type {string | undefined}
 */
let base;

/**
 * Makes the later parts be loaded from beside this address.
 *
 * @param {string} address
 */
export const loadPartsFrom = (address) => {
  base = address;
};

/**
 * Fetches and instantiates a file.
 *
 * @param {URL} address
 * @param {Exports} exports of the first part
 * @param {RequestCache} cache
 */
async function instantiate(address, exports, cache) {
  addresses.push(address.href);
  const response = await fetch(address, { cache });
  if (!response.ok) throw new Error(`${response.status} ${address}`);
  const imports = { __wasm_split: exports };
  // Streaming compiles during the download. It needs the right type, which some servers do not send.
  if (response.headers.get("Content-Type") === "application/wasm") {
    await WebAssembly.instantiateStreaming(response, imports);
  } else {
    await WebAssembly.instantiate(await response.arrayBuffer(), imports);
  }
}

/**
 * Returns a function that loads a file once. After a failure, the next call loads it again.
 *
 * @param {string} name
 * @param {() => URL} find the address, beside the JavaScript
 */
export function file(name, find) {
  /** @type {Promise<void> | undefined} */
  let loading;
  /** @type {RequestCache} */
  let cache = "default";
  /** @param {Exports} exports */
  return (exports) =>
    (loading ??= instantiate(base ? new URL(name, base) : find(), exports, cache).catch((error) => {
      loading = undefined;
      // The browser may have kept what is not the file, such as a server's error page.
      cache = "reload";
      throw error;
    }));
}

/**
 * Returns the function that the program calls to load a part.
 *
 * @param {((exports: Exports) => Promise<void>)[]} files that the part needs
 */
export function part(files) {
  /**
   * @param {number} callback the index of a function that takes `data`, and whether the part is there
   * @param {number} data
   */
  return async (callback, data) => {
    const exports = initSync();
    let isLoaded = false;
    try {
      await Promise.all(files.map((load) => load(exports)));
      isLoaded = true;
    } catch (error) {
      console.error(error);
    }
    // A program that has stopped has other exports, and is not called.
    if (initSync() === exports) exports.__indirect_function_table.get(callback)(data, isLoaded);
  };
}
