// @ts-check
// The shipped custom elements in a React application, inside a dialog of Radix.
import { INSTALL_TIMEOUT_MS } from "./support/installed.js";
import { ELEMENTS, SKIPPED, expect, testDialogHost as test } from "./support/real-elements.js";

/**
 * @import { Page } from "@playwright/test"
 * @import { StandIn } from "./support/stand-in.js"
 */

test.skip(!ELEMENTS, SKIPPED);
test.describe.configure({ timeout: INSTALL_TIMEOUT_MS });

/** @param {Page} page @param {StandIn} standIn */
const open = (page, standIn) => page.goto(new URL("/embedded/dialog-host/index.html", standIn.url).href);

/**
 * Opens the application's dialog, and in it the dialog of the element that asks
 * before GitLab is unlinked.
 *
 * @param {Page} page
 * @param {StandIn} standIn
 */
async function openBoth(page, standIn) {
  await open(page, standIn);
  await page.getByRole("button", { name: "Accounts" }).click();
  const theirs = page.getByRole("dialog", { name: "Accounts of this workspace" });
  const unlink = theirs.getByRole("button", { name: "Unlink GitLab", exact: true });
  await unlink.click();
  const ours = page.getByRole("alertdialog", { name: "Unlink GitLab?" });
  await expect(ours).toBeVisible();
  return { theirs, ours, unlink };
}

test("Escape closes the dialog of the element, and then the dialog around it", async ({ page, standIn }) => {
  const { theirs, ours, unlink } = await openBoth(page, standIn);
  await page.keyboard.press("Escape");
  await expect(ours).toBeHidden();
  await expect(theirs).toBeVisible();
  await expect(unlink).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(theirs).toBeHidden();
});

test("Escape does so when nothing in the dialog has the focus", async ({ page, standIn }) => {
  const { theirs, ours } = await openBoth(page, standIn);
  await ours.getByRole("button", { name: "Cancel" }).evaluate((/** @type {HTMLElement} */ button) => {
    for (const each of button.parentElement?.querySelectorAll("button") ?? []) each.disabled = true;
  });
  await page.keyboard.press("Escape");
  await expect(ours).toBeHidden();
  await expect(theirs).toBeVisible();
});

test("Escape clears the search of the element, and only then closes the dialog around it", async ({ page, standIn }) => {
  await open(page, standIn);
  await page.getByRole("button", { name: "Accounts" }).click();
  const theirs = page.getByRole("dialog", { name: "Accounts of this workspace" });
  const search = theirs.getByRole("searchbox");
  await search.fill("gitlab");
  await page.keyboard.press("Escape");
  await expect(search).toHaveValue("");
  await expect(search).toBeFocused();
  await expect(theirs).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(theirs).toBeHidden();
});

test("a click beside the dialog of the element closes neither, and its buttons work", async ({ page, standIn }) => {
  const { theirs, ours } = await openBoth(page, standIn);
  await page.mouse.click(2, 2);
  await expect(ours).toBeVisible();
  await expect(theirs).toBeVisible();
  await ours.getByRole("button", { name: "Unlink", exact: true }).click();
  await expect(theirs).toContainText("GitLab is unlinked");
  expect(await standIn.storedLink("gitlab")).toBeUndefined();
});

test("React sets properties that only tell a state, and the form by its id", async ({ page, standIn }) => {
  await open(page, standIn);
  const button = page.locator("coder-external-auth-button");
  await expect(button.getByRole("button", { name: "Link Codeberg", exact: true })).toBeVisible();
  await expect(button).toHaveAttribute("form", "workspace");
  const read = await button.evaluate((/** @type {import("../npm/element.js").CoderExternalAuthButton} */ element) => [
    element.form?.id,
    element.labels.length,
    element.validity.valid,
    element.validationMessage,
    element.willValidate,
  ]);
  expect(read).toEqual(["workspace", 0, true, "", true]);
});
