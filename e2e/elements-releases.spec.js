// @ts-check
// The shipped custom elements where a cache has kept a file of another release.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ELEMENTS, SKIPPED, expect, openWith, test } from "./support/real-elements.js";

test.skip(!ELEMENTS, SKIPPED);

const MIXED = "Files of two releases are mixed. Load the page again, or clear your browser cache.";
const LIST = "<coder-external-auth></coder-external-auth>";

/** @param {string} name */
const read = (name) => readFileSync(join(ELEMENTS, name));

/** The build, as program.js names it: version and build. */
const RELEASE = /(?<="\d+\.\d+\.\d+[\w.-]*\+)[0-9a-f]{16}(?=")/g;

/** The beginning of the build, as the WebAssembly files name it. */
const MODULE = /(?<=build:)[0-9a-f]{5}/g;

/** @param {string} name */
const pattern = (name) => (name.endsWith(".js") ? RELEASE : MODULE);

/**
 * A file of the package as another release has it: only its build differs.
 *
 * @param {string} name
 */
function ofAnotherRelease(name) {
  const content = read(name).toString("latin1");
  return Buffer.from(content.replace(pattern(name), (build) => "f".repeat(build.length)), "latin1");
}

test("all files of the program have the build in them", () => {
  const names = ["element.js", ...readdirSync(ELEMENTS).filter((name) => /^program.*\.(js|wasm)$/.test(name))];
  expect(names.length).toBeGreaterThan(4);
  const builds = names.flatMap((name) => {
    const found = read(name).toString("latin1").match(pattern(name)) ?? [];
    expect(found.length, name).toBeGreaterThan(0);
    return found.map((build) => build.slice(0, 5));
  });
  expect(new Set(builds).size).toBe(1);
});

for (const name of ["element.js", "program.js", "program_bg.wasm", "program_elements.wasm"]) {
  test(`${name} of another release is noticed, and the element says what to do`, async ({ guard, page, standIn }) => {
    guard.announce(/Files of two releases are mixed/);
    guard.tolerate(/build:/);
    await page.route(`**/embedded/${name}`, (route) => {
      const contentType = name.endsWith(".js") ? "text/javascript" : "application/wasm";
      return route.fulfill({ body: ofAnotherRelease(name), contentType });
    });
    const elements = await openWith(page, standIn, LIST);
    await expect(page.getByRole("alert")).toContainText(MIXED);
    const [error] = (await elements.heard()).filter((event) => event.name === "error");
    expect(error?.detail.message).toContain(MIXED);
  });
}

test("a later part of another release is asked for again, past the browser's cache", async ({ accounts, guard, page, standIn }) => {
  guard.announce(/build:/);
  let answers = 0;
  await page.route("**/embedded/program_later.wasm", (route) => {
    answers += 1;
    if (answers > 1) return route.continue();
    return route.fulfill({ body: ofAnotherRelease("program_later.wasm"), contentType: "application/wasm" });
  });
  await openWith(page, standIn, LIST);
  await expect(accounts.cards).toHaveCount(11);
  await accounts.button("Unlink", "GitLab").click();
  const again = page.getByRole("button", { name: "Try again" });
  await expect(accounts.dialog("GitLab").or(again).first()).toBeVisible();
  if (await again.first().isVisible()) await again.first().click();
  await expect(accounts.dialog("GitLab")).toBeVisible();
  expect(answers).toBe(2);
});
