// @ts-check
// The whole journey by keyboard alone, with the name of each place that the Tab key
// comes to (WCAG 2.2, 2.1.1, 2.1.2, 2.4.3). How the keyboard gets along when
// something goes wrong is tested in linking-keyboard.spec.js.
import { DeviceDialog } from "./support/device-dialog.js";
import { expectReadingOrder, focusedName, tabThrough } from "./support/focus-order.js";
import { press } from "./support/keyboard.js";
import { write } from "./support/layout.js";
import { expect, test } from "./support/test.js";

const ID = "github-device";
const NAME = "GitHub Device";

/** @param {import("./support/focus-order.js").Place[]} places */
const names = (places) => places.map(({ name }) => name);

test("find, link, re-authenticate, unlink and read the warning", async ({ accounts, guard, standIn, time }) => {
  guard.tolerate(/responded with a status of 400 /);
  const { page } = accounts;
  const { keyboard } = page;
  const device = new DeviceDialog(page, NAME);
  await standIn.reset("device");
  await standIn.provider(ID, { revoke: "error", revoke_body: "no such token" });
  // Enough for a search.
  for (const id of ["one", "two", "three", "four"]) await standIn.provider(id, {});
  await accounts.open();

  /** Approves at the provider. The dialog then closes by itself. */
  const approve = async () => {
    await standIn.decideDevice(ID, { approve: true });
    await time.advance(7_000);
    await expect(device.dialog).toBeHidden();
    await expect(accounts.badge(NAME, "Linked")).toBeVisible();
    await time.advance(1_000);
  };

  await test.step("find", async () => {
    await keyboard.press("/");
    expect(await focusedName(page)).toBe("Search providers");
    await keyboard.type("github device");
    await expect(accounts.cards).toHaveCount(1);
    // The filters are between the field and the rows.
    const [first, ...others] = names(await tabThrough(page, `Link ${NAME}`)).slice(-3);
    expect(first).toMatch(/^Needs attention/);
    expect(others).toEqual([`Details ${NAME}`, `Link ${NAME}`]);
  });

  await test.step("link", async () => {
    await keyboard.press("Enter");
    await expect(device.code).toBeVisible();
    // The focus is on the heading, so that the dialog is read from its start.
    expect(await focusedName(page)).toBe(`Link ${NAME}`);
    const places = names(await tabThrough(page, 3));
    const open = await device.dialog.getByRole("link").innerText();
    expect(new Set(places)).toEqual(new Set(["Copy code", "Cancel", open]));
    await approve();
    // What had the focus is gone, so the row has it.
    expect(await focusedName(page)).toBe(NAME);
  });

  await test.step("re-authenticate", async () => {
    expect(names(await tabThrough(page, 1))).toEqual([`Details ${NAME}`]);
    await keyboard.press("Enter");
    await expect(page.locator(".provider-card__panel")).toBeVisible();
    expect(await focusedName(page)).toBe(`Details ${NAME}`);
    const places = names(await tabThrough(page, `Unlink ${NAME}`));
    const actions = [`Check ${NAME}`, `Re-authenticate ${NAME}`, `Unlink ${NAME}`];
    expect(places.filter((name) => actions.includes(name))).toEqual(actions);
    await press(page, accounts.button("Re-authenticate", NAME));
    await expect(device.code).toBeVisible();
    expect(await focusedName(page)).toBe(`Link ${NAME}`);
    await approve();
    expect(await focusedName(page)).toBe(`Re-authenticate ${NAME}`);
  });

  await test.step("unlink", async () => {
    expect(names(await tabThrough(page, 1))).toEqual([`Unlink ${NAME}`]);
    await keyboard.press("Enter");
    await expect(accounts.dialog(NAME)).toBeVisible();
    expect(await focusedName(page)).toBe("Cancel");
    expect(names(await tabThrough(page, 1))).toEqual(["Unlink"]);
    await keyboard.press("Enter");
    await expect(accounts.badge(NAME, "Not linked")).toBeVisible();
    await time.advance(1_000);
    expect(await focusedName(page)).toBe(NAME);
  });

  await test.step("read the warning", async () => {
    const places = names(await tabThrough(page, `Dismiss warning about ${NAME}`));
    expect(places.slice(0, 2)).toEqual([`Details ${NAME}`, `Link ${NAME}`]);
    expect(places.slice(2)).toEqual([
      expect.stringMatching(/^Authorized applications at /),
      "Details",
      `Dismiss warning about ${NAME}`,
    ]);
    await tabThrough(page, "Details", "Shift+Tab");
    await keyboard.press("Enter");
    await expect(accounts.card(NAME).getByText("no such token")).toBeVisible();
    await tabThrough(page, `Dismiss warning about ${NAME}`);
    await keyboard.press("Enter");
    await expect(accounts.warning(NAME)).toHaveCount(0);
    await time.advance(1_000);
    expect(await focusedName(page)).toBe(NAME);
  });
});

for (const width of [1280, 320]) {
  test(`the focus moves as a person reads, ${width} px wide, in both directions`, async ({ accounts }) => {
    const { page } = accounts;
    await page.setViewportSize({ width, height: 800 });
    await accounts.open();
    await accounts.openDetails("GitHub");
    for (const direction of /** @type {const} */ (["ltr", "rtl"])) {
      await write(page, direction);
      await accounts.heading.focus();
      const places = await tabThrough(page, "Unlink old-gitlab");
      expect(places.length, "places in the list").toBeGreaterThan(40);
      expectReadingOrder(places, direction);
    }
  });
}
