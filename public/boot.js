// @ts-check
// Starts the program of the page, or shows the message in index.html that says
// why it does not run.
import { classifyLoadFailure, probeWebAssembly } from "./load-failure.js";
import { nextTask } from "./next-task.js";
import { safeText } from "./safe-text.js";
import { describeTrap, watchTraps } from "./trap.js";
import { sendForPage } from "./page-requests.js";

/** @import { LoadFailure } from "./load-failure.js" */

/** @param {LoadFailure} reason */
function showMessage(reason) {
  document.getElementById(`failed-${reason}`)?.removeAttribute("hidden");
  // When the program fails, what it has drawn stays readable.
  if (reason !== "program") document.getElementById("app")?.remove();
}

/** @param {unknown} error */
function reportFailure(error) {
  console.error(safeText(error));
  showMessage(classifyLoadFailure(error));
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

/**
 * Starts the page. From then on, an error is the program's.
 *
 * @param {any} program
 * @param {ReturnType<typeof sendForPage>} early
 * @param {string[]} addresses
 */
function run(program, early, addresses) {
  // Chromium: the stack of a trap in full, and not only its first ten places.
  Error.stackTraceLimit = 50;
  const check = watchTraps(
    () => [...addresses, ...(program.addresses ?? [])],
    (trap) => {
      // Nothing may call a program that has stopped in the middle of its work.
      program.stop?.();
      const report = describeTrap(trap, program.release);
      console.error(report);
      document.getElementById("failed-report")?.replaceChildren(report);
      showMessage("program");
    },
  );
  // The back/forward cache must not show the accounts of a person who has left. The
  // program draws and shows the page again.
  addEventListener("pagehide", ({ persisted }) => {
    if (persisted) document.getElementById("app")?.toggleAttribute("hidden", true);
  });
  try {
    program.startPage(early);
  } catch (error) {
    console.error(safeText(error));
    check(error);
  }
}

async function start() {
  const early = sendForPage();
  const glue = preloadedAddress("link[data-app-glue]");
  const [program, response] = await Promise.all([
    import(glue),
    fetch(preloadedAddress("link[data-app-wasm]")),
  ]);
  if (!response.ok) throw new Error(`failed to fetch Wasm: status ${response.status}`);
  // Streaming compiles during the download. It needs the right type, which some servers do not send.
  const isWasm = response.headers.get("Content-Type") === "application/wasm";
  const module = isWasm
    ? await WebAssembly.compileStreaming(response)
    : await WebAssembly.compile(await response.arrayBuffer());
  await program.default({ module_or_path: module });
  await nextTask();
  return () => run(program, early, [response.url, glue, import.meta.url]);
}

document.getElementById("failed-start")?.remove();
const failure = probeWebAssembly();
if (failure) showMessage(failure);
else start().then((runPage) => runPage(), reportFailure);
