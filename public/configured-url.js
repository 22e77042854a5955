// @ts-check
// Which addresses may be configured, before the program runs or without it.

/**
 * Whether a setting is a web address, or a path that begins with one slash.
 * `ConfiguredUrl` in crates/core decides this for the program, which also refuses
 * hosts in other forms, such as numbers.
 *
 * @param {string} text
 */
export const isConfigurable = (text) =>
  /^((https?:\/\/[\w.:[\]-]+([/?#]|$)|\/(?!\/))[!#-;=?-[\]-_a-~]*)?$/i.test(text.trim());
