// @ts-check
// Starts the program, or shows which of the messages in index.html says why not.

/** @param {"policy" | "support" | "load"} reason */
function showFailure(reason) {
  document.getElementById(`failed-${reason}`)?.removeAttribute("hidden");
  document.getElementById("app")?.remove();
}

/** @param {string} selector */
function address(selector) {
  const link = document.querySelector(selector);
  return link instanceof HTMLLinkElement ? link.href : "";
}

/** The smallest module there is: its header. */
const EMPTY_MODULE = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

/**
 * Some browsers log nothing when the policy refuses WebAssembly, and fail in
 * the midst of the program's start. So it is tried before.
 */
function isRefusedByPolicy() {
  try {
    return !(new WebAssembly.Module(EMPTY_MODULE));
  } catch {
    return true;
  }
}

if (typeof WebAssembly !== "object") {
  showFailure("support");
} else if (isRefusedByPolicy()) {
  showFailure("policy");
} else {
  try {
    const program = await import(address("link[data-app-glue]"));
    await program.default({ module_or_path: address("link[data-app-wasm]") });
  } catch (error) {
    console.error(error);
    // A program that began has said what it has to say by itself.
    const failed = document.getElementById("failed-program");
    if (failed?.hidden) showFailure("load");
  }
}
