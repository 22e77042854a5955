// @ts-check
// The page on small screens, with the keyboard alone, and with a person's
// preferences.
import { LIST, expect, test } from "./support/test.js";

/**
 * What reaches beyond the right or left edge of the page; what only assistive
 * technology sees is left out.
 *
 * @param {import("@playwright/test").Page} page
 */
function overflowing(page) {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const beyond = [...document.querySelectorAll("body *")].filter((element) => {
      const { left, right, width: own } = element.getBoundingClientRect();
      return own > 1 && !element.closest(".visually-hidden") && (left < -0.5 || right > width + 0.5);
    });
    const names = beyond.map((element) => `${element.tagName} ${element.className}`);
    if (document.documentElement.scrollWidth > width) names.push(`the page: ${document.documentElement.scrollWidth}`);
    return names;
  });
}

/** A name without a place to break it, and a reason of three kilobytes. */
// As long as a name is shown.
const LONG_NAME = "Enterprise".repeat(10);
const LONG_REASON = "x".repeat(3_000);

for (const { what, width, height } of [
  { what: "320 px, a small phone or a zoom of 400 %", width: 320, height: 640 },
  { what: "768 px, a tablet", width: 768, height: 1024 },
  { what: "3840 px, 4K", width: 3840, height: 2160 },
]) {
  test.describe(`at ${what}`, () => {
    test.use({ viewport: { width, height } });

    test("nothing overflows, however long it is", async ({ accounts, standIn }) => {
      await standIn.provider("gitlab", { display_name: LONG_NAME });
      await standIn.link("azure-devops", { refresh_failure: LONG_REASON });
      await accounts.open();
      await expect(accounts.card(LONG_NAME)).toBeVisible();
      expect(await overflowing(accounts.page)).toEqual([]);

      await accounts.openDetails("Azure DevOps");
      await expect(accounts.card("Azure DevOps")).toContainText(/x{100,}…/);
      await accounts.openDetails(LONG_NAME);
      expect(await overflowing(accounts.page)).toEqual([]);

      await accounts.button("Unlink", LONG_NAME).click();
      await expect(accounts.dialog(LONG_NAME)).toBeInViewport({ ratio: 1 });
      expect(await overflowing(accounts.page)).toEqual([]);
    });

    test("a failure with a long reason does not overflow", async ({ accounts, guard, standIn }) => {
      await accounts.open();
      await standIn.fault({ method: "GET", path: LIST, status: 502, body: LONG_REASON, content_type: "text/html" });
      await standIn.provider("gitlab", { revoke: "error", revoke_body: LONG_REASON });
      guard.announceStatus(502);
      await accounts.refresh.click();
      await accounts.alert.getByText("Details", { exact: true }).click();
      await accounts.unlink("GitLab");
      await accounts.card("GitLab").getByText("Details", { exact: true }).click();
      await expect(accounts.card("GitLab")).toContainText(/x{100,}…/);
      expect(await overflowing(accounts.page)).toEqual([]);
    });
  });
}

test.describe("on a small screen", () => {
  test.use({ viewport: { width: 320, height: 640 } });

  test("controls are large enough for a thumb", async ({ accounts }) => {
    // The page lays out only cards near the viewport, so wait until these are drawn.
    await accounts.page.setViewportSize({ width: 320, height: 8_000 });
    await accounts.open();
    const small = () =>
      accounts.page.getByRole("button").evaluateAll((buttons) =>
        buttons
          .map((button) => ({ name: button.textContent, ...button.getBoundingClientRect().toJSON() }))
          .filter(({ width, height }) => width < 24 || height < 24),
      );
    await expect.poll(small).toEqual([]);
  });

  test("the unlink dialog for a long name can be read and answered", async ({ accounts, standIn }) => {
    await standIn.provider("gitlab", { display_name: LONG_NAME });
    await accounts.open();
    await accounts.unlink(LONG_NAME);
    await expect(accounts.badge(LONG_NAME, "Not linked")).toBeVisible();
  });
});

test("the list can be used by keyboard alone", async ({ accounts }) => {
  const { keyboard } = accounts.page;
  await accounts.open();
  const unlink = accounts.button("Unlink", "GitLab");
  for (let steps = 0; steps < 100; steps += 1) {
    await keyboard.press("Tab");
    if (await unlink.evaluate((button) => button === document.activeElement)) break;
  }
  await expect(unlink).toBeFocused();

  await keyboard.press("Enter");
  await expect(accounts.dialog("GitLab").getByRole("button", { name: "Cancel" })).toBeFocused();
  await keyboard.press("Escape");
  await expect(accounts.dialog("GitLab")).toHaveCount(0);
  await expect(unlink).toBeFocused();

  await keyboard.press("Enter");
  await keyboard.press("Tab");
  await keyboard.press("Enter");
  await expect(accounts.badge("GitLab", "Not linked")).toBeVisible();
  await expect(accounts.card("GitLab")).toBeFocused();
  // Tab moves from the card to its controls.
  await keyboard.press("Tab");
  await expect
    .poll(() => accounts.card("GitLab").evaluate((card) => card.contains(document.activeElement)))
    .toBe(true);
});

test("the keyboard focus is visible", async ({ accounts }) => {
  await accounts.open();
  const more = accounts.page.getByRole("button", { name: "1 more needs attention", exact: true });
  for (const button of [more, accounts.checkAll, accounts.refresh]) {
    await accounts.page.keyboard.press("Tab");
    await expect(button).toBeFocused();
    await expect(button).toHaveCSS("outline-style", "solid");
  }
});

test("the focus stays on Check when the state changes", async ({ accounts, standIn }) => {
  await accounts.open();
  await standIn.provider("gitlab", { validate: "revoked" });
  await accounts.button("Check", "GitLab").press("Enter");
  await expect(accounts.badge("GitLab", "Access revoked")).toBeVisible();
  await expect(accounts.button("Check", "GitLab")).toBeFocused();
});

test("the focus stays on its element when a refresh moves the rows", async ({ accounts, standIn }) => {
  await accounts.open();
  await standIn.provider("gitlab", { validate: "revoked" });
  await standIn.fault({ method: "GET", path: LIST, hold: "list" });
  await accounts.refresh.click();
  await accounts.button("Unlink", "GitLab").focus();
  await standIn.release("list");
  await expect(accounts.badge("GitLab", "Access revoked")).toBeVisible();
  expect((await accounts.names()).indexOf("GitLab")).toBeLessThan(5);
  await expect(accounts.button("Unlink", "GitLab")).toBeFocused();
});

/**
 * The brightness of the page's background, from 0 to 255.
 *
 * @param {import("@playwright/test").Page} page
 */
async function lightness(page) {
  const colour = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const parts = colour.match(/\d+/g)?.slice(0, 3).map(Number) ?? [];
  expect(parts).toHaveLength(3);
  return parts.reduce((sum, part) => sum + part, 0) / 3;
}

test("the page is light or dark as the person prefers", async ({ accounts }) => {
  const { page } = accounts;
  await page.emulateMedia({ colorScheme: "light" });
  await accounts.open();
  expect(await lightness(page)).toBeGreaterThan(200);
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await lightness(page)).toBeLessThan(60);
});

test("nothing moves when the person prefers reduced motion", async ({ accounts, standIn }) => {
  const { page } = accounts;
  await standIn.fault({ method: "GET", path: LIST, hold: "list" });
  await page.goto(standIn.url);
  await expect.poll(() => standIn.waiting("list")).toBe(1);
  const moving = () =>
    page.evaluate(
      () =>
        document.getAnimations().filter((animation) => animation.effect?.getComputedTiming().endTime === Infinity).length,
    );
  expect(await moving()).toBeGreaterThan(0);
  await page.emulateMedia({ reducedMotion: "reduce" });
  expect(await moving()).toBe(0);
  await standIn.release("list");
});

test("in forced colours a button keeps an edge", async ({ accounts }) => {
  const { page } = accounts;
  await page.emulateMedia({ forcedColors: "active" });
  await accounts.open();
  await expect(accounts.badge("Gitea", "Access revoked")).toBeVisible();
  await expect(accounts.button("Check", "GitLab")).toHaveCSS("border-top-style", "solid");
});

test("the rows come where the skeleton was", async ({ accounts, standIn }) => {
  const { page } = accounts;
  // With more providers there is a search above them.
  await page.route(`**${LIST}`, async (route) => {
    const response = await route.fetch();
    const { providers } = await response.json();
    await route.fulfill({ response, json: { providers: providers.slice(0, 7), links: [] } });
  });
  await standIn.fault({ method: "GET", path: LIST, hold: "list" });
  await page.goto(standIn.url);
  /** @param {string} selector */
  const place = (selector) => page.locator(selector).first().evaluate((row) => row.getBoundingClientRect().toJSON());
  const skeleton = await place(".list-skeleton > div");
  await standIn.release("list");
  await expect(accounts.cards.first()).toBeVisible();
  expect(await place(".provider-card")).toEqual(skeleton);
});

test("the search stays where it is when the later parts come", async ({ accounts, page, standIn }) => {
  /** @type {() => void} */
  let send = () => {};
  const isAwaited = new Promise((resolve) => {
    void page.route("**/app_later-*.wasm", async (route) => {
      resolve(undefined);
      await new Promise((sent) => (send = () => sent(undefined)));
      await route.continue();
    });
  });
  await page.goto(standIn.url);
  await isAwaited;
  const places = () =>
    page.locator(".list-search, .list-search__field, .search-field, .list-search__filters").evaluateAll((all) => all.map((one) => one.getBoundingClientRect().toJSON()));
  const before = await places();
  expect(before).toHaveLength(4);
  send();
  await accounts.complete();
  expect(await places()).toEqual(before);
});
