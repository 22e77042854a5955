// The custom elements of the package. Importing it registers them. On a server,
// which has no elements, importing it does nothing.
import { CoderExternalAuthButton } from "./button-element.js";
import { CoderExternalAuth } from "./list-element.js";
import { PREFIX } from "./prefix.js";
import { CoderExternalAuthProvider } from "./provider-element.js";
import { restoreFragment } from "./return-fragment.js";

export { init } from "./loader.js";
export { CoderExternalAuth, CoderExternalAuthButton, CoderExternalAuthProvider };

restoreFragment();

/** @type {[string, CustomElementConstructor][]} */
const elements = [
  [PREFIX, CoderExternalAuth],
  [`${PREFIX}-provider`, CoderExternalAuthProvider],
  [`${PREFIX}-button`, CoderExternalAuthButton],
];
const registry = globalThis.customElements;
for (const [tag, element] of elements) {
  // Two bundles of one page may both contain this package.
  if (!registry?.get(tag)) registry?.define(tag, element);
}
