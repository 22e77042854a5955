// @ts-check
// The checks of geometry and contrast find what they are for.
import { expect, test } from "@playwright/test";
import { lowContrast } from "./support/contrast.js";
import { NO_PROBLEMS, layoutProblems } from "./support/layout.js";

/** @type {[keyof typeof NO_PROBLEMS, string][]} */
const PLANTED = [
  ["cut", '<div style="contain: paint; width: 60px"><p style="white-space: nowrap">Words that are too long</p></div>'],
  ["cut", '<p style="white-space: nowrap; width: 10px; margin-left: 95vw">Beyond the screen</p>'],
  ["cut", '<div style="overflow: hidden; height: 10px"><p>Below the edge</p></div>'],
  ["cut", '<div style="overflow: hidden; width: 30px"><button style="width: 90px; height: 30px"></button></div>'],
  ["overlapping", '<p>Words</p><p style="margin-top: -30px">above words</p>'],
  ["stacked", '<p style="width: 1px; overflow-wrap: anywhere">Enterprise</p>'],
  ["small", '<button style="padding: 0; height: 20px">x</button>'],
  ["reversed", '<p dir="rtl">@ada</p>'],
];
for (const [index, [kind, html]] of PLANTED.entries()) {
  test(`what is ${kind} is found, ${index + 1}`, async ({ page }) => {
    await page.setContent(html);
    expect((await layoutProblems(page))[kind]).not.toEqual([]);
  });
}

test("what is as it should be is not reported", async ({ page }) => {
  await page.setContent(`
    <p style="overflow: hidden; text-overflow: ellipsis; white-space: nowrap; width: 60px">Words with an ellipsis</p>
    <p>A sentence with a <a href="#">link</a> in it. <bdi dir="ltr">@ada</bdi></p>
    <button style="min-height: 24px; min-width: 24px">x</button>`);
  expect(await layoutProblems(page)).toEqual(NO_PROBLEMS);
});

test("what has too little contrast is found", async ({ page }) => {
  await page.setContent(`
    <body style="background: #fff; color: #000">
    <p style="color: #999">Pale words</p>
    <p style="opacity: 0.3">Transparent words</p>
    <svg style="stroke: #ccc"><path d="M0 0h9" /></svg>
    <input style="border: 1px solid #ddd; outline: 2px solid #000" placeholder="" />
    <button style="outline: 2px solid #eee">ring</button>
    <a href="#" style="outline: none">no ring</a>
    <p>Black words</p>`);
  const found = await lowContrast(page);
  expect(found).toEqual([
    expect.stringContaining("Pale words"),
    expect.stringContaining("Transparent words"),
    expect.stringContaining("the glyph"),
    expect.stringContaining("the border of input"),
    expect.stringContaining("the ring of button"),
    expect.stringContaining("no ring"),
  ]);
});
