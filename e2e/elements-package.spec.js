// @ts-check
// The npm package: its files, what tools read of it, and whether its manifest
// and README are true.
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { ElementsPage, expect, test } from "./support/elements.js";
import { ROOT, assembleFake, makeFolder, pack, removeFolder } from "./support/package.js";

/** The maximum size of element.js, in bytes of brotli. */
const MOST_BYTES = 4.5 * 1024;

/** @param {string} name in the package's folder */
const source = (name) => readFileSync(join(ROOT, "npm", name), "utf8");
const manifest = JSON.parse(source("custom-elements.json"));
/** @type {any[]} */
const classes = manifest.modules[0].declarations.filter((/** @type {any} */ { kind }) => kind === "class");

/** The sources that are bundled to element.js. */
const modules = readdirSync(join(ROOT, "npm", "src"))
  .filter((name) => name.endsWith(".js"))
  .map((name) => source(join("src", name)));

/** The sources of the program, which draws most parts. */
const rustFiles = readdirSync(join(ROOT, "src"), { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".rs"))
  .map((name) => join(ROOT, "src", name));

/** @type {string} */
let folder;
/** @type {string} */
let out;
/** @type {{ archive: string, files: string[] }} */
let packed;

test.beforeAll(() => {
  folder = makeFolder();
  out = assembleFake(folder);
  packed = pack(out, folder);
});

test.afterAll(() => {
  removeFolder(folder);
});

/** @param {string} program @param {...string} args */
const npmProgram = (program, ...args) =>
  execFileSync(process.execPath, [join(ROOT, "node_modules", program), ...args], { cwd: out, encoding: "utf8" });

test("the package contains exactly these files", () => {
  expect(packed.files.toSorted()).toEqual([
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "THIRD-PARTY-LICENSES.txt",
    "custom-elements.json",
    "element.cjs",
    "element.d.cts",
    "element.d.ts",
    "element.js",
    "package.json",
    "program.js",
    "program_bg.wasm",
    "program_later.wasm",
    "react.d.cts",
    "react.d.ts",
    "style.css",
  ]);
});

test("every file that package.json names is in the package", () => {
  const { exports, customElements, types } = JSON.parse(source("package.json"));
  /** @type {(target: any) => string[]} */
  const filesOf = (target) => (typeof target === "string" ? [target] : Object.values(target).flatMap(filesOf));
  const targets = [customElements, types, exports].flatMap(filesOf);
  for (const target of targets) {
    // The parts of the program: their names depend on the build.
    const names = target.includes("*") ? ["program_bg.wasm", "program_later.wasm"] : [target.replace(/^\.\//, "")];
    for (const name of names) expect(packed.files).toContain(name);
  }
});

test("the package has the version of the program", () => {
  const [, version] = /^\[workspace\.package\]\nversion = "(.*)"$/m.exec(readFileSync(join(ROOT, "Cargo.toml"), "utf8")) ?? [];
  expect(JSON.parse(source("package.json")).version).toBe(version);
});

test("element.js is at most 4.5 KB", () => {
  expect(brotliCompressSync(readFileSync(join(out, "element.js"))).length).toBeLessThanOrEqual(MOST_BYTES);
});

test("comments tell bundlers to ignore the import whose address is only known at run time", () => {
  const source = readFileSync(join(out, "element.js"), "utf8");
  const computed = source.match(/\bimport\((?!"\.\/program\.js"\))[^)]*\)/g) ?? [];
  expect(computed).toEqual([expect.stringMatching(/^import\(\/\*webpackIgnore:true\*\/\/\*@vite-ignore\*\/\w/)]);
});

test("publint finds nothing", () => {
  expect(npmProgram("publint/src/cli.js", "run", ".", "--strict")).toContain("All good!");
});

test("TypeScript finds the types of every entry", () => {
  // The tool fails when it finds a problem.
  const answer = npmProgram(
    "@arethetypeswrong/cli/dist/index.js",
    packed.archive,
    ...["--profile", "esm-only", "--no-emoji", "--no-color"],
    // These entries are for bundlers and servers, and have no types.
    ...["--exclude-entrypoints", "./program.js", "./program_bg.wasm", "./style.css"],
  );
  expect(answer).toContain('"coder-external-auth/react"');
});

test("a server can import it", () => {
  const address = pathToFileURL(join(out, "element.js")).href;
  const script = `
    const first = await import(${JSON.stringify(address)});
    const second = await import(${JSON.stringify(`${address}?again`)});
    console.log(Object.keys(first).sort().join(), typeof second.init);`;
  const answer = execFileSync(process.execPath, ["--input-type=module", "--eval", script], { encoding: "utf8" });
  expect(answer.trim()).toBe("CoderExternalAuth,CoderExternalAuthButton,CoderExternalAuthProvider,init function");
});

test("the manifest lists exactly the members and attributes of the elements", async ({ page, standIn }) => {
  const elements = new ElementsPage(page, standIn);
  await elements.open();
  await elements.define();
  for (const { attributes, members, name, tagName } of classes) {
    const real = await page.evaluate((tag) => {
      const found = customElements.get(tag);
      /** @type {Set<string>} */
      const names = new Set();
      for (let proto = found?.prototype; proto && proto !== HTMLElement.prototype; proto = Object.getPrototypeOf(proto)) {
        for (const member of Object.getOwnPropertyNames(proto)) names.add(member);
      }
      const element = /** @type {any} */ (document.createElement(tag));
      /** @type {Record<string, string>} */
      const reflected = {};
      for (const member of names) {
        const before = element.outerHTML;
        if (member.endsWith("Callback") || typeof element[member] === "function") continue;
        try {
          element[member] = member === "theme" ? "dark" : "x";
        } catch {
          // The property is read-only.
        }
        const [added] = element.getAttributeNames();
        if (before !== element.outerHTML) reflected[member] = added;
        if (added) element.removeAttribute(added);
      }
      return { names: [...names], reflected, observed: /** @type {any} */ (found).observedAttributes };
    }, tagName);
    // The base class has both properties; each element declares the one that it uses.
    const unused = {
      CoderExternalAuth: ["provider"],
      CoderExternalAuthProvider: ["providers"],
      CoderExternalAuthButton: ["providers"],
    }[/** @type {string} */ (name)];
    const expected = real.names.filter(
      (member) => member !== "constructor" && !member.endsWith("Callback") && !unused?.includes(member),
    );
    const listed = members.filter((/** @type {any} */ member) => !member.static);
    expect(listed.map((/** @type {any} */ member) => member.name).sort()).toEqual(expected.sort());

    const reflected = Object.entries(real.reflected).filter(([member]) => !unused?.includes(member));
    /** @type {[string, string][]} */
    const inManifest = attributes.map((/** @type {any} */ attribute) => [attribute.fieldName, attribute.name]);
    expect(inManifest.sort()).toEqual(reflected.sort());
  }
});

test("the manifest lists exactly the events, parts and custom properties", () => {
  const declared = [...source("element.d.ts").matchAll(/^ {2}"(coder-external-auth-[\w-]+)": CustomEvent</gm)];
  const drawn = rustFiles.flatMap((file) => [...readFileSync(file, "utf8").matchAll(/\bpart(?:="|", ")([\w -]+)"/g)]);
  const ofElements = modules.flatMap((code) => [...code.matchAll(/part: "([\w-]+)"/g)]);
  expect(ofElements).toHaveLength(2);
  const parts = [...ofElements, ...drawn].flatMap(([, names]) => names?.split(" "));
  const tokens = [...readFileSync(join(ROOT, "style", "tokens.css"), "utf8").matchAll(/^\s*(--cea-[\w-]+):/gm)];
  expect(declared).toHaveLength(6);
  expect(tokens.length).toBeGreaterThan(20);
  /** @param {any[]} things */
  const names = (things) => things.map(({ name }) => name).sort();
  const listedParts = new Set(classes.flatMap(({ cssParts }) => names(cssParts)));
  expect([...listedParts].sort()).toEqual([...new Set(parts)].sort());
  for (const { cssProperties, events } of classes) {
    expect(names(events)).toEqual(declared.map(([, name]) => name).sort());
    expect(names(cssProperties)).toEqual(tokens.map(([, name]) => name).sort());
  }
});

test("the README names everything that the manifest lists", () => {
  const readme = source("README.md");
  for (const { attributes, cssParts, cssProperties, events, members, tagName } of classes) {
    expect(readme).toContain(`<${tagName}`);
    for (const { name } of [...attributes, ...members, ...events, ...cssProperties]) {
      if (name !== "formAssociated") expect(readme, name).toMatch(new RegExp("`" + name + "[`(]"));
    }
    for (const { name } of cssParts) expect(readme).toContain(`::part(${name})`);
  }
});
