// @ts-check
// Answers that no deployment sends: what a broken or hostile server, or something
// in front of it, could put in place of one.

/**
 * @typedef {object} HostileAnswer
 * @property {string} what
 * @property {string} body
 * @property {number} [status] 200, when left out
 * @property {string} [content_type] JSON, when left out
 * @property {boolean} [cut] the connection breaks in the middle of the body
 * @property {boolean} isRead whether a page can make something of it, whatever the answer is about
 */

/** Would run if any part of it were taken for HTML, for an address or for script. */
export const MARKUP =
  `"'><img src=x onerror="globalThis.ran=1"><svg onload=globalThis.ran=1><script>globalThis.ran=1</script>` +
  `<iframe srcdoc="<script>parent.ran=1</script>"></iframe><b onclick=globalThis.ran=1>{{7*7}}\${globalThis.ran=1}</b>`;

const SCRIPT_ADDRESS = "javascript:globalThis.ran=1";
/** Marks of direction, invisible characters, control characters. */
const CONTROLS = "\u202egnp\u2066\u200b\u0000\u001b[2J\u0007\u2028\ufeff\u{e0041}\u061c";
const MEGABYTE = 1_000_000;
const HTML = `<!DOCTYPE html><html><head><title>Sign in</title><script>globalThis.ran=1</script></head><body onload="globalThis.ran=1">${MARKUP}</body></html>`;

/**
 * A copy of a value in which each string, number or boolean is replaced.
 *
 * @param {unknown} value
 * @param {(leaf: unknown, key: string, number: number) => unknown} replace
 */
function mapLeaves(value, replace) {
  let number = 0;
  /**
   * @param {unknown} part
   * @param {string} key
   * @returns {unknown}
   */
  const map = (part, key) => {
    if (Array.isArray(part)) return part.map((item) => map(item, key));
    if (part && typeof part === "object") {
      return Object.fromEntries(Object.entries(part).map(([name, item]) => [name, map(item, name)]));
    }
    number += 1;
    return replace(part, key, number);
  };
  return map(value, "");
}

/**
 * A value whose strings are replaced, except ids that are kept so that what is
 * replaced is shown.
 *
 * @param {unknown} value
 * @param {(text: string, number: number, key: string) => string} replace
 * @param {boolean} [withIds]
 */
const withStrings = (value, replace, withIds = false) =>
  mapLeaves(value, (leaf, key, number) => {
    const isId = key === "id" || key === "provider_id" || key === "device_code";
    return typeof leaf === "string" && (withIds || !isId) ? replace(leaf, number, key) : leaf;
  });

/**
 * The hostile forms of an answer.
 *
 * @param {object} answer a good one
 * @returns {HostileAnswer[]}
 */
export function hostileForms(answer) {
  const good = JSON.stringify(answer);
  const json = JSON.stringify;
  /** @param {unknown} value */
  const everywhere = (value) => json(mapLeaves(answer, () => value));
  const isAddress = /** @param {string} key */ (key) => /url|uri|icon/.test(key);
  const isDate = /** @param {string} key */ (key) => key.endsWith("_at") || key === "expires";
  /** @param {string} date */
  const dated = (date) => json(withStrings(answer, (text, _, key) => (isDate(key) ? date : text)));
  return [
    { what: "markup in every string", body: json(withStrings(answer, () => MARKUP)), isRead: true },
    { what: "markup in every string and id", body: json(withStrings(answer, (_, number) => MARKUP + number, true)), isRead: true },
    {
      what: "addresses that run a script",
      body: json(withStrings(answer, (text, _, key) => (isAddress(key) ? SCRIPT_ADDRESS : text))),
      isRead: true,
    },
    { what: "strings of 8,000 letters", body: json(withStrings(answer, (_, number) => "W".repeat(8_000) + number)), isRead: true },
    { what: "marks of direction and control characters", body: json(withStrings(answer, (text) => CONTROLS + text)), isRead: true },
    { what: "right-to-left words", body: json(withStrings(answer, (text) => `שלום ${text} مرحبا`)), isRead: true },
    { what: "lone surrogates", body: json(withStrings(answer, () => "@@")).replaceAll("@@", "\\ud800\\u0041"), isRead: false },
    { what: "numbers beyond 64 bits", body: good.replaceAll(/:\d+/g, ":1e999999999999").replaceAll(/:true/g, ":99999999999999999999999999"), isRead: false },
    { what: "dates that do not exist", body: dated("2026-02-30T25:61:61+99:99"), isRead: true },
    { what: "the last date of RFC 3339", body: dated("9999-12-31T23:59:60.999999999999-23:59"), isRead: true },
    { what: "the first date of RFC 3339", body: dated("0000-01-01T00:00:00+23:59"), isRead: true },
    { what: "repeated keys", body: `${good.slice(0, -1)},${good.slice(1)}`, isRead: true },
    { what: "keys of JavaScript's prototype", body: `{"__proto__":{"ran":1},"constructor":{"prototype":{"ran":1}},${good.slice(1)}`, isRead: true },
    { what: "null everywhere", body: everywhere(null), isRead: false },
    { what: "numbers everywhere", body: everywhere(7), isRead: false },
    { what: "objects everywhere", body: everywhere({ toString: "x", length: -1 }), isRead: false },
    { what: "lists everywhere", body: everywhere([[[]]]), isRead: false },
    { what: "texts everywhere", body: everywhere("true"), isRead: false },
    { what: "100,000 levels", body: "[".repeat(100_000) + "]".repeat(100_000), isRead: false },
    { what: "100,000 levels in a field", body: `${good.slice(0, -1)},"new":${'{"a":'.repeat(100_000)}1${"}".repeat(100_001)}`, isRead: false },
    { what: "a million brackets", body: `[${"[],".repeat(MEGABYTE)}[]]`, isRead: false },
    { what: "10 MB in one text", body: `${good.slice(0, -1)},"new":"${"x".repeat(10 * MEGABYTE)}"}`, isRead: false },
    { what: "10 MB of a web page", body: HTML + "<p>".repeat(3.5 * MEGABYTE), content_type: "text/html", isRead: false },
    { what: "a web page", body: HTML, content_type: "text/html", isRead: false },
    { what: "a web page that says that it is JSON", body: HTML, isRead: false },
    { what: "nothing", body: "", isRead: false },
    { what: "white space", body: " \n".repeat(1_000), isRead: false },
    { what: "null", body: "null", isRead: false },
    { what: "a text", body: json(MARKUP), isRead: false },
    { what: "half of the answer", body: good.slice(0, good.length / 2), isRead: false },
    { what: "two answers", body: good + good, isRead: false },
    { what: "NUL between the bytes", body: [...good].join("\0"), isRead: false },
    { what: "a connection that breaks", body: good, cut: true, isRead: false },
    { what: "a byte order mark", body: `\ufeff${good}`, isRead: true },
  ];
}

/**
 * The hostile forms of an error.
 *
 * @returns {HostileAnswer[]}
 */
export function hostileErrors() {
  const validations = Array.from({ length: 3_000 }, () => ({ field: MARKUP.slice(0, 30), detail: "x".repeat(30) }));
  const forms = [
    { what: "markup in an error", body: JSON.stringify({ message: MARKUP, detail: MARKUP, validations }) },
    { what: "controls in an error", body: JSON.stringify({ message: CONTROLS, detail: CONTROLS + "W".repeat(100_000) }) },
    { what: "a web page as an error", body: HTML, content_type: "text/html" },
    { what: "10 MB as an error", body: "W".repeat(10 * MEGABYTE), content_type: "text/plain" },
  ];
  return [418, 500].flatMap((status) => forms.map((form) => ({ ...form, what: `${form.what} (${status})`, status, isRead: false })));
}
