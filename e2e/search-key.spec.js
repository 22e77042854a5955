// @ts-check
// The key of the search (WCAG 2.2, 2.1.4).
import { expect, test } from "./support/test.js";

test("a slash alone leads to the search, and a person can turn it off", async ({ accounts }) => {
  const { page } = accounts;
  const { keyboard } = page;
  const key = page.getByRole("button", { name: "Shortcut / for search", exact: true });
  await accounts.open();

  for (const modifier of ["Alt", "Control", "Meta"]) {
    await keyboard.press(`${modifier}+/`);
    await expect(accounts.search, `with ${modifier}`).not.toBeFocused();
  }
  await accounts.checkAll.focus();
  await keyboard.press("/");
  await expect(accounts.search).toBeFocused();
  await expect(accounts.search).toHaveAttribute("aria-keyshortcuts", "/");
  // In a field it is a character.
  await keyboard.press("/");
  await expect(accounts.search).toHaveValue("/");
  await keyboard.press("Escape");

  await expect(key).toHaveAttribute("aria-pressed", "true");
  await key.press("Space");
  await expect(key).toHaveAttribute("aria-pressed", "false");
  /** Expects the key to do nothing. */
  const expectNoKey = async () => {
    await expect(accounts.search).not.toHaveAttribute("aria-keyshortcuts");
    await accounts.checkAll.focus();
    await keyboard.press("/");
    await expect(accounts.checkAll).toBeFocused();
  };
  await expectNoKey();
  await accounts.open();
  await expect(key).toHaveAttribute("aria-pressed", "false");
  await expectNoKey();

  await key.press("Enter");
  await accounts.checkAll.focus();
  await keyboard.press("/");
  await expect(accounts.search).toBeFocused();
});
