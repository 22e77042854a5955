// The sentences that the elements say without the program. Those of the program
// are in src/text.

/** @import { LoadFailure } from "../../public/load-failure.js" */

/**
 * What an element says for each reason why the program cannot run.
 *
 * @type {Record<LoadFailure, string>}
 */
export const FAILURES = {
  policy:
    "This page's security policy blocks WebAssembly. Your administrator can allow it with this setting, merged with any other:",
  support: "This browser is too old, or WebAssembly is turned off.",
  load: "A file couldn't be loaded. Check your connection, then load the page again.",
  program: "Something went wrong, but your links are unchanged. Load the page again.",
};

/** What an element says when the files that it has loaded are of different releases. */
export const MIXED_RELEASES =
  "Files of two releases are mixed. Load the page again, or clear your browser cache.";

/** The setting that the message about the policy names. */
export const POLICY_SETTING = `CODER_ADDITIONAL_CSP_POLICY="script-src 'wasm-unsafe-eval'"`;

/** The link below each of these messages. */
export const MANAGE_ELSEWHERE = "Manage accounts on their own page";

/**
 * In place of that link, where its address may not be followed.
 *
 * @param {string} attribute that names the address
 */
export const notAnAddress = (attribute) =>
  `${attribute} isn't an address that can be used here: it must begin with https://, http://, or one slash.`;

/** Names the folded report of a program that has stopped. */
export const FOR_OPERATORS = "For your administrator";

/**
 * For whoever calls a method of an element that shows no provider.
 *
 * @param {string} tag
 */
export const notMounted = (tag) => `<${tag}> has no provider, or is in no document.`;

/**
 * The validation message of a required button.
 *
 * @param {string} [provider] its name or id
 */
export const linkFirst = (provider) => `Link ${provider || "an account"} first.`;
