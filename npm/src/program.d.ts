// What element.js and the program agree on. `program.js` is the JavaScript that
// wasm-bindgen writes for the program; a build puts it here, with its own
// declarations left out.

/** What is told the program. Whatever is left out has its default. */
export interface Options {
  baseUrl?: string;
  provider?: string;
  providers?: string[];
  locale?: string;
  returnPath?: string;
  sessionToken?: string;
  csrfToken?: string;
  /** Of the button. */
  disabled?: boolean;
}

/** What is drawn. */
export type Kind = "list" | "provider" | "button";

/** One element's part of the program. */
export interface Mounted {
  /** All options anew. */
  set(options: Options): void;
  refresh(): Promise<void>;
  /** Whether it ended linked. */
  link(provider: string): Promise<boolean>;
  /** Asks the person first. Whether the link is gone. */
  unlink(provider: string): Promise<boolean>;
  /** Takes away what was drawn, and all that runs for it. */
  free(): void;
}

/** Starts the program. */
export default function init(options: { module_or_path: Response }): Promise<unknown>;

/** Told when the program has stopped for good. */
export function on_panic(callback: (message: string) => void): void;

/** Draws into the root, after what is there. `emit`: event names have no prefix. */
export function mount(
  kind: Kind,
  root: ShadowRoot,
  options: Options,
  emit: (name: string, detail: object) => void,
): Mounted;
