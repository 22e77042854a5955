// @ts-check
// Makes a release of what trunk has built, where no other tool does it:
//
// - boot.js and the modules that it imports become one file;
// - the program's JavaScript loses its comments and long names;
// - the names by which the program and its JavaScript call each other lose a
//   hash of 16 digits each.
//
//   node xtask/shrink.js FOLDER SOURCES
//
// SOURCES is a folder of this machine; its path is removed from the release.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundle, minify } from "./bundle.js";

const [folder, sources] = process.argv.slice(2);
if (!folder || !sources) throw new Error("node xtask/shrink.js FOLDER SOURCES");

/** @param {string} name */
const pathOf = (name) => join(folder, name);

/** @param {string} name */
const read = (name) => readFileSync(pathOf(name), "utf8");

/**
 * The name of the only file that matches.
 *
 * @param {RegExp} pattern
 */
const find = (pattern) => {
  const [name, ...more] = readdirSync(folder).filter((file) => pattern.test(file));
  if (!name || more.length) throw new Error(`${folder} does not contain exactly one file like ${pattern}.`);
  return name;
};

/**
 * The part of a file name that follows the content, so that browsers may cache the file forever.
 *
 * @param {...(string | Buffer)} contents
 */
const hashOf = (...contents) => {
  const hash = createHash("sha256");
  for (const content of contents) hash.update(content);
  return hash.digest("hex").slice(0, 16);
};

/**
 * The value of an `integrity` attribute, as trunk writes it.
 *
 * @param {string} code
 */
const integrityOf = (code) => `sha384-${createHash("sha384").update(code).digest("base64")}`;

/** @type {Map<string, string>} */
const short = new Map();

/**
 * Replaces hashes by counters of the same length, so that the WebAssembly stays valid.
 *
 * @param {string} text
 */
const withoutHashes = (text) =>
  text.replace(/(__wbg_\w+?_)[0-9a-f]{16}\b/g, (name, start) => {
    const known = short.get(name) ?? `${start}${String(short.size).padStart(16, "0")}`;
    short.set(name, known);
    return known;
  });

/**
 * Overwrites the path of the sources. A standard library that was built on this
 * machine has it in its panic messages.
 *
 * @param {string} text
 */
const withoutSources = (text) => {
  const path = Buffer.from(sources).toString("latin1");
  return text.replaceAll(path, "_".repeat(path.length));
};

/**
 * Replaces boot.js and the modules that it imports by their bundle.
 *
 * @param {string} page
 */
const shrinkBoot = (page) => {
  const name = find(/^boot-\w+\.js$/);
  const integrity = integrityOf(read(name));
  if (!page.includes(integrity)) throw new Error(`index.html has another integrity for ${name}.`);
  const code = bundle(pathOf(name));
  rmSync(pathOf(name));
  for (const module of ["load-failure.js", "early-requests.js", "page-requests.js"]) rmSync(pathOf(module));
  const bundled = `boot-${hashOf(code)}.js`;
  writeFileSync(pathOf(bundled), code);
  return page.replaceAll(name, bundled).replaceAll(integrity, integrityOf(code));
};

/**
 * Replaces the program and its JavaScript by smaller ones.
 *
 * @param {string} page
 */
const shrinkProgram = (page) => {
  const name = find(/_bg\.wasm$/).replace("_bg.wasm", "");
  const built = readFileSync(pathOf(`${name}_bg.wasm`), "latin1");
  const program = Buffer.from(withoutSources(withoutHashes(built)), "latin1");
  const code = minify(withoutHashes(read(`${name}.js`)));
  rmSync(pathOf(`${name}.js`));
  rmSync(pathOf(`${name}_bg.wasm`));
  const small = `app-${hashOf(program, code)}`;
  writeFileSync(pathOf(`${small}.js`), code);
  writeFileSync(pathOf(`${small}_bg.wasm`), program);
  return page.replaceAll(name, small);
};

writeFileSync(pathOf("index.html"), shrinkProgram(shrinkBoot(read("index.html"))));
