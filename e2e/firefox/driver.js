// @ts-check
// geckodriver as a process of its own, and the little of WebDriver
// (https://www.w3.org/TR/webdriver2/) that the journeys need.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";

/** @import { ChildProcess } from "node:child_process" */

/** How long one command may take; to start a browser is one. */
const COMMAND_TIMEOUT_MS = 60_000;
/** How long geckodriver may take to end by itself. */
const END_TIMEOUT_MS = 5_000;
/** Under this name elements come in answers. */
const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

/** @param {string} name */
export function variable(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: start the journeys by \`cargo xtask test --only firefox\`.`);
  return value;
}

/** What the driver could not do; for the most part because it is not there yet. */
export class WebDriverError extends Error {}

/** geckodriver on a free port of loopback, which this process started. */
export class Driver {
  /** @type {ChildProcess} */
  #child;
  #url;

  /**
   * @param {ChildProcess} child
   * @param {string} url
   */
  constructor(child, url) {
    this.#child = child;
    this.#url = url;
  }

  static async start() {
    const child = spawn(
      variable("GECKODRIVER"),
      ["--host", "127.0.0.1", "--port", "0", "--websocket-port", "0", "--binary", variable("FIREFOX_PATH")],
      { stdio: ["ignore", "pipe", "pipe"] },
    );
    // Firefox has much to say about the system that it runs on.
    child.stderr.pipe(createWriteStream(path.join(variable("RESULTS"), "firefox.log")));
    // Should the journeys end in the middle.
    process.once("exit", () => child.kill("SIGTERM"));
    const lines = createInterface({ input: child.stdout });
    const url = await new Promise((started, failed) => {
      child.once("error", failed);
      child.once("exit", (status) => failed(new Error(`geckodriver ended at once, with ${status}.`)));
      // Its other lines are read too, so that it never waits for a reader.
      lines.on("line", (line) => {
        const [, address] = /Listening on (\S+:\d+)/.exec(line) ?? [];
        if (address) started(`http://${address}`);
      });
    });
    return new Driver(child, url);
  }

  /** Ends it, and with it the browsers that it started. */
  async stop() {
    if (this.#child.exitCode !== null) return;
    const exit = once(this.#child, "exit");
    this.#child.kill("SIGTERM");
    const last = setTimeout(() => this.#child.kill("SIGKILL"), END_TIMEOUT_MS);
    await exit;
    clearTimeout(last);
  }

  /**
   * @param {"GET" | "POST" | "DELETE"} method
   * @param {string} path
   * @param {object} [body]
   */
  async send(method, path, body) {
    const response = await fetch(this.#url + path, {
      method,
      headers: { "Content-Type": "application/json" },
      body: method === "POST" ? JSON.stringify(body ?? {}) : null,
      signal: AbortSignal.timeout(COMMAND_TIMEOUT_MS),
    });
    const { value } = /** @type {{ value: any }} */ (await response.json());
    if (!response.ok) throw new WebDriverError(`${method} ${path}: ${value.error}: ${value.message}`);
    return value;
  }

  /**
   * A Firefox of its own, with an empty profile.
   *
   * @param {Record<string, unknown>} options as `moz:firefoxOptions`
   */
  async open(options) {
    const args = ["-headless", ...(/** @type {string[]} */ (options["args"] ?? []))];
    const capabilities = { alwaysMatch: { "moz:firefoxOptions": { ...options, args } } };
    const { sessionId } = await this.send("POST", "/session", { capabilities });
    return new Firefox(this, `/session/${sessionId}`);
  }
}

/** A Firefox: one window of it at a time. */
export class Firefox {
  #driver;
  #session;

  /**
   * @param {Driver} driver
   * @param {string} session
   */
  constructor(driver, session) {
    this.#driver = driver;
    this.#session = session;
  }

  /**
   * @param {"GET" | "POST" | "DELETE"} method
   * @param {string} path
   * @param {object} [body]
   */
  #send(method, path, body) {
    return this.#driver.send(method, this.#session + path, body);
  }

  /** Closes all its windows. */
  quit() {
    return this.#send("DELETE", "");
  }

  /** @param {string} url */
  goTo(url) {
    return this.#send("POST", "/url", { url });
  }

  back() {
    return this.#send("POST", "/back");
  }

  /** @returns {Promise<string>} */
  address() {
    return this.#send("GET", "/url");
  }

  /** @returns {Promise<string>} */
  window() {
    return this.#send("GET", "/window");
  }

  /** @returns {Promise<string[]>} */
  windows() {
    return this.#send("GET", "/window/handles");
  }

  /** @param {string} handle */
  switchTo(handle) {
    return this.#send("POST", "/window", { handle });
  }

  /** Closes the window at which it is. */
  closeWindow() {
    return this.#send("DELETE", "/window");
  }

  /**
   * Runs a function's body in the page.
   *
   * @param {string} script
   */
  run(script) {
    return this.#send("POST", "/execute/sync", { script, args: [] });
  }

  /** @param {string} keys */
  async press(keys) {
    const actions = [...keys].flatMap((value) => [
      { type: "keyDown", value },
      { type: "keyUp", value },
    ]);
    await this.#send("POST", "/actions", { actions: [{ type: "key", id: "keyboard", actions }] });
  }

  /**
   * What fits a selector, in the page or in an element.
   *
   * @param {string} selector
   * @param {Element} [within]
   * @returns {Promise<Element[]>}
   */
  async all(selector, within) {
    const path = within ? `${within.path}/elements` : "/elements";
    /** @type {Record<string, string>[]} */
    const found = await this.#send("POST", path, { using: "css selector", value: selector });
    return found.map((reference) => this.#element(reference));
  }

  /** The element that has the focus. */
  async focused() {
    return this.#element(await this.#send("GET", "/element/active"));
  }

  /** A picture of what the window shows, as PNG. */
  async picture() {
    return Buffer.from(await this.#send("GET", "/screenshot"), "base64");
  }

  /** @param {Record<string, string>} reference */
  #element(reference) {
    const path = `/element/${reference[ELEMENT]}`;
    return new Element(path, (method, below, body) => this.#send(method, path + below, body));
  }
}

/** An element on the page, while it is there. */
export class Element {
  #send;

  /**
   * @param {string} path
   * @param {(method: "GET" | "POST", below: string, body?: object) => Promise<any>} send
   */
  constructor(path, send) {
    this.path = path;
    this.#send = send;
  }

  /** Clicks in its middle, as the mouse does: nothing may lie above it. */
  click() {
    return this.#send("POST", "/click");
  }

  /**
   * Its text, as it is rendered.
   *
   * @returns {Promise<string>}
   */
  text() {
    return this.#send("GET", "/text");
  }

  /**
   * Its role, as the browser tells assistive technology.
   *
   * @returns {Promise<string>}
   */
  role() {
    return this.#send("GET", "/computedrole");
  }

  /**
   * Its accessible name, as the browser works it out.
   *
   * @returns {Promise<string>}
   */
  name() {
    return this.#send("GET", "/computedlabel");
  }
}
