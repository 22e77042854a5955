// @ts-check
// Every fault of every route that the page asks, at the step at which it asks it:
// what a person reads, and that everything works when the fault is gone. The tables
// of docs/faults.md come from here. Time is faked throughout.
import { pressOffered, tryFaults } from "./support/fault-case.js";
import { FaultTable, documentedTables } from "./support/fault-table.js";
import { CONSOLE, FAULTS } from "./support/faults.js";
import { DeviceDialog, pollOf } from "./support/device-dialog.js";
import { choice } from "./support/link-window.js";
import { wordsOn } from "./support/read-words.js";
import { LIST, expect, test } from "./support/test.js";
import { setVisibility } from "./support/visibility.js";

/** @import { Browser, Step } from "./support/fault-case.js" */

const DEVICE = "internal-git";
const ROWS = 5;

/** Faults after which the deployment has done what was asked. */
const AFTER_EFFECT = ["connection reset after the effect", "answer cut in the middle"];

/** Faults that the browser tells itself in a window, in a page or by not leaving the one before. */
const OF_THE_BROWSER = [
  "connection refused",
  "connection reset before the effect",
  ...AFTER_EFFECT,
  "204 without a body",
  "redirect to another origin",
];

/** @param {Browser} browser */
async function open({ accounts, page, standIn }) {
  await page.evaluate(() => localStorage.clear()).catch(() => undefined);
  await page.goto(standIn.url);
  await accounts.complete();
  await expect(accounts.cards).toHaveCount(ROWS);
  await accounts.settled();
}

/** @param {Browser} browser */
async function allIsWell({ accounts }) {
  await expect(accounts.alert).toHaveCount(0);
  await expect(accounts.cards).toHaveCount(ROWS);
}

/**
 * The page and the deployment agree on whether there is a link.
 *
 * @param {Browser} browser
 * @param {string} id
 * @param {string} name
 */
async function agree({ accounts, standIn }, id, name) {
  const stored = await standIn.storedLink(id);
  await expect(accounts.badge(name, stored ? "Linked" : "Not linked")).toBeVisible();
}

/**
 * @param {string} id
 * @param {string} name
 */
const unlinkAgain = (id, name) => async (/** @type {Browser} */ browser) => {
  const { accounts, standIn } = browser;
  const card = accounts.card(name);
  const stored = await standIn.storedLink(id);
  const claimsNothing = await card.getByText("Refresh the list to see where it stands.").isVisible();
  // The deployment may have removed the link after the page had given up.
  const isBehind = !stored && (await accounts.badge(name, "Linked").isVisible());
  if (claimsNothing || isBehind) await accounts.refresh.click();
  await accounts.settled();
  await agree(browser, id, name);
  const first = claimsNothing || isBehind ? "Refresh, " : "";
  if (!stored) return first ? "Refresh" : "–";
  await accounts.unlink(name);
  await expect(card).toContainText("is unlinked, and the token is revoked.");
  expect(await standIn.storedLink(id)).toBeUndefined();
  return `${first}Unlink ${name}`;
};

/**
 * An unlink on a fresh page: the deployment's page for the CSRF token, who is
 * signed in, and the change.
 *
 * @param {string} line
 * @returns {Step}
 */
const unlinking = (line) => ({
  line,
  async prepare(browser, fault) {
    const { accounts, standIn } = browser;
    await standIn.link("github", { linked: true });
    await standIn.link("gitlab-device", { linked: true, token: "active" });
    await open(browser);
    if (!fault.isRefused || line === "GET /") return;
    // So that the page has the CSRF token, and asks only what is refused.
    await accounts.unlink("GitLab Device");
    await expect(accounts.badge("GitLab Device", "Not linked")).toBeVisible();
    await accounts.settled();
    if (!line.endsWith("/me")) return;
    await setVisibility(browser.page, "hidden");
    await setVisibility(browser.page, "visible");
  },
  act: ({ accounts }) => accounts.unlink("GitHub"),
  retry: unlinkAgain("github", "GitHub"),
  works: (browser) => agree(browser, "github", "GitHub"),
});

/** @type {Record<string, (browser: Browser) => Promise<Step> | Step>} */
const STEPS = {
  "the list, when the page is opened": async (browser) => {
    await open(browser);
    const before = await wordsOn(browser.page);
    let isHeld = false;
    return {
      line: `GET ${LIST}`,
      // The browser says that itself, because the page is refused too.
      without: ["connection refused"],
      before,
      async prepare(_, { stallMs }) {
        isHeld = stallMs !== undefined;
      },
      async act({ accounts, context, page, standIn }) {
        const asked = page.waitForRequest((request) => request.url().endsWith(LIST));
        await page.goto(standIn.url);
        await asked;
        // What tells of a failure is in the later part of the program, which has to arrive.
        if (!isHeld) await accounts.complete();
        // The program starts in several tasks, which the stopped clock holds.
        for (let task = 0; task < 10; task += 1) {
          await context.clock.runFor(50);
          await accounts.handled();
        }
      },
      async retry({ accounts, page }) {
        if ((await accounts.cards.count()) > 0) return "–";
        if (await accounts.tryAgain.isVisible()) return pressOffered(page, "Try again");
        // The person has signed in, and comes back.
        await page.goto(browser.standIn.url);
        await accounts.complete();
        return "load the page again";
      },
      works: allIsWell,
    };
  },
  "the list, on Refresh": async (browser) => {
    await open(browser);
    return {
      line: `GET ${LIST}`,
      act: ({ accounts }) => accounts.refresh.click(),
      retry: ({ page }) => pressOffered(page, "Try again", "Refresh"),
      works: allIsWell,
    };
  },
  "one provider, on Check": async (browser) => {
    await open(browser);
    return {
      line: `GET ${LIST}/github`,
      act: ({ accounts }) => accounts.button("Check", "GitHub").click(),
      retry: ({ accounts }) => pressOffered(accounts.card("GitHub"), /^(Check|Check again|Try again) GitHub$/),
      async works(all) {
        await agree(all, "github", "GitHub");
        await allIsWell(all);
      },
    };
  },
  "the deployment's page with the CSRF token, on Unlink": () => unlinking("GET /"),
  "who is signed in, on Unlink": () => unlinking("GET /api/v2/users/me"),
  "the removal, on Unlink": () => unlinking(`DELETE ${LIST}/github`),
  "the request for a device code, on Link": async (browser) => {
    await open(browser);
    const device = new DeviceDialog(browser.page, DEVICE);
    return {
      line: `GET ${LIST}/${DEVICE}/device`,
      act: ({ accounts }) => accounts.button("Link", DEVICE).click(),
      async retry({ accounts }) {
        if (await device.code.isVisible()) return "–";
        if (await isSignedOut(device)) return linkAfterSignIn(accounts, device);
        return pressOffered(device.dialog, "Try again", "Get a new code");
      },
      async works({ accounts }) {
        await expect(device.code).toBeVisible();
        await device.cancel.click();
        await expect(device.dialog).toBeHidden();
        await accounts.refresh.click();
        await allIsWell(browser);
      },
    };
  },
  "the exchange of the device code, while it is polled": async (browser) => {
    await open(browser);
    const device = new DeviceDialog(browser.page, DEVICE);
    return {
      line: pollOf(DEVICE),
      // It is the success.
      without: ["204 without a body"],
      async prepare({ standIn }) {
        await device.open();
        await standIn.decideDevice(DEVICE, { approve: true });
      },
      act: ({ time }) => time.advance(6_000),
      isSilent: (fault) => AFTER_EFFECT.includes(fault.name),
      async retry({ accounts, standIn, time }) {
        if (await isSignedOut(device)) {
          const helps = await linkAfterSignIn(accounts, device);
          await standIn.decideDevice(DEVICE, { approve: true });
          await time.advanceUntil(() => device.dialog.isHidden(), 60_000);
          return helps;
        }
        const ended = device.dialog.getByRole("button", { name: /^(Try again|Get a new code)$/ });
        await time.advanceUntil(async () => (await device.dialog.isHidden()) || (await ended.isVisible()), 3 * 60_000);
        if (await device.dialog.isHidden()) return "–";
        const helps = await pressOffered(device.dialog, "Try again", "Get a new code");
        await expect(device.code).toBeVisible();
        await standIn.decideDevice(DEVICE, { approve: true });
        await time.advanceUntil(() => device.dialog.isHidden(), 60_000);
        return helps;
      },
      async works({ accounts, standIn, time }) {
        await agree(browser, DEVICE, DEVICE);
        expect(await standIn.storedLink(DEVICE)).toBeDefined();
        const flows = await standIn.deviceFlows(DEVICE);
        expect(flows.filter(({ slow_downs: early }) => early > 0), "polls that came too early").toEqual([]);
        await standIn.link(DEVICE, { linked: false });
        await accounts.refresh.click();
        await expect(accounts.badge(DEVICE, "Not linked")).toBeVisible();
        // The notice of the success goes by itself.
        await time.jump(60_000);
      },
    };
  },
  "the deployment's way to the provider, in the window": async (browser) => {
    await browser.standIn.provider("gitlab", { consent: "skip" });
    await open(browser);
    const path = "/external-auth/gitlab/callback";
    let isOfBrowser = false;
    return {
      line: `GET ${path}`,
      // Playwright's clock does not move while the first page of a window is on its way.
      without: ["no answer for 10 s", "no answer for 30 s"],
      async prepare(_, { name }) {
        isOfBrowser = OF_THE_BROWSER.includes(name);
      },
      async act({ page, standIn, time }) {
        const reached = async () => (await standIn.requestsTo("GET", path)).length;
        const before = await reached();
        const opened = page.waitForEvent("popup");
        await page.getByRole("button", { name: "Link GitLab", exact: true }).click();
        const window = await opened;
        const hasEnded = async () => window.url().startsWith("chrome-error:") || (await reached()) > before;
        if (isOfBrowser) await expect.poll(hasEnded, "the window has met the fault").toBe(true);
        else await window.waitForURL(`**${path}*`);
        await time.advance(3_000);
      },
      async retry({ accounts, time }) {
        const card = accounts.card("GitLab");
        if (!isOfBrowser) return relink(browser, card);
        // The window cannot be read. The person sees the browser's page in it.
        await closeWindows(browser);
        await time.advance(2_000);
        // The redirect was before the cut.
        if (await card.getByText("Linked", { exact: true }).isVisible()) return "–";
        return `close the window, ${await pressOffered(card, "Cancel")}, Link GitLab`;
      },
      works: () => gitLabIsLinked(browser),
    };
  },
  "one provider, when the window comes back": async (browser) => {
    await browser.standIn.provider("gitlab", { consent: "skip" });
    await open(browser);
    return {
      line: `GET ${LIST}/gitlab`,
      // The window is refused then, too.
      without: ["connection refused"],
      async act({ page, time }) {
        const asked = page.waitForRequest((request) => request.url().endsWith(`${LIST}/gitlab`));
        await page.getByRole("button", { name: "Link GitLab", exact: true }).click();
        await asked;
        await time.settled();
      },
      async retry({ accounts, time }) {
        const linked = accounts.badge("GitLab", "Linked");
        await time.advanceUntil(() => linked.isVisible(), 10_000).catch(() => undefined);
        return (await linked.isVisible()) ? "–" : relink(browser, accounts.card("GitLab"));
      },
      works: () => gitLabIsLinked(browser),
    };
  },
  "the deployment's address, when a window does not come back": async (browser) => {
    await open(browser);
    return {
      line: "GET /api/v2/buildinfo",
      async act({ page, time }) {
        const opened = page.waitForEvent("popup");
        await page.getByRole("button", { name: "Link GitLab", exact: true }).click();
        await (await opened).close();
        const asked = time.times("GET /api/v2/buildinfo").length;
        await time.advanceUntil(() => time.times("GET /api/v2/buildinfo").length > asked, 10_000);
      },
      async retry({ accounts }) {
        await choice(accounts, "GitLab", "Cancel").click();
        return "Cancel";
      },
      async works({ accounts, standIn }) {
        expect(await standIn.storedLink("gitlab")).toBeUndefined();
        await expect(accounts.button("Link", "GitLab")).toBeVisible();
      },
    };
  },
};

/** @param {DeviceDialog} device */
const isSignedOut = (device) => device.dialog.getByText("Your session has ended.").first().isVisible();

/**
 * Links again from the beginning. The person has signed in meanwhile.
 *
 * @param {import("./support/accounts-page.js").AccountsPage} accounts
 * @param {DeviceDialog} device
 */
async function linkAfterSignIn(accounts, device) {
  const closed = await pressOffered(device.dialog, "Close", "Cancel");
  await expect(device.dialog).toBeHidden();
  await accounts.refresh.click();
  await expect(accounts.alert).toHaveCount(0);
  await device.open();
  return `${closed}, Refresh, Link ${device.name}`;
}

/** @param {Browser} browser */
async function closeWindows({ context, page }) {
  for (const window of context.pages()) if (window !== page) await window.close();
}

/**
 * Links GitLab again, or looks once more for the link.
 *
 * @param {Browser} browser
 * @param {import("@playwright/test").Locator} card
 */
async function relink(browser, card) {
  await closeWindows(browser);
  await browser.time.advance(2_000);
  if (await card.getByText("Linked", { exact: true }).isVisible()) return "–";
  return pressOffered(card, "Check now", "Link GitLab", "Cancel linking GitLab");
}

/** @param {Browser} browser */
async function gitLabIsLinked(browser) {
  const { accounts, standIn, time } = browser;
  const link = accounts.button("Link", "GitLab");
  if (!(await standIn.storedLink("gitlab"))) {
    // The link may arrive meanwhile, which takes the button away.
    if (await link.isVisible()) await link.click({ timeout: 1_000 }).catch(() => {});
    // The window goes to the provider and back in its own time, which the stopped clock does not give it.
    await expect.poll(() => standIn.storedLink("gitlab"), "the window links the account").toBeDefined();
  }
  await time.advanceUntil(() => accounts.badge("GitLab", "Linked").isVisible(), 20_000);
  await agree(browser, "gitlab", "GitLab");
  // A window that is still on its way back must not be heard by the next flow.
  await closeWindows(browser);
  await standIn.link("gitlab", { linked: false });
  await accounts.refresh.click();
  await expect(accounts.badge("GitLab", "Not linked")).toBeVisible();
  await time.jump(60_000);
}

for (const [name, step] of Object.entries(STEPS)) {
  test(`each fault of ${name} is told, and passes`, async ({ accounts, context, guard, page, standIn, time }) => {
    guard.tolerate(CONSOLE);
    await standIn.reset("device");
    await standIn.link("gitlab-device", { token: "active" });
    const browser = { accounts, context, page, standIn, time };
    const table = new FaultTable(name, ["fault", "what a person reads", "what helps when the fault is gone"]);
    await tryFaults(browser, await step(browser), FAULTS, table);
    table.check();
  });
}

test("docs/faults.md has a table for each of them", () => {
  expect(documentedTables()).toEqual(expect.arrayContaining(Object.keys(STEPS)));
});
