// @ts-check
// Replaces the links for trunk in index.html by the files of a release. In a
// development build, trunk does this.
//
// No link has an integrity attribute: the files are of the page's own origin, and
// a proxy that changes a byte of one would leave a page without style or program.

/**
 * The names of the files.
 *
 * @typedef {object} Files
 * @property {string} boot
 * @property {string} style
 * @property {string} glue the program's JavaScript
 * @property {string} program
 */

/**
 * @param {string} html
 * @param {Files} files
 */
export function linkFiles(html, files) {
  /** @type {[RegExp, string][]} */
  const links = [
    [
      /<link data-trunk rel="css"[^>]*>/,
      `<link rel="stylesheet" href="./${files.style}">`,
    ],
    [
      // As pattern_preload in Trunk.toml.
      /<link data-trunk rel="rust"[^>]*>/,
      `<link rel="modulepreload" href="./${files.glue}" data-app-glue>\n    ` +
        `<link rel="preload" href="./${files.program}" as="fetch" type="application/wasm" crossorigin data-app-wasm>`,
    ],
    [
      /<script data-trunk type="module"[^>]*>/,
      `<script type="module" src="./${files.boot}">`,
    ],
    // The modules that boot.js imports are in its bundle.
    [/\s*<link data-trunk rel="copy-file"[^>]*>/g, ""],
  ];
  return links.reduce((page, [link, file]) => {
    if (page.search(link) < 0) throw new Error(`index.html has no ${link}.`);
    return page.replace(link, () => file);
  }, html);
}

/** @param {string} html */
export const hasUnknownLinks = (html) => html.includes("data-trunk");
