// The tokens of the elements. They are kept beside the elements, so that no script
// reads them back by accident: they are no properties, no attributes and no JSON.

/**
 * @import { ExternalAuthElement } from "./base-element.js"
 * @typedef {"sessionToken" | "csrfToken"} SecretName
 */

/** @type {WeakMap<ExternalAuthElement, { [name in SecretName]?: string }>} */
const kept = new WeakMap();

/**
 * @param {ExternalAuthElement} element
 * @param {SecretName} name
 * @param {string | null | undefined} value
 */
export const keepSecret = (element, name, value) => {
  kept.set(element, { ...kept.get(element), [name]: value ?? "" });
};

/** @param {ExternalAuthElement} element */
export const secretsOf = (element) => kept.get(element) ?? {};
