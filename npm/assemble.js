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

/**
 * Bundles the elements, without the program, which stays a file beside the bundle.
 *
 * @param {Parameters<typeof bundle>[2]} options
 */
const bundleElements = (options) => bundle(join(HERE, "src", "index.js"), ["./program.js"], options);

/**
 * The version and the build of the program, as its JavaScript names it.
 *
 * @param {string} program
 */
function releaseOf(program) {
  const [[, release] = [], ...others] = program.matchAll(/"(\d+\.\d+\.\d+[\w.-]*\+[0-9a-f]{16})"/g);
  if (!release || others.length) throw new Error("program.js does not name its release once.");
  return release;
}

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
  const program = readFileSync(join(built, "program.js"), "utf8");
  const files = readdirSync(built);
  // Bundlers follow the addresses of the parts in the program's JavaScript: they must be in the package.
  for (const [name] of program.matchAll(/[\w-]+\.wasm/g)) {
    if (!files.includes(name)) throw new Error(`program.js names ${name}, which is not there.`);
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
  const define = { RELEASE: JSON.stringify(releaseOf(program)) };
  writeFileSync(join(out, "element.js"), keepComputedImport(bundleElements({ define })));
  // For test runners that know only CommonJS. The program is not loaded there, so nothing needs the address of this file.
  const commonJs = bundleElements({ define: { ...define, "import.meta.url": '""' }, format: "cjs" });
  writeFileSync(join(out, "element.cjs"), commonJs);
  for (const name of ["element", "react"]) {
    const types = readFileSync(join(HERE, `${name}.d.ts`), "utf8");
    writeFileSync(join(out, `${name}.d.cts`), types.replaceAll('"./element.js"', '"./element.cjs"'));
  }
}

if (process.argv[1] && fileURLToPath(import.meta.url) === process.argv[1]) {
  const [out, built] = process.argv.slice(2);
  if (!out || !built || !existsSync(built)) {
    console.error("node npm/assemble.js OUT BUILT");
    process.exit(2);
  }
  assemble(out, built);
}
