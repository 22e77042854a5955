// @ts-check
// The requests that the custom elements send while the program is loading.
import { ElementsPage, expect, test } from "./support/elements.js";
import { LIST } from "./support/test.js";

/**
 * @import { Page } from "@playwright/test"
 * @import { StandIn } from "./support/stand-in.js"
 */

const ELEMENT = "<coder-external-auth></coder-external-auth>";
const CARD = '<coder-external-auth-provider provider="gitlab"></coder-external-auth-provider>';

/** @param {StandIn} standIn */
const lists = async (standIn) => (await standIn.requestsTo("GET", LIST)).length;

/**
 * A page whose program is held back until the test releases it.
 *
 * @param {Page} page
 * @param {StandIn} standIn
 */
async function openWithoutProgram(page, standIn) {
  await standIn.fault({ path: "/embedded/program_bg.wasm", hold: "program" });
  const elements = new ElementsPage(page, standIn);
  await elements.open();
  await elements.define();
  return elements;
}

test("the first element asks for the list while the program is loading, for all", async ({ page, standIn }) => {
  const elements = await openWithoutProgram(page, standIn);
  await elements.put(ELEMENT + CARD + ELEMENT);
  await expect.poll(() => standIn.waiting("program")).toBe(1);
  await expect.poll(async () => (await standIn.requestsTo("GET", LIST)).map(({ status }) => status)).toEqual([200]);
  await elements.put(ELEMENT + CARD + ELEMENT);
  await standIn.release("program");
  await elements.mounted(3);
  // The program decides which session takes the answer.
  expect((await elements.mounts()).map(({ early }) => early)).toEqual(["", "", ""]);
  expect(await lists(standIn)).toBe(1);

  // What comes later begins with the program, which asks itself.
  await elements.add(ELEMENT);
  await elements.mounted(4);
  expect((await elements.mounts())[3]?.early).toBeUndefined();
  expect(await lists(standIn)).toBe(1);
});

test("an element asks early when the application has begun to load the program", async ({ page, standIn }) => {
  const elements = await openWithoutProgram(page, standIn);
  await page.evaluate(async () => {
    const address = "/embedded/element.js";
    const { init } = await import(address);
    void init();
  });
  await expect.poll(() => standIn.waiting("program")).toBe(1);
  expect(await lists(standIn)).toBe(0);
  await elements.put(CARD);
  await expect.poll(() => lists(standIn)).toBe(1);
  await standIn.release("program");
  await elements.mounted();
  expect((await elements.mounts())[0]?.early).toBe("");
});

test("the request goes to the element's deployment", async ({ page, standIn }) => {
  const elements = await openWithoutProgram(page, standIn);
  const base = new URL("/", standIn.url).href;
  await elements.put(`<coder-external-auth base-url="${base}"></coder-external-auth>`);
  await expect.poll(() => lists(standIn)).toBe(1);
  await standIn.release("program");
  await elements.mounted();
  expect((await elements.mounts())[0]?.early).toBe(base);
});

test("an element with a session token or without its provider does not ask early", async ({ page, standIn }) => {
  const elements = await openWithoutProgram(page, standIn);
  await page.evaluate(() => {
    const list = document.createElement("coder-external-auth");
    Object.assign(list, { sessionToken: "s3cret" });
    document.querySelector("main")?.append(list, document.createElement("coder-external-auth-button"));
  });
  await expect.poll(() => standIn.waiting("program")).toBe(1);
  await standIn.release("program");
  await elements.mounted();
  expect((await elements.mounts())[0]?.early).toBeUndefined();
  expect(await lists(standIn)).toBe(0);
});

test("where WebAssembly does not run no element asks", async ({ guard, page, standIn }) => {
  guard.tolerate(/security policy/i);
  guard.announcePolicyViolations();
  const elements = new ElementsPage(page, standIn);
  await elements.open("/embedded-without-wasm/empty.html");
  await elements.define("/embedded-without-wasm/element.js");
  await elements.put(ELEMENT);
  await expect(page.getByRole("alert")).toHaveCount(1);
  expect(await lists(standIn)).toBe(0);
});

test("a page whose program cannot be loaded asks once, however often it tries", async ({ guard, page, standIn }) => {
  guard.announceStatus(404);
  guard.announce(/A file couldn't be loaded/);
  const elements = new ElementsPage(page, standIn);
  await standIn.fault({ path: "/embedded/program_bg.wasm", status: 404, body: "Not found." });
  await elements.open();
  await elements.define();
  for (let times = 1; times <= 2; times += 1) {
    await elements.add(ELEMENT);
    await expect(page.getByRole("alert")).toHaveCount(times);
  }
  expect(await lists(standIn)).toBe(1);

  await standIn.clearFaults();
  await elements.put(ELEMENT);
  await expect(page.getByText("The list").first()).toBeVisible();
  // An answer from before would be old.
  expect((await elements.mounts())[0]?.early).toBeUndefined();
});
