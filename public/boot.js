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

/** The program says by itself what it has to say; this is for when it cannot. */
function showProgramFailure() {
  document.getElementById("failed-program")?.removeAttribute("hidden");
}

/** @param {unknown} error */
function notice(error) {
  if (began && error instanceof WebAssembly.RuntimeError) showProgramFailure();
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

/** Whether it is the program that failed, and not its way here. */
let began = false;

/** @param {unknown} error */
function fail(error) {
  console.error(error);
  // A program that does not fit its JavaScript is of another release.
  if (!began || error instanceof WebAssembly.LinkError) {
    showFailure("load");
  } else {
    showProgramFailure();
  }
}

async function start() {
  const [program, response] = await Promise.all([
    import(address("link[data-app-glue]")),
    fetch(address("link[data-app-wasm]")),
  ]);
  if (!response.ok) throw new Error(`failed to fetch Wasm: status ${response.status}`);
  // While it arrives, where the server names its type; some do not.
  const streams = response.headers.get("Content-Type") === "application/wasm";
  const module = streams
    ? await WebAssembly.compileStreaming(response)
    : await WebAssembly.compile(await response.arrayBuffer());
  began = true;
  await program.default({ module_or_path: module });
  program.startPage();
}

if (typeof WebAssembly !== "object") {
  showFailure("support");
} else if (isRefusedByPolicy()) {
  showFailure("policy");
} else {
  // A trap of the program comes by way of these. So does what other scripts do
  // wrong, such as those of an extension, but the page works on then.
  addEventListener("error", ({ error }) => notice(error));
  addEventListener("unhandledrejection", ({ reason }) => notice(reason));
  start().catch(fail);
}
