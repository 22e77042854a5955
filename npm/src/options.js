import { secretsOf } from "./secrets.js";

/**
 * @import { ExternalAuthElement } from "./base-element.js"
 * @import { Options } from "./program.js"
 */

const NAMES = /** @type {const} */ (["baseUrl", "provider", "providers", "locale", "headingLevel", "returnPath"]);

/**
 * Reads the program's options from the properties and the secrets of an element.
 *
 * @param {ExternalAuthElement} element
 * @returns {Options} without those that are empty
 */
export const readOptions = (element) => {
  // Without a prototype: what another script adds to Object.prototype is no option.
  /** @type {Record<string, unknown>} */
  const options = { __proto__: null, disabled: element.matches(":disabled") };
  for (const name of NAMES) if (String(element[name])) options[name] = element[name];
  for (const [name, secret] of Object.entries(secretsOf(element))) if (String(secret)) options[name] = secret;
  return options;
};
