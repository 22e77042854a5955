// @ts-check
// Puts the package together: what is written in this folder, and what is built.
//
//   node npm/assemble.js OUT BUILT
//
// OUT is emptied first. BUILT holds program.js and program_bg.wasm, of which the
// release build has made all that it can, and style.css.
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { transformSync } from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));
const WRITTEN = ["README.md", "custom-elements.json", "element.d.ts", "package.json", "react.d.ts"];
const LICENSES = ["LICENSE-APACHE", "LICENSE-MIT"];
const BUILT = ["program.js", "program_bg.wasm", "style.css"];

/**
 * JavaScript without its comments; whoever bundles it has the types beside it.
 *
 * @param {string} from
 * @param {string} to
 */
function minify(from, to) {
  const { code } = transformSync(readFileSync(from, "utf8"), { format: "esm", minify: true, target: "es2022" });
  writeFileSync(to, code);
}

/**
 * Says again, where the comment that said so is gone, that an address which is
 * known at run time only is not a bundler's.
 *
 * @param {string} file
 */
function leaveImportAlone(file) {
  const computed = /\bimport\((?=[^"'`)])/g;
  const code = readFileSync(file, "utf8");
  if (code.match(computed)?.length !== 1) throw new Error(`${file} has another number of computed imports than one.`);
  writeFileSync(file, code.replace(computed, "import(/*webpackIgnore:true*//*@vite-ignore*/"));
}

/**
 * @param {string} out
 * @param {string} built
 */
export function assemble(out, built) {
  const program = join(built, "program.js");
  // Where wasm-bindgen's JavaScript has an address to fall back to, bundlers follow it.
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
  minify(join(HERE, "element.js"), join(out, "element.js"));
  leaveImportAlone(join(out, "element.js"));
}

if (process.argv[1] && fileURLToPath(import.meta.url) === process.argv[1]) {
  const [out, built] = process.argv.slice(2);
  if (!out || !built || !existsSync(built)) {
    console.error("node npm/assemble.js OUT BUILT");
    process.exit(2);
  }
  assemble(out, built);
}
