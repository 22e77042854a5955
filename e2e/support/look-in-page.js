// @ts-check

/**
 * Looks for texts in all that a page shows and keeps. Runs in the page, so that a
 * long list need not leave it.
 *
 * @param {string[]} needles
 * @returns {{ count: number, found: [string, string][] }} the number of elements; places, and what is there
 */
export function lookInPage(needles) {
  /** @type {[string, string][]} */
  const found = [];
  let count = 0;
  /** @param {string} place @param {string} text */
  const look = (place, text) => {
    for (const needle of needles) if (text.includes(needle)) found.push([place, needle]);
  };
  /** @param {Document | ShadowRoot} root @param {string} place */
  const read = (root, place) => {
    const { innerHTML } = root instanceof Document ? root.documentElement : root;
    // A page of the deployment has its CSRF token in this tag, for its scripts.
    look(place, innerHTML.replace(/<meta property="csrf-token"[^>]*>/, ""));
    for (const element of root.querySelectorAll("*")) {
      count += 1;
      if ("value" in element) look(place, String(element.value));
      if (element.shadowRoot) read(element.shadowRoot, "a shadow root");
      // What a script can read of a custom element.
      if (element.localName.includes("-")) {
        for (const name in element) {
          const value = /token|secret|code/i.test(name) && Reflect.get(element, name);
          if (typeof value === "string") look("a property", value);
        }
        // React keeps what it knows of an element on it.
        look("a property", JSON.stringify(element, (key, value) => (key.startsWith("__react") ? undefined : value)));
      }
    }
  };
  read(document, "the document");
  look("the address", `${location.href} ${document.referrer}`);
  look("the history state", JSON.stringify(history.state) ?? "");
  look("the title", `${document.title} ${window.name}`);
  // A page without an origin has no storage.
  if (origin !== "null") {
    look("local storage", JSON.stringify(localStorage));
    look("session storage", JSON.stringify(sessionStorage));
    look("a cookie that scripts can read", document.cookie);
  }
  return { count, found };
}
