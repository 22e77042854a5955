// @ts-check
// Applications that are installed from the package registry, with the packed
// package of the elements.
import { execFileSync } from "node:child_process";

/** Far above what installing takes; only what hangs gets here. */
export const INSTALL_TIMEOUT_MS = 5 * 60_000;

/**
 * Runs a program in a folder and returns what it prints. When it fails, its
 * output is shown.
 *
 * @param {string} folder
 * @param {string} program
 * @param {...string} args
 */
export const run = (folder, program, ...args) =>
  execFileSync(program, args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

/**
 * Installs the dependencies of an application.
 *
 * @param {string} folder
 * @param {...string} archives that are installed too
 */
export const install = (folder, ...archives) =>
  run(
    folder,
    "npm",
    ...["install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock", "--prefer-offline", ...archives],
  );
