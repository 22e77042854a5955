// @ts-check
// Starts the program of the page, or shows the message in index.html that says
// why it does not run.
import { classifyLoadFailure, probeWebAssembly } from "./load-failure.js";
import { sendForPage } from "./page-requests.js";

/** @import { LoadFailure } from "./load-failure.js" */

/** Whether the program is loaded: from then on, an error is the program's. */
let isLoaded = false;

/** @param {LoadFailure} reason */
function showMessage(reason) {
  document.getElementById(`failed-${reason}`)?.removeAttribute("hidden");
  // When the program fails, what it has drawn stays readable.
  if (reason !== "program") document.getElementById("app")?.remove();
}

/** @param {unknown} error */
function reportFailure(error) {
  console.error(error);
  showMessage(isLoaded ? "program" : classifyLoadFailure(error));
}

/**
 * Shows the program's message after a trap. Errors of other scripts, such as
 * those of an extension, do not stop the program.
 *
 * @param {unknown} error
 */
function reportTrap(error) {
  if (isLoaded && error instanceof WebAssembly.RuntimeError) showMessage("program");
}

/**
 * The address of a file that index.html preloads.
 *
 * @param {string} selector
 */
function preloadedAddress(selector) {
  const link = document.querySelector(selector);
  return link instanceof HTMLLinkElement ? link.href : "";
}

async function start() {
  const early = sendForPage();
  const [program, response] = await Promise.all([
    import(preloadedAddress("link[data-app-glue]")),
    fetch(preloadedAddress("link[data-app-wasm]")),
  ]);
  if (!response.ok) throw new Error(`failed to fetch Wasm: status ${response.status}`);
  // Streaming compiles during the download. It needs the right type, which some servers do not send.
  const isWasm = response.headers.get("Content-Type") === "application/wasm";
  const module = isWasm
    ? await WebAssembly.compileStreaming(response)
    : await WebAssembly.compile(await response.arrayBuffer());
  await program.default({ module_or_path: module });
  isLoaded = true;
  program.startPage(early);
}

const failure = probeWebAssembly();
if (failure) {
  showMessage(failure);
} else {
  addEventListener("error", ({ error }) => reportTrap(error));
  addEventListener("unhandledrejection", ({ reason }) => reportTrap(reason));
  start().catch(reportFailure);
}
