// @ts-check
// Copying the code of a device flow, also when the browser does not allow it.
import { DeviceDialog } from "./support/device-dialog.js";
import { expect, test } from "./support/test.js";

const NAME = "internal-git";
const FALLBACK = "Your browser didn't allow copying. The code is selected: copy it yourself.";

test.beforeEach(async ({ standIn }) => {
  await standIn.reset("device");
});

test("one press copies the code, and the page announces it", async ({ accounts, context, time }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const device = new DeviceDialog(accounts.page, NAME);
  await accounts.open();
  await device.open();
  await device.copy.click();
  await device.announces("Code copied.");
  await expect(device.copy).toBeFocused();
  expect(await accounts.page.evaluate(() => navigator.clipboard.readText())).toBe(await device.code.innerText());
  await time.settled();
});

for (const reason of ["the clipboard refuses", "there is no clipboard"]) {
  test(`when ${reason}, the page selects the code and says so`, async ({ accounts, context, time }) => {
    await context.addInitScript((refuses) => {
      const writeText = () => Promise.reject(new DOMException("no", "NotAllowedError"));
      const value = refuses ? { writeText } : undefined;
      Object.defineProperty(navigator, "clipboard", { configurable: true, value });
    }, reason === "the clipboard refuses");
    const device = new DeviceDialog(accounts.page, NAME);
    await accounts.open();
    await device.open();
    await device.copy.click();
    await device.announces(FALLBACK);
    const selected = await accounts.page.evaluate(() => String(getSelection()));
    expect(selected).toBe(await device.code.innerText());
    await time.settled();
    // The code stays selected while the countdown changes.
    await time.advance(3_000);
    expect(await accounts.page.evaluate(() => String(getSelection()))).toBe(selected);
  });
}

test("copying a second time is announced a second time", async ({ accounts, context, time }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const device = new DeviceDialog(accounts.page, NAME);
  await accounts.open();
  await device.open();
  await device.copy.click();
  await device.announces("Code copied.");
  await device.dialog.evaluate((dialog) => {
    Object.assign(window, { changes: 0 });
    const count = () => Object.assign(window, { changes: Reflect.get(window, "changes") + 1 });
    for (const status of dialog.querySelectorAll("[role=status]")) {
      new MutationObserver(count).observe(status, { subtree: true, childList: true, characterData: true });
    }
  });
  await device.copy.click();
  await expect.poll(() => accounts.page.evaluate(() => Reflect.get(window, "changes"))).toBeGreaterThan(0);
  await time.settled();
});
