// @ts-check
// The tables of docs/faults.md. A run compares them with what it saw, or writes
// them when RENEW_FAULTS is set.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { ROOT } from "./package.js";

const FILE = join(ROOT, "docs", "faults.md");
const RENEW = "RENEW_FAULTS=1 cargo xtask test --only e2e -- e2e/faults --workers=1";

/** @param {string} name */
const markers = (name) => [`<!-- faults: ${name} -->`, `<!-- end of faults: ${name} -->`];

/** The names of the tables in the document. */
export const documentedTables = () => [...readFileSync(FILE, "utf8").matchAll(/<!-- faults: (.+?) -->/g)].map(([, name]) => name);

/** @param {string} cell */
const escaped = (cell) => cell.replaceAll("|", "\\|").replaceAll("<", "&lt;");

/** One table: what was seen for each fault. */
export class FaultTable {
  /** @type {string[][]} */
  #rows = [];

  /**
   * @param {string} name of the table in the document
   * @param {string[]} columns
   */
  constructor(name, columns) {
    this.name = name;
    this.columns = columns;
  }

  /** @param {string[]} cells */
  add(...cells) {
    this.#rows.push(cells);
  }

  /** Compares the table with the document, or writes it there. */
  check() {
    const line = (/** @type {string[]} */ cells) => `| ${cells.map(escaped).join(" | ")} |`;
    const seen = [line(this.columns), line(this.columns.map(() => "---")), ...this.#rows.map(line)].join("\n");
    const text = readFileSync(FILE, "utf8");
    const [begin = "", end = ""] = markers(this.name);
    const [from, to] = [text.indexOf(begin), text.indexOf(end)];
    if (from < 0 || to < from) throw new Error(`docs/faults.md has no "${begin}" with "${end}" after it.`);
    if (process.env["RENEW_FAULTS"]) {
      writeFileSync(FILE, `${text.slice(0, from)}${begin}\n\n${seen}\n\n${text.slice(to)}`);
      return;
    }
    const written = text.slice(from + begin.length, to).trim();
    expect(seen, `docs/faults.md differs from what the page showed. Read what is new, and renew it: ${RENEW}`).toBe(written);
  }
}
