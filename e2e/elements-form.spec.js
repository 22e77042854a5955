// @ts-check
// The button element in a form.
import { allowForms } from "./support/other-policy.js";
import { ElementsPage, expect, test } from "./support/elements.js";

const FORM = `
  <form>
    <fieldset>
      <label for="account">Account</label>
      <coder-external-auth-button id="account" provider="github" name="account" required></coder-external-auth-button>
    </fieldset>
    <button type="submit">Create</button>
    <button type="reset">Reset</button>
  </form>`;
const LINKED = { provider: "github", name: "GitHub", linked: true, login: "ada", state: "linked" };

/** @param {import("@playwright/test").Page} page */
const state = (page) =>
  page.evaluate(() => {
    const button = /** @type {import("../npm/element.js").CoderExternalAuthButton} */ (
      document.querySelector("coder-external-auth-button")
    );
    const form = /** @type {HTMLFormElement} */ (document.querySelector("form"));
    return {
      value: new FormData(form).get("account"),
      valid: button.validity.valid,
      missing: button.validity.valueMissing,
      message: button.validationMessage,
      formIsValid: form.checkValidity(),
      isInForm: button.form === form && [...form.elements].includes(button),
      labels: button.labels.length,
      willValidate: button.willValidate,
    };
  });

test("the form is invalid until the account is linked, and then submits the provider", async ({ page, standIn }) => {
  const elements = new ElementsPage(page, standIn);
  await elements.openWith(FORM);
  const common = { isInForm: true, labels: 1, willValidate: true };
  expect(await state(page)).toEqual({
    ...common,
    value: null,
    valid: false,
    missing: true,
    message: "Link github first.",
    formIsValid: false,
  });
  // The name arrives with the state.
  await elements.emit("state", { ...LINKED, linked: false });
  expect((await state(page)).message).toBe("Link GitHub first.");

  await elements.emit("state", LINKED);
  const linked = { ...common, value: "github", valid: true, missing: false, message: "", formIsValid: true };
  expect(await state(page)).toEqual(linked);

  // The link exists, whatever the rest of the form does.
  await page.getByRole("button", { name: "Reset" }).click();
  expect(await state(page)).toEqual(linked);

  await elements.emit("state", { ...LINKED, linked: false });
  expect(await state(page)).toMatchObject({ value: null, valid: false });
});

test("a listener for a new state finds the form up to date", async ({ page, standIn }) => {
  const elements = new ElementsPage(page, standIn);
  await elements.openWith(FORM);
  await page.evaluate(() => {
    document.querySelector("coder-external-auth-button")?.addEventListener("coder-external-auth-state", (event) => {
      const { validity } = /** @type {import("../npm/element.js").CoderExternalAuthButton} */ (event.currentTarget);
      Object.assign(globalThis, { seen: validity.valid });
    });
  });
  await elements.emit("state", LINKED);
  expect(await page.evaluate(() => /** @type {any} */ (globalThis).seen)).toBe(true);
});

test('changing the provider or "required" changes the validity', async ({ page, standIn }) => {
  const elements = new ElementsPage(page, standIn);
  await elements.openWith(FORM);
  await elements.emit("state", LINKED);
  const button = page.locator("coder-external-auth-button");
  await button.evaluate((element) => element.setAttribute("provider", "gitlab"));
  expect(await state(page)).toMatchObject({ value: null, valid: false, message: "Link gitlab first." });
  // A late event of the provider before.
  await elements.emit("state", LINKED);
  expect(await state(page)).toMatchObject({ value: null, valid: false });
  await button.evaluate((element) => element.removeAttribute("required"));
  expect(await state(page)).toMatchObject({ value: null, valid: true, message: "" });
});

test("submitting an invalid form shows which element is invalid", async ({ page, standIn }) => {
  await allowForms(page, standIn);
  const elements = new ElementsPage(page, standIn);
  await elements.openWith(FORM);
  await page.getByRole("button", { name: "Create" }).click();
  await expect(page.getByRole("button", { name: "The button" })).toBeFocused();
  expect(page.url()).not.toContain("?");

  await elements.emit("state", LINKED);
  await page.getByRole("button", { name: "Create" }).click();
  await expect(page).toHaveURL(/\?account=github$/);
});

test("the form is invalid before the program has loaded", async ({ page, standIn }) => {
  await standIn.fault({ path: "/embedded/program_bg.wasm", hold: "program" });
  const elements = new ElementsPage(page, standIn);
  await elements.open();
  await elements.define();
  await elements.put(FORM);
  await page.getByRole("button", { name: "Create" }).click();
  // The skeleton has the focus.
  await expect(page.locator("coder-external-auth-button")).toBeFocused();
  expect(await state(page)).toMatchObject({ valid: false });
  await standIn.release("program");
  await elements.mounted();
});

test("with the README's script, the form cannot be sent before the elements are registered", async ({ page, standIn }) => {
  await allowForms(page, standIn);
  await standIn.fault({ path: "/embedded/element.js", hold: "elements" });
  // The document has loaded when its modules have run, which are held back.
  await page.goto(new URL("/embedded/form.html", standIn.url).href, { waitUntil: "commit" });
  const create = page.getByRole("button", { name: "Create workspace" });
  await expect(create).toBeDisabled();
  await expect.poll(() => standIn.waiting("elements")).toBe(1);
  // The browser sends no form by Enter whose button is disabled.
  await page.getByLabel("Name").fill("engine");
  await page.keyboard.press("Enter");
  await create.click({ force: true });
  expect(page.url()).not.toContain("?");

  await standIn.release("elements");
  await expect(create).toBeEnabled();
  await page.getByLabel("Name").press("Enter");
  await create.click();
  await expect(page.locator("coder-external-auth-button")).toBeFocused();
  expect(page.url()).not.toContain("?");

  const elements = new ElementsPage(page, standIn);
  await elements.mounted();
  await elements.emit("state", { ...LINKED, provider: "codeberg", name: "Codeberg" });
  await create.click();
  await expect(page).toHaveURL(/\?workspace=engine&account=codeberg$/);
});

test("without that script, a form is sent before the elements are registered", async ({ page, standIn }) => {
  await allowForms(page, standIn);
  await standIn.fault({ path: "/embedded/element.js", hold: "elements" });
  await page.goto(new URL("/embedded/static.html", standIn.url).href, { waitUntil: "commit" });
  await page.getByRole("button", { name: "Create workspace" }).click();
  // What a server sees then: no account.
  await expect(page).toHaveURL(/\/static\.html\?$/);
  await standIn.release("elements");
});

for (const [what, selector] of /** @type {const} */ ([
  ["the button", "coder-external-auth-button"],
  ["the fieldset around it", "fieldset"],
])) {
  test(`the element neither validates nor works while ${what} is disabled`, async ({ page, standIn }) => {
    const elements = new ElementsPage(page, standIn);
    await elements.openWith(FORM);
    await elements.emit("state", LINKED);
    const target = page.locator(selector);
    await target.evaluate((element) => element.setAttribute("disabled", ""));
    expect(await state(page)).toMatchObject({ value: null, willValidate: false, formIsValid: true });
    await page.getByRole("button", { name: "The button" }).click({ force: true });
    const [mount] = await elements.mounts();
    expect(mount?.calls).toEqual([]);
    expect(mount?.sets.map(({ disabled }) => disabled)).toEqual([true]);

    await target.evaluate((element) => element.removeAttribute("disabled"));
    expect(await state(page)).toMatchObject({ value: "github", willValidate: true });
    await page.getByRole("button", { name: "The button" }).click();
    expect((await elements.mounts())[0]?.calls).toEqual(["click"]);
  });
}

test("checkValidity and reportValidity fire the event invalid", async ({ page, standIn }) => {
  const elements = new ElementsPage(page, standIn);
  await elements.openWith(FORM);
  const said = await page.evaluate(() => {
    const button = /** @type {import("../npm/element.js").CoderExternalAuthButton} */ (
      document.querySelector("coder-external-auth-button")
    );
    let invalid = 0;
    button.addEventListener("invalid", () => {
      invalid += 1;
    });
    return [button.checkValidity(), button.reportValidity(), invalid];
  });
  expect(said).toEqual([false, false, 2]);
});

for (const missing of ["attachInternals", "setFormValue, setValidity, checkValidity"]) {
  test(`a form works in an environment without ${missing}`, async ({ page, standIn }) => {
    await page.addInitScript((names) => {
      for (const name of names.split(", ")) {
        Reflect.deleteProperty(HTMLElement.prototype, name);
        Reflect.deleteProperty(ElementInternals.prototype, name);
      }
    }, missing);
    const elements = new ElementsPage(page, standIn);
    await elements.openWith(`<form><coder-external-auth-button provider="github" required></coder-external-auth-button></form>`);
    await elements.emit("state", LINKED);
    const valid = await page.evaluate(() => /** @type {any} */ (document.querySelector("coder-external-auth-button")).checkValidity());
    expect(valid).toBe(true);
  });
}
