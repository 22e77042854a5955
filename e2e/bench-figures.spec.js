// @ts-check
// What the bench calculates from the recording of a load. No page is opened.
import { expect, test } from "@playwright/test";
import { blockingTime, bytes, kindOf, requestsBeforeRows, roundTrips } from "../xtask/bench/figures.js";

/**
 * A request to the deployment.
 *
 * @param {string} path
 * @param {number} start
 * @param {number} end
 * @param {string} [initiator]
 */
const request = (path, start, end, initiator = "script") => ({
  url: `http://127.0.0.1:8085${path}`,
  initiator,
  start,
  end,
  bytes: end - start,
});

const html = request("/accounts/", 0, 100, "navigation");
const program = request("/accounts/app_bg.wasm", 110, 300, "link");
const list = request("/api/v2/external-auth", 310, 400, "fetch");

/** @param {ReturnType<typeof request>[]} requests */
const recording = (...requests) => ({ firstPaint: 50, rows: 500, requests, longTasks: [] });

test("a request is of the kind that its address says", () => {
  for (const [path, initiator, kind] of /** @type {const} */ ([
    ["/accounts/", "navigation", "html"],
    ["/accounts/app-1a2b_bg.wasm", "link", "wasm"],
    ["/accounts/page.css", "link", "css"],
    ["/accounts/boot.js?1", "script", "js"],
    ["/api/v2/users/me", "fetch", "api"],
    ["/icon/github.svg", "img", "image"],
    ["/avatar/1", "img", "image"],
    ["/accounts/later", "fetch", "other"],
  ])) {
    expect(kindOf(request(path, 0, 1, initiator)), path).toBe(kind);
  }
});

test("an image, a later request and a second use of a file are no requests before the rows", () => {
  const again = request("/accounts/app_bg.wasm", 305, 306, "fetch");
  const icon = request("/icon/github.svg", 320, 330, "img");
  const later = request("/accounts/later.js", 501, 600);
  expect(requestsBeforeRows(recording(html, program, again, icon, list, later))).toEqual([html, program, list]);
});

test("requests side by side are one round trip, and one that waits for another is a second", () => {
  const style = request("/accounts/page.css", 110, 210, "link");
  expect(roundTrips(recording(html))).toBe(0);
  expect(roundTrips(recording(html, style, program))).toBe(1);
  expect(roundTrips(recording(html, style, program, list))).toBe(2);
  // The list beside the program: it waits for the HTML alone.
  expect(roundTrips(recording(html, style, program, request("/api/v2/external-auth", 120, 290)))).toBe(1);
  // What is answered after the rows held nothing up.
  expect(roundTrips(recording(html, program, request("/api/v2/users/me", 310, 600)))).toBe(1);
});

test("a file that is preloaded while the HTML arrives is the first round trip", () => {
  const early = request("/accounts/boot.js", 20, 90);
  const next = request("/accounts/app.js", 95, 99);
  expect(roundTrips(recording(html, early, next))).toBe(1);
});

test("only what a task takes beyond 50 ms blocks", () => {
  const durations = [40, 50, 60, 250].map((duration) => ({ start: 0, duration }));
  expect(blockingTime(durations)).toBe(210);
});

test("bytes are those of the build's files, by what was asked for before the rows", () => {
  const later = request("/accounts/later_bg.wasm", 600, 700);
  const icon = request("/icon/github.svg", 320, 330, "img");
  expect(bytes(recording(html, program, list, icon, later))).toEqual({
    first: { html: 100, wasm: 190 },
    later: { wasm: 100 },
  });
});
