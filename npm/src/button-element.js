import { readAttribute, writeAttribute } from "./attributes.js";
import { ExternalAuthElement } from "./base-element.js";
import { linkFirst } from "./messages.js";
import { PREFIX } from "./prefix.js";

/** @import { CoderExternalAuthButton as Declared, StateDetail } from "../element.d.ts" */

/**
 * `<coder-external-auth-button>`: one button, for a form that needs a linked
 * account. Its value is the id of the provider when that is linked.
 *
 * @implements {Declared}
 */
export class CoderExternalAuthButton extends ExternalAuthElement {
  static formAssociated = true;

  // jsdom and happy-dom lack it, or parts of it.
  #internals = this.attachInternals?.();
  /** @type {StateDetail | undefined} */
  #state;

  constructor() {
    super("button");
    // This listener is the first: every later one of this event reads the new validity.
    this.addEventListener(`${PREFIX}-state`, (event) => {
      if (event.target !== this) return;
      this.#state = /** @type {CustomEvent<StateDetail>} */ (event).detail;
      this.#validate();
    });
    // A disabled element ignores clicks, even before the program has disabled the button inside.
    this.shadowRoot?.addEventListener(
      "click",
      (event) => {
        if (!this.matches(":disabled")) return;
        event.preventDefault();
        event.stopImmediatePropagation();
      },
      true,
    );
  }

  connectedCallback() {
    super.connectedCallback();
    this.#validate();
  }

  /**
   * @param {string} name
   * @param {string | null} before
   * @param {string | null} now
   */
  attributeChangedCallback(name, before, now) {
    super.attributeChangedCallback(name, before, now);
    this.#validate();
  }

  /** A reset does not unlink: the value stays. */
  formResetCallback() {
    this.#validate();
  }

  get name() {
    return readAttribute(this, "name");
  }

  set name(value) {
    writeAttribute(this, "name", value);
  }

  get required() {
    return this.hasAttribute("required");
  }

  set required(value) {
    this.toggleAttribute("required", Boolean(value));
  }

  get disabled() {
    return this.hasAttribute("disabled");
  }

  set disabled(value) {
    this.toggleAttribute("disabled", Boolean(value));
  }

  get form() {
    return this.#internals?.form ?? null;
  }

  /** @param {any} value the id of a form that is not around the element */
  set form(value) {
    writeAttribute(this, "form", value);
  }

  // Frameworks assign what they are given to any property of that name. What
  // only tells the state has a setter that does nothing, so that this does not throw.

  get labels() {
    return this.#internals?.labels;
  }

  set labels(_) {}

  get validity() {
    return this.#internals?.validity;
  }

  set validity(_) {}

  get validationMessage() {
    return this.#internals?.validationMessage ?? "";
  }

  set validationMessage(_) {}

  get willValidate() {
    return Boolean(this.#internals?.willValidate);
  }

  set willValidate(_) {}

  checkValidity() {
    return this.#internals?.checkValidity?.() ?? true;
  }

  reportValidity() {
    return this.#internals?.reportValidity?.() ?? true;
  }

  #validate() {
    const { provider } = this;
    // The last state may be that of another provider.
    const state = this.#state?.provider === provider ? this.#state : undefined;
    const isLinked = state?.linked;
    const valueMissing = this.required && !isLinked;
    this.#internals?.setFormValue?.(isLinked ? provider : null);
    this.#internals?.setValidity?.({ valueMissing }, valueMissing ? linkFirst(state?.name || provider) : "");
  }
}
