// @ts-check
// The stand-in as a separate process, and its control routes. They are
// described in the documentation of crates/stand-in.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { variable } from "./environment.js";

/**
 * @import { ChildProcess } from "node:child_process"
 * @import { Fault, LinkPatch, LoggedRequest, ProviderPatch, Secrets, State } from "./stand-in-types.js"
 */

/** How long a stand-in whose input is closed may take to end by itself. */
const END_TIMEOUT_MS = 5_000;
/** To connect to a port that is opened again. */
const MOST_TRIES = 1_000;

/** A stand-in on a free port of loopback, which this process started. */
export class StandIn {
  /** @type {ChildProcess} */
  #child;

  /** The origin whose control routes answer now. */
  #control;

  /** The page's address, at the deployment's access URL. */
  url;

  /**
   * The page's address on another host, which is the same stand-in: cookies of
   * the one are not sent to the other, and a redirect flow that begins here ends
   * at the access URL, with a 401.
   */
  otherHostUrl;

  /**
   * @param {ChildProcess} child
   * @param {string} url
   */
  constructor(child, url) {
    this.#child = child;
    this.url = url;
    this.#control = url;
    const other = new URL(url);
    other.hostname = "localhost";
    this.otherHostUrl = other.href;
  }

  /**
   * Starts one; it ends with its standard input at the latest.
   *
   * @param {string} [embed] the folder of the custom elements
   * @param {string} [page] the folder of the page
   */
  static async start(embed, page = variable("PAGE")) {
    const folders = ["--page", page, ...(embed ? ["--embed", embed] : [])];
    const child = spawn(variable("STAND_IN"), ["--port", "0", ...folders, "--exit-with-stdin"], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    const lines = createInterface({ input: child.stdout });
    const url = await Promise.race([
      once(lines, "line").then(([line]) => String(line)),
      once(child, "exit").then(([status]) => {
        throw new Error(`The stand-in ended at once, with ${status}.`);
      }),
    ]);
    return new StandIn(child, url);
  }

  /** Ends it. */
  async stop() {
    if (this.#child.exitCode !== null) return;
    const exit = once(this.#child, "exit");
    const last = setTimeout(() => this.#child.kill("SIGKILL"), END_TIMEOUT_MS);
    this.#child.stdin?.end();
    await exit;
    clearTimeout(last);
  }

  /**
   * The secrets of before the last resets, since {@link forgetSecrets}.
   *
   * @type {Secrets}
   */
  #earlier = { session_tokens: [], csrf_tokens: [], device_codes: [] };

  /** @param {"default" | "device" | "empty" | "failing" | "gallery" | "many" | `many=${number}`} [scenario] */
  async reset(scenario) {
    this.#earlier = await this.secrets();
    return this.#send("POST", "reset", { scenario });
  }

  /**
   * All secrets that were issued.
   *
   * @returns {Promise<Secrets>}
   */
  async secrets() {
    /** @type {Secrets} */
    const { session_tokens, csrf_tokens, device_codes } = await this.#send("GET", "secrets");
    return {
      session_tokens: [...this.#earlier.session_tokens, ...session_tokens],
      csrf_tokens: [...this.#earlier.csrf_tokens, ...csrf_tokens],
      device_codes: [...this.#earlier.device_codes, ...device_codes],
    };
  }

  /** Forgets the secrets of earlier tests. */
  forgetSecrets() {
    this.#earlier = { session_tokens: [], csrf_tokens: [], device_codes: [] };
  }

  /** @param {Fault} fault */
  fault(fault) {
    return this.#send("POST", "faults", fault);
  }

  /** Lets everything go well again, what is held included. */
  clearFaults() {
    return this.#send("DELETE", "faults");
  }

  /** @param {string} hold */
  release(hold) {
    return this.#send("POST", "release", { hold });
  }

  /** The deployment resets its connections and refuses new ones, as a server that ended. */
  async refuseConnections() {
    const { provider_origin: others } = await this.state();
    this.#control = others;
    await this.#send("POST", "connections", { accept: false });
  }

  /** The deployment accepts connections again. It has forgotten nothing. */
  async acceptConnections() {
    await this.#send("POST", "connections", { accept: true });
    // The port is open soon after that.
    const answers = () => fetch(this.url).then(({ ok }) => ok, () => false);
    for (let tries = 1; !(await answers()); tries += 1) {
      if (tries === MOST_TRIES) throw new Error("The deployment does not accept connections again.");
    }
    this.#control = this.url;
  }

  /**
   * @param {string} id
   * @param {ProviderPatch} patch
   */
  provider(id, patch) {
    return this.#send("POST", `providers/${id}`, patch);
  }

  /**
   * @param {string} id
   * @param {LinkPatch} patch
   */
  link(id, patch) {
    return this.#send("POST", `links/${id}`, patch);
  }

  /**
   * Does what a person does with a device's code at the provider.
   *
   * @param {string} id
   * @param {{ approve: boolean, user_code?: string, login?: string }} decision
   */
  decideDevice(id, decision) {
    return this.#send("POST", `device/${id}`, decision);
  }

  /**
   * The device codes of a provider, oldest first.
   *
   * @param {string} id
   */
  async deviceFlows(id) {
    const { device_flows: flows } = await this.state();
    return flows.filter((flow) => flow.provider === id);
  }

  /**
   * The only device code of a provider.
   *
   * @param {string} id
   */
  async deviceFlow(id) {
    const flows = await this.deviceFlows(id);
    const [flow] = flows;
    if (!flow || flows.length > 1) throw new Error(`There are ${flows.length} device codes of ${id}.`);
    return flow;
  }

  /** Ends every session; the cookies stay in the browsers. */
  endSessions() {
    return this.#send("POST", "sessions/end");
  }

  /**
   * Opens a session of a user's, and gives its token.
   *
   * @param {"ada" | "grace"} user
   * @returns {Promise<string>}
   */
  async openSession(user) {
    return (await this.#send("POST", "sessions", { user })).token;
  }

  /** Makes every CSRF token stale. */
  rotateCsrf() {
    return this.#send("POST", "csrf/rotate");
  }

  /** @param {number} ms */
  advanceClock(ms) {
    return this.#send("POST", "clock", { advance_ms: ms });
  }

  /** @returns {Promise<State>} */
  state() {
    return this.#send("GET", "state");
  }

  /**
   * What the link of ada's to a provider is; none when there is none.
   *
   * @param {string} id
   */
  async storedLink(id) {
    const { links } = await this.state();
    return links.find((link) => link.user === "ada" && link.provider_id === id);
  }

  /**
   * How often the deployment asked a provider's endpoint, and what became of
   * the tokens that it gave.
   *
   * @param {string} id
   */
  async service(id) {
    const { services } = await this.state();
    const service = services.find((known) => known.id === id);
    if (!service) throw new Error(`There is no service ${id}.`);
    return service;
  }

  /**
   * How many requests wait under the name of a hold.
   *
   * @param {string} hold
   */
  async waiting(hold) {
    const { waiting } = await this.state();
    return waiting[hold] ?? 0;
  }

  /** How many requests are being answered. */
  async inFlight() {
    return (await this.#log()).in_flight;
  }

  /** All requests to the API and to the deployment's pages, in order. */
  async requests() {
    return (await this.#log()).requests;
  }

  /** Their methods and paths, as `GET /api/v2/external-auth`. */
  async requestLines() {
    return (await this.requests()).map(({ method, path }) => `${method} ${path}`);
  }

  /**
   * Those of a method to a path.
   *
   * @param {string} method
   * @param {string} path
   */
  async requestsTo(method, path) {
    const requests = await this.requests();
    return requests.filter((request) => request.method === method && request.path === path);
  }

  /** The ids of the providers that were asked live, in order. */
  async askedLive() {
    const requests = (await this.requests()).filter(({ method }) => method === "GET");
    return requests.flatMap(({ path }) => /^\/api\/v2\/external-auth\/([^/]+)$/.exec(path)?.[1] ?? []);
  }

  /** Forgets the requests so far. */
  forgetRequests() {
    return this.#send("DELETE", "requests");
  }

  /** @returns {Promise<{ in_flight: number, requests: LoggedRequest[] }>} */
  #log() {
    return this.#send("GET", "requests");
  }

  /**
   * @param {string} method
   * @param {string} route
   * @param {unknown} [body]
   */
  async #send(method, route, body) {
    const response = await fetch(new URL(`/_stand-in/${route}`, this.#control), {
      method,
      headers: { "Content-Type": "application/json" },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${route} answered ${response.status}: ${text}`);
    return JSON.parse(text);
  }
}
