// @ts-check
// Linking with the keyboard alone: no test here clicks or moves the focus by
// script. What does not depend on the keyboard, such as polling, is tested in
// device.spec.js, device-trouble.spec.js and device-tabs.spec.js.
// Time is faked throughout.
import { AccountsPage } from "./support/accounts-page.js";
import { DeviceDialog } from "./support/device-dialog.js";
import { press, pressLast, tabTo } from "./support/keyboard.js";
import { authorize, choice } from "./support/link-window.js";
import { LIST, expect, test } from "./support/test.js";

const ID = "internal-git";
const NAME = "internal-git";
const PATH = `${LIST}/${ID}/device`;

test.beforeEach(async ({ guard, standIn }) => {
  await standIn.reset("device");
  guard.tolerate(/responded with a status of 400 /);
});

/** @param {AccountsPage} accounts */
async function openDialog(accounts) {
  const device = new DeviceDialog(accounts.page, NAME);
  await accounts.open();
  await press(accounts.page, accounts.button("Link", NAME));
  await expect(device.code).toBeVisible();
  // The focus is in the dialog as soon as it opens.
  await expect(device.dialog.and(accounts.page.locator(":focus-within"))).toHaveCount(1);
  return device;
}

/** @param {AccountsPage} accounts */
async function openByKeyboard(accounts, name = "GitLab") {
  const opened = accounts.page.waitForEvent("popup");
  await press(accounts.page, accounts.button("Link", name));
  return opened;
}

/**
 * Approves the request and waits until the account is linked.
 *
 * @param {AccountsPage} accounts
 * @param {DeviceDialog} device
 * @param {import("./support/fake-time.js").FakeTime} time
 */
async function approve(accounts, device, time) {
  await accounts.standIn.decideDevice(ID, { approve: true });
  await time.advance(7_000);
  await expect(device.dialog).toBeHidden();
  await expect(accounts.badge(NAME, "Linked")).toBeVisible();
  // Lets the page draw.
  await time.advance(1_000);
  // The focus is on the card or in it.
  await expect(accounts.card(NAME).and(accounts.page.locator(":focus, :focus-within"))).toHaveCount(1);
}

test("the keyboard copies the code and opens the provider's page", async ({ accounts, context, time }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const device = await openDialog(accounts);
  await press(accounts.page, device.copy, "Space");
  await device.announces("Code copied.");
  expect(await accounts.page.evaluate(() => navigator.clipboard.readText())).toBe(await device.code.innerText());
  const opened = context.waitForEvent("page");
  await press(accounts.page, device.dialog.getByRole("link", { name: /^Copy code and open / }));
  const provider = await opened;
  await press(provider, provider.getByRole("textbox", { name: "Code" }));
  await provider.keyboard.type(await device.code.innerText());
  await provider.keyboard.press("Enter");
  await press(provider, authorize(provider));
  await expect(provider.getByRole("heading", { name: "The device is authorised." })).toBeVisible();
  await time.advance(7_000);
  await expect(accounts.badge(NAME, "Linked")).toBeVisible();
});

for (const end of ["expired", "denied"]) {
  test(`the keyboard requests a new code after one that was ${end}`, async ({ accounts, standIn, time }) => {
    if (end === "expired") await standIn.provider(ID, { expires_in: 20 });
    const device = await openDialog(accounts);
    // This element has the focus and is about to be removed.
    await tabTo(accounts.page, device.copy);
    if (end === "denied") await standIn.decideDevice(ID, { approve: false });
    await time.advance(25_000);
    await expect(device.newCode).toBeVisible();
    await press(accounts.page, device.newCode);
    await expect(device.code).toBeVisible();
    // The focus moves when the dialog has drawn.
    await time.advance(100);
    await expect(device.dialog.and(accounts.page.locator(":focus-within"))).toHaveCount(1);
    await approve(accounts, device, time);
  });
}

test("the keyboard closes the dialog during a poll, and nothing more is asked", async ({ accounts, standIn, time }) => {
  const device = await openDialog(accounts);
  await standIn.fault({ method: "POST", path: PATH, hold: "poll", times: 1 });
  await time.advance(6_000);
  expect(await standIn.waiting("poll")).toBe(1);
  await press(accounts.page, device.cancel);
  await expect(device.dialog).toBeHidden();
  await expect(accounts.button("Link", NAME)).toBeFocused();
  const asked = time.asked.length;
  await standIn.release("poll");
  await time.advance(30_000);
  expect(time.asked).toHaveLength(asked);
});

test("the keyboard takes over linking in a second tab", async ({ accounts, context, standIn, time }) => {
  const first = await openDialog(accounts);
  const other = new AccountsPage(await context.newPage(), standIn);
  const second = new DeviceDialog(other.page, NAME);
  await other.open();
  await press(other.page, other.button("Link", NAME));
  await time.advance(3_000);
  await second.announces("Another tab is already linking");
  await accounts.page.bringToFront();
  await accounts.page.keyboard.press("Escape");
  await expect(first.dialog).toBeHidden();
  await other.page.bringToFront();
  await press(other.page, second.newCode);
  await expect(second.code).toBeVisible();
  await approve(other, second, time);
});

test("the keyboard links an account in a window", async ({ accounts, time }) => {
  await accounts.open();
  const window = await openByKeyboard(accounts);
  await tabTo(accounts.page, choice(accounts, "GitLab", "Bring to front"));
  await pressLast(window, authorize(window));
  await expect(accounts.card("GitLab")).toContainText("GitLab is linked.");
  await time.advance(1_000);
  // The focused button is gone, so the card has the focus.
  await expect(accounts.card("GitLab").and(accounts.page.locator(":focus, :focus-within"))).toHaveCount(1);
});

test("the keyboard links in the same tab when the window is blocked", async ({ accounts, context, time }) => {
  await context.addInitScript(() => {
    window.open = () => null;
  });
  const { page } = accounts;
  await accounts.open();
  await press(page, accounts.button("Link", "GitLab"));
  await time.advance(1_000);
  await press(page, choice(accounts, "GitLab", "Continue in this tab"));
  await press(page, authorize(page));
  await expect(accounts.badge("GitLab", "Linked")).toBeVisible();
});

test("the keyboard cancels after the window was closed and links again", async ({ accounts, time }) => {
  await accounts.open();
  const first = await openByKeyboard(accounts);
  await first.close();
  await time.advance(2_000);
  await press(accounts.page, choice(accounts, "GitLab", "Check now"));
  await time.settled();
  await press(accounts.page, choice(accounts, "GitLab", "Cancel"));
  await time.advance(1_000);
  await expect(accounts.card("GitLab").and(accounts.page.locator(":focus, :focus-within"))).toHaveCount(1);
  const second = await openByKeyboard(accounts);
  await pressLast(second, authorize(second));
  await expect(accounts.badge("GitLab", "Linked")).toBeVisible();
});

test("the keyboard links another provider instead while a window is open", async ({ accounts, guard, time }) => {
  guard.tolerate(/Unsafe attempt to initiate navigation/);
  const { page } = accounts;
  await accounts.open();
  await openByKeyboard(accounts);
  await press(page, accounts.toggle("GitHub"));
  await press(page, accounts.button("Re-authenticate", "GitHub"));
  const opened = page.waitForEvent("popup");
  await press(page, accounts.card("GitHub").getByRole("button", { name: "Link GitHub instead" }));
  const window = await opened;
  await pressLast(window, authorize(window));
  await expect(accounts.card("GitHub")).toContainText("GitHub is linked.");
  await time.advance(1_000);
  await expect(accounts.badge("GitLab", "Not linked")).toBeVisible();
});
