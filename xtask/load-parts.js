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
 * Why a part could not be loaded, the last time that one could not.
 *
 * @type {unknown}
 */
export let partError;

/**
 * @param {URL} address
 * @param {RequestCache} cache
 */
async function fetchFile(address, cache) {
  addresses.push(address.href);
  const response = await fetch(address, { cache });
  if (!response.ok) throw new Error(`${response.status} ${address}`);
  return response;
}

/**
 * @param {Response} response
 * @param {Exports} exports of the first part
 */
async function instantiate(response, exports) {
  // In a release, this name has the build in it: see importOfBuild in release-wasm.js.
  const imports = { __wasm_split: exports };
  // Streaming compiles during the download. It needs the right type, which some servers do not send.
  if (response.headers.get("Content-Type") === "application/wasm") {
    await WebAssembly.instantiateStreaming(response, imports);
  } else {
    await WebAssembly.instantiate(await response.arrayBuffer(), imports);
  }
}

/**
 * A file, which is loaded once. After a failure, the next call loads it again.
 *
 * @param {string} name
 * @param {() => URL} find the address, beside the JavaScript
 */
export function file(name, find) {
  /** @type {Promise<Response> | undefined} */
  let response;
  /** @type {Promise<void> | undefined} */
  let loading;
  /** @type {RequestCache} */
  let cache = "default";
  /** @param {unknown} error */
  const startAgain = (error) => {
    response = loading = undefined;
    // The browser may have kept what is not the file, such as a server's error page.
    cache = "reload";
    throw error;
  };
  const request = () => (response ??= fetchFile(base ? new URL(name, base) : find(), cache).catch(startAgain));
  return {
    request,
    /** @param {Exports} exports */
    load: (exports) =>
      (loading ??= request()
        .then((file) => instantiate(file, exports))
        .catch(startAgain)),
  };
}

/** @typedef {ReturnType<typeof file>} File */

/**
 * Requests the files before the program asks for them.
 *
 * @param {File[]} files
 */
export const preload = (files) => {
  // The program asks again, and reports the failure.
  for (const { request } of files) request().catch(() => {});
};

/**
 * Returns the function that the program calls to load a part.
 *
 * @param {File[]} files that the part needs
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
      await Promise.all(files.map(({ load }) => load(exports)));
      isLoaded = true;
    } catch (error) {
      partError = error;
      // Without what an address may hold of secrets.
      console.error(String(error).replace(/[?#]\S*/g, "?…"));
    }
    // A program that has stopped has other exports, and is not called.
    if (initSync() === exports) exports.__indirect_function_table.get(callback)(data, isLoaded);
  };
}
