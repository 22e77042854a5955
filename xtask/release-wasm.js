// @ts-check
// Changes to the WebAssembly that keep its length, so that it stays valid.

/**
 * Returns a function that replaces hashes by counters of the same length in the
 * names by which the program and its JavaScript call each other. One function
 * for all files of a release: a name has one counter in all of them.
 */
export function shortNames() {
  /** @type {Map<string, string>} */
  const short = new Map();
  /** @param {string} text */
  return (text) =>
    text.replace(/(__wbg_\w+?_)[0-9a-f]{16}\b/g, (name, start) => {
      const known = short.get(name) ?? `${start}${String(short.size).padStart(16, "0")}`;
      short.set(name, known);
      return known;
    });
}

/**
 * Overwrites the path of the sources. A standard library that was built on this
 * machine has it in its panic messages.
 *
 * @param {string} text
 * @param {string} path
 */
export const withoutPath = (text, path) => {
  const bytes = Buffer.from(path).toString("latin1");
  return text.replaceAll(bytes, "_".repeat(bytes.length));
};

/** Bundlers write a file that is smaller than this into the JavaScript. */
const INLINED_BY_BUNDLERS = 4096;

/**
 * Makes a part large enough to stay a file in a bundle, where it would become a
 * `data:` address, which policies forbid. A custom section (kind 0) with zeros
 * compresses to a few bytes.
 *
 * @param {Buffer} module
 */
export function padded(module) {
  const missing = INLINED_BY_BUNDLERS - module.length;
  if (missing <= 0) return module;
  const size = missing + 1;
  // LEB128: seven bits in each byte, the lowest first. Then the length of the section's name.
  const section = [0, (size & 0x7f) | 0x80, size >> 7, 0];
  return Buffer.concat([module, Buffer.from(section), Buffer.alloc(missing)]);
}

/**
 * The modules that the program's files import: the first part imports from its
 * JavaScript, and the later parts import from the first one.
 */
const MODULES = /** @type {const} */ ({ glue: "./app_bg.js", first: "__wasm_split" });

/** @typedef {keyof typeof MODULES} Imported */

/**
 * The name of such a module in the files of one build: as long as the name that it
 * replaces, with the start of the build in it.
 *
 * @param {Imported} imported
 * @param {string} build
 */
const nameIn = (imported, build) => `build:${build}`.slice(0, MODULES[imported].length);

/**
 * Makes a file of the program import from files of the same build only. A browser
 * links no other: before anything runs, it throws a `TypeError` that names the
 * module which it does not find.
 *
 * @param {Buffer} module
 * @param {Imported} imported what the file imports from
 * @param {string} build
 */
export function importOfBuild(module, imported, build) {
  // A name is written after its length, in one byte.
  const length = String.fromCharCode(MODULES[imported].length);
  const parts = module.toString("latin1").split(length + MODULES[imported]);
  if (parts.length < 2) throw new Error(`A file of the program does not import from ${MODULES[imported]}.`);
  return Buffer.from(parts.join(length + nameIn(imported, build)), "latin1");
}

/**
 * Gives the module its name of the build in the JavaScript that provides it.
 *
 * @param {string} code
 * @param {Imported} imported
 * @param {string} build
 */
export function provideOfBuild(code, imported, build) {
  const key = new RegExp(`"?${MODULES[imported].replace(".", "\\.")}"?: `, "g");
  if (code.match(key)?.length !== 1) throw new Error(`${MODULES[imported]} is not provided once.`);
  return code.replace(key, `"${nameIn(imported, build)}": `);
}
