// @ts-check
// The shipped custom elements, from click to wire and back.
import { allowForms } from "./support/other-policy.js";
import { ElementsPage } from "./support/elements.js";
import { authorize } from "./support/link-window.js";
import { ELEMENTS, SKIPPED, expect, linkInWindow, listRequests, openWith, putListOf, test } from "./support/real-elements.js";
import { LIST } from "./support/test.js";

test.skip(!ELEMENTS, SKIPPED);

test("nothing is wider than the page", async ({ accounts, guard, page, standIn }) => {
  await openWith(page, standIn, "<coder-external-auth></coder-external-auth>");
  await expect(accounts.cards).toHaveCount(11);
  const overflow = () => page.evaluate(() => (document.scrollingElement?.scrollWidth ?? 0) - innerWidth);
  for (const width of [1280, 700, 320]) {
    await page.setViewportSize({ width, height: 640 });
    expect(await overflow(), `at ${width}`).toBeLessThanOrEqual(0);
  }

  guard.tolerate(/security policy/i);
  guard.announcePolicyViolations();
  const elements = new ElementsPage(page, standIn);
  await elements.open("/embedded-without-wasm/empty.html");
  await elements.define("/embedded-without-wasm/element.js");
  await elements.put(`<coder-external-auth></coder-external-auth>
    <coder-external-auth-button provider="gitlab"></coder-external-auth-button>`);
  await expect(page.getByRole("alert")).toHaveCount(2);
  expect(await overflow(), "what says why it does not work").toBeLessThanOrEqual(0);
});

test("the focus stays on the button when it becomes text", async ({ page, standIn }) => {
  await openWith(page, standIn, `<coder-external-auth-button provider="codeberg"></coder-external-auth-button>`);
  const element = page.locator("coder-external-auth-button");
  const opened = page.waitForEvent("popup");
  await element.getByRole("button", { name: "Link Codeberg", exact: true }).press("Enter");
  await authorize(await opened).click();
  await expect(element).toContainText("Linked");
  const focused = () => element.evaluate((host) => host.shadowRoot?.activeElement?.getAttribute("part"));
  await expect.poll(focused).toBe("linked");
});

test("two lists on a page share one request and its answer", async ({ accounts, page, standIn }) => {
  const lists = "<section><coder-external-auth></coder-external-auth></section>".repeat(2);
  await openWith(page, standIn, lists);
  await expect(accounts.cards).toHaveCount(22);
  await accounts.settled();
  expect(await listRequests(standIn)).toBe(1);

  const [first, second] = [page.locator("section").first(), page.locator("section").last()];
  await first.getByRole("button", { name: "Unlink GitLab", exact: true }).click();
  await accounts.dialog("GitLab").getByRole("button", { name: "Unlink", exact: true }).click();
  for (const section of [first, second]) {
    await expect(section.getByRole("button", { name: "Link GitLab", exact: true })).toBeVisible();
  }
});

test("a single card unlinks and links", async ({ accounts, page, standIn }) => {
  const elements = await openWith(
    page,
    standIn,
    '<coder-external-auth-provider provider="gitlab"></coder-external-auth-provider>',
  );
  const card = page.locator("coder-external-auth-provider");
  await expect(card.getByText("Linked", { exact: true })).toBeVisible();
  await accounts.unlink("GitLab");
  await expect(card).toContainText("GitLab is unlinked, and the token is revoked.");
  await linkInWindow(accounts, "GitLab");
  await expect(card.getByText("Linked", { exact: true })).toBeVisible();
  const heard = await elements.heard();
  expect(heard.map(({ name }) => name).filter((name) => name !== "state")).toEqual(["unlinked", "linked"]);
  const states = heard.filter(({ name }) => name === "state").map(({ detail }) => detail);
  const linked = { provider: "gitlab", name: "GitLab", linked: true, login: "", state: "linked" };
  expect([states.at(0)?.state, states.at(1), states.at(-1)]).toEqual(["unknown", linked, linked]);
  expect(states.some(({ linked }) => !linked)).toBe(true);

  // Another provider: the same card, loaded again.
  await card.evaluate((element) => element.setAttribute("provider", "bitbucket"));
  await expect(accounts.button("Unlink", "Bitbucket")).toBeVisible();
  await expect(accounts.button("Unlink", "GitLab")).toHaveCount(0);
});

test("a button keeps its form invalid until the account is linked", async ({ accounts, page, standIn }) => {
  await allowForms(page, standIn);
  const elements = new ElementsPage(page, standIn);
  await elements.open("/embedded/static.html");
  const form = page.locator("form");
  const link = form.getByRole("button", { name: "Link Codeberg", exact: true });
  await expect(link).toBeVisible();
  await form.getByRole("button", { name: "Create workspace" }).click();
  await expect(page).toHaveURL(/static\.html$/);
  const isValid = () =>
    page.evaluate(() => document.querySelector("coder-external-auth-button")?.checkValidity());
  expect(await isValid()).toBe(false);

  const opened = page.waitForEvent("popup");
  await link.click();
  const window = await opened;
  await authorize(window).click();
  await expect.poll(isValid).toBe(true);
  await expect(accounts.badge("Codeberg", "Linked")).toBeVisible();
  await form.getByRole("button", { name: "Create workspace" }).click();
  await expect(page).toHaveURL(/\?account=codeberg$/);
});

test("a disabled button does nothing", async ({ page, standIn }) => {
  await openWith(
    page,
    standIn,
    '<coder-external-auth-button provider="codeberg" disabled></coder-external-auth-button>',
  );
  const button = page.getByRole("button", { name: "Link Codeberg", exact: true });
  await expect(button).toBeVisible();
  await button.click({ force: true });
  expect(page.context().pages()).toHaveLength(1);
});

test("a session token is sent in its header, without the cookie", async ({ accounts, page, standIn }) => {
  const token = await standIn.openSession("ada");
  await openWith(page, standIn, "");
  await standIn.forgetRequests();
  await putListOf(page, token);
  await expect(accounts.cards).toHaveCount(11);
  const asked = (await standIn.requests()).filter(({ path }) => path.startsWith(LIST));
  expect(new Set(asked.map(({ session }) => session))).toEqual(new Set(["header"]));
  expect(await page.content()).not.toContain(token);
});
