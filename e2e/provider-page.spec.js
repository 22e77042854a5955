// @ts-check
// The page of one provider, `/external-auth/:id`. Time is faked throughout.
import { DeviceDialog, pollOf } from "./support/device-dialog.js";
import { authorize, refuse } from "./support/link-window.js";
import { LIST, expect, test } from "./support/test.js";

/** @import { StandIn } from "./support/stand-in.js" */

/**
 * @param {StandIn} standIn
 * @param {string} path
 */
const address = (standIn, path) => new URL(path, standIn.url).href;

/**
 * How often a redirect flow started or ended.
 *
 * @param {StandIn} standIn
 * @param {string} id
 */
const callbacks = async (standIn, id) => (await standIn.requestsTo("GET", `/external-auth/${id}/callback`)).length;

for (const path of ["/external-auth/github", "/accounts/?provider=github"]) {
  test(`${path.split("?")[0]} greets the linked account and can be closed`, async ({ accounts, standIn, time }) => {
    const { page } = accounts;
    await page.goto(address(standIn, path));
    await expect(page.getByRole("heading", { level: 1, name: "GitHub", exact: true })).toBeVisible();
    await expect(page.getByText("Hi @ada, you're linked with GitHub. You may close this window.")).toBeVisible();
    await expect(page.getByRole("button", { name: "Close this window" })).toBeVisible();
    await expect(accounts.badge("GitHub", "Linked")).toBeVisible();
    await expect(accounts.card("GitHub")).toContainText("App installed for");
    await expect(accounts.cards).toHaveCount(1);
    await time.settled();
    // One live check, one list, and one question who is signed in.
    const lines = time.asked.map(({ line }) => line).filter((line) => line.includes("/api/"));
    expect(lines.filter((line) => line === `GET ${LIST}`)).toHaveLength(1);
    expect(new Set(lines)).toEqual(new Set([`GET ${LIST}`, `GET ${LIST}/github`, "GET /api/v2/users/me"]));
    expect(await callbacks(standIn, "github")).toBe(0);
  });
}

test("the link to all accounts leads to the list", async ({ accounts, standIn, time }) => {
  await accounts.page.goto(address(standIn, "/external-auth/github"));
  await accounts.page.getByRole("link", { name: "All linked accounts" }).click();
  await expect(accounts.summary).toBeVisible();
  await expect(accounts.page).toHaveURL(standIn.url);
  await time.settled();
});

test("a provider that is not linked is linked at once, in this tab", async ({ accounts, standIn, time }) => {
  const { page } = accounts;
  await page.goto(address(standIn, "/external-auth/codeberg"));
  await authorize(page).click();
  await expect(page.getByText("You're linked with Codeberg.")).toBeVisible();
  await expect(accounts.badge("Codeberg", "Linked")).toBeVisible();
  await time.settled();
  expect(await standIn.storedLink("codeberg")).toBeDefined();
  // The flow started once and ended once.
  expect(await callbacks(standIn, "codeberg")).toBe(2);
});

test("linking starts again with the query that the page was opened with", async ({ accounts, standIn }) => {
  const { page } = accounts;
  await page.goto(address(standIn, "/accounts/?provider=codeberg"));
  await authorize(page).click();
  await expect(page.getByText("You're linked with Codeberg.")).toBeVisible();
  await expect(page).toHaveURL(address(standIn, "/accounts/?provider=codeberg&redirected=true"));
});

test("going back from the provider does not send the person there again", async ({ accounts, standIn }) => {
  const { page } = accounts;
  await page.goto(standIn.url);
  await expect(accounts.summary).toBeVisible();
  await page.goto(address(standIn, "/external-auth/codeberg"));
  await expect(authorize(page)).toBeVisible();
  await page.goBack();
  await expect(accounts.summary).toBeVisible();
  await expect(page).toHaveURL(standIn.url);
});

test("a person who comes back without a link is told so and is not sent away again", async ({ accounts, standIn, time }) => {
  const { page } = accounts;
  await page.goto(address(standIn, "/external-auth/codeberg?redirected=true"));
  const explanation = page.getByText("Codeberg sent you back without linking an account");
  await expect(explanation).toBeVisible();
  await time.advance(10_000);
  await page.reload();
  await expect(explanation).toBeVisible();
  await time.advance(10_000);
  expect(await callbacks(standIn, "codeberg")).toBe(0);

  // The person has to continue.
  const opened = page.waitForEvent("popup");
  await accounts.button("Link", "Codeberg").click();
  await authorize(await opened).click();
  await expect(accounts.badge("Codeberg", "Linked")).toBeVisible();
  await expect(page.getByText("You're linked with Codeberg.")).toBeVisible();
  await expect(explanation).toBeHidden();
});

test("a person who cancels at the provider can go back to where they came from", async ({ accounts, guard, standIn }) => {
  guard.announceStatus(400);
  const { page } = accounts;
  await page.goto(standIn.url);
  await expect(accounts.summary).toBeVisible();
  await page.goto(address(standIn, "/external-auth/codeberg"));
  await refuse(page).click();
  await expect(page.getByText("access_denied")).toBeVisible();
  await page.goBack();
  await page.goBack();
  await expect(accounts.summary).toBeVisible();
});

test("an unknown provider is explained", async ({ accounts, guard, standIn, time }) => {
  guard.announceStatus(404);
  const { page } = accounts;
  await page.goto(address(standIn, "/external-auth/no-such"));
  await expect(accounts.alert).toContainText("Coder has no such provider.");
  await expect(page.getByRole("link", { name: "All linked accounts" })).toBeVisible();
  await time.settled();
  expect(await callbacks(standIn, "no-such")).toBe(0);
});

test("markup in an id is shown as text", async ({ accounts, guard, standIn }) => {
  guard.announceStatus(404);
  await accounts.page.goto(address(standIn, `/accounts/?provider=${encodeURIComponent("<img src=x onerror=alert(1)>")}`));
  await expect(accounts.alert).toContainText("Coder has no such provider.");
  await expect(accounts.page.locator("img[src=x]")).toHaveCount(0);
});

test("the page explains that a provider could not be asked, and asks again on request", async ({ accounts, guard, standIn, time }) => {
  guard.announceStatus(500);
  const { page } = accounts;
  await standIn.fault({ method: "GET", path: `${LIST}/github`, status: 500, body: { message: "Out of order." }, times: 1 });
  await page.goto(address(standIn, "/external-auth/github"));
  await expect(accounts.alert).toContainText("We couldn't check whether your account is linked.");
  await time.advance(10_000);
  await accounts.tryAgain.click();
  await expect(page.getByText("Hi @ada, you're linked with GitHub.")).toBeVisible();
});

test("a person who is not signed in is told so", async ({ accounts, guard, standIn, time }) => {
  guard.announceStatus(401);
  const { page } = accounts;
  await page.goto(standIn.url);
  await expect(accounts.summary).toBeVisible();
  await standIn.endSessions();
  await page.goto(address(standIn, "/external-auth/github"));
  await expect(accounts.signIn).toBeVisible();
  await time.settled();
});

test("a device flow runs to its end in the page", async ({ accounts, guard, standIn, time }) => {
  guard.tolerate(/responded with a status of 400 /);
  const { page } = accounts;
  await page.goto(address(standIn, "/external-auth/internal-git"));
  const code = page.locator(".device-flow__code code");
  await expect(code).toBeVisible();
  await time.settled();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await time.advance(60_000);
  expect(await standIn.deviceFlow("internal-git")).toMatchObject({ polls: 10, slow_downs: 0 });
  await standIn.decideDevice("internal-git", { approve: true });
  await time.advance(8_000);
  await expect(page.getByText("You're linked with internal-git. You may close this window.")).toBeVisible();
  await expect(code).toBeHidden();
  await expect(accounts.badge("internal-git", "Linked")).toBeVisible();
  const polls = time.times(pollOf("internal-git")).length;
  await time.advance(20_000);
  expect(time.times(pollOf("internal-git"))).toHaveLength(polls);
});

test("a refused device flow starts again on request", async ({ accounts, guard, standIn, time }) => {
  guard.tolerate(/responded with a status of 400 /);
  const { page } = accounts;
  await page.goto(address(standIn, "/external-auth/internal-git"));
  await expect(page.getByRole("code")).toBeVisible();
  await time.settled();
  await standIn.decideDevice("internal-git", { approve: false });
  await time.advance(8_000);
  await page.getByRole("button", { name: "Get a new code" }).click();
  await expect(page.getByRole("code")).toBeVisible();
  await time.settled();
  await standIn.decideDevice("internal-git", { approve: true });
  await time.advance(8_000);
  await expect(accounts.badge("internal-git", "Linked")).toBeVisible();
});

test("a linked provider can be re-authenticated and unlinked here", async ({ accounts, guard, standIn, time }) => {
  guard.tolerate(/responded with a status of 400 /);
  await standIn.reset("device");
  const { page } = accounts;
  await page.goto(address(standIn, "/external-auth/github"));
  await expect(accounts.badge("GitHub", "Linked")).toBeVisible();
  await time.settled();
  const opened = page.waitForEvent("popup");
  await accounts.press("Re-authenticate", "GitHub");
  await authorize(await opened).click();
  await expect(accounts.card("GitHub")).toContainText("GitHub is linked.");
  await accounts.unlink("GitHub");
  await expect(accounts.badge("GitHub", "Not linked")).toBeVisible();
  await time.settled();
});

test("a link that was revoked at the provider is replaced with a device flow here", async ({ accounts, guard, standIn, time }) => {
  guard.tolerate(/responded with a status of 400 /);
  await standIn.reset("device");
  const before = await standIn.storedLink("gitlab-device");
  const { page } = accounts;
  await page.goto(address(standIn, "/external-auth/gitlab-device"));
  const code = page.locator(".device-flow__code code");
  await expect(code).toBeVisible();
  await time.settled();
  await standIn.decideDevice("gitlab-device", { approve: true });
  await time.advance(8_000);
  await expect(code).toBeHidden();
  await expect(accounts.badge("GitLab Device", "Linked")).toBeVisible();
  expect((await standIn.storedLink("gitlab-device"))?.updated_at).not.toBe(before?.updated_at);
  expect(new DeviceDialog(page, "GitLab Device").dialog).toBeHidden();
});

test("each page is named after its provider", async ({ accounts, guard, standIn, time }) => {
  guard.announceStatus(404);
  const { page } = accounts;
  const titles = [];
  for (const id of ["github", "gitlab"]) {
    await page.goto(address(standIn, `/external-auth/${id}`));
    await expect(page.getByText(/you're linked with/i)).toBeVisible();
    titles.push(await page.title());
    await time.settled();
  }
  expect(titles).toEqual(["GitHub – External authentication", "GitLab – External authentication"]);
  await page.goto(address(standIn, "/external-auth/nobody"));
  await expect(page.getByText("Coder has no such provider.")).toBeVisible();
  expect(await page.title()).toBe("nobody – External authentication");
});

test.describe("on a screen of 320 px", () => {
  test.use({ viewport: { width: 320, height: 640 } });

  test("a long name does not make the page wide", async ({ accounts, standIn, time }) => {
    const name = "Enterprise".repeat(10);
    await standIn.provider("github", { display_name: name });
    const { page } = accounts;
    await page.goto(address(standIn, "/external-auth/github"));
    await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
    await expect(page.getByText(`you're linked with ${name}.`)).toBeVisible();
    await time.settled();
    const right = await page.evaluate(() =>
      Math.max(
        ...[...document.querySelectorAll("main :not(.visually-hidden)")]
          .filter((element) => element.checkVisibility() && !element.closest(".provider-card__name, .provider-card__fact"))
          .map((element) => element.getBoundingClientRect().right),
      ),
    );
    expect(right).toBeLessThanOrEqual(320);
  });
});
