// The requests that the elements send while the program is loading.
import { sendEarly } from "../../public/early-requests.js";
import { PREFIX } from "./prefix.js";
import { secretsOf } from "./secrets.js";

/**
 * @import { EarlyRequests } from "../../public/early-requests.js"
 * @import { ExternalAuthElement } from "./base-element.js"
 */

/**
 * What the program may take over when it mounts elements. `null`: nothing was
 * taken over or can be any longer, so that a page sends these requests once.
 *
 * @type {EarlyRequests | null | undefined}
 */
export let early;

/**
 * Asks for the list of an element that is about to be mounted. A session token
 * names another session than the cookie, so the program asks for it.
 *
 * @param {ExternalAuthElement} element
 */
export const sendFor = (element) => {
  const { baseUrl, localName, provider } = element;
  // Without a provider, only the list shows anything.
  const isComplete = provider || localName === PREFIX;
  if (early === undefined && isComplete && !secretsOf(element).sessionToken) early = sendEarly(baseUrl);
};

/** Forgets the requests, and sends none: the elements are mounted, or the program cannot be loaded. */
export const forgetEarly = () => {
  early = null;
};
