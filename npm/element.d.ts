export {};

/** Where the program's files are, where they are not beside `element.js`. */
export interface Sources {
  /** The program's JavaScript, `program.js`. */
  program?: string | URL;
  /** The program, `program_bg.wasm`. */
  wasm?: string | URL;
  /** The style sheet of the shadow roots, `style.css`. */
  style?: string | URL;
}

/**
 * Fetches the program from other addresses, and at once. To be called before an
 * element is seen; what comes later changes nothing. It need not be called at
 * all where the files lie together.
 *
 * @param sources the files; or the address of the program, or of the folder that has all of them
 * @returns when the program runs; on a server at once
 */
export function init(sources?: Sources | string | URL): Promise<void>;

/** Which colours an element has. `auto`: the dashboard's, or else the page's. */
export type Theme = "auto" | "light" | "dark" | "inherit";

export interface LinkedDetail {
  provider: string;
  /** The account's name at the provider; may be empty. */
  login: string;
}

export interface UnlinkedDetail {
  provider: string;
  /** Whether the provider revoked the token, too. */
  revoked: boolean;
}

export interface RevocationFailedDetail {
  provider: string;
  /** The provider's name, for a person. */
  name: string;
  /** Redacted; may be empty. */
  reason: string;
  /** Where it can be revoked by hand; empty where that is not known. */
  url: string;
}

export interface ErrorDetail {
  /** A sentence for a person. */
  message: string;
  /** Empty where it is about no one provider. */
  provider: string;
}

/** How a provider stands; all but the last four are links that work, as far as that is known. */
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
  /** Whether there is a link that is not known to be broken. */
  linked: boolean;
  /** The account's name at the provider; empty where it is not known. */
  login: string;
  state: ProviderState;
}

/** The events, all of which bubble out of shadow roots. None carries a secret. */
export interface ExternalAuthEventMap {
  /** An account was linked, here or in another tab. */
  "coder-external-auth-linked": CustomEvent<LinkedDetail>;
  /** A link was removed. */
  "coder-external-auth-unlinked": CustomEvent<UnlinkedDetail>;
  /** A link was removed, but its token may still be valid. */
  "coder-external-auth-revocation-failed": CustomEvent<RevocationFailedDetail>;
  /** The session has ended. */
  "coder-external-auth-unauthorized": CustomEvent<Record<string, never>>;
  /** Something failed, the program's own start included. */
  "coder-external-auth-error": CustomEvent<ErrorDetail>;
  /** What is known of a provider that is shown has changed, or is known for the first time. */
  "coder-external-auth-state": CustomEvent<StateDetail>;
}

/** What the elements have in common. */
declare class ExternalAuthElement extends HTMLElement {
  /** `base-url`: origin of the deployment; the page's own when empty. */
  get baseUrl(): string;
  set baseUrl(value: string | null | undefined);
  /** `locale`: of times and dates, as `de`; the browser's when empty. */
  get locale(): string;
  set locale(value: string | null | undefined);
  /** `page-url`: what a message links to where the element cannot work; `{base-url}/settings/external-auth` when empty. */
  get pageUrl(): string;
  set pageUrl(value: string | null | undefined);
  /** `return-path`: where linking comes back to, a path of the deployment's origin. */
  get returnPath(): string;
  set returnPath(value: string | null | undefined);
  /** `theme`: `auto` unless it is one of the others. */
  get theme(): Theme;
  set theme(value: Theme | null | undefined);
  /** Sent instead of the session cookie. In memory only, never an attribute. */
  get sessionToken(): string;
  set sessionToken(value: string | null | undefined);
  /** Sent with what changes something; fetched when empty. In memory only, never an attribute. */
  get csrfToken(): string;
  set csrfToken(value: string | null | undefined);
  /** Asks the deployment again. */
  refresh(): Promise<void>;
}

/** `<coder-external-auth>`: all providers. */
export class CoderExternalAuth extends ExternalAuthElement {
  /** `providers`: the ids of those to show, separated by commas; all when empty. */
  get providers(): string[];
  set providers(value: readonly string[] | string | null | undefined);
  /** Links a provider, as its button does. To be called in a click. Whether it is linked now. */
  link(id: string): Promise<boolean>;
  /** Asks whether to remove the link of a provider, as its button does. Whether it is gone. */
  unlink(id: string): Promise<boolean>;
}

/** `<coder-external-auth-provider>`: the card of one provider. */
export class CoderExternalAuthProvider extends ExternalAuthElement {
  /** `provider`: its id. */
  get provider(): string;
  set provider(value: string | null | undefined);
  /** Links the provider, as its button does. To be called in a click. Whether it is linked now. */
  link(id?: string): Promise<boolean>;
  /** Asks whether to remove the link, as its card does. Whether it is gone. */
  unlink(id?: string): Promise<boolean>;
}

/**
 * `<coder-external-auth-button>`: a button that links one provider, for a form.
 * The form gets the provider's id as its value once that is linked, else nothing.
 */
export class CoderExternalAuthButton extends ExternalAuthElement {
  static readonly formAssociated: boolean;
  /** `provider`: its id. */
  get provider(): string;
  set provider(value: string | null | undefined);
  /** `name`: of its value in the form. */
  get name(): string;
  set name(value: string | null | undefined);
  /** `required`: the form is not valid until the provider is linked. */
  get required(): boolean;
  set required(value: boolean);
  /** `disabled`: cannot be pressed, and does not count in the form. */
  get disabled(): boolean;
  set disabled(value: boolean);
  readonly form: HTMLFormElement | null;
  readonly labels: NodeList;
  readonly validity: ValidityState;
  readonly validationMessage: string;
  readonly willValidate: boolean;
  checkValidity(): boolean;
  reportValidity(): boolean;
  /** Links the provider, as pressing it does. To be called in a click. Whether it is linked now. */
  link(id?: string): Promise<boolean>;
  /** Asks whether to remove the link, as its card does. Whether it is gone. */
  unlink(id?: string): Promise<boolean>;
}

declare global {
  interface HTMLElementTagNameMap {
    "coder-external-auth": CoderExternalAuth;
    "coder-external-auth-provider": CoderExternalAuthProvider;
    "coder-external-auth-button": CoderExternalAuthButton;
  }
  // Of elements, documents and windows: they bubble up to all of these.
  interface GlobalEventHandlersEventMap extends ExternalAuthEventMap {}
}
