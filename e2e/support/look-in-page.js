// @ts-check

/**
 * All that a page shows and keeps: places and texts, and the number of its
 * elements. Runs in the page.
 *
 * @returns {{ count: number, texts: [string, string][] }}
 */
export function lookInPage() {
  /** @type {[string, string][]} */
  const texts = [];
  let count = 0;
  /** @param {Document | ShadowRoot} root @param {string} place */
  const read = (root, place) => {
    const { innerHTML } = root instanceof Document ? root.documentElement : root;
    // A page of the deployment has its CSRF token in this tag, for its scripts.
    texts.push([place, innerHTML.replace(/<meta property="csrf-token"[^>]*>/g, "")]);
    for (const element of root.querySelectorAll("*")) {
      count += 1;
      if ("value" in element) texts.push([place, String(element.value)]);
      if (element.shadowRoot) read(element.shadowRoot, "a shadow root");
      // What a script can read of a custom element.
      if (element.localName.includes("-")) {
        for (const name in element) {
          const value = /token|secret|code/i.test(name) && Reflect.get(element, name);
          if (typeof value === "string") texts.push(["a property", value]);
        }
        texts.push(["a property", JSON.stringify(element)]);
      }
    }
  };
  read(document, "the document");
  texts.push(
    ["the address", location.href],
    ["the address", document.referrer],
    ["the history state", JSON.stringify(history.state) ?? ""],
    ["the title", `${document.title} ${window.name}`],
  );
  // A page without an origin has no storage.
  if (origin !== "null") {
    texts.push(["local storage", JSON.stringify(localStorage)], ["session storage", JSON.stringify(sessionStorage)]);
    texts.push(["a cookie that scripts can read", document.cookie]);
  }
  return { count, texts };
}
