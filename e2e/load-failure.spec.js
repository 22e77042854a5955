// @ts-check
// How a failure to load the program is classified, for the page and the custom
// elements. No browser takes part: the messages are those of the engines.
import { expect, test } from "@playwright/test";
import { classifyLoadFailure, probeWebAssembly } from "../public/load-failure.js";

const { CompileError, LinkError, Module, RuntimeError } = WebAssembly;

for (const [what, error, expected] of /** @type {const} */ ([
  ["a request without an answer", new TypeError("Failed to fetch"), "load"],
  ["an aborted download", new DOMException("The operation was aborted.", "AbortError"), "load"],
  ["a value that is no error", undefined, "load"],
  ["JavaScript of another release", new LinkError("Import #0 \"a\" \"b\": function import requires a callable"), "load"],
  ["a page in place of the file, in V8", new CompileError("expected magic word 00 61 73 6d, found 3c 21 64 6f @+0"), "load"],
  ["a page in place of the file, in Firefox", new CompileError("at offset 4: failed to match magic number"), "load"],
  ["a page in place of the file, in Safari", new CompileError("module doesn't start with '\\0asm'"), "load"],
  ["an empty file", new CompileError("BufferSource argument is empty"), "load"],
  ["a file that is cut off", new CompileError("section (code 10, \"Code\") extends past end of the module"), "load"],
  ["an unknown type", new CompileError("invalid value type 0x7b"), "support"],
  ["an unknown instruction", new CompileError("opcode 0x6a is not allowed, enable extended-const"), "support"],
  ["a trap", new RuntimeError("unreachable"), "program"],
])) {
  test(`${what}: ${expected}`, () => {
    expect(classifyLoadFailure(error)).toBe(expected);
  });
}

test("the messages of this engine for damaged files are recognised", () => {
  const whole = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 10, 4, 1, 2, 0, 0x0b];
  for (const bytes of [[], [0x3c, 0x21, 0x64, 0x6f], whole.slice(0, 5), whole.slice(0, 11)]) {
    /** @type {unknown} */
    let error;
    try {
      new Module(Uint8Array.from(bytes));
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(CompileError);
    expect(classifyLoadFailure(error), String(error)).toBe("load");
  }
});

test("the probe finds nothing where WebAssembly runs", () => {
  expect(probeWebAssembly()).toBeUndefined();
});
