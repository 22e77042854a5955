import { ExternalAuthElement } from "./base-element.js";

/** @import { CoderExternalAuth as Declared } from "../element.d.ts" */

/**
 * `<coder-external-auth>`: all providers, or those that are named.
 *
 * @implements {Declared}
 */
export class CoderExternalAuth extends ExternalAuthElement {
  constructor() {
    super("list");
  }
}
