// Attributes as the values of properties.

/**
 * @param {HTMLElement} element
 * @param {string} attribute
 */
export const readAttribute = (element, attribute) => element.getAttribute(attribute) ?? "";

/**
 * @param {HTMLElement} element
 * @param {string} attribute
 * @param {string | string[] | null | undefined} value without one, the attribute is removed
 */
export const writeAttribute = (element, attribute, value) => {
  if (value == null) element.removeAttribute(attribute);
  else element.setAttribute(attribute, String(value));
};
