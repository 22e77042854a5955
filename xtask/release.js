// @ts-check
// Makes the page of a release of the program and the sources.
//
//   node xtask/release.js BUILT OUT SOURCES VERSION
//
// BUILT contains what the release build has made: app.js and app_bg.wasm of
// wasm-bindgen, the later parts with parts.json, which lists them, and
// names.json with the names of the functions. OUT is emptied first. SOURCES is
// a folder of this machine; its path is removed from the release. VERSION is
// the package's.
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundle, minifyStyle } from "./bundle.js";
import { hashOf } from "./hash.js";
import { hasUnknownLinks, linkFiles } from "./release-page.js";
import { loaderOf, partsOf } from "./release-parts.js";
import { importOfBuild, padded, provideOfBuild, shortNames, withoutPath } from "./release-wasm.js";

const [built, out, sources, version] = process.argv.slice(2);
if (!built || !out || !sources || !version) throw new Error("node xtask/release.js BUILT OUT SOURCES VERSION");

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = join(HERE, "..");

/** @param {string} name */
const read = (name) => readFileSync(join(built, name), "latin1");

/** @param {string} name @param {string | Buffer} content */
const write = (name, content) => writeFileSync(join(out, name), content);

const shorten = shortNames();

/** @param {string} name */
const readModule = (name) => Buffer.from(withoutPath(shorten(read(name)), sources), "latin1");

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

// What the release build has made. The build that a report of a failure names
// follows all of it, and so do the names of the files, by which they import each other.
const list = JSON.parse(read("parts.json"));
const parts = partsOf(list);
const later = parts.map(({ file, name }) => ({ file, name, content: readModule(`${file}.wasm`) }));
const program = readModule("app_bg.wasm");
const glue = shorten(readFileSync(join(built, "app.js"), "utf8"));
const build = hashOf(program, glue, ...later.map(({ content }) => content));

// The later parts. Their names follow their content.
const files = later.map(({ file, name, content }) => {
  const ofBuild = padded(importOfBuild(content, "first", build));
  const address = `app_${name}-${hashOf(ofBuild)}.wasm`;
  write(address, ofBuild);
  return { file, address };
});

// The first part and its JavaScript.
const first = importOfBuild(program, "glue", build);
const loader = loaderOf(list, new Map(files.map(({ file, address }) => [file, address])), `${version}+${build}`);
const scripts = join(built, "scripts");
mkdirSync(scripts, { recursive: true });
const loadParts = readFileSync(join(HERE, "load-parts.js"), "utf8");
writeFileSync(join(scripts, "load-parts.js"), provideOfBuild(loadParts, "first", build));
writeFileSync(join(scripts, "app.js"), provideOfBuild(glue, "glue", build) + loader.glue);
writeFileSync(join(scripts, "__wasm_split.js"), loader.module);
const code = bundle(join(scripts, "app.js"));
const app = `app-${hashOf(first, code)}`;
write(`${app}.js`, code);
write(`${app}_bg.wasm`, first);

// What makes the stack of a failure readable. No page loads it.
const names = JSON.parse(readFileSync(join(built, "names.json"), "utf8"));
/** @type {Record<string, unknown>} */
const modules = { bg: names["app_bg.wasm"] };
for (const { file, name } of parts) modules[name] = names[`${file}.wasm`];
write(`${app}.names.json`, JSON.stringify({ release: `${version}+${build}`, modules }));

// The page, its style sheet and boot.js.
const styles = join(ROOT, "style");
const sheets = readdirSync(styles).filter((name) => name.endsWith(".css"));
const style = minifyStyle(sheets.sort().map((name) => readFileSync(join(styles, name), "utf8")).join(""));
const boot = bundle(join(ROOT, "public", "boot.js"));
const page = { boot: `boot-${hashOf(boot)}.js`, style: `page-${hashOf(style)}.css`, glue: `${app}.js`, program: `${app}_bg.wasm` };
write(page.boot, boot);
write(page.style, style);
const html = linkFiles(readFileSync(join(ROOT, "index.html"), "utf8"), page);
if (hasUnknownLinks(html)) throw new Error("index.html has a link for trunk that xtask/release-page.js does not know.");
write("index.html", html);
