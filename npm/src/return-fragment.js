import { PREFIX } from "./prefix.js";

/**
 * Restores the fragment of the address (the part after `#`) after a redirect
 * flow in this tab. No redirect carries it, so an application that routes by
 * fragment would come back to its first page. The program stores it before it
 * leaves. To be called before a router reads the address.
 */
export function restoreFragment() {
  try {
    const [, provider, address = ""] = sessionStorage.getItem(`${PREFIX}-return`)?.split("\n") ?? [];
    const { hash, href, pathname, search } = location;
    const fragment = /#(.+)/.exec(address)?.[1];
    const isBack = address.startsWith(pathname) && search.split(/[?&]/).includes(`linked=${provider}`);
    if (fragment && !hash && isBack) location.replace(`${href}#${fragment}`);
  } catch {
    // A sandboxed frame has no storage, and a server has no address.
  }
}
