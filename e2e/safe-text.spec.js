// @ts-check
// What the console may hold of a failure before the program runs. No browser
// takes part.
import { expect, test } from "@playwright/test";
import { safeText } from "../public/safe-text.js";
import { describeTrap } from "../public/trap.js";

for (const text of [
  "Failed to fetch dynamically imported module: https://ada:s3cret@cdn.example/app.js",
  "404 https://cdn.example/program_bg.wasm?X-Signature=s3cret&a=s3cret",
  "404 https://cdn.example/program_bg.wasm#s3cret",
  "TypeError: Coder-Session-Token: s3cret",
  "TypeError: Authorization: Bearer s3cret",
  'refused {"access_token":"s3cret"}',
  "refused device_code=s3cret&x",
  "Cookie: coder_session_token=s3cret; a=b",
]) {
  test(`no secret of "${text}" is written`, () => {
    expect(safeText(text)).not.toContain("s3cret");
    expect(safeText(new Error(text))).not.toContain("s3cret");
  });
}

test("reasons stay readable", () => {
  for (const text of [
    "TypeError: Failed to fetch",
    "Error: failed to fetch Wasm: status 404",
    "Error: 404 https://cdn.example:8080/program_bg.wasm",
    'CompileError: WebAssembly.compile(): Compiling function #12:"run" failed: invalid value type 0x7b @+14',
    "RuntimeError: unreachable",
    "Is it there? No: no key, no token.",
    "null",
  ]) {
    expect(safeText(text)).toBe(text);
  }
  expect(safeText("404 https://cdn.example/a.wasm?b=c (again)")).toBe("404 https://cdn.example/a.wasm?… (again)");
});

test("characters that act are written as their codes", () => {
  expect(safeText("a\x1b[31mb\0c\u202ed\u2066e\nf")).toBe("a\\u{1b}[31mb\\u{0}c\\u{202e}d\\u{2066}e\nf");
  expect(safeText("a\xadb\u{e0041}c\ufeffd\u2028e\tf")).toBe("a\\u{ad}b\\u{e0041}c\\u{feff}d\\u{2028}e\tf");
});

test("the report of a trap holds neither queries nor foreign words", () => {
  const trap = new WebAssembly.RuntimeError("unreachable token=s3cret");
  trap.stack = [
    "RuntimeError: s3cret",
    "    at https://cdn.example/app_bg.wasm?sig=s3cret:wasm-function[7]:0x1f",
    "    at run (https://cdn.example/app.js?sig=s3cret:1:2)",
  ].join("\n");
  Object.assign(globalThis, { location: { pathname: "/settings/external-auth" } });
  const report = describeTrap(trap, "1.2.3+abc");
  expect(report).not.toContain("s3cret");
  expect(report).toContain("app_bg.wasm:wasm-function[7]:0x1f");
});
