// @ts-check
// Where the parts of a row and of its panel are: on small screens, in a narrow column
// of a wide screen, from right to left, while something is pending, and for a finger.
import { LIST, expect, test } from "./support/test.js";

/**
 * @import { Locator, Page } from "@playwright/test"
 */

/**
 * The place of an element in its card.
 *
 * @param {Locator} element
 */
const placeInCard = (element) =>
  element.evaluate((button) => {
    const card = button.closest(".provider-card")?.getBoundingClientRect();
    if (!card) throw new Error("It is in no card.");
    const { left, right, top, bottom } = button.getBoundingClientRect();
    return { left: left - card.left, right: right - card.left, top: top - card.top, bottom: bottom - card.top };
  });

/**
 * What reaches beyond the edges of the box that it is in. The width of what can be
 * scrolled does not tell, because containment hides what is outside.
 *
 * @param {Locator} box
 */
const outside = (box) =>
  box.evaluate((parent) => {
    const edge = parent.getBoundingClientRect();
    const beyond = [...parent.querySelectorAll("*")].filter((element) => {
      const { left, right, width } = element.getBoundingClientRect();
      const isHidden = element.closest(".visually-hidden") !== null;
      return width > 1 && !isHidden && (left < edge.left - 0.5 || right > edge.right + 0.5);
    });
    return beyond.map((element) => `${element.tagName} ${element.className}: ${element.textContent}`);
  });

/**
 * Makes the list as narrow as a column of the dashboard.
 *
 * @param {Page} page
 */
const makeNarrow = (page) =>
  page.evaluate(() => {
    document.body.style.inlineSize = "384px";
  });

/** @param {string[]} logins */
const installedFor = (logins) => ({
  installations: logins.map((login, number) => ({
    id: number + 1,
    account: { id: number + 1, login, name: "", avatar_url: "", profile_url: `https://git.example/${login}` },
    configure_url: `https://git.example/settings/${number}`,
  })),
});

for (const width of [320, 384, 768]) {
  test(`at ${width} px "Configure" is inside its table, however long the login is`, async ({ accounts, standIn }) => {
    await accounts.page.setViewportSize({ width, height: 800 });
    const logins = [25, 39].map((length) => "w".repeat(length));
    await standIn.provider("github", installedFor(logins));
    await accounts.open();
    await accounts.openDetails("GitHub");
    const card = accounts.card("GitHub");
    for (const login of logins) {
      const configure = card.getByRole("link", { name: `Configure ${login}`, exact: true });
      await configure.scrollIntoViewIfNeeded();
      await expect(configure).toBeInViewport({ ratio: 1 });
    }
    expect(await outside(card.locator(".installation-list ul"))).toEqual([]);
    expect(await outside(card.locator(".provider-card__panel"))).toEqual([]);
    expect(await outside(card)).toEqual([]);
  });
}

for (const width of [320, 1280]) {
  test(`at ${width} px "Unlink" is not where "Link" was`, async ({ accounts }) => {
    await accounts.page.setViewportSize({ width, height: 1_000 });
    await accounts.open();
    const link = await placeInCard(accounts.button("Link", "Codeberg"));
    for (const name of ["GitHub", "GitLab", "JFrog Artifactory", "Bitbucket", "Slack"]) {
      const unlink = await placeInCard(accounts.button("Unlink", name));
      const isApart =
        unlink.right <= link.left || unlink.left >= link.right || unlink.bottom <= link.top || unlink.top >= link.bottom;
      expect(isApart, `${name}: ${JSON.stringify({ link, unlink })}`).toBe(true);
    }
  });
}

test("in a narrow column of a wide screen the actions are below the text", async ({ accounts }) => {
  await accounts.page.setViewportSize({ width: 1_440, height: 1_000 });
  await accounts.open();
  await makeNarrow(accounts.page);
  for (const [action, name] of /** @type {const} */ ([
    ["Re-authenticate", "Azure DevOps"],
    ["Check", "Slack"],
    ["Link", "Codeberg"],
  ])) {
    const button = await placeInCard(accounts.button(action, name));
    const fact = await placeInCard(accounts.card(name).locator(".provider-card__fact"));
    const title = await placeInCard(accounts.card(name).getByRole("heading"));
    expect(button.top, name).toBeGreaterThanOrEqual(fact.bottom);
    // As wide as the words above it, up to the edge of the row.
    expect(Math.abs(button.left - title.left), name).toBeLessThan(1);
    expect(button.right - fact.right, name).toBeGreaterThan(-1);
    // Two lines at the most, and words, not letters.
    expect(fact.bottom - fact.top, name).toBeLessThan(45);
    expect(fact.right - fact.left, name).toBeGreaterThan(150);
  }
  for (const name of await accounts.names()) expect(await outside(accounts.card(name ?? ""))).toEqual([]);
});

test("a button keeps its size and its place while its command runs", async ({ accounts, guard, standIn }) => {
  await accounts.open();
  // Slack is down.
  guard.announceStatus(500);
  for (const name of ["GitLab", "Slack"]) {
    const button = accounts.button("Check", name);
    const before = await placeInCard(button);
    await standIn.fault({ method: "GET", path: `${LIST}/${name.toLowerCase()}`, hold: name });
    await button.click();
    const running = accounts.page.getByRole("button", { name: `Checking… ${name}`, exact: true });
    await expect(running).toHaveAttribute("aria-busy", "true");
    expect(await placeInCard(running), name).toEqual(before);
    await standIn.release(name);
    await expect(running).toHaveCount(0);
  }
});

test("an icon button shows its name to a mouse and to the keyboard", async ({ accounts }) => {
  await accounts.open();
  const check = accounts.button("Check", "GitLab");
  const tip = () => check.evaluate((button) => getComputedStyle(button, "::after").content);
  expect(await tip()).toBe("none");
  await check.hover();
  expect(await tip()).toContain("Check GitLab");
  await accounts.page.mouse.move(0, 0);
  expect(await tip()).toBe("none");
  await accounts.button("Unlink", "GitLab").focus();
  await accounts.page.keyboard.press("Tab");
  await expect(check).toBeFocused();
  expect(await tip()).toContain("Check GitLab");
});

test("an Escape hides the name of an icon button, until the next time", async ({ accounts }) => {
  await accounts.open();
  const check = accounts.button("Check", "GitLab");
  const tip = () => check.evaluate((button) => getComputedStyle(button, "::after").content);
  await check.hover();
  expect(await tip()).toContain("Check GitLab");
  await accounts.page.keyboard.press("Escape");
  expect(await tip()).toBe("none");
  await accounts.page.mouse.move(1, 1);
  await check.hover();
  expect(await tip()).toContain("Check GitLab");
});

test("a long list has rows of one line, 44 px high", async ({ accounts, standIn }) => {
  await standIn.reset("many=40");
  await accounts.open();
  const lines = accounts.page.locator(".provider-card__line");
  const heights = await lines.evaluateAll((lines) => lines.map((line) => line.getBoundingClientRect().height));
  expect(heights.length).toBeGreaterThan(30);
  expect([...new Set(heights)]).toEqual([44]);
});

test("from right to left the row is mirrored, and logins and codes are not", async ({ accounts }) => {
  await accounts.page.setViewportSize({ width: 640, height: 1_000 });
  await accounts.open();
  await accounts.page.evaluate(() => {
    document.documentElement.dir = "rtl";
  });
  await accounts.openDetails("GitHub");
  const card = accounts.card("GitHub");
  const title = await placeInCard(card.getByRole("heading"));
  const icon = await placeInCard(card.locator(".provider-icon"));
  const toggle = await placeInCard(card.getByRole("button", { name: "Details GitHub", exact: true }));
  expect(icon.left).toBeGreaterThanOrEqual(title.right);
  expect(toggle.left).toBeGreaterThanOrEqual(icon.right);
  const codeberg = accounts.card("Codeberg");
  const link = await placeInCard(accounts.button("Link", "Codeberg"));
  expect(link.right).toBeLessThanOrEqual((await placeInCard(codeberg.getByRole("heading"))).left);
  // The sign before the login is at its left, and the line begins at the right edge.
  const letters = await card.locator(".provider-card__fact").evaluate((fact) => {
    const text = fact.firstChild;
    if (!text) throw new Error("It says nothing.");
    const at = (/** @type {number} */ place) => {
      const range = document.createRange();
      range.setStart(text, place);
      range.setEnd(text, place + 1);
      return range.getBoundingClientRect();
    };
    const end = at((text.textContent ?? "").length - 1);
    return { text: text.textContent, isLeftToRight: at(0).left < at(1).left, gap: fact.getBoundingClientRect().right - end.right };
  });
  expect(letters.text).toMatch(/^@ada/);
  expect(letters.isLeftToRight).toBe(true);
  expect(letters.gap).toBeLessThan(2);
  expect(await outside(card)).toEqual([]);
});

test.describe("for a finger", () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });

  test("every button of a row is at least 44 px large", async ({ accounts }) => {
    await accounts.open();
    test.skip(!(await accounts.page.evaluate(() => matchMedia("(pointer: coarse)").matches)), "no finger here");
    const buttons = accounts.page.locator(".provider-card__line .button");
    const sizes = await buttons.evaluateAll((buttons) =>
      buttons.map((button) => {
        const { width, height } = button.getBoundingClientRect();
        return Math.min(width, height);
      }),
    );
    expect(sizes.length).toBeGreaterThan(20);
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(44);
  });
});

test("with reduced motion nothing turns while something goes on", async ({ accounts, standIn }) => {
  await accounts.open();
  await accounts.page.emulateMedia({ reducedMotion: "reduce" });
  await standIn.fault({ method: "GET", path: `${LIST}/gitlab`, hold: "check" });
  const opened = accounts.page.waitForEvent("popup");
  await accounts.button("Link", "Codeberg").click();
  const window = await opened;
  await accounts.button("Check", "GitLab").click();
  await expect(accounts.badge("Codeberg", "Linking…")).toBeVisible();
  await expect(accounts.page.getByRole("button", { name: "Checking… GitLab" })).toBeVisible();
  expect(await accounts.page.evaluate(() => document.getAnimations().length)).toBe(0);
  await standIn.release("check");
  await window.close();
});
