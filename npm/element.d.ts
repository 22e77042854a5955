export {};

/** The addresses of the program's files, where they are not beside `element.js`. */
export interface Sources {
  /** The program's JavaScript, `program.js`. */
  program?: string | URL;
  /** The program, `program_bg.wasm`. Under this name, its other parts (`program_*.wasm`) are loaded from beside it. */
  wasm?: string | URL;
  /** The style sheet of the shadow roots, `style.css`. */
  style?: string | URL;
}

/**
 * Loads the program now, from these addresses. Call it before an element is
 * seen; a later call changes nothing. It is not necessary where the files are
 * beside each other.
 *
 * @param sources the files; or the address of `program_bg.wasm`, or of the folder that has all files
 * @returns resolves when the program runs; on a server at once
 */
export function init(sources?: Sources | string | URL): Promise<void>;

/** The colours of an element. `auto`: those of the dashboard, or else those of the page. */
export type Theme = "auto" | "light" | "dark" | "inherit";

export interface LinkedDetail {
  provider: string;
  /** The account's name at the provider; may be empty. */
  login: string;
}

export interface UnlinkedDetail {
  provider: string;
  /** Whether the provider also revoked the token. */
  revoked: boolean;
}

export interface RevocationFailedDetail {
  provider: string;
  /** The provider's name, for a person. */
  name: string;
  /** Redacted; may be empty. */
  reason: string;
  /** Where the person can revoke the token; empty if that is not known. */
  url: string;
}

export interface ErrorDetail {
  /** A sentence for a person. */
  message: string;
  /** Empty if the error is not about one provider. */
  provider: string;
}

/** The state of a provider. The last four are not working links; the others are, as far as that is known. */
export type ProviderState =
  | "linked"
  | "not-verified"
  | "app-not-installed"
  | "renewing"
  | "could-not-check"
  | "needs-attention"
  | "not-linked"
  | "no-longer-configured"
  | "unknown";

export interface StateDetail {
  provider: string;
  /** The provider's name, for a person. */
  name: string;
  /** Whether there is a link, and it is not known to be broken. */
  linked: boolean;
  /** The account's name at the provider; empty if it is not known. */
  login: string;
  state: ProviderState;
}

/** The events. All of them bubble, and cross shadow roots. None contains a secret. */
export interface ExternalAuthEventMap {
  /** An account was linked, here or in another tab. */
  "coder-external-auth-linked": CustomEvent<LinkedDetail>;
  /** A link was removed. */
  "coder-external-auth-unlinked": CustomEvent<UnlinkedDetail>;
  /** A link was removed, but the provider may still accept its token. */
  "coder-external-auth-revocation-failed": CustomEvent<RevocationFailedDetail>;
  /** The session has ended. */
  "coder-external-auth-unauthorized": CustomEvent<Record<string, never>>;
  /** Something failed: an action, or the start of the program. */
  "coder-external-auth-error": CustomEvent<ErrorDetail>;
  /** The state of a provider that is shown has changed, or is known for the first time. */
  "coder-external-auth-state": CustomEvent<StateDetail>;
}

/** The properties and methods that all three elements have. */
declare class ExternalAuthElement extends HTMLElement {
  /** `base-url`: the origin of the deployment; when empty, the origin of the page. */
  get baseUrl(): string;
  set baseUrl(value: string | null | undefined);
  /** `density`: `comfortable` or `compact` rows; when empty, compact from 31 rows on. */
  get density(): string;
  set density(value: string | null | undefined);
  /** `heading-level`: the level of the title among the headings of the page, 1 to 4; when empty, 2. */
  get headingLevel(): string;
  set headingLevel(value: string | number | null | undefined);
  /** `locale`: the language of times and dates, such as `de`; when empty, the browser's. */
  get locale(): string;
  set locale(value: string | null | undefined);
  /** `page-url`: where the message links to when the element cannot run; when empty, `{base-url}/settings/external-auth`. */
  get pageUrl(): string;
  set pageUrl(value: string | null | undefined);
  /** `return-path`: the path, on the origin of the deployment, to which linking returns. */
  get returnPath(): string;
  set returnPath(value: string | null | undefined);
  /** `theme`: any other value reads as `auto`. */
  get theme(): Theme;
  set theme(value: Theme | null | undefined);
  /** The session token, sent instead of the session cookie. Kept in memory; never an attribute. Cannot be read back: reading gives an empty text. */
  get sessionToken(): string;
  set sessionToken(value: string | null | undefined);
  /** The CSRF token, sent with requests that change something; fetched when empty. Kept in memory; never an attribute. Cannot be read back: reading gives an empty text. */
  get csrfToken(): string;
  set csrfToken(value: string | null | undefined);
  /** Reads the list again. */
  refresh(): Promise<void>;
}

/** `<coder-external-auth>`: all providers. */
export class CoderExternalAuth extends ExternalAuthElement {
  /** `providers`: the ids of the providers to show, separated by commas; when empty, all. */
  get providers(): string[];
  set providers(value: readonly string[] | string | null | undefined);
  /** Links a provider, as its button does. Call it in a click. Resolves to whether the provider is linked. */
  link(id: string): Promise<boolean>;
  /** Unlinks a provider after the person confirms it, as its button does. Resolves to whether the link is removed. */
  unlink(id: string): Promise<boolean>;
}

/** `<coder-external-auth-provider>`: the card of one provider. */
export class CoderExternalAuthProvider extends ExternalAuthElement {
  /** `provider`: the id of the provider. */
  get provider(): string;
  set provider(value: string | null | undefined);
  /** Links the provider, as its button does. Call it in a click. Resolves to whether the provider is linked. */
  link(id?: string): Promise<boolean>;
  /** Unlinks the provider after the person confirms it, as its card does. Resolves to whether the link is removed. */
  unlink(id?: string): Promise<boolean>;
}

/**
 * `<coder-external-auth-button>`: a button that links one provider, for a form.
 * Its value in the form is the id of the provider when that is linked; otherwise it has none.
 */
export class CoderExternalAuthButton extends ExternalAuthElement {
  static readonly formAssociated: boolean;
  /** `provider`: the id of the provider. */
  get provider(): string;
  set provider(value: string | null | undefined);
  /** `name`: the name of its value in the form. */
  get name(): string;
  set name(value: string | null | undefined);
  /** `required`: the form is invalid until the provider is linked. */
  get required(): boolean;
  set required(value: boolean);
  /** `disabled`: the button cannot be pressed, and takes no part in the form. */
  get disabled(): boolean;
  set disabled(value: boolean);
  /** The form of the element. Setting it sets the attribute `form`, the id of a form that is not around the element. */
  get form(): HTMLFormElement | null;
  set form(value: string | null | undefined);
  readonly labels: NodeList;
  readonly validity: ValidityState;
  readonly validationMessage: string;
  readonly willValidate: boolean;
  checkValidity(): boolean;
  reportValidity(): boolean;
  /** Links the provider, as pressing the button does. Call it in a click. Resolves to whether the provider is linked. */
  link(id?: string): Promise<boolean>;
  /** Unlinks the provider after the person confirms it, as its card does. Resolves to whether the link is removed. */
  unlink(id?: string): Promise<boolean>;
}

declare global {
  interface HTMLElementTagNameMap {
    "coder-external-auth": CoderExternalAuth;
    "coder-external-auth-provider": CoderExternalAuthProvider;
    "coder-external-auth-button": CoderExternalAuthButton;
  }
  // For elements, documents and windows: the events bubble up to all of them.
  interface GlobalEventHandlersEventMap extends ExternalAuthEventMap {}
}
