import { ExternalAuthElement } from "./base-element.js";

/** @import { CoderExternalAuthProvider as Declared } from "../element.d.ts" */

/**
 * `<coder-external-auth-provider>`: the card of one provider.
 *
 * @implements {Declared}
 */
export class CoderExternalAuthProvider extends ExternalAuthElement {
  constructor() {
    super("provider");
  }
}
