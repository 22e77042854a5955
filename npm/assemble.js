// @ts-check
// Assembles the package: the files of this folder, the bundle of src, and what
// the release build has made.
//
//   node npm/assemble.js OUT BUILT
//
// OUT is emptied first. BUILT contains what the release build has made: program.js,
// the parts of the program (program_bg.wasm and others), and style.css.
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundle, minifyStyle } from "../xtask/bundle.js";

const HERE = dirname(fileURLToPath(import.meta.url));
const WRITTEN = ["README.md", "custom-elements.json", "element.d.ts", "package.json", "react.d.ts"];
const LICENSES = ["LICENSE-APACHE", "LICENSE-MIT"];

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
  const files = readdirSync(built);
  // Bundlers follow the addresses of the parts in the program's JavaScript: they must be in the package.
  for (const [name] of readFileSync(program, "utf8").matchAll(/[\w-]+\.wasm/g)) {
    if (!files.includes(name)) throw new Error(`${program} names ${name}, which is not there.`);
  }
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const copies = [
    ...WRITTEN.map((name) => join(HERE, name)),
    ...LICENSES.map((name) => join(HERE, "..", name)),
    ...files.map((name) => join(built, name)),
  ];
  for (const file of copies) copyFileSync(file, join(out, basename(file)));
  const style = join(out, "style.css");
  writeFileSync(style, minifyStyle(readFileSync(style, "utf8")));
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
