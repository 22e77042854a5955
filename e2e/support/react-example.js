// @ts-check
// The React example with the packed package. It is installed from the package
// registry, once for each worker that needs it.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { install, run } from "./installed.js";
import { ROOT } from "./package.js";

const DEPENDENCIES_AND_RESULTS = /[/\\](node_modules|dist)$/;

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
  install(example, archive);
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
