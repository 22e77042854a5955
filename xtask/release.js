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
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundle, minifyStyle } from "./bundle.js";
import { hashOf } from "./hash.js";
import { hasUnknownLinks, linkFiles } from "./release-page.js";
import { loaderOf, partsOf } from "./release-parts.js";
import { padded, shortNames, withoutPath } from "./release-wasm.js";

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

// The later parts. Their names follow their content.
const list = JSON.parse(read("parts.json"));
const parts = partsOf(list);
const files = parts.map(({ file, name }) => {
  const content = padded(readModule(`${file}.wasm`));
  return { file, content, address: `app_${name}-${hashOf(content)}.wasm` };
});
for (const { address, content } of files) write(address, content);

// The first part and its JavaScript. Their names follow the content of all
// parts, and so does the build that a report of a failure names.
const program = readModule("app_bg.wasm");
const glue = shorten(readFileSync(join(built, "app.js"), "utf8"));
const build = hashOf(program, glue, ...files.map(({ content }) => content));
const loader = loaderOf(list, new Map(files.map(({ file, address }) => [file, address])), `${version}+${build}`);
const scripts = join(built, "scripts");
mkdirSync(scripts, { recursive: true });
copyFileSync(join(HERE, "load-parts.js"), join(scripts, "load-parts.js"));
writeFileSync(join(scripts, "app.js"), glue + loader.glue);
writeFileSync(join(scripts, "__wasm_split.js"), loader.module);
const code = bundle(join(scripts, "app.js"));
const first = `app-${hashOf(program, code)}`;
write(`${first}.js`, code);
write(`${first}_bg.wasm`, program);

// What makes the stack of a failure readable. No page loads it.
const names = JSON.parse(readFileSync(join(built, "names.json"), "utf8"));
/** @type {Record<string, unknown>} */
const modules = { bg: names["app_bg.wasm"] };
for (const { file, name } of parts) modules[name] = names[`${file}.wasm`];
write(`${first}.names.json`, JSON.stringify({ release: `${version}+${build}`, modules }));

// The page, its style sheet and boot.js.
const styles = join(ROOT, "style");
const sheets = readdirSync(styles).filter((name) => name.endsWith(".css"));
const style = minifyStyle(sheets.sort().map((name) => readFileSync(join(styles, name), "utf8")).join(""));
const boot = bundle(join(ROOT, "public", "boot.js"));
const page = { boot: `boot-${hashOf(boot)}.js`, style: `page-${hashOf(style)}.css`, glue: `${first}.js`, program: `${first}_bg.wasm` };
write(page.boot, boot);
write(page.style, style);
const html = linkFiles(readFileSync(join(ROOT, "index.html"), "utf8"), page);
if (hasUnknownLinks(html)) throw new Error("index.html has a link for trunk that xtask/release-page.js does not know.");
write("index.html", html);
