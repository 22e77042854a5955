// @ts-check
// Each route answers with what no deployment sends. No script runs, nothing is
// wider than a narrow screen, a sentence says what happened where it happened, and
// the rest of the page goes on.
import { DeviceDialog, pollOf } from "./support/device-dialog.js";
import { MARKUP, hostileErrors, hostileForms } from "./support/hostile-answers.js";
import { openWindow } from "./support/link-window.js";
import { LIST, expect, test } from "./support/test.js";

/**
 * @import { Page } from "@playwright/test"
 * @import { AccountsPage } from "./support/accounts-page.js"
 * @import { HostileAnswer } from "./support/hostile-answers.js"
 */

const NARROW = 320;
const USER = "/api/v2/users/me";
/** Read although values have other types: none of them is required. */
const READ_BY_LIST = ["numbers beyond 64 bits", "texts everywhere"];
const FOREIGN =
  "main script, main iframe, main svg[onload], [onerror], [onload], [onclick], img[src=x], a[href^='javascript' i]";

/** @type {string[]} */
let dialogs = [];

test.beforeEach(async ({ guard, page }) => {
  await page.setViewportSize({ width: NARROW, height: 640 });
  dialogs = [];
  page.on("dialog", (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  guard.tolerate(/responded with a status of (418|500) /);
  guard.tolerate(/net::ERR_(CONTENT_LENGTH_MISMATCH|INCOMPLETE)/);
});

/**
 * The fault that answers so.
 *
 * @param {HostileAnswer} form
 */
const faultOf = ({ body, content_type = "application/json", cut = false, status = 200 }) => ({
  status,
  body,
  content_type,
  cut,
  times: 1,
});

/**
 * Expects that nothing of an answer acted, and that the layout holds.
 *
 * @param {Page} page
 * @param {string} what
 */
async function expectIntact(page, what) {
  const seen = await page.evaluate((foreign) => {
    const wide = [...document.querySelectorAll("main *")].filter(
      (element) => element.getBoundingClientRect().right > innerWidth + 1 && !element.closest("[hidden], .visually-hidden"),
    );
    return {
      ran: "ran" in globalThis || "ran" in {},
      foreign: document.querySelectorAll(foreign).length,
      width: document.documentElement.scrollWidth,
      wide: document.documentElement.scrollWidth > innerWidth ? wide.slice(0, 3).map((element) => element.outerHTML.slice(0, 200)) : [],
      isStopped: document.getElementById("failed-program")?.hidden === false,
    };
  }, FOREIGN);
  expect(seen, what).toEqual({ ran: false, foreign: 0, width: NARROW, wide: [], isStopped: false });
  expect(dialogs, what).toEqual([]);
}

/**
 * The good answer of a route.
 *
 * @param {Page} page
 * @param {string} path
 * @returns {Promise<object>}
 */
const goodAnswer = (page, path) => page.evaluate((address) => fetch(address).then((response) => response.json()), path);

/**
 * The page works: the list is read, and another provider is checked.
 *
 * @param {AccountsPage} accounts
 */
async function expectWorks(accounts) {
  await accounts.refresh.click();
  await accounts.card("Bitbucket").waitFor();
  await accounts.unfold();
  await expect(accounts.cards).toHaveCount(12);
  await accounts.settled();
  await accounts.press("Check", "Bitbucket");
  await accounts.announces("Bitbucket: Linked.");
}

test("the list", async ({ accounts, page, standIn }) => {
  await accounts.open();
  await accounts.openDetails("GitHub");
  const forms = hostileForms(await goodAnswer(page, LIST));
  for (const form of [...forms, ...hostileErrors()]) {
    await standIn.fault({ method: "GET", path: LIST, ...faultOf(form) });
    await accounts.refresh.click();
    await accounts.settled();
    await expectIntact(page, form.what);
    if (form.isRead || READ_BY_LIST.includes(form.what)) {
      await expect(accounts.alert, form.what).toHaveCount(0);
    } else {
      await expect(accounts.alert, form.what).toContainText(/couldn't be refreshed|signed out at a proxy/);
    }
    expect(await accounts.cards.count(), form.what).toBeGreaterThan(0);
  }
  await expectWorks(accounts);
});

test("the first list, which is requested before the program runs", async ({ accounts, page, standIn }) => {
  await accounts.open();
  const forms = hostileForms(await goodAnswer(page, LIST));
  const chosen = ["markup in every string and id", "10 MB in one text", "a million brackets", "a web page that says that it is JSON"];
  const errors = hostileErrors().filter(({ what }) => what.startsWith("10 MB"));
  for (const form of [...forms.filter(({ what }) => chosen.includes(what)), ...errors]) {
    await standIn.fault({ method: "GET", path: LIST, ...faultOf(form) });
    await page.reload();
    await accounts.complete();
    await accounts.settled();
    await expectIntact(page, form.what);
    if (form.isRead) await expect(accounts.cards.first(), form.what).toBeVisible();
    else await expect(accounts.alert, form.what).toContainText("The list couldn't be loaded.");
  }
  await accounts.tryAgain.click();
  await expectWorks(accounts);
});

test("of 100,000 providers 5,000 are shown, and among them the linked one", async ({ accounts, page, standIn }) => {
  const providers = Array.from({ length: 100_000 }, (_, number) => ({ id: `p${number}` }));
  const links = [{ provider_id: "p99999", authenticated: true }];
  await standIn.fault({ method: "GET", path: LIST, status: 200, body: { providers, links }, times: 1 });
  await page.goto(standIn.url);
  await page.getByText("Not shown: 95,000 more.").waitFor();
  await expect(accounts.summary).toHaveText(/ 1 of 5000 linked/);
  await accounts.search.fill("p99999");
  await expect(accounts.cards).toHaveCount(1);
  await expect(accounts.card("p99999")).toContainText("Linked");
  await expectIntact(page, "100,000 providers");
  await accounts.search.fill("");
  await expectWorks(accounts);
  await expect(page.getByText("Not shown:")).toHaveCount(0);
});

test("the live check of a provider", async ({ accounts, page, standIn }) => {
  await accounts.open();
  await accounts.openDetails("GitHub");
  const path = `${LIST}/github`;
  const good = await goodAnswer(page, path);
  const installations = Array.from({ length: 20_000 }, () => ({ id: 1 }));
  /** @type {HostileAnswer} */
  const many = { what: "20,000 installations", body: JSON.stringify({ ...good, installations }), isRead: true };
  for (const form of [many, ...hostileForms(good), ...hostileErrors()]) {
    await standIn.fault({ method: "GET", path, ...faultOf(form) });
    await accounts.press("Check", "GitHub");
    await accounts.settled();
    await expectIntact(page, form.what);
    if (form.content_type === "text/html" && !form.status) {
      // The deployment has answered before, so this is the sign-in page of a proxy.
      await expect(accounts.alert, form.what).toContainText("signed out at a proxy");
      await accounts.refresh.click();
      await accounts.settled();
      continue;
    }
    if (form.status === 418) {
      // Coder refused the request, which says nothing of the link.
      await expect(accounts.card("GitHub"), form.what).toContainText("The check failed.");
      continue;
    }
    const failed = accounts.badge("GitHub", "Couldn't check");
    await expect(failed, form.what).toHaveCount(form.isRead ? 0 : 1);
  }
  await expectWorks(accounts);
});

test("unlinking", async ({ accounts, page, standIn }) => {
  await accounts.open();
  const forms = hostileForms({ token_revoked: false, token_revocation_error: "The provider is down." });
  for (const form of [...forms, ...hostileErrors()]) {
    await standIn.fault({ method: "DELETE", path: `${LIST}/gitlab`, ...faultOf(form) });
    await accounts.press("Unlink", "GitLab");
    await accounts.dialog("GitLab").getByRole("button", { name: "Unlink", exact: true }).click();
    await accounts.settled();
    await expectIntact(page, form.what);
    // This answer has no number.
    if (form.isRead || form.what === "numbers beyond 64 bits") {
      await expect(accounts.warning("GitLab"), form.what).toBeVisible();
      // The link is still there: only the answer said something else.
      await accounts.refresh.click();
      await accounts.settled();
    } else {
      await expect(accounts.card("GitLab"), form.what).toContainText(/It's still linked\. Try again|The link wasn't removed/);
    }
    await expect(accounts.badge("GitLab", "Linked"), form.what).toBeVisible();
  }
  await expectWorks(accounts);
});

test("the page with the CSRF token", async ({ accounts, page, standIn }) => {
  await accounts.open();
  const meta = /** @param {string} token */ (token) => `<!DOCTYPE html><meta property="csrf-token" content="${token}">`;
  const pages = [
    { what: "no token", body: MARKUP },
    { what: "nothing", body: "" },
    { what: "JSON", body: `{"csrf":"x"}` },
    { what: "tags that do not end", body: "<meta property=".repeat(600_000) },
    { what: "a token of 10 MB", body: meta("x".repeat(10_000_000)) },
    { what: "a token with a line break", body: meta("a\r\nX-Evil: 1") },
    { what: "a token with other letters", body: meta("\u202eé漢\0") },
  ];
  for (const { what, body } of pages) {
    await standIn.fault({ method: "GET", path: "/", ...faultOf({ what, body, content_type: "text/html", isRead: false }) });
    await accounts.press("Unlink", "GitLab");
    await accounts.dialog("GitLab").getByRole("button", { name: "Unlink", exact: true }).click();
    await accounts.settled();
    await expectIntact(page, what);
    await expect(accounts.badge("GitLab", "Linked"), what).toBeVisible();
    await expect(accounts.card("GitLab"), what).toContainText(/The link wasn't removed|[Tt]ry again/);
  }
  // A long page has its token at the beginning.
  const token = await page.evaluate(async () => /csrf-token" content="([^"]+)"/.exec(await (await fetch("/")).text())?.[1] ?? "");
  const body = meta(token) + MARKUP.repeat(30_000);
  await standIn.fault({ method: "GET", path: "/", status: 200, body, content_type: "text/html", times: 1 });
  await accounts.unlink("GitLab");
  await expect(accounts.badge("GitLab", "Not linked")).toBeVisible();
  await expectWorks(accounts);
});

test("who is signed in", async ({ accounts, page, standIn }) => {
  await accounts.open();
  for (const form of [...hostileForms(await goodAnswer(page, USER)), ...hostileErrors()]) {
    await standIn.fault({ method: "GET", path: USER, ...faultOf(form) });
    await accounts.refresh.click();
    await accounts.settled();
    await expectIntact(page, form.what);
    await accounts.unfold();
    await expect(accounts.cards, form.what).toHaveCount(12);
  }
  await standIn.fault({ method: "GET", path: USER, status: 200, body: MARKUP });
  await page.reload();
  await accounts.complete();
  await accounts.unlink("GitLab");
  await expect(accounts.card("GitLab")).toContainText("We couldn't confirm who is signed in, so nothing was changed.");
  await standIn.clearFaults();
  await expectWorks(accounts);
});

test("the beginning of the device flow", async ({ accounts, page, standIn }) => {
  await standIn.reset("device");
  const device = new DeviceDialog(page, "internal-git");
  await accounts.open();
  const path = `${LIST}/internal-git/device`;
  const forms = hostileForms(await goodAnswer(page, path));
  for (const form of [...forms, ...hostileErrors()]) {
    await standIn.fault({ method: "GET", path, ...faultOf(form) });
    await accounts.press("Link", "internal-git");
    await accounts.settled();
    await expectIntact(page, form.what);
    if (form.isRead || READ_BY_LIST.includes(form.what)) await expect(device.code, form.what).toBeVisible();
    else await expect(device.dialog, form.what).toContainText(/couldn't be linked|didn't give a code/);
    await page.keyboard.press("Escape");
    await expect(device.dialog, form.what).toHaveCount(0);
  }
  await device.open();
});

test("a poll of the device flow", async ({ accounts, page, standIn, time }) => {
  await standIn.reset("device");
  const device = new DeviceDialog(page, "internal-git");
  await accounts.open();
  const path = `${LIST}/internal-git/device`;
  const answer = { message: "Failed to exchange device code.", detail: "something else" };
  const chosen = ["markup in every string", "10 MB in one text", "lone surrogates", "a web page", "null", "a million brackets"];
  const forms = hostileForms(answer).filter(({ what }) => chosen.includes(what));
  const refusals = forms.map((form) => ({ ...form, status: 418 }));
  for (const form of [...forms, ...refusals, ...hostileErrors()]) {
    const before = time.times(pollOf("internal-git")).length;
    await device.open();
    await standIn.fault({ method: "POST", path, ...faultOf(form) });
    await time.advanceUntil(() => time.times(pollOf("internal-git")).length > before, 20_000);
    await expectIntact(page, form.what);
    // What a proxy may have sent is no end of the flow.
    const isEnd = form.status === 418;
    if (isEnd) await expect(device.dialog, form.what).toContainText("couldn't be linked");
    else await expect(device.code, form.what).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(device.dialog, form.what).toHaveCount(0);
    await standIn.clearFaults();
  }
  await device.open();
});

test("the address of the deployment", async ({ accounts, page, standIn, time }) => {
  await accounts.open();
  const good = await goodAnswer(page, "/api/v2/buildinfo");
  const chosen = ["markup in every string", "addresses that run a script", "10 MB in one text", "a web page", "texts everywhere"];
  const forms = hostileForms(good).filter(({ what }) => chosen.includes(what));
  for (const form of [...forms, ...hostileErrors().slice(0, 1)]) {
    const before = time.times("GET /api/v2/buildinfo").length;
    await standIn.fault({ method: "GET", path: "/api/v2/buildinfo", ...faultOf(form) });
    const window = await openWindow(accounts, "Link", "Codeberg");
    await window.close();
    await time.advanceUntil(() => time.times("GET /api/v2/buildinfo").length > before, 20_000);
    await expect(accounts.card("Codeberg"), form.what).toContainText("The Codeberg window seems to be closed.");
    await expect(accounts.card("Codeberg"), form.what).not.toContainText("Coder's address");
    await expectIntact(page, form.what);
    await accounts.card("Codeberg").getByRole("button", { name: "Cancel", exact: true }).click();
  }
  await expectWorks(accounts);
});
