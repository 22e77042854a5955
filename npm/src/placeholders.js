// What an element shows in place of the program: a skeleton until the program
// is here, or a message that says why it cannot run.
import { isConfigurable } from "../../public/configured-url.js";
import { FAILURES, FOR_OPERATORS, MANAGE_ELSEWHERE, notAnAddress, POLICY_SETTING } from "./messages.js";

/**
 * @param {string} tag
 * @param {Record<string, string>} attributes
 * @param {...(Node | string)} children
 */
function createElement(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** One row of the skeleton. It is focusable, because a shadow root that delegates the focus needs something focusable. */
export const createSkeletonRow = () => createElement("div", { part: "skeleton", "aria-hidden": "true", tabindex: "-1" });

/**
 * @param {string} message
 * @param {string} href where accounts can be managed instead
 * @param {string} attribute that names this address
 * @param {string} report for the administrator; may be empty
 */
export const createFailure = (message, href, attribute, report) =>
  createElement(
    "div",
    { part: "failure", role: "alert" },
    createElement("p", {}, message),
    message === FAILURES.policy ? createElement("pre", {}, createElement("code", {}, POLICY_SETTING)) : "",
    isConfigurable(href)
      ? createElement("a", { href }, MANAGE_ELSEWHERE)
      : createElement("p", {}, notAnAddress(attribute)),
    report
      ? createElement("details", {}, createElement("summary", {}, FOR_OPERATORS), createElement("pre", {}, report))
      : "",
  );
