// @ts-check
// Assembles the package: the files of this folder, the bundle of src, and what
// the release build has made.
//
//   node npm/assemble.js OUT BUILT
//
// OUT is emptied first. BUILT contains program.js and program_bg.wasm, minified
// and optimized by the release build, and style.css.
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundle } from "../xtask/bundle.js";

const HERE = dirname(fileURLToPath(import.meta.url));
const WRITTEN = ["README.md", "custom-elements.json", "element.d.ts", "package.json", "react.d.ts"];
const LICENSES = ["LICENSE-APACHE", "LICENSE-MIT"];
const BUILT = ["program.js", "program_bg.wasm", "style.css"];

/** Bundles the elements, without the program, which stays a file beside the bundle. */
const bundleElements = () => keepComputedImport(bundle(join(HERE, "src", "index.js"), ["./program.js"]));

/**
 * Restores the comments that tell bundlers to ignore the import whose address
 * is only known at run time. Minifying removed them.
 *
 * @param {string} code
 */
function keepComputedImport(code) {
  const computed = /\bimport\((?=[^"'`)])/g;
  const count = code.match(computed)?.length ?? 0;
  if (count !== 1) throw new Error(`element.js has ${count} computed imports, and not 1.`);
  return code.replace(computed, "import(/*webpackIgnore:true*//*@vite-ignore*/");
}

/**
 * @param {string} out
 * @param {string} built
 */
export function assemble(out, built) {
  const program = join(built, "program.js");
  // Bundlers follow the address of the WebAssembly in wasm-bindgen's JavaScript: it must be in the package.
  const [name] = readFileSync(program, "utf8").match(/[\w-]+_bg\.wasm/) ?? [];
  if (name && name !== "program_bg.wasm") throw new Error(`${program} belongs to ${name}.`);
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const copies = [
    ...WRITTEN.map((name) => join(HERE, name)),
    ...LICENSES.map((name) => join(HERE, "..", name)),
    ...BUILT.map((name) => join(built, name)),
  ];
  for (const file of copies) copyFileSync(file, join(out, basename(file)));
  writeFileSync(join(out, "element.js"), bundleElements());
}

if (process.argv[1] && fileURLToPath(import.meta.url) === process.argv[1]) {
  const [out, built] = process.argv.slice(2);
  if (!out || !built || !existsSync(built)) {
    console.error("node npm/assemble.js OUT BUILT");
    process.exit(2);
  }
  assemble(out, built);
}
