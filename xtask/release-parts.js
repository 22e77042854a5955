// @ts-check
// The parts of the program that are loaded later, and the JavaScript that loads
// them.
/**
 * A file with code of the program.
 *
 * @typedef {object} Part
 * @property {string} file as the split step names it, without ending
 * @property {string} name as the release names it
 */

/** The split step names the file that only the part `later` needs `split_later`. */
const OWN = "split_";

/**
 * The files of all parts. A file that several parts need has their names, joined.
 *
 * @param {Record<string, string[]>} list for each part the files that it needs
 * @returns {Part[]}
 */
export function partsOf(list) {
  /** @type {Map<string, string[]>} */
  const users = new Map();
  for (const part of Object.keys(list).sort()) {
    for (const file of list[part] ?? []) users.set(file, [...(users.get(file) ?? []), part]);
  }
  return [...users]
    .map(([file, names]) => ({ file, name: file.startsWith(OWN) ? file.slice(OWN.length) : names.join("-") }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

/**
 * The JavaScript that loads the parts: the module that the program imports, and
 * what is added to wasm-bindgen's JavaScript. Both import load-parts.js.
 *
 * @param {Record<string, string[]>} list for each part the files that it needs
 * @param {Map<string, string>} addresses of the files, relative to the JavaScript
 * @param {string} release
 */
export function loaderOf(list, addresses, release) {
  const files = [...addresses].map(([file, address]) => {
    // Bundlers recognise an address that is written like this.
    return `const ${file} = file(${JSON.stringify(address)}, () => new URL("./${address}", import.meta.url));`;
  });
  const needs = Object.entries(list).map(([part, needed]) => [part, `[${needed.join(", ")}]`]);
  const parts = needs.map(([part, needed]) => `export const __wasm_split_load_${part} = part(${needed});`);
  const table = needs.map(([part, needed]) => `${part}: ${needed}`);
  return {
    module: [
      `import { file, part, preload } from "./load-parts.js";`,
      ...files,
      ...parts,
      `export const preloadPart = (name) => preload({ ${table.join(", ")} }[name] ?? []);`,
      "",
    ].join("\n"),
    glue: [
      "",
      `export { addresses, loadPartsFrom, partError } from "./load-parts.js";`,
      `export { preloadPart } from "./__wasm_split.js";`,
      `export const release = ${JSON.stringify(release)};`,
      // After a trap. What still calls the program then gets no answer: an empty list, because some functions return several values.
      `export function stop() {`,
      `  const exports = wasm;`,
      `  wasm = new Proxy({}, { get: (_, name) => typeof exports[name] === "function" ? () => [] : exports[name] });`,
      `}`,
      "",
    ].join("\n"),
  };
}
