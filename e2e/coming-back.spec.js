// @ts-check
// A person comes back to the tab after a while, or to the page from another one.
import { chromium } from "@playwright/test";
import { AccountsPage, LIST } from "./support/accounts-page.js";
import { DeviceDialog, pollOf } from "./support/device-dialog.js";
import { ElementsPage, test as testElements } from "./support/elements.js";
import { signInAs } from "./support/sign-in.js";
import { expect, test } from "./support/test.js";
import { setVisibility } from "./support/visibility.js";

/**
 * @import { Page } from "@playwright/test"
 * @import { StandIn } from "./support/stand-in.js"
 */

const MINUTE_MS = 60_000;

/** @param {import("./support/stand-in.js").StandIn} standIn */
const lists = async (standIn) => (await standIn.requestsTo("GET", LIST)).length;

/** How often a journey starts again before the test fails. */
const MOST_ATTEMPTS = 3;

/**
 * Why the browser did not keep the page that it shows, in its own words.
 *
 * @param {Page} page
 */
const whyNotKept = (page) =>
  page.evaluate(() => {
    const [entry] = /** @type {any[]} */ (performance.getEntriesByType("navigation"));
    return JSON.stringify(entry?.notRestoredReasons ?? "no reason");
  });

/**
 * The browser shows the page as it was kept: the event that it sends then. What
 * a page is kept for, and when, is tried for real below.
 *
 * @param {Page} page
 */
async function restore(page) {
  await page.evaluate(() => {
    dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true }));
    dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
  });
}

test.describe("to the tab", () => {
  test("an account that was linked elsewhere appears and is announced once", async ({ accounts, page, standIn }) => {
    await accounts.stopClock();
    await accounts.open();
    const before = await lists(standIn);

    await setVisibility(page, "hidden");
    await standIn.link("gitlab", { linked: false });
    await accounts.advance(10 * MINUTE_MS);
    await setVisibility(page, "visible");
    await page.evaluate(() => dispatchEvent(new Event("focus")));
    await expect(accounts.badge("GitLab", "Not linked")).toBeVisible();
    await accounts.announces("GitLab: Not linked.");
    await accounts.settled();
    expect(await lists(standIn)).toBe(before + 1);
  });

  test("nothing moves and nothing is announced when nothing has changed", async ({ accounts, page, standIn }) => {
    await accounts.stopClock();
    await accounts.open();
    const before = await lists(standIn);
    await setVisibility(page, "hidden");
    await accounts.advance(10 * MINUTE_MS);
    await standIn.fault({ path: LIST, hold: "list" });
    await setVisibility(page, "visible");
    await expect.poll(() => standIn.waiting("list")).toBe(1);
    await page.clock.runFor(6_000);
    await expect(page.locator("[aria-busy=true], .list-skeleton")).toHaveCount(0);
    await expect(accounts.refresh).toBeVisible();
    await expect(page.getByRole("status").filter({ hasText: /\S/ })).toHaveCount(0);

    await standIn.release("list");
    await accounts.settled();
    await expect(page.getByRole("status").filter({ hasText: /\S/ })).toHaveCount(0);
    expect(await lists(standIn)).toBe(before + 1);
  });
});

test.describe("to a page that the browser kept", () => {
  test("everything is loaded again, for the person who is signed in now", async ({ accounts, page, standIn }) => {
    await accounts.open();
    await expect(accounts.card("GitHub")).toContainText("@ada");
    await signInAs(page.context(), standIn, "grace");
    const before = await lists(standIn);
    await restore(page);
    await expect(accounts.summary).toHaveText(/ 0 of 11 linked/);
    await expect(page.getByText("@ada")).toHaveCount(0);
    expect(await lists(standIn)).toBe(before + 1);
  });

  test("a dialog from before is closed", async ({ accounts, page, standIn }) => {
    await accounts.open();
    await accounts.button("Unlink", "GitLab").click();
    await expect(accounts.dialog("GitLab")).toBeVisible();
    await restore(page);
    await expect(accounts.badge("GitLab", "Linked")).toBeVisible();
    await expect(accounts.dialog("GitLab")).toHaveCount(0);
    expect(await standIn.storedLink("gitlab")).toBeDefined();
  });

  test("a device flow from before has ended", async ({ accounts, guard, page, standIn, time }) => {
    guard.tolerate(/responded with a status of 400 /);
    await standIn.reset("device");
    await accounts.open();
    const device = new DeviceDialog(page, "internal-git");
    await device.open();
    await time.advance(7_000);
    const polls = time.times(pollOf("internal-git")).length;
    expect(polls).toBe(1);
    await restore(page);
    await time.settled();
    await expect(device.dialog).toHaveCount(0);
    await time.advance(MINUTE_MS);
    expect(time.times(pollOf("internal-git"))).toHaveLength(polls);
  });

  test("the result of a request from before is not shown", async ({ accounts, page, standIn }) => {
    await accounts.open();
    await standIn.fault({ method: "DELETE", path: `${LIST}/gitlab`, hold: "unlink" });
    await accounts.unlink("GitLab");
    await expect.poll(() => standIn.waiting("unlink")).toBe(1);
    await restore(page);
    await expect(accounts.badge("GitLab", "Linked")).toBeVisible();
    await standIn.release("unlink");
    await accounts.settled();
    // The person who asked may have left.
    await expect(accounts.card("GitLab")).not.toContainText("is unlinked");
  });

  test("nothing is visible from the moment at which it is left", async ({ accounts, page }) => {
    await accounts.open();
    await accounts.button("Unlink", "GitLab").click();
    await expect(accounts.dialog("GitLab")).toBeVisible();
    await page.evaluate(() => dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true })));
    await expect(accounts.dialog("GitLab")).toBeHidden();
    expect((await page.locator("body").innerText()).trim()).toBe("");
  });

  test.describe("by the real back/forward cache", () => {
    /** @type {import("@playwright/test").Browser} */
    let browser;

    test.beforeEach(async () => {
      // Chromium's headless shell has no back/forward cache.
      const program = process.env["FULL_CHROMIUM_PATH"] ?? process.env["CHROMIUM_PATH"];
      browser = await chromium.launch({
        ...(program ? { executablePath: program } : {}),
        args: ["--no-sandbox", "--disable-gpu"],
        // Playwright turns the cache off.
        ignoreDefaultArgs: ["--disable-back-forward-cache"],
      });
    });

    test.afterEach(() => browser.close());

    /**
     * Goes to another page, and back. A browser on a busy machine may take too long
     * to put a page away. It does not keep that page, and the journey starts again.
     *
     * @template T
     * @param {StandIn} standIn
     * @param {{
     *   before: (page: Page, accounts: AccountsPage) => Promise<T>,
     *   meanwhile: (page: Page) => Promise<unknown>,
     *   undo?: () => Promise<unknown>,
     * }} journey what is done on the page and while it is away, and what is undone
     *   before the journey starts again
     */
    async function leaveAndComeBack(standIn, { before, meanwhile, undo }) {
      /** @type {string[]} */
      const reasons = [];
      while (reasons.length < MOST_ATTEMPTS) {
        const page = await browser.newPage({ locale: "en-GB" });
        const accounts = new AccountsPage(page, standIn);
        const prepared = await before(page, accounts);
        await page.evaluate(() => Object.assign(globalThis, { kept: true }));
        await page.goto(new URL("/login", standIn.url).href);
        await meanwhile(page);
        // Playwright's goBack() waits for a load event, which does not come here.
        await page.evaluate(() => void setTimeout(() => history.back()));
        // Not toHaveURL(): the address changes before the document does.
        await page.waitForFunction(() => location.pathname.startsWith("/accounts/") && document.readyState === "complete");
        if (await page.evaluate(() => "kept" in globalThis)) return { page, accounts, prepared };
        reasons.push(await whyNotKept(page));
        await undo?.();
        await page.context().close();
      }
      throw new Error(`The browser did not keep the page: ${reasons.join("; ")}`);
    }

    test("the page comes back with its search", async ({ standIn }) => {
      const { page, accounts, prepared } = await leaveAndComeBack(standIn, {
        before: async (page, accounts) => {
          await standIn.link("gitlab", { linked: true });
          await accounts.open();
          await accounts.search.fill("git");
          await expect(page).toHaveURL(/q=git/);
          return lists(standIn);
        },
        meanwhile: () => standIn.link("gitlab", { linked: false }),
      });
      await expect(accounts.badge("GitLab", "Not linked")).toBeVisible();
      await expect(accounts.search).toHaveValue("git");
      expect(await lists(standIn)).toBe(prepared + 1);
      await page.context().close();
    });

    test("the page never shows the accounts of the person who was there before", async ({ standIn }) => {
      const { page, accounts } = await leaveAndComeBack(standIn, {
        before: async (page, accounts) => {
          await page.addInitScript(() => {
            // What is on the page when it comes back, before the program knows of it,
            // and in each later frame.
            /** @type {string[]} */
            const seen = [];
            const look = () => {
              seen.push(document.body.innerText);
              requestAnimationFrame(look);
            };
            addEventListener("pageshow", ({ persisted }) => persisted && look());
            Object.assign(globalThis, { seen });
          });
          await accounts.open();
          await expect(accounts.card("GitHub")).toContainText("@ada");
        },
        meanwhile: async (page) => {
          await signInAs(page.context(), standIn, "grace");
          await standIn.fault({ method: "GET", path: LIST, hold: "list" });
        },
        undo: () => standIn.release("list"),
      });
      await expect.poll(() => standIn.waiting("list")).toBe(1);
      await expect(accounts.heading).toBeVisible();
      await standIn.release("list");
      await expect(accounts.summary).toHaveText(/ 0 of 11 linked/);
      const seen = await page.evaluate(() => /** @type {{ seen: string[] }} */ (/** @type {unknown} */ (globalThis)).seen);
      expect(seen.length).toBeGreaterThan(2);
      expect(seen[0]?.trim()).toBe("");
      expect(seen.filter((text) => text.includes("@ada") || /[1-9] of 11 linked/.test(text))).toEqual([]);
    });
  });
});

testElements("all elements that the browser kept are drawn again", async ({ page, standIn }) => {
  const elements = new ElementsPage(page, standIn);
  await elements.openWith("<coder-external-auth></coder-external-auth>".repeat(2), 2);
  await expect(page.getByText("The list")).toHaveCount(2);
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true })));
  for (const list of await page.getByText("The list").all()) await expect(list).toBeHidden();
  await restore(page);
  await elements.mounted(4);
  expect((await elements.mounts()).map(({ frees }) => frees)).toEqual([1, 1, 0, 0]);
  await expect(page.getByText("The list")).toHaveCount(2);

  await page.evaluate(() => dispatchEvent(new PageTransitionEvent("pageshow", { persisted: false })));
  expect(await elements.mounts()).toHaveLength(4);
});
