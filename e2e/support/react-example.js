// @ts-check
// The React example with the packed package. It is installed from the package
// registry, once for each worker that needs it.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { ROOT } from "./package.js";

/** Far above what installing takes; only what hangs gets here. */
export const INSTALL_TIMEOUT_MS = 5 * 60_000;

const DEPENDENCIES_AND_RESULTS = /[/\\](node_modules|dist)$/;

/**
 * Runs a program in a folder. When it fails, its output is shown.
 *
 * @param {string} folder
 * @param {string} program
 * @param {...string} args
 */
function run(folder, program, ...args) {
  execFileSync(program, args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
}

/**
 * Copies the example and installs its dependencies, with the archive.
 *
 * @param {string} folder
 * @param {string} archive
 */
export function installExample(folder, archive) {
  const example = join(folder, "react");
  cpSync(join(ROOT, "examples", "react"), example, {
    recursive: true,
    filter: (path) => !DEPENDENCIES_AND_RESULTS.test(path),
  });
  run(example, "npm", "install", "--no-audit", "--no-fund", "--no-package-lock", "--prefer-offline", archive);
  return example;
}

/**
 * Checks the example's types and builds it. Returns the folder to serve.
 *
 * @param {string} example
 */
export function buildExample(example) {
  run(example, "npm", "run", "build");
  return join(example, "dist");
}

/**
 * Starts Vite's development server for the example.
 *
 * @param {string} example
 */
export async function serveExample(example) {
  const vite = join(example, "node_modules", "vite", "bin", "vite.js");
  const child = spawn(process.execPath, [vite, "--host", "127.0.0.1", "--port", "0"], {
    cwd: example,
    env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: "0" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const [url] = /http:\S+/.exec(line) ?? [];
    if (url) {
      const stop = async () => {
        const exit = once(child, "exit");
        child.kill();
        await exit;
      };
      return { url, stop };
    }
  }
  throw new Error("Vite ended before it served.");
}
