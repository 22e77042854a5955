// @ts-check
// Tells why the program cannot run. The page (boot.js) and the custom elements
// (npm/src/loader.js) share this file; each has its own sentences for the reasons.

/**
 * Why the program cannot run:
 *
 * - `policy`: the Content Security Policy does not allow WebAssembly.
 * - `support`: the browser has no WebAssembly, or lacks a feature that the program uses.
 * - `load`: a file is missing, damaged, or from another release.
 * - `program`: the program itself failed.
 *
 * @typedef {"policy" | "support" | "load" | "program"} LoadFailure
 */

/** The smallest WebAssembly module: only the header. */
const EMPTY_MODULE = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

/**
 * Checks whether WebAssembly runs here by compiling an empty module. To be
 * called before the program is fetched: when the policy forbids WebAssembly,
 * some browsers report nothing and fail in the middle of the program's start.
 *
 * @returns {LoadFailure | undefined} `undefined` when WebAssembly runs
 */
export const probeWebAssembly = () => {
  if (typeof WebAssembly !== "object") return "support";
  try {
    new WebAssembly.Module(EMPTY_MODULE);
  } catch {
    return "policy";
  }
  return undefined;
};

/**
 * Classifies an error of fetching, compiling or instantiating the program,
 * after {@link probeWebAssembly} found nothing.
 *
 * @param {unknown} error
 * @returns {LoadFailure}
 */
export const classifyLoadFailure = (error) => {
  if (error instanceof WebAssembly.RuntimeError) return "program";
  // A compile error has no code, only a message. A file that is no WebAssembly
  // ("magic", "'\0asm'"), is cut off ("end") or is empty is damaged. Any other
  // error means that the browser does not know what the module uses.
  const isUnsupported =
    error instanceof WebAssembly.CompileError && !/magic|asm'|\bend\b|empty/.test(error.message);
  return isUnsupported ? "support" : "load";
};
