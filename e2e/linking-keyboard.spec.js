// @ts-check
// Linking by keyboard alone: no test here clicks, or puts the focus anywhere.
// Time is faked throughout.
import { AccountsPage } from "./support/accounts-page.js";
import { DeviceDialog, pollOf } from "./support/device-dialog.js";
import { press, pressLast, tabTo } from "./support/keyboard.js";
import { authorize, choice } from "./support/link-window.js";
import { LIST, expect, test } from "./support/test.js";
import { setVisibility } from "./support/visibility.js";

const ID = "internal-git";
const NAME = "internal-git";
const POLL = pollOf(ID);
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
  // The focus is in the dialog from the start.
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
 * Approves, and waits for the end.
 *
 * @param {AccountsPage} accounts
 * @param {DeviceDialog} device
 * @param {import("./support/fake-time.js").FakeTime} time
 */
async function approveAndSee(accounts, device, time, ms = 7_000) {
  await accounts.standIn.decideDevice(ID, { approve: true });
  await time.advance(ms);
  await expect(device.dialog).toBeHidden();
  await expect(accounts.badge(NAME, "Linked")).toBeVisible();
  // For what waits to be drawn.
  await time.advance(1_000);
  // Whoever works by keyboard is still at the card.
  await expect(accounts.card(NAME).and(accounts.page.locator(":focus, :focus-within"))).toHaveCount(1);
}

test("by keyboard: thirty polls to the end", async ({ accounts, standIn, time }) => {
  const device = await openDialog(accounts);
  await time.advanceUntil(() => time.times(POLL).length >= 30);
  await approveAndSee(accounts, device, time);
  expect((await standIn.deviceFlow(ID)).slow_downs).toBe(0);
});

test("by keyboard: the code is copied, and the provider's address opened", async ({ accounts, context, time }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const device = await openDialog(accounts);
  await press(accounts.page, device.copy, "Space");
  await device.says("Code copied.");
  expect(await accounts.page.evaluate(() => navigator.clipboard.readText())).toBe(await device.code.innerText());
  const opened = context.waitForEvent("page");
  await press(accounts.page, device.dialog.getByRole("link", { name: /^Open / }));
  const provider = await opened;
  await press(provider, provider.getByRole("textbox", { name: "Code" }));
  await provider.keyboard.type(await device.code.innerText());
  await provider.keyboard.press("Enter");
  await press(provider, authorize(provider));
  await expect(provider.getByRole("heading", { name: "The device is authorised." })).toBeVisible();
  await time.advance(7_000);
  await expect(accounts.badge(NAME, "Linked")).toBeVisible();
});

test("by keyboard: a provider that slows down twice", async ({ accounts, standIn, time }) => {
  await standIn.provider(ID, { slow_down: 2 });
  const device = await openDialog(accounts);
  await time.advance(60_000);
  await approveAndSee(accounts, device, time, 17_000);
  expect((await standIn.deviceFlow(ID)).slow_downs).toBe(2);
});

test("by keyboard: a network that fails three times", async ({ accounts, context, guard, time }) => {
  guard.tolerate(/net::ERR_/);
  let left = 3;
  await context.route(`**${PATH}`, (route) => {
    if (route.request().method() !== "POST" || left === 0) return route.fallback();
    left -= 1;
    return route.abort("internetdisconnected");
  });
  const device = await openDialog(accounts);
  await time.advanceUntil(() => left === 0);
  await approveAndSee(accounts, device, time, 45_000);
});

test("by keyboard: a laptop that sleeps for ten minutes", async ({ accounts, standIn, time }) => {
  const device = await openDialog(accounts);
  await time.advance(8_000);
  await time.sleep(10 * 60_000);
  await time.advance(14_000);
  await approveAndSee(accounts, device, time);
  expect((await standIn.deviceFlow(ID)).slow_downs).toBe(0);
});

for (const end of ["expired", "denied"]) {
  test(`by keyboard: a code that is ${end}, and a new one`, async ({ accounts, standIn, time }) => {
    if (end === "expired") await standIn.provider(ID, { expires_in: 20 });
    const device = await openDialog(accounts);
    // The focus is where it is lost if the content goes.
    await tabTo(accounts.page, device.copy);
    if (end === "denied") await standIn.decideDevice(ID, { approve: false });
    await time.advance(25_000);
    await expect(device.newCode).toBeVisible();
    await press(accounts.page, device.newCode);
    await expect(device.code).toBeVisible();
    // What had the focus is gone; it is given on when that has been drawn.
    await time.advance(100);
    await expect(device.dialog.and(accounts.page.locator(":focus-within"))).toHaveCount(1);
    await approveAndSee(accounts, device, time);
  });
}

test("by keyboard: closed in the middle of a poll", async ({ accounts, standIn, time }) => {
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

test("by keyboard: two tabs", async ({ accounts, context, standIn, time }) => {
  const first = await openDialog(accounts);
  const other = new AccountsPage(await context.newPage(), standIn);
  const second = new DeviceDialog(other.page, NAME);
  await other.open();
  await press(other.page, other.button("Link", NAME));
  await time.advance(3_000);
  await second.says("Another tab is linking");
  await accounts.page.bringToFront();
  await accounts.page.keyboard.press("Escape");
  await expect(first.dialog).toBeHidden();
  await other.page.bringToFront();
  await press(other.page, second.newCode);
  await expect(second.code).toBeVisible();
  await approveAndSee(other, second, time);
});

test("by keyboard: a tab that was out of sight", async ({ accounts, time }) => {
  const device = await openDialog(accounts);
  await setVisibility(accounts.page, "hidden");
  await time.jump(60_000);
  await time.jump(60_000);
  await setVisibility(accounts.page, "visible");
  await approveAndSee(accounts, device, time);
});

test("by keyboard: a window", async ({ accounts, time }) => {
  await accounts.open();
  const window = await openByKeyboard(accounts);
  await tabTo(accounts.page, choice(accounts, "GitLab", "Bring to front"));
  await pressLast(window, authorize(window));
  await expect(accounts.badge("GitLab", "Linked")).toBeVisible();
  await time.advance(1_000);
  // What had the focus is gone; the card has it.
  await expect(accounts.card("GitLab").and(accounts.page.locator(":focus, :focus-within"))).toHaveCount(1);
});

test("by keyboard: a blocked window", async ({ accounts, context, time }) => {
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

test("by keyboard: a window that is closed half-way", async ({ accounts, time }) => {
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

test("by keyboard: two providers at once", async ({ accounts, guard, time }) => {
  guard.tolerate(/Unsafe attempt to initiate navigation/);
  const { page } = accounts;
  await accounts.open();
  await openByKeyboard(accounts);
  await press(page, accounts.button("Re-authenticate", "GitHub"));
  const opened = page.waitForEvent("popup");
  await press(page, accounts.card("GitHub").getByRole("button", { name: "Link GitHub instead" }));
  const window = await opened;
  await pressLast(window, authorize(window));
  await expect(accounts.card("GitHub")).toContainText("GitHub is linked.");
  await time.advance(1_000);
  await expect(accounts.badge("GitLab", "Not linked")).toBeVisible();
});
