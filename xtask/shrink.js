// @ts-check
// Makes the built page smaller where no other tool does: the program's
// JavaScript without its comments and long names, and what the two call each
// other by without a hash of 16 digits for each.
//
//   node xtask/shrink.js FOLDER SOURCES
//
// SOURCES is a folder of this machine, and is named nowhere in what is shipped.
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
 * Counts in the place of hashes, just as long: the WebAssembly stays as it is.
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
 * The standard library can have been built on this machine, too: the messages
 * of its panics name files where they are here.
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

// The two are named by what they are now: they may be cached for ever.
const hash = createHash("sha256").update(program).update(code).digest("hex").slice(0, 16);
rmSync(join(folder, `${old}.js`));
rmSync(join(folder, `${old}_bg.wasm`));
writeFileSync(join(folder, `app-${hash}.js`), code);
writeFileSync(join(folder, `app-${hash}_bg.wasm`), program);
const page = join(folder, "index.html");
writeFileSync(page, readFileSync(page, "utf8").replaceAll(old, `app-${hash}`));
