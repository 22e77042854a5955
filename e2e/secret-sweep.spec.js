// @ts-check
// The sweep for secrets at the end of every test finds each of these leaks. A
// leak is announced, and the test fails if the sweep does not find it.
import { expect, test } from "./support/test.js";

/**
 * Places, and how a secret comes there. The functions run in the page.
 *
 * @type {[string, (secret: string) => unknown][]}
 */
const LEAKS = [
  ["the document", (secret) => document.body.append(secret)],
  ["the document", (secret) => document.body.setAttribute("data-x", `a${secret}b`)],
  ["the document", (secret) => document.body.append(document.createComment(secret))],
  ["the document", (secret) => {
    const input = document.createElement("input");
    document.body.append(input);
    input.value = secret;
  }],
  ["a shadow root", (secret) => {
    const host = document.createElement("div");
    const inner = document.createElement("div");
    host.attachShadow({ mode: "open" }).append(inner);
    inner.attachShadow({ mode: "open" }).append(secret);
    document.body.append(host);
  }],
  ["a property", (secret) => {
    const element = document.createElement("coder-external-auth");
    Object.assign(element, { sessionToken: secret });
    document.body.append(element);
  }],
  ["the accessibility tree", (secret) => {
    // No attribute and no text has the whole of it.
    const label = document.createElement("span");
    label.append(secret.slice(0, 9), document.createElement("b"), secret.slice(9));
    label.id = "split";
    const button = document.createElement("button");
    button.setAttribute("aria-labelledby", "split");
    document.body.append(label, button);
  }],
  ["local storage", (secret) => Reflect.set(localStorage, "a", secret)],
  ["session storage", (secret) => Reflect.set(sessionStorage, secret, "a")],
  ["storage", (secret) => {
    // Also when it is there only for a moment.
    localStorage.setItem("a", secret);
    localStorage.removeItem("a");
  }],
  ["a cookie that scripts can read", (secret) => (document.cookie = `a=${secret}`)],
  ["the address", (secret) => (location.hash = encodeURIComponent(secret))],
  ["the title", (secret) => (window.name = secret)],
  ["the history state", (secret) => {
    history.pushState({ secret }, "");
    history.replaceState(null, "");
  }],
  ["console", (secret) => console.log("x", { secret })],
  ["an event", (secret) => dispatchEvent(new CustomEvent("coder-external-auth-error", { detail: { message: secret } }))],
  ["a message", (secret) => new BroadcastChannel("x").postMessage({ secret })],
  ["the address of a request", (secret) => fetch(`/api/v2/buildinfo?a=${secret}`)],
  ["the header of a request", (secret) => fetch("/api/v2/buildinfo", { headers: { "X-Other": secret } })],
  ["the header of a request", (secret) => fetch("/icon/github.svg", { headers: { "Coder-Session-Token": secret } })],
  ["the header of a request", (secret) => fetch("/api/v2/buildinfo", { headers: { "X-CSRF-Token": secret } })],
  ["the body of a request", (secret) => fetch("/api/v2/buildinfo", { method: "POST", body: secret })],
];

for (const [number, [place, leak]] of LEAKS.entries()) {
  test(`leak ${number + 1}: a session token in ${place}`, async ({ guard, page, standIn, sweep }) => {
    guard.tolerate(/responded with a status of 4/);
    const secret = await standIn.openSession("grace");
    await page.goto(new URL("/", standIn.url).href);
    expect(await sweep.findings()).toEqual([]);
    await page.evaluate(leak, secret);
    expect(await sweep.findings()).toContain(`session token in ${place}`);
    sweep.announce(...(await sweep.findings()));
  });
}

test("a CSRF token and a device code are found, also after a reset", async ({ accounts, page, standIn, sweep }) => {
  await accounts.open();
  const found = await page.evaluate(async () => {
    const html = await (await fetch("/")).text();
    const device = await (await fetch("/api/v2/external-auth/internal-git/device")).json();
    return [/csrf-token" content="([^"]*)/.exec(html)?.[1] ?? "", String(device.device_code)];
  });
  await standIn.reset();
  await page.evaluate((texts) => document.body.append(...texts), found);
  sweep.announce(
    "CSRF token in the accessibility tree",
    "CSRF token in the document",
    "device code in the accessibility tree",
    "device code in the document",
  );
});

test("each secret may be in the request to which it belongs, and in no other", async ({ guard, page, standIn, sweep }) => {
  guard.tolerate(/responded with a status of [45]/);
  const token = await standIn.openSession("grace");
  await page.goto(standIn.url);
  const sent = await page.evaluate(async (session) => {
    const html = await (await fetch("/")).text();
    const csrf = /csrf-token" content="([^"]*)/.exec(html)?.[1] ?? "";
    const route = "/api/v2/external-auth/internal-git/device";
    const { device_code: device } = await (await fetch(route)).json();
    const body = JSON.stringify({ device_code: device });
    const headers = { "Content-Type": "application/json", "X-CSRF-Token": csrf };
    await fetch(route, { method: "POST", headers, body });
    await fetch("/api/v2/users/me", { headers: { "Coder-Session-Token": session }, credentials: "omit" });
    return { body, csrf };
  }, token);
  expect(await sweep.findings()).toEqual([]);

  await page.evaluate(async ({ body, csrf }) => {
    const headers = { "Content-Type": "application/json", "X-CSRF-Token": csrf };
    await fetch("/api/v2/external-auth/internal-git", { method: "POST", body });
    await fetch("/icon/github.svg", { headers });
  }, sent);
  sweep.announce("CSRF token in the header of a request", "device code in the body of a request");
});

test("the page with its list and an opened row shows no secret", async ({ accounts, sweep }) => {
  await accounts.open();
  await accounts.openDetails("GitLab");
  expect(await sweep.findings()).toEqual([]);
});
