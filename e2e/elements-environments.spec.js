// @ts-check
// The package where applications run their unit tests: without a browser. The
// environments are installed from the package registry.
import { cpSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { INSTALL_TIMEOUT_MS, install, run } from "./support/installed.js";
import { ROOT, assembleFake, makeFolder, pack, removeFolder } from "./support/package.js";

// One installation for all tests.
test.describe.configure({ mode: "serial", timeout: INSTALL_TIMEOUT_MS });

/** @type {string} */
let folder;
/** @type {string} */
let application;

test.beforeAll(() => {
  folder = makeFolder();
  application = join(folder, "environments");
  cpSync(join(ROOT, "e2e", "fixtures", "environments"), application, { recursive: true });
  install(application, pack(assembleFake(folder), folder).archive);
});

test.afterAll(() => {
  removeFolder(folder);
});

for (const environment of ["jsdom-26", "jsdom", "happy-dom"]) {
  test(`in ${environment}, the elements show their skeleton and report no error`, () => {
    // An error, also one that nobody handles, makes the program fail or print more than this line.
    const said = run(application, process.execPath, "import.mjs", environment);
    expect(JSON.parse(said)).toEqual({
      list: ["skeleton", "skeleton", "skeleton"],
      button: ["skeleton"],
      markup: '<coder-external-auth providers="github"></coder-external-auth>',
    });
  });
}

test("Jest 29 imports the elements, in jsdom and in Node.js", () => {
  const jest = join("node_modules", "jest", "bin", "jest.js");
  const report = JSON.parse(run(application, process.execPath, jest, "--json", "--ci", "--runInBand", "--no-cache"));
  expect(report).toMatchObject({ success: true, numPassedTests: 3, numTotalTestSuites: 2 });
});
