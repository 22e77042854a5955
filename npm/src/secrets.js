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

/**
 * @param {ExternalAuthElement} element
 * @returns {{ [name in SecretName]?: string } & { __proto__: null }} without a prototype: what another
 *   script adds to Object.prototype is no secret
 */
export const secretsOf = (element) => ({ __proto__: null, ...kept.get(element) });
