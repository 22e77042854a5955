// @ts-check
// The words for how long a link works: before and after its expiry, with a wrong
// clock, and in the person's time zone.
import { LIST, expect, test } from "./support/test.js";

/** @import { AccountsPage } from "./support/accounts-page.js" */

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/**
 * The page's clock stands still, ahead of or behind the deployment's.
 *
 * @param {AccountsPage} accounts
 * @param {number} aheadMs
 */
async function stopClockAhead({ page }, aheadMs) {
  const now = Date.now() + aheadMs;
  await page.clock.install({ time: now - MINUTE_MS });
  await page.clock.pauseAt(now);
}

/**
 * The fact with these words in an opened card, with its exact time.
 *
 * @param {AccountsPage} accounts
 * @param {string} name
 * @param {RegExp} words
 */
const exact = (accounts, name, words) => accounts.card(name).locator(".provider-fact").filter({ hasText: words }).getByRole("time");

test("the card says in words when and how a token expires", async ({ accounts, standIn, time }) => {
  await standIn.provider("codeberg", { allow_refresh: false });
  await standIn.link("codeberg", { expires_in_ms: 5 * DAY_MS + HOUR_MS, has_refresh_token: true });
  await accounts.open();
  for (const [name, words] of /** @type {const} */ ([
    ["GitHub", "Does not expire"],
    ["GitLab", "Renews automatically"],
    ["Bitbucket", "Ends in 3 days, no refresh token: you will have to link again"],
    ["Codeberg", "Ends in 5 days, and Coder doesn't renew it: you will have to link again"],
  ])) {
    await accounts.openDetails(name);
    await expect(accounts.card(name).locator(".provider-facts")).toContainText(words);
  }
  await expect(accounts.card("Bitbucket Data Center")).not.toContainText(/Ends|Renews|expire/);
  expect(time.times(`GET ${LIST}`)).toHaveLength(1);
});

test("a token that expires while the page is open is shown without a request", async ({ accounts, standIn, time }) => {
  await standIn.link("bitbucket", { expires_in_ms: 2 * MINUTE_MS + 15_000 });
  await accounts.open();
  const card = accounts.card("Bitbucket");
  await expect(accounts.badge("Bitbucket", "Ends in 2 minutes")).toBeVisible();
  await expect(card).toContainText("It doesn't renew. Re-authenticate to keep using it.");
  await expect(accounts.summary).toHaveText(/4 need attention/);
  const asked = time.asked.length;
  await time.jump(MINUTE_MS);
  await expect(accounts.badge("Bitbucket", "Ends in 1 minute")).toBeVisible();
  await time.jump(MINUTE_MS);
  await expect(accounts.badge("Bitbucket", "Ends this minute")).toBeVisible();
  await time.jump(MINUTE_MS);
  await expect(accounts.badge("Bitbucket", "Sign-in expired")).toBeVisible();
  await expect(card).toContainText("It doesn't renew. Re-authenticate to keep using it.");
  await expect(card).not.toContainText("Ends in");
  await expect(accounts.summary).toHaveText(/5 need attention/);
  await time.jump(2 * HOUR_MS);
  await accounts.openDetails("Bitbucket");
  await expect(card).toContainText("Ended 2 hours ago");
  await expect(card).toContainText("Your sign-in expired and doesn't renew. Re-authenticate to keep using it.");
  expect(time.asked).toHaveLength(asked);
});

test("a token that is renewed automatically expires without a message or a request", async ({ accounts, time }) => {
  await accounts.open();
  const asked = time.asked.length;
  await time.jump(3 * HOUR_MS);
  await expect(accounts.card("GitLab")).toContainText("Checked 3 hours ago");
  await expect(accounts.card("GitLab")).toContainText("Renews automatically");
  await expect(accounts.badge("GitLab", "Linked")).toBeVisible();
  expect(time.asked).toHaveLength(asked);
});

test("the card says since when a token has been expired", async ({ accounts, standIn }) => {
  await standIn.link("bitbucket", { expires_in_ms: -2 * HOUR_MS - MINUTE_MS });
  await accounts.open();
  await expect(accounts.badge("Bitbucket", "Sign-in expired")).toBeVisible();
  await accounts.openDetails("Bitbucket");
  await expect(accounts.card("Bitbucket")).toContainText("Ended 2 hours ago");
});

test("after sleep the card says that the token has expired", async ({ accounts, standIn, time }) => {
  await standIn.link("bitbucket", { expires_in_ms: HOUR_MS });
  await accounts.open();
  await expect(accounts.badge("Bitbucket", "Ends in 1 hour")).toBeVisible();
  await time.sleep(8 * HOUR_MS);
  await accounts.page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await expect(accounts.badge("Bitbucket", "Sign-in expired")).toBeVisible();
  await accounts.openDetails("Bitbucket");
  await expect(accounts.card("Bitbucket")).toContainText("Ended 7 hours ago");
});

for (const [which, aheadMs] of /** @type {const} */ ([
  ["three hours fast", 3 * HOUR_MS],
  ["three hours slow", -3 * HOUR_MS],
])) {
  test(`times are right on a computer whose clock is ${which}`, async ({ accounts, standIn }) => {
    await standIn.link("bitbucket", { created_at: (await standIn.state()).now, expires_in_ms: 2 * HOUR_MS + MINUTE_MS });
    await standIn.link("codeberg", { expires_in_ms: -HOUR_MS - MINUTE_MS });
    await stopClockAhead(accounts, aheadMs);
    await accounts.open();
    const card = accounts.card("Bitbucket");
    await expect(accounts.badge("Bitbucket", "Ends in 2 hours")).toBeVisible();
    await accounts.openDetails("Bitbucket");
    await expect(card).toContainText(/Linked since\s*just now/);
    await expect(card).toContainText(/Last checked\s*just now/);
    await expect(accounts.badge("Codeberg", "Sign-in expired")).toBeVisible();
    await accounts.openDetails("Codeberg");
    await expect(accounts.card("Codeberg")).toContainText("Ended 1 hour ago");

    // It stays right as time passes.
    await accounts.advance(HOUR_MS);
    await expect(card).toContainText("Ends in 1 hour, no refresh token");
    await expect(card).toContainText(/Last checked\s*1 hour ago/);
    await accounts.advance(HOUR_MS + 2 * MINUTE_MS);
    await expect(accounts.badge("Bitbucket", "Sign-in expired")).toBeVisible();
    expect(await standIn.requestsTo("GET", LIST)).toHaveLength(1);
  });
}

for (const [locale, timezoneId, exactly] of /** @type {const} */ ([
  ["en-GB", "UTC", "14 January 2030 at 22:30"],
  ["en-GB", "Europe/Berlin", "14 January 2030 at 23:30"],
  ["en-US", "America/New_York", "January 14, 2030 at 5:30 PM"],
  ["en-GB", "Asia/Kolkata", "15 January 2030 at 04:00"],
])) {
  test.describe(`${locale}, ${timezoneId}`, () => {
    test.use({ locale, timezoneId });

    test("the exact time is in the opened card, in the person's zone and manner", async ({ accounts, standIn }) => {
      await standIn.link("bitbucket", { expires: "2030-01-14T22:30:00Z" });
      await accounts.open();
      await accounts.openDetails("Bitbucket");
      const time = exact(accounts, "Bitbucket", /Ends in/);
      await expect(time).toHaveText(new RegExp(`^${exactly.replace(" PM", "\\sPM")}$`));
      await expect(time).toHaveAttribute("datetime", /^2030-01-14T22:30:00(\.000)?Z$/);
    });
  });
}

test.describe("in a language that the page does not speak", () => {
  test.use({ locale: "de-DE", timezoneId: "Europe/Berlin" });

  test("no time stands in another language than the sentence around it", async ({ accounts, standIn }) => {
    await standIn.link("bitbucket", { expires: "2030-01-14T22:30:00Z" });
    await accounts.open();
    await accounts.openDetails("Bitbucket");
    await expect(exact(accounts, "Bitbucket", /Ends in \d+ years?, no refresh/)).toHaveText(/January 14, 2030/);
  });
});

test.describe("when the clocks go forward", () => {
  test.use({ timezoneId: "Europe/Berlin" });

  test("an hour is an hour, and the exact time is the one on the wall", async ({ accounts, standIn, time }) => {
    // On 28 March 2027 it is two o'clock and then three, at 01:00 UTC.
    const { now } = await standIn.state();
    const ahead = Date.parse("2027-03-28T00:30:00Z") - Date.parse(now);
    expect(ahead).toBeGreaterThan(0);
    await time.sleep(ahead);
    await standIn.link("bitbucket", { expires: "2027-03-28T01:31:00Z" });
    await accounts.open();
    await accounts.openDetails("Bitbucket");
    const end = exact(accounts, "Bitbucket", /Ends in 1 hour,/);
    await expect(end).toHaveText("28 March 2027 at 03:31");
    await time.jump(35 * MINUTE_MS);
    await expect(exact(accounts, "Bitbucket", /Ends in 26 minutes,/)).toHaveText("28 March 2027 at 03:31");
    await expect(accounts.card("Bitbucket")).toContainText(/Last checked\s*35 minutes ago/);
    await time.jump(27 * MINUTE_MS);
    await expect(accounts.badge("Bitbucket", "Sign-in expired")).toBeVisible();
  });
});
