// @ts-check
// Which addresses may be configured, before the program runs or without it.

/**
 * Whether a setting is a web address, or a path that begins with one slash.
 * `ConfiguredUrl` in crates/core decides this for the program. Both refuse a host
 * that a browser shows in another way than it is written, such as a number. Only
 * of addresses that no browser can visit, this accepts more.
 *
 * @param {string} text
 */
export const isConfigurable = (text) =>
  /^((https?:\/\/(([\w-]+\.)*(?!(\d+|0x[\da-f]*)(?![\w-]))[\w-]+\.?|(?!0\d)\d+(\.(?!0\d)\d+){3}|\[[\da-f:]+])(:(?!0\d)\d+)?([/?#]|$)|\/(?!\/))[!#-;=?-[\]-_a-~]*)?$/i.test(text.trim());
