// @ts-check
// Bundles and minifies our JavaScript and style for a release, by esbuild: the
// page's files (release.js) and the elements' element.js (npm/assemble.js). A
// development build uses the modules as they are.
import { buildSync, transformSync } from "esbuild";

/** The syntax that all supported browsers know. */
const OPTIONS = /** @type {const} */ ({ format: "esm", target: "es2022" });

/**
 * @param {string} code of a module
 * @param {import("esbuild").Format} format
 */
const minify = (code, format) => transformSync(code, { ...OPTIONS, format, minify: true }).code;

/** @param {string} style */
export const minifyStyle = (style) => transformSync(style, { loader: "css", minify: true }).code;

/**
 * Makes one minified module of a module and all that it imports.
 *
 * @param {string} entry the path of the module
 * @param {string[]} [external] imports that stay as they are written
 * @param {Pick<import("esbuild").BuildOptions, "define" | "format">} [more] other options
 */
export function bundle(entry, external = [], { define, format = OPTIONS.format } = {}) {
  // wasm-bindgen names the module of each function that it imports.
  const silent = /** @type {const} */ ({ "duplicate-object-key": "silent" });
  const options = /** @type {const} */ ({ ...OPTIONS, bundle: true, write: false, logOverride: silent });
  const { outputFiles } = buildSync({ ...options, entryPoints: [entry], external, define, format });
  const [file] = outputFiles;
  if (!file) throw new Error(`esbuild wrote nothing for ${entry}.`);
  // In a second step, because esbuild chooses shorter names when it sees the whole bundle: 10 bytes, brotli.
  return minify(file.text, format);
}
