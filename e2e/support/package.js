// @ts-check
// The npm package, as for a release, with a fake program in it.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { assemble } from "../../npm/assemble.js";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const FIXTURES = join(ROOT, "e2e", "fixtures", "elements");

/** Bundlers put what is small into the JavaScript: this is as large as a real one. */
const FILLING = 8192;

/**
 * A module with a function `trap`, and a section without meaning.
 *
 * @param {number} mark a byte of that section: bundlers make one file of two with the same content
 */
function fakeModule(mark) {
  const size = FILLING + 1;
  // prettier-ignore
  return Uint8Array.of(
    0, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
    1, 4, 1, 0x60, 0, 0, // a type: no parameters, no results
    3, 2, 1, 0, // a function of that type
    7, 8, 1, 4, ...Buffer.from("trap"), 0, 0, // its export
    10, 5, 1, 3, 0, 0, 0x0b, // unreachable, end
    // LEB128: seven bits in each byte, the lowest first.
    0, (size & 0x7f) | 0x80, size >> 7, 0, ...new Uint8Array(FILLING).fill(mark),
  );
}

/** A folder of one's own, to be taken away with {@link removeFolder}. */
export const makeFolder = () => mkdtempSync(join(tmpdir(), "elements-"));

/** @param {string} folder */
export const removeFolder = (folder) => rmSync(folder, { recursive: true, force: true });

/**
 * The package as it is shipped, with the fake program.
 *
 * @param {string} folder
 */
export function assembleFake(folder) {
  const built = join(folder, "built");
  const out = join(folder, "package");
  mkdirSync(built);
  copyFileSync(join(FIXTURES, "program.js"), join(built, "program.js"));
  ["bg", "later"].forEach((part, index) => writeFileSync(join(built, `program_${part}.wasm`), fakeModule(index)));
  writeFileSync(join(built, "THIRD-PARTY-LICENSES.txt"), "");
  const filling = `/*! ${" ".repeat(FILLING)} */\n`;
  writeFileSync(join(built, "style.css"), readFileSync(join(FIXTURES, "style.css"), "utf8") + filling);
  assemble(out, built);
  return out;
}

/** The script that the README recommends for a form, for {@link addPages}. */
const formScript = () => {
  const readme = readFileSync(join(ROOT, "npm", "README.md"), "utf8");
  const [, script] = /```js\n(import "\.\/element\.js";\n.*?)```/s.exec(readme) ?? [];
  if (!script) throw new Error("The README has no script for a form.");
  return script;
};

/**
 * Adds the pages of the tests to the elements.
 *
 * @param {string} out
 */
export function addPages(out) {
  for (const page of ["empty.html", "form.html", "static.html"]) copyFileSync(join(FIXTURES, page), join(out, page));
  writeFileSync(join(out, "form.js"), formScript());
}

/**
 * Packs the package and returns the path of the archive.
 *
 * @param {string} out the package
 * @param {string} folder
 */
export function pack(out, folder) {
  const answer = execFileSync("npm", ["pack", "--json", "--pack-destination", folder], {
    cwd: out,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [packed] = JSON.parse(answer);
  return { archive: join(folder, packed.filename), files: packed.files.map((/** @type {{ path: string }} */ file) => file.path) };
}
