// The interface between the elements and the program. `program.js` is the
// JavaScript that wasm-bindgen writes for the program; the build puts it beside
// the bundle of these modules.

import type { EarlyRequests } from "../../public/early-requests.js";

declare global {
  /** Version and build of the program that this bundle belongs to. `npm/assemble.js` writes it into the bundle. */
  const RELEASE: string;
}

/** The options of one element. An option that is missing has its default. */
export interface Options {
  baseUrl?: string;
  provider?: string;
  providers?: string[];
  locale?: string;
  headingLevel?: string;
  returnPath?: string;
  sessionToken?: string;
  csrfToken?: string;
  /** Only for the button. */
  disabled?: boolean;
}

/** Which of the three elements it is. */
export type Kind = "list" | "provider" | "button";

/** The part of the program that one element has mounted. */
export interface Mounted {
  /** Replaces all options. */
  set(options: Options): void;
  refresh(): Promise<void>;
  /** Resolves to whether the provider is linked. */
  link(provider: string): Promise<boolean>;
  /** Asks the person to confirm. Resolves to whether the link is removed. */
  unlink(provider: string): Promise<boolean>;
  /** Unmounts: removes what was drawn, and ends its timers, listeners and requests. */
  free(): void;
}

/** Starts the program. */
export default function init(options: { module_or_path: Response }): Promise<unknown>;

/** Version and build. */
export const release: string | undefined;

/** Why a later part could not be loaded, the last time that one could not. */
export const partError: unknown;

/** The addresses of the program's files that it has loaded so far, without the first part. */
export const addresses: string[] | undefined;

/** Makes the later parts be loaded from beside this address. */
export const loadPartsFrom: ((address: string) => void) | undefined;

/** Requests a later part before the program asks for it. */
export const preloadPart: ((name: string) => void) | undefined;

/** Makes what still calls the program get no answer. */
export const stop: (() => void) | undefined;

/** Loads the part for elements. After a failure, the next call tries again. */
export function prepare(): Promise<void>;

/**
 * Draws into the root, after the content that is there. `emit` fires an event; its name is without the prefix. `early`
 * has requests that were sent before the program ran. The first session that they fit takes them over.
 */
export function mount(
  kind: Kind,
  root: ShadowRoot,
  options: Options,
  emit: (name: string, detail: object) => void,
  early: EarlyRequests | null | undefined,
): Mounted;
