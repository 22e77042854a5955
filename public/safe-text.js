// @ts-check
// What may be written to the console before the program runs, which redacts by
// itself (crates/core/src/redact.rs). The page (boot.js), the custom elements
// (npm/src/loader.js) and the report of a trap (trap.js) share this file.

/**
 * The text of an error without what may be secret: user information, query and
 * fragment of addresses, and what stands beside the name of a secret. Characters
 * that act unseen, such as ESC or marks of direction, are shown as their codes.
 *
 * @param {unknown} error
 */
export const safeText = (error) =>
  String(error)
    .replace(/(\w:\/\/)[^\s/?#]*@/g, "$1…@")
    .replace(/(\w:\/\/[^\s"'<>?#]*)[?#][^\s"'<>)]*/g, "$1?…")
    .replace(
      /((?:token|secret|password|_code|key|authorization|cookie)["']?\s*[:=]\s*["']?)(?:\w+ )?[^\s"'&,;]+/gi,
      "$1…",
    )
    .replace(/[^\P{C}\t\n]|[\u2028\u2029]/gu, (letter) => `\\u{${letter.codePointAt(0)?.toString(16)}}`);
