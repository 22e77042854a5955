// @ts-check
// The life of a custom element: what it passes to the program, and what it gets
// back.
import { ElementsPage, expect, test } from "./support/elements.js";

const LIST = "<coder-external-auth></coder-external-auth>";

test("an element that is moved keeps its state", async ({ page, standIn }) => {
  const elements = new ElementsPage(page, standIn);
  await elements.openWith(`<section></section>${LIST}`);
  await page.evaluate(() => {
    const list = document.querySelector("coder-external-auth");
    if (list) document.querySelector("section")?.append(list);
  });
  await expect(page.locator("section").getByText("The list")).toBeVisible();
  expect(await elements.mounts()).toEqual([expect.objectContaining({ frees: 0, sets: [] })]);
});

test("an element that is removed and inserted at once keeps its state", async ({ page, standIn }) => {
  const elements = new ElementsPage(page, standIn);
  await elements.openWith(LIST);
  await page.evaluate(() => {
    const list = /** @type {HTMLElement} */ (document.querySelector("coder-external-auth"));
    list.remove();
    document.body.append(list);
  });
  await expect(page.getByText("The list")).toBeVisible();
  expect(await elements.mounts()).toEqual([expect.objectContaining({ frees: 0, sets: [] })]);
});

test("a removed element frees everything, and is drawn again when it is inserted again", async ({ page, standIn }) => {
  const elements = new ElementsPage(page, standIn);
  await elements.openWith(LIST);
  const after = await page.evaluate(async () => {
    const list = /** @type {HTMLElement} */ (document.querySelector("coder-external-auth"));
    list.remove();
    Object.assign(globalThis, { list });
    await Promise.resolve();
    return list.shadowRoot?.childNodes.length;
  });
  expect(after).toBe(0);
  expect((await elements.mounts()).map(({ frees }) => frees)).toEqual([1]);

  await page.evaluate(() => document.body.append(/** @type {any} */ (globalThis).list));
  await elements.mounted(2);
  await expect(page.getByText("The list")).toHaveCount(1);
  expect((await elements.mounts()).map(({ frees }) => frees)).toEqual([1, 0]);
});

test("an element that is removed before the program has loaded is never drawn", async ({ page, standIn }) => {
  await standIn.fault({ path: "/embedded/program_bg.wasm", hold: "program" });
  const elements = new ElementsPage(page, standIn);
  await elements.open();
  await elements.define();
  await elements.put(LIST.repeat(2));
  await expect.poll(() => standIn.waiting("program")).toBe(1);
  await page.evaluate(() => document.querySelector("coder-external-auth")?.remove());
  await standIn.release("program");
  await elements.mounted();
});

test("an element for one provider waits until it has a provider", async ({ page, standIn }) => {
  const elements = new ElementsPage(page, standIn);
  await elements.openWith(`${LIST}
    <coder-external-auth-provider></coder-external-auth-provider>
    <coder-external-auth-button required></coder-external-auth-button>`);
  const card = page.locator("coder-external-auth-provider");
  await expect(card.locator("[part=skeleton]")).toHaveCount(1);
  expect(await card.evaluate((element) => /** @type {any} */ (element).refresh().catch(String))).toContain("no provider");

  await card.evaluate((element) => element.setAttribute("provider", "gitlab"));
  await elements.mounted(2);
  expect((await elements.mounts())[1]?.first).toEqual({ provider: "gitlab", disabled: false });
  await expect(card.locator("[part=skeleton]")).toHaveCount(0);

  // An empty attribute means no provider, not all.
  await card.evaluate((element) => Object.assign(element, { provider: null }));
  await expect(card.locator("[part=skeleton]")).toHaveCount(1);
  expect((await elements.mounts()).map(({ frees }) => frees)).toEqual([0, 1]);
});

test("a thousand elements that are inserted and removed leave nothing behind", async ({ page, standIn }) => {
  const elements = new ElementsPage(page, standIn);
  await elements.openWith(LIST);
  await elements.put("");
  const { mounts, frees, roots } = await page.evaluate(async () => {
    const tags = ["coder-external-auth", "coder-external-auth-provider", "coder-external-auth-button"];
    const main = /** @type {HTMLElement} */ (document.querySelector("main"));
    const list = document.createElement("coder-external-auth");
    let left = 0;
    for (let cycle = 0; cycle < 1000; cycle += 1) {
      const fresh = document.createElement(tags[cycle % 3] ?? "");
      fresh.setAttribute("provider", "gitlab");
      main.append(list, fresh);
      await new Promise((next) => {
        queueMicrotask(() => queueMicrotask(() => next(undefined)));
      });
      list.remove();
      fresh.remove();
      await new Promise((next) => {
        queueMicrotask(() => queueMicrotask(() => next(undefined)));
      });
      left += list.shadowRoot?.childNodes.length ?? 0;
      left += fresh.shadowRoot?.childNodes.length ?? 0;
    }
    const { fake } = /** @type {{ fake: import("./support/elements.js").Fake }} */ (/** @type {unknown} */ (globalThis));
    return {
      mounts: fake.mounts.length,
      frees: fake.mounts.filter((mount) => mount.frees === 1).length,
      roots: left,
    };
  });
  expect({ mounts, frees, roots }).toEqual({ mounts: 2001, frees: 2001, roots: 0 });
});

test("an element that is inserted and removed at once is neither drawn nor freed", async ({ page, standIn }) => {
  const elements = new ElementsPage(page, standIn);
  await elements.openWith(LIST);
  await page.evaluate(() => {
    for (let cycle = 0; cycle < 1000; cycle += 1) {
      const list = document.createElement("coder-external-auth");
      document.body.append(list);
      list.remove();
    }
  });
  expect(await elements.mounts()).toEqual([expect.objectContaining({ frees: 0 })]);
});
