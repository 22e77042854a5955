import { describeTrap } from "../../public/trap.js";
import { readAttribute, writeAttribute } from "./attributes.js";
import { early } from "./early-requests.js";
import { checkTrap, load, loadWhenNear, onProgramChange, program, stopError, stopWaiting } from "./loader.js";
import { FAILURES, notMounted } from "./messages.js";
import { readOptions } from "./options.js";
import { createFailure, createSkeletonRow } from "./placeholders.js";
import { PREFIX } from "./prefix.js";
import { keepSecret } from "./secrets.js";
import { adoptStyleSheets } from "./style-sheets.js";

/** @import { Kind, Mounted } from "./program.js" */

/** A server has no elements; importing this there must not fail. */
const Base = globalThis.HTMLElement ?? class {};

/**
 * The elements in a document.
 *
 * @type {Set<ExternalAuthElement>}
 */
const connected = new Set();

/**
 * The base class of the three elements: loads the program, mounts it into the
 * shadow root, and passes on properties, methods and events.
 */
export class ExternalAuthElement extends /** @type {typeof HTMLElement} */ (Base) {
  static observedAttributes = ["base-url", "disabled", "heading-level", "locale", "provider", "providers", "required", "return-path"];

  static {
    /** @param {Error} [error] */
    const updateAll = (error) => {
      for (const element of connected) {
        if (error) element.#fail(error);
        else element.#update();
      }
    };
    onProgramChange(updateAll);
    // What the back/forward cache keeps must not be seen by the next person.
    globalThis.addEventListener?.("pagehide", ({ persisted }) => {
      if (!persisted) return;
      for (const element of connected) if (element.#mounted) element.#hide();
    });
    // A page from the back/forward cache is stale, and another person may have
    // signed in since: each element starts again. All are emptied first, because
    // the session that they share ends with the last of them.
    globalThis.addEventListener?.("pageshow", ({ persisted }) => {
      if (!persisted) return;
      for (const element of connected) if (element.#mounted) element.#empty();
      updateAll();
    });
  }

  #kind;
  #root;
  /** @type {Mounted | undefined} */
  #mounted;
  /** @type {Error | undefined} */
  #failure;
  #isStale = false;

  /** @param {Kind} kind */
  constructor(kind) {
    super();
    this.#kind = kind;
    // reportValidity moves the focus to the element; it must go on to the button inside.
    this.#root = this.attachShadow({ mode: "open", delegatesFocus: kind === "button" });
    adoptStyleSheets(this.#root);
    // Properties that were set before the class was registered hide its accessors: set them again.
    /** @type {Record<string, unknown>} */
    const own = Object(this);
    for (const [name, value] of Object.entries(own)) {
      delete own[name];
      // Unlike an assignment, this does not throw where there is no setter.
      Reflect.set(own, name, value);
    }
  }

  connectedCallback() {
    connected.add(this);
    if (!this.#root.firstChild) this.#showSkeleton();
    // A modal dialog that is moved with its element stays open, but leaves the top layer: open it again.
    /** @type {NodeListOf<HTMLDialogElement>} */
    const dialogs = this.#root.querySelectorAll("dialog[open]:not(:modal)");
    for (const dialog of dialogs) {
      dialog.removeAttribute("open");
      dialog.showModal();
    }
    if (program || stopError) this.#queueUpdate();
    else loadWhenNear(this);
  }

  // A move is a removal and an insertion: only afterwards it is known which it was.
  disconnectedCallback() {
    this.#queueUpdate();
  }

  /**
   * @param {string} _name
   * @param {string | null} before
   * @param {string | null} now
   */
  attributeChangedCallback(_name, before, now) {
    if (before !== now) this.#markStale();
  }

  /** The browser calls it only for the button, which is form-associated. */
  formDisabledCallback() {
    this.#markStale();
  }

  get baseUrl() {
    return readAttribute(this, "base-url");
  }

  set baseUrl(value) {
    writeAttribute(this, "base-url", value);
  }

  get density() {
    return readAttribute(this, "density");
  }

  set density(value) {
    writeAttribute(this, "density", value);
  }

  get headingLevel() {
    return readAttribute(this, "heading-level");
  }

  set headingLevel(value) {
    writeAttribute(this, "heading-level", value);
  }

  get locale() {
    return readAttribute(this, "locale");
  }

  set locale(value) {
    writeAttribute(this, "locale", value);
  }

  get pageUrl() {
    return readAttribute(this, "page-url");
  }

  set pageUrl(value) {
    writeAttribute(this, "page-url", value);
  }

  get provider() {
    return readAttribute(this, "provider");
  }

  set provider(value) {
    writeAttribute(this, "provider", value);
  }

  get providers() {
    return readAttribute(this, "providers")
      .split(",")
      .map((id) => id.trim())
      .filter(Boolean);
  }

  // A string is allowed too: frameworks set a property in place of the attribute of that name.
  set providers(value) {
    writeAttribute(this, "providers", value);
  }

  get returnPath() {
    return readAttribute(this, "return-path");
  }

  set returnPath(value) {
    writeAttribute(this, "return-path", value);
  }

  get theme() {
    const theme = readAttribute(this, "theme");
    return theme === "light" || theme === "dark" || theme === "inherit" ? theme : "auto";
  }

  set theme(value) {
    writeAttribute(this, "theme", value);
  }

  // The tokens are secrets. They can be set and not read, and are no attributes, which every style sheet could read.

  get sessionToken() {
    return "";
  }

  set sessionToken(value) {
    keepSecret(this, "sessionToken", value);
    this.#markStale();
  }

  get csrfToken() {
    return "";
  }

  set csrfToken(value) {
    keepSecret(this, "csrfToken", value);
    this.#markStale();
  }

  refresh() {
    return this.#call((mounted) => mounted.refresh());
  }

  link(id = this.provider) {
    return this.#call((mounted) => mounted.link(id));
  }

  unlink(id = this.provider) {
    return this.#call((mounted) => mounted.unlink(id));
  }

  /**
   * @template T
   * @param {(mounted: Mounted) => Promise<T>} method
   */
  async #call(method) {
    try {
      return await method(await this.#whenMounted());
    } catch (error) {
      checkTrap?.(error);
      throw stopError ?? error;
    }
  }

  /** Passes the options on to the program: once, however many change in one task. */
  #markStale() {
    this.#isStale = true;
    this.#queueUpdate();
  }

  // The first of several queued updates does all the work; the others find nothing to do.
  #queueUpdate() {
    queueMicrotask(() => this.#update());
  }

  /** Mounts, updates or frees this element's part of the program, as the element is now. */
  #update() {
    if (!this.isConnected) {
      connected.delete(this);
      stopWaiting(this);
      this.#empty();
    } else if (stopError) {
      this.#fail(stopError);
    } else if (this.#kind !== "list" && !this.provider) {
      // A framework may set the provider later. It never means all providers.
      if (this.#mounted) this.#empty();
      if (!this.#root.firstChild) this.#showSkeleton();
    } else if (!this.#mounted) {
      this.#mount();
    } else if (this.#isStale) {
      this.#mounted.set(readOptions(this));
    }
    this.#isStale = false;
  }

  /** Hides what is mounted until the shadow root is emptied. */
  #hide() {
    for (const node of this.#root.children) node.toggleAttribute("hidden", true);
  }

  /** Frees what is mounted and empties the shadow root. */
  #empty() {
    this.#mounted?.free();
    this.#mounted = this.#failure = undefined;
    this.#root.replaceChildren();
  }

  /** Draws this element's part of the program, if the program runs. */
  #mount() {
    if (!program) return;
    const before = [...this.#root.childNodes];
    try {
      adoptStyleSheets(this.#root);
      const emit = this.#emit.bind(this);
      this.#mounted = program.mount(this.#kind, this.#root, readOptions(this), emit, early);
      this.#failure = undefined;
      for (const node of before) node.remove();
    } catch (cause) {
      checkTrap?.(cause);
      this.#fail(stopError ?? new Error(FAILURES.program, { cause }));
    }
  }

  /**
   * @param {string} name
   * @param {object} detail
   */
  #emit(name, detail) {
    this.dispatchEvent(new CustomEvent(`${PREFIX}-${name}`, { bubbles: true, composed: true, detail }));
  }

  /** Loads the program if necessary, and returns this element's part of it with the current options. */
  async #whenMounted() {
    if (this.isConnected) await load(this);
    this.#update();
    if (!this.#mounted) throw this.#failure ?? new Error(notMounted(this.localName));
    return this.#mounted;
  }

  #showSkeleton() {
    for (let rows = this.#kind === "list" ? 3 : 1; rows; rows -= 1) this.#root.append(createSkeletonRow());
  }

  /**
   * Shows why the program cannot run, and fires the event.
   *
   * @param {Error} error
   */
  #fail(error) {
    if (this.#failure) return;
    this.#failure = error;
    // Not freed: a program that has stopped cannot be called.
    this.#mounted = undefined;
    const { cause, message } = error;
    const page = this.pageUrl || this.baseUrl.replace(/\/*$/, "/settings/external-auth");
    const report = error === stopError ? describeTrap(/** @type {Error} */ (cause), program?.release, this.localName) : "";
    this.#root.replaceChildren(createFailure(message, page, this.pageUrl ? "page-url" : "base-url", report));
    this.#emit("error", { message, provider: this.provider });
  }
}
