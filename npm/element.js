// The custom elements. They register at import, show a skeleton at once, and
// fetch the program, which they share, when the first of them is about to be
// seen. What they draw, ask for and decide is the program's.

/**
 * @import {
 *   CoderExternalAuth as DeclaredList,
 *   CoderExternalAuthButton as DeclaredButton,
 *   CoderExternalAuthProvider as DeclaredProvider,
 *   Sources,
 *   StateDetail,
 * } from "./element.d.ts"
 * @import { Kind, Mounted, Options } from "./program.js"
 * @typedef {typeof import("./program.js")} Program
 */

const PREFIX = "coder-external-auth";

const POLICY =
  "The security policy of this page does not allow WebAssembly. Your administrator can allow it by this setting, merged with an entry for script-src that is there already:";
const SETTING = `CODER_ADDITIONAL_CSP_POLICY="script-src 'wasm-unsafe-eval'"`;
const SUPPORT = "This browser is too old for this, or has WebAssembly turned off.";
const LOAD = "A file could not be loaded. Check your connection, then load the page again.";
const PROGRAM = "Something went wrong. Your links are not affected. Load the page again.";

/** Until the program's own style sheet is here, and for what says why it is not. */
const STYLE = `:host{display:block}
:host(${PREFIX}-button){display:inline-block;max-inline-size:100%}
:host([hidden]){display:none}
:host([theme=light]){color-scheme:light}
:host([theme=dark]){color-scheme:dark}
[part=skeleton]{background:currentColor;block-size:8rem;border-radius:.5rem;margin-block-end:.75rem;opacity:.08}
[part=skeleton]:last-child{margin:0}
:host(${PREFIX}-button) [part=skeleton]{block-size:2.25rem;inline-size:8rem}
[part=failure]{border:1px solid;border-radius:.5rem;font:1rem/1.5 system-ui,sans-serif;padding:0 1rem 1rem}
[part=failure]{overflow-wrap:anywhere}
pre{white-space:pre-wrap}
a{color:inherit}`;

/**
 * Applications that find their pages by the part of an address behind `#` would
 * come back from a redirect in this tab at their first page: no redirect carries
 * that part. The program kept it when it left; it is put back before a router reads it.
 */
function restoreFragment() {
  try {
    const [, provider, address = ""] = sessionStorage.getItem(`${PREFIX}-return`)?.split("\n") ?? [];
    const { hash, href, pathname, search } = location;
    const fragment = /#(.+)/.exec(address)?.[1];
    const isBack = address.startsWith(pathname) && search.split(/[?&]/).includes(`linked=${provider}`);
    if (fragment && !hash && isBack) location.replace(`${href}#${fragment}`);
  } catch {
    // In a sandboxed frame nothing is kept.
  }
}

if (globalThis.document) restoreFragment();

/** On a server there are no elements; importing this must do no harm there. */
const Base = globalThis.HTMLElement ?? class {};

/**
 * Those in a document.
 *
 * @type {Set<ExternalAuthElement>}
 */
const connected = new Set();

/** @type {Sources} */
let sources = {};

/** @type {Promise<void> | undefined} */
let loading;

/** @type {Program | undefined} */
let program;

/**
 * Why the program stopped: there is no other until the page is loaded again.
 *
 * @type {Error | undefined}
 */
let stopped;

/**
 * Of the elements' own, and of the program; the same for all elements.
 *
 * @type {CSSStyleSheet[]}
 */
const sheets = [];

/** @param {string} css */
function addSheet(css) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  sheets.push(sheet);
}

/**
 * As high again as the screen: the program comes before the element does.
 * Where nothing can be observed, it comes at once.
 */
const observer =
  globalThis.IntersectionObserver &&
  new IntersectionObserver(
    (entries) => {
      if (entries.some((entry) => entry.isIntersecting)) begin();
    },
    // Also in what scrolls by itself, where the browser knows that option.
    /** @type {IntersectionObserverInit} */ ({ rootMargin: "100%", scrollMargin: "100%" }),
  );

/**
 * Brings an element up to date, or shows on it what went wrong.
 *
 * @type {(element: ExternalAuthElement, error?: Error) => void}
 */
let settle;

/**
 * An address that was given is one of the page's, not of this file's.
 *
 * @param {string | URL} address
 */
const absolute = (address) => new URL(address, document.baseURI).href;

/** @param {string | URL} address */
async function fetched(address) {
  const response = await fetch(address);
  // A page in place of a file is what some servers send for what they do not have.
  const isPage = response.headers.get("content-type")?.includes("html");
  if (!response.ok || isPage) throw new Error(`${response.status} ${address}`);
  return response;
}

async function start() {
  if (typeof WebAssembly !== "object") throw new Error(SUPPORT);
  try {
    // The smallest module there is, its header: some browsers refuse
    // WebAssembly without a word, in the midst of the program's start.
    new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
  } catch (cause) {
    throw new Error(POLICY, { cause });
  }
  try {
    // Bundlers know these addresses by the way they are written.
    const { program: glue, wasm, style } = sources;
    const [loaded, response, css] = await Promise.all([
      glue ? import(/* webpackIgnore: true */ /* @vite-ignore */ absolute(glue)) : import("./program.js"),
      fetched(wasm ? absolute(wasm) : new URL("./program_bg.wasm", import.meta.url)),
      fetched(style ? absolute(style) : new URL("./style.css", import.meta.url)).then((sheet) => sheet.text()),
    ]);
    await loaded.default({ module_or_path: response });
    addSheet(css);
    loaded.on_panic(() => {
      stopped = new Error(PROGRAM);
      // Not in the midst of it.
      queueMicrotask(() => connected.forEach((element) => settle(element)));
    });
    program = loaded;
  } catch (cause) {
    const { message } = /** @type {Error} */ (cause);
    const said =
      cause instanceof WebAssembly.RuntimeError
        ? PROGRAM
        : cause instanceof WebAssembly.CompileError && !/magic|asm'/.test(message)
          ? SUPPORT
          : `${LOAD} (${message})`;
    throw new Error(said, { cause });
  }
}

/** Fetches the program, once; after a failure, again when it is wanted again. */
function load() {
  observer?.disconnect();
  return (loading ??= start().then(
    () => connected.forEach((element) => settle(element)),
    (error) => {
      console.error(error);
      loading = undefined;
      connected.forEach((element) => settle(element, error));
      throw error;
    },
  ));
}

/** The same, where the elements say what went wrong. */
function begin() {
  load().catch(() => {});
}

/**
 * Fetches the program from elsewhere than from beside this file. To be called
 * before an element is seen; it need not be called at all.
 *
 * @param {Sources | string | URL} [given] the files; or the program, or the folder that has all of them
 * @returns {Promise<void>} when it runs; on a server at once
 */
export async function init(given = {}) {
  if (!globalThis.document) return;
  if (typeof given === "string" || given instanceof URL) {
    const wasm = absolute(given);
    const folder = wasm.replace(/\/*$/, "/");
    given = wasm.endsWith(".wasm")
      ? { wasm }
      : { program: `${folder}program.js`, wasm: `${folder}program_bg.wasm`, style: `${folder}style.css` };
  }
  sources = given;
  return load();
}

/**
 * @param {string} tag
 * @param {Record<string, string>} attributes
 * @param {...(Node | string)} children
 */
function create(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const name in attributes) element.setAttribute(name, attributes[name] ?? "");
  element.append(...children);
  return element;
}

/**
 * @param {HTMLElement} element
 * @param {string} attribute
 */
const read = (element, attribute) => element.getAttribute(attribute) ?? "";

/**
 * @param {HTMLElement} element
 * @param {string} attribute
 * @param {string | string[] | null | undefined} value
 */
function write(element, attribute, value) {
  if (value == null) element.removeAttribute(attribute);
  else element.setAttribute(attribute, String(value));
}

/** What the three have in common. */
class ExternalAuthElement extends /** @type {typeof HTMLElement} */ (Base) {
  static observedAttributes = [
    "base-url",
    "disabled",
    "locale",
    "provider",
    "providers",
    "required",
    "return-path",
  ];

  static {
    settle = (element, error) => {
      if (error) element.#fail(error);
      else element.#settle();
    };
    // From the back/forward cache everything is of before, and may be another
    // person's: nothing of it goes on. All elements first, because what they
    // share ends with the last of them.
    globalThis.addEventListener?.("pageshow", ({ persisted }) => {
      if (!persisted) return;
      for (const element of connected) if (element.#mounted) element.#empty();
      for (const element of connected) element.#settle();
    });
  }

  #kind;
  #root;
  #sessionToken = "";
  #csrfToken = "";
  /** @type {Mounted | undefined} */
  #mounted;
  /** @type {Error | undefined} */
  #failure;
  #isStale = false;

  /** @param {Kind} kind */
  constructor(kind) {
    super();
    this.#kind = kind;
    // For reportValidity, which gives the focus to the element that it is about.
    this.#root = this.attachShadow({ mode: "open", delegatesFocus: kind === "button" });
    if (!sheets.length) addSheet(STYLE);
    this.#root.adoptedStyleSheets = sheets;
    // What was set before this class was here hides the accessors.
    /** @type {Record<string, unknown>} */
    const own = Object(this);
    for (const name of Object.keys(own)) {
      const value = own[name];
      delete own[name];
      // What can only be read stays as it is.
      Reflect.set(own, name, value);
    }
  }

  connectedCallback() {
    connected.add(this);
    if (!this.#root.firstChild) this.#skeleton();
    // A dialog that is moved with its element stays open, but lies below all else.
    /** @type {NodeListOf<HTMLDialogElement>} */
    const dialogs = this.#root.querySelectorAll("dialog[open]:not(:modal)");
    for (const dialog of dialogs) {
      dialog.removeAttribute("open");
      dialog.showModal();
    }
    if (program || stopped) this.#queue();
    else if (observer) observer.observe(this);
    else queueMicrotask(begin);
  }

  // A node that is moved is taken out and put in again: what to make of it is
  // seen when that is over.
  disconnectedCallback() {
    this.#queue();
  }

  /**
   * @param {string} _name
   * @param {string | null} before
   * @param {string | null} now
   */
  attributeChangedCallback(_name, before, now) {
    if (before !== now) this.#change();
  }

  /** The browser calls it for the button alone. */
  formDisabledCallback() {
    this.#change();
  }

  get baseUrl() {
    return read(this, "base-url");
  }

  set baseUrl(value) {
    write(this, "base-url", value);
  }

  get locale() {
    return read(this, "locale");
  }

  set locale(value) {
    write(this, "locale", value);
  }

  get pageUrl() {
    return read(this, "page-url");
  }

  set pageUrl(value) {
    write(this, "page-url", value);
  }

  get provider() {
    return read(this, "provider");
  }

  set provider(value) {
    write(this, "provider", value);
  }

  get providers() {
    return read(this, "providers")
      .split(",")
      .map((id) => id.trim())
      .filter(Boolean);
  }

  // A text is fine too: frameworks set properties where there are some.
  set providers(value) {
    write(this, "providers", value);
  }

  get returnPath() {
    return read(this, "return-path");
  }

  set returnPath(value) {
    write(this, "return-path", value);
  }

  get theme() {
    const theme = read(this, "theme");
    return theme === "light" || theme === "dark" || theme === "inherit" ? theme : "auto";
  }

  set theme(value) {
    write(this, "theme", value);
  }

  // Secrets: never in an attribute, where any style sheet could read them.

  get sessionToken() {
    return this.#sessionToken;
  }

  set sessionToken(value) {
    this.#sessionToken = value ?? "";
    this.#change();
  }

  get csrfToken() {
    return this.#csrfToken;
  }

  set csrfToken(value) {
    this.#csrfToken = value ?? "";
    this.#change();
  }

  async refresh() {
    return (await this.#ready()).refresh();
  }

  async link(id = this.provider) {
    return (await this.#ready()).link(id);
  }

  async unlink(id = this.provider) {
    return (await this.#ready()).unlink(id);
  }

  /** However much changes at once, the program hears of it once. */
  #change() {
    this.#isStale = true;
    this.#queue();
  }

  // Whatever comes second finds nothing left to do.
  #queue() {
    queueMicrotask(() => this.#settle());
  }

  #settle() {
    if (!this.isConnected) {
      connected.delete(this);
      observer?.unobserve(this);
      this.#empty();
    } else if (stopped) {
      this.#fail(stopped);
    } else if (this.#kind !== "list" && !this.provider) {
      // As where a framework is still to say which. All of them is never meant.
      if (this.#mounted) this.#empty();
      if (!this.#root.firstChild) this.#skeleton();
    } else if (!this.#mounted) {
      if (program) this.#mount(program);
    } else if (this.#isStale) {
      this.#mounted.set(this.#options());
    }
    this.#isStale = false;
  }

  #empty() {
    this.#mounted?.free();
    this.#mounted = this.#failure = undefined;
    this.#root.replaceChildren();
  }

  /** @param {Program} program */
  #mount(program) {
    const before = [...this.#root.childNodes];
    try {
      this.#root.adoptedStyleSheets = sheets;
      this.#mounted = program.mount(this.#kind, this.#root, this.#options(), (name, detail) =>
        this.#emit(name, detail),
      );
      this.#failure = undefined;
      for (const node of before) node.remove();
    } catch (cause) {
      this.#fail(new Error(PROGRAM, { cause }));
    }
  }

  /** @returns {Options} */
  #options() {
    const { baseUrl, provider, providers, locale, returnPath, sessionToken, csrfToken } = this;
    const disabled = this.matches(":disabled");
    const all = { baseUrl, provider, providers, locale, returnPath, sessionToken, csrfToken, disabled };
    return Object.fromEntries(Object.entries(all).filter(([, value]) => String(value)));
  }

  /**
   * @param {string} name
   * @param {object} detail
   */
  #emit(name, detail) {
    this.dispatchEvent(new CustomEvent(`${PREFIX}-${name}`, { bubbles: true, composed: true, detail }));
  }

  /** This element's part of the program, with its attributes as they are now. */
  async #ready() {
    if (this.isConnected) await load();
    this.#settle();
    if (!this.#mounted) throw this.#failure ?? new Error(`<${this.localName}> has no provider, or is in no document.`);
    return this.#mounted;
  }

  #skeleton() {
    for (let rows = this.#kind === "list" ? 3 : 1; rows > 0; rows -= 1) {
      // Something in the button must be able to take the focus, see above.
      this.#root.append(create("div", { part: "skeleton", "aria-hidden": "true", tabindex: "-1" }));
    }
  }

  /** @param {Error} error */
  #fail(error) {
    if (this.#failure) return;
    this.#failure = error;
    // What a stopped program holds cannot be given back.
    this.#mounted = undefined;
    const { message } = error;
    const page = this.pageUrl || `${this.baseUrl.replace(/\/+$/, "")}/settings/external-auth`;
    this.#root.replaceChildren(
      create(
        "div",
        { part: "failure", role: "alert" },
        create("p", {}, message),
        message === POLICY ? create("pre", {}, create("code", {}, SETTING)) : "",
        create("a", { href: page }, "Manage linked accounts on their own page"),
      ),
    );
    this.#emit("error", { message, provider: this.provider });
  }
}

/**
 * `<coder-external-auth>`: all providers, or those that are named.
 *
 * @implements {DeclaredList}
 */
export class CoderExternalAuth extends ExternalAuthElement {
  constructor() {
    super("list");
  }
}

/**
 * `<coder-external-auth-provider>`: the card of one provider.
 *
 * @implements {DeclaredProvider}
 */
export class CoderExternalAuthProvider extends ExternalAuthElement {
  constructor() {
    super("provider");
  }
}

/**
 * `<coder-external-auth-button>`: one button, for a form that needs a linked
 * account. Its value is the provider's id once that is linked.
 *
 * @implements {DeclaredButton}
 */
export class CoderExternalAuthButton extends ExternalAuthElement {
  static formAssociated = true;

  // What imitates a browser for unit tests may have none of it, or a part.
  #internals = this.attachInternals?.();
  /** @type {StateDetail | undefined} */
  #state;

  constructor() {
    super("button");
    // The first to listen: whoever asks for the validity in this event gets the new one.
    this.addEventListener(`${PREFIX}-state`, (event) => {
      if (event.target !== this) return;
      this.#state = /** @type {CustomEvent<StateDetail>} */ (event).detail;
      this.#validate();
    });
    // Also where the program has drawn a button that can be pressed.
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

  /** What is linked stays linked when the rest of the form is emptied. */
  formResetCallback() {
    this.#validate();
  }

  get name() {
    return read(this, "name");
  }

  set name(value) {
    write(this, "name", value);
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

  get labels() {
    return this.#internals?.labels;
  }

  get validity() {
    return this.#internals?.validity;
  }

  get validationMessage() {
    return this.#internals?.validationMessage ?? "";
  }

  get willValidate() {
    return Boolean(this.#internals?.willValidate);
  }

  checkValidity() {
    return this.#internals?.checkValidity?.() ?? true;
  }

  reportValidity() {
    return this.#internals?.reportValidity?.() ?? true;
  }

  #validate() {
    const { provider } = this;
    // What is known of another provider says nothing of this one.
    const state = this.#state?.provider === provider ? this.#state : undefined;
    const valueMissing = this.required && !state?.linked;
    this.#internals?.setFormValue?.(state?.linked ? provider : null);
    this.#internals?.setValidity?.({ valueMissing }, valueMissing ? `Link ${state?.name || provider || "an account"} first.` : "");
  }
}

/** @type {[string, CustomElementConstructor][]} */
const elements = [
  [PREFIX, CoderExternalAuth],
  [`${PREFIX}-provider`, CoderExternalAuthProvider],
  [`${PREFIX}-button`, CoderExternalAuthButton],
];
const registry = globalThis.customElements;
for (const [tag, element] of registry ? elements : []) {
  // A page may have it twice, of two bundles.
  if (!registry.get(tag)) registry.define(tag, element);
}
