// @ts-check
// Makes the built page smaller where no other tool does. It removes comments and
// long names from the program's JavaScript, and the hashes of 16 digits from the
// names by which JavaScript and WebAssembly call each other.
//
//   node xtask/shrink.js FOLDER SOURCES
//
// SOURCES is a folder of this machine. No shipped file names it.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { transformSync } from "esbuild";

const [folder, sources] = process.argv.slice(2);
if (!folder || !sources) throw new Error("node xtask/shrink.js FOLDER SOURCES");
const old = readdirSync(folder).find((name) => name.endsWith("_bg.wasm"))?.replace("_bg.wasm", "");
if (!old) throw new Error(`${folder} holds no program.`);

/** @type {Map<string, string>} */
const short = new Map();

/**
 * Replaces hashes with counters of the same length, so that the WebAssembly keeps its
 * layout.
 *
 * @param {string} text
 */
function withoutHashes(text) {
  return text.replace(/(__wbg_\w+?_)[0-9a-f]{16}\b/g, (name, start) => {
    const known = short.get(name) ?? `${start}${String(short.size).padStart(16, "0")}`;
    short.set(name, known);
    return known;
  });
}

/**
 * The standard library may have been built on this machine. Then the messages of its
 * panics name files of this machine.
 *
 * @param {string} text
 */
function withoutSources(text) {
  const place = Buffer.from(sources ?? "").toString("latin1");
  return text.replaceAll(place, "_".repeat(place.length));
}

const built = readFileSync(join(folder, `${old}_bg.wasm`), "latin1");
const program = Buffer.from(withoutSources(withoutHashes(built)), "latin1");
const { code } = transformSync(withoutHashes(readFileSync(join(folder, `${old}.js`), "utf8")), {
  format: "esm",
  minify: true,
  target: "es2022",
});

// Both files are named by their new content, because they may be cached for ever.
const hash = createHash("sha256").update(program).update(code).digest("hex").slice(0, 16);
rmSync(join(folder, `${old}.js`));
rmSync(join(folder, `${old}_bg.wasm`));
writeFileSync(join(folder, `app-${hash}.js`), code);
writeFileSync(join(folder, `app-${hash}_bg.wasm`), program);
const page = join(folder, "index.html");
writeFileSync(page, readFileSync(page, "utf8").replaceAll(old, `app-${hash}`));
