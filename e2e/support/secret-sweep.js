// @ts-check
// Looks for secrets where they do not belong, at the end of every test.
import { expect } from "@playwright/test";
import { lookInPage } from "./look-in-page.js";
import { MARK, watchPage } from "./watch-page.js";

/**
 * @import { BrowserContext, Page, Request } from "@playwright/test"
 * @import { StandIn } from "./stand-in.js"
 *
 * @typedef {"session token" | "CSRF token" | "device code"} Kind
 *
 * @typedef {object} Secret
 * @property {Kind} kind
 * @property {string} needle the part of it that no other text contains
 */

/**
 * The accessibility tree of a page with more elements is not read, because that
 * takes seconds. Its rows are drawn as those of a short list are.
 */
const MOST_ELEMENTS = 1_500;

/**
 * The device code, the CSRF tokens and the session tokens that the stand-in has
 * issued are looked for in what the browser's pages show, keep, say and send. Each
 * request may carry only the secret that belongs to it.
 */
export class SecretSweep {
  /**
   * What was said and sent during the test: a place and a text.
   *
   * @type {[string, string][]}
   */
  #heard = [];
  /** @type {Request[]} */
  #requests = [];
  /** @type {Secret[]} */
  #planted = [];
  /** @type {string[]} */
  #announced = [];

  /**
   * @param {BrowserContext} context
   * @param {StandIn} standIn
   */
  constructor(context, standIn) {
    this.context = context;
    this.standIn = standIn;
    context.on("console", (message) => {
      const text = message.text();
      // What the page's own scripts write never begins like this.
      if (text.startsWith(MARK)) this.#hear(JSON.parse(text.slice(MARK.length)));
      else this.#heard.push(["console", text]);
    });
    context.on("weberror", (error) => {
      const { message, stack } = error.error();
      this.#heard.push(["console", `${message} ${stack}`]);
    });
    context.on("request", (request) => this.#requests.push(request));
    context.on("page", (page) => {
      page.on("framenavigated", (frame) => this.#heard.push(["address", frame.url()]));
    });
  }

  /** Watches what pages say and keep only for a moment. To be called before the first page. */
  async watch() {
    await this.context.addInitScript(watchPage, MARK);
  }

  /**
   * Looks also for a secret that the stand-in has not issued.
   *
   * @param {Kind} kind
   * @param {string} value
   */
  plant(kind, value) {
    this.#planted.push({ kind, needle: needleOf(value) });
  }

  /**
   * Announces what the sweep will find. The test fails if it does not.
   *
   * @param {...string} findings as `"CSRF token in the console"`
   */
  announce(...findings) {
    this.#announced.push(...findings);
  }

  /** Fails the test for a secret that is where it does not belong. */
  async check() {
    expect(await this.findings(), "secrets where they do not belong").toEqual(this.#announced.sort());
  }

  /** What is where it does not belong, each once, as `"CSRF token in the console"`. */
  async findings() {
    const secrets = [...(await this.#issued()), ...this.#planted];
    /** @type {Set<string>} */
    const findings = new Set();
    /** @param {string} place @param {string} text */
    const look = (place, text) => {
      for (const { kind, needle } of secrets) if (text.includes(needle)) findings.add(`${kind} in ${place}`);
    };
    for (const [place, text] of this.#heard) look(place, text);
    for (const request of this.#requests) this.#lookInRequest(request, secrets, look);
    const pages = await Promise.all(this.context.pages().map((page) => textsOf(page)));
    for (const [place, text] of pages.flat()) look(place, text);
    return [...findings].sort();
  }

  /** @returns {Promise<Secret[]>} */
  async #issued() {
    const { session_tokens, csrf_tokens, device_codes } = await this.standIn.secrets();
    /** @type {[Kind, string[]][]} */
    const kinds = [
      ["session token", session_tokens],
      ["CSRF token", csrf_tokens],
      ["device code", device_codes],
    ];
    return kinds.flatMap(([kind, values]) => values.map((value) => ({ kind, needle: needleOf(value) })));
  }

  /** @param {[string, string]} said */
  #hear(said) {
    this.#heard.push(said);
  }

  /**
   * @param {Request} request
   * @param {Secret[]} secrets
   * @param {(place: string, text: string) => void} look
   */
  #lookInRequest(request, secrets, look) {
    const url = new URL(request.url());
    const isToDeployment = [this.standIn.url, this.standIn.otherHostUrl].some((own) => new URL(own).origin === url.origin);
    const path = isToDeployment ? url.pathname : "";
    const isToApi = path.startsWith("/api/v2/");
    const isChange = isToApi && request.method() !== "GET";
    const isPoll = request.method() === "POST" && /^\/api\/v2\/external-auth\/[^/]+\/device$/.test(path);
    look("the address of a request", request.url());
    for (const [name, value] of Object.entries(request.headers())) {
      const isOwn =
        (name === "coder-session-token" && isToApi) ||
        (name === "x-csrf-token" && isChange) ||
        // The browser sends cookies by itself, where they belong.
        name === "cookie";
      /** @type {Kind | undefined} */
      const owned = name === "x-csrf-token" ? "CSRF token" : "session token";
      const isOther = secrets.some(({ kind, needle }) => kind !== owned && value.includes(needle));
      if (!isOwn || isOther) look("the header of a request", value);
    }
    const body = request.postData() ?? "";
    look("the body of a request", isPoll ? withoutOwn(body) : body);
  }
}

/**
 * The body of a poll without the device code, which belongs there.
 *
 * @param {string} body
 */
const withoutOwn = (body) => body.replace(/"device_code":"[^"]*"/, "");

/**
 * The longest part of a secret that survives any encoding of addresses and texts.
 *
 * @param {string} secret
 */
function needleOf(secret) {
  const parts = secret.match(/[a-z0-9]+/gi) ?? [];
  const [longest = ""] = parts.sort((a, b) => b.length - a.length);
  if (longest.length < 12) throw new Error(`"${secret}" is too short to be looked for.`);
  return longest;
}

/**
 * All that a page shows and keeps: places and texts.
 *
 * @param {Page} page
 * @returns {Promise<[string, string][]>}
 */
async function textsOf(page) {
  try {
    const { count, texts } = await page.evaluate(lookInPage);
    if (count > MOST_ELEMENTS) return texts;
    const session = await page.context().newCDPSession(page);
    const { nodes } = await session.send("Accessibility.getFullAXTree");
    await session.detach();
    /** @type {[string, string]} */
    const tree = ["the accessibility tree", JSON.stringify(nodes)];
    return [...texts, tree];
  } catch (error) {
    // A page that is closing or leaving shows nothing any longer.
    if (page.isClosed() || /closed|destroyed|detached|navigat|crashed/i.test(String(error))) return [];
    throw error;
  }
}
