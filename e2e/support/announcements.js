// @ts-check
// What a screen reader says without being asked (WCAG 2.2, 4.1.3): the changes of
// live regions.

/** @import { BrowserContext } from "@playwright/test" */

/**
 * What is said, in order. What is said at once begins with "! ".
 *
 * A region is said as a whole, or what is added to it where it is not atomic. A new
 * alert is said, a new status is not: a screen reader only hears its changes. While
 * a modal dialog is open, nothing outside of it is said.
 */
export class Announcements {
  /** @type {string[]} */
  said = [];

  /**
   * To be called before the first page opens.
   *
   * @param {BrowserContext} context
   */
  static async of(context) {
    const heard = new Announcements();
    await context.exposeBinding("announced", (_, words) => void heard.said.push(String(words)));
    await context.addInitScript(listen);
    return heard;
  }

  /** What was said until now, which is forgotten. */
  take() {
    return this.said.splice(0);
  }
}

/** Runs in the page. */
function listen() {
  const REGION = "[role=status], [role=alert], [role=log], [aria-live]:not([aria-live=off]), output";
  const { announced } = /** @type {{ announced: (words: string) => void }} */ (/** @type {unknown} */ (globalThis));
  /** @type {WeakMap<Element, string>} */
  const known = new WeakMap();

  /**
   * The words of a node for a screen reader. The marks around names are not read.
   *
   * @param {Node | null} node
   * @returns {string}
   */
  const wordsOf = (node) => {
    if (node instanceof Text) return node.data;
    if (!(node instanceof Element) || node.matches("[aria-hidden=true]") || !node.checkVisibility({ visibilityProperty: true })) return "";
    const words = [...node.childNodes].map(wordsOf);
    // Blocks are read apart.
    return words.join(node.matches("span, strong, a, bdi") ? "" : " ");
  };
  /** @param {Node | null} node */
  const read = (node) => {
    const isShown = node instanceof Element || (node?.parentElement?.checkVisibility({ visibilityProperty: true }) ?? false);
    return isShown ? wordsOf(node).replaceAll(/[\u2066-\u2069]/g, "") : "";
  };
  /** @param {string} words */
  const plain = (words) => words.replaceAll(/\s+/g, " ").trim();
  /** @param {Element} region */
  const isHeard = (region) => {
    const modal = [...document.querySelectorAll("*")].flatMap((host) => [...(host.shadowRoot?.querySelectorAll("dialog:modal") ?? [])]);
    modal.push(...document.querySelectorAll("dialog:modal"));
    const dialog = modal.at(-1);
    return region.isConnected && (!dialog || dialog.contains(region));
  };
  /** @param {Element} region */
  const isAlert = (region) => region.matches("[role=alert], [aria-live=assertive]");
  /**
   * @param {Element} region
   * @param {string} words
   */
  const say = (region, words) => {
    if (plain(words) && isHeard(region)) announced((isAlert(region) ? "! " : "") + plain(words));
  };
  /** @param {Node} node */
  const regionOf = (node) => (node instanceof Element ? node : node.parentElement)?.closest(REGION) ?? null;

  let isParsed = false;
  const observer = new MutationObserver((changes) => {
    // What a page comes with is read as its content.
    if (!isParsed) return;
    /** @type {Set<Element>} */
    const changed = new Set();
    for (const { addedNodes, target } of changes) {
      const region = regionOf(target);
      if (region?.matches("[aria-atomic=false]")) for (const node of addedNodes) say(region, read(node));
      else if (region) changed.add(region);
      for (const node of addedNodes) if (node instanceof Element) arrived(node);
    }
    for (const region of changed) {
      const words = read(region);
      if (known.get(region) !== words) say(region, words);
      known.set(region, words);
    }
  });
  /** @param {Element} element */
  const arrived = (element) => {
    for (const region of [element, ...element.querySelectorAll("*")].filter((each) => each.matches(REGION))) {
      if (known.has(region)) continue;
      known.set(region, read(region));
      if (isAlert(region) && !region.matches("[aria-atomic=false]")) say(region, read(region));
    }
  };
  /** @param {Node} root */
  const watch = (root) => observer.observe(root, { characterData: true, childList: true, subtree: true });
  watch(document);
  document.addEventListener("readystatechange", () => {
    if (isParsed) return;
    isParsed = true;
    observer.takeRecords();
    for (const region of document.querySelectorAll(REGION)) known.set(region, read(region));
  });
  const { attachShadow } = Element.prototype;
  /** @param {ShadowRootInit} init */
  Element.prototype.attachShadow = function (init) {
    const root = attachShadow.call(this, init);
    watch(root);
    return root;
  };
}
