import { PREFIX } from "./prefix.js";

/** The style of the skeleton and of the failure message, which do not need the program's style sheet. */
const STYLE = `:host{display:block}
:host(${PREFIX}-button){display:inline-block;max-inline-size:100%}
:host([hidden]){display:none}
:host([theme=light]){color-scheme:light}
:host([theme=dark]){color-scheme:dark}
[part=skeleton]{background:currentColor;block-size:8rem;border-radius:.5rem;margin-block-end:.75rem;opacity:.08}
[part=skeleton]:last-child{margin:0}
:host(${PREFIX}-button) [part=skeleton]{block-size:2.25rem;inline-size:8rem}
[part=failure]{border:1px solid;border-radius:.5rem;font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere;padding:0 1rem 1rem}
pre{white-space:pre-wrap}
a{color:inherit}`;

/**
 * The style sheets that all shadow roots share: this package's, then the program's.
 *
 * @type {CSSStyleSheet[]}
 */
const sheets = [];

/** @param {string} css */
export const addStyleSheet = (css) => {
  const sheet = new CSSStyleSheet();
  // jsdom lacks it before 27.
  sheet.replaceSync?.(css);
  sheets.push(sheet);
};

/**
 * Gives a shadow root the style sheets that are here now.
 *
 * @param {ShadowRoot} root
 */
export const adoptStyleSheets = (root) => {
  // Not at import: a server has no style sheets.
  if (!sheets.length) addStyleSheet(STYLE);
  root.adoptedStyleSheets = sheets;
};
