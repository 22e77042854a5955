// @ts-check
// Why a link is not authenticated: permanent, transient or unknown, from what the
// deployment says, and never from a word on another server's page.
import { LIST, expect, test } from "./support/test.js";

/** @import { AccountsPage } from "./support/accounts-page.js" */

/** A page of a provider, with every word that anyone might look for. */
const PAGE = `<!DOCTYPE html><html><body>${`<p>400 Bad Request, status 401, invalid_grant,
  bad_refresh_token, expired, revoked, will not be retried, refreshing failed, unauthorized,
  bad credentials, rate limit, too many requests, timeout</p>\n`.repeat(20)}</body></html>`;

/**
 * Expects that the link is not called broken, and that nothing asks to link again.
 *
 * @param {AccountsPage} accounts
 * @param {string} name
 */
async function expectCouldNotCheck(accounts, name) {
  const card = accounts.card(name);
  await expect(accounts.badge(name, "Couldn't check")).toBeVisible();
  await expect(card).not.toContainText("Re-authenticate to");
  await expect(card).not.toContainText(/Needs attention|Sign-in expired|Access revoked/);
  await expect(accounts.badge(name, "Not linked")).toHaveCount(0);
  await expect(accounts.button("Link", name)).toBeHidden();
  // Check is the button with words.
  await expect(accounts.button("Check", name)).toHaveText("Check again");
}

/**
 * Makes the list say that GitLab is not authenticated, for this reason.
 *
 * @param {AccountsPage} accounts
 * @param {string} reason
 */
async function openWithReason({ page, standIn }, reason) {
  const answer = await page.request.get(new URL(LIST, standIn.url).href);
  const list = await answer.json();
  for (const link of list.links) {
    if (link.provider_id === "gitlab") Object.assign(link, { authenticated: false, validate_error: reason });
  }
  await standIn.fault({ method: "GET", path: LIST, status: 200, body: list });
}

test("a 503 with a web page to a refresh does not mean that the refresh failed for good", async ({ accounts, standIn }) => {
  await standIn.link("gitlab", { expires_in_ms: -60_000, has_refresh_token: true });
  await standIn.fault({ origin: "provider", path: "/gitlab/token", status: 503, body: PAGE });
  await accounts.page.goto(standIn.url);
  // The deployment repeats the request for ten seconds of its clock.
  await expect
    .poll(async () => {
      await standIn.advanceClock(2_000);
      return accounts.card("GitLab").isVisible();
    })
    .toBe(true);
  await expectCouldNotCheck(accounts, "GitLab");
  await expect(accounts.card("GitLab")).toContainText("GitLab is having trouble.");
  await accounts.openDetails("GitLab");
  await expect(accounts.card("GitLab")).toContainText("refresh token: oauth2: cannot fetch token: 503");
});

test("a refresh that failed for good stays failed, whatever its reason says", async ({ accounts, standIn }) => {
  await standIn.link("gitlab", {
    expires_in_ms: -60_000,
    refresh_failure: 'oauth2: "bad_refresh_token" "API rate limit exceeded, status 503, timeout"',
  });
  await accounts.open();
  await expect(accounts.badge("GitLab", "Sign-in expired")).toBeVisible();
  await expect(accounts.card("GitLab")).toContainText("GitLab wouldn't renew it. Re-authenticate");
  await expect(accounts.button("Re-authenticate", "GitLab")).toHaveClass(/button--main/);
});

test("the page says when it does not know the reason", async ({ accounts, page }) => {
  await accounts.open();
  const reason = "the token is expired or revoked, as a Coder of next year words it";
  await openWithReason(accounts, reason);
  await page.reload();
  await expectCouldNotCheck(accounts, "GitLab");
  const card = accounts.card("GitLab");
  await expect(card).toContainText("Coder gave a reason that this page doesn't know. Your link is unchanged.");
  await expect(card.getByText(reason)).toBeHidden();
  await accounts.openDetails("GitLab");
  await expect(card.getByText(reason)).toBeVisible();
});

test("a 403 to a validation does not mean that the token is refused", async ({ accounts, page }) => {
  await accounts.open();
  await openWithReason(accounts, `validate external auth token: status 403: body: ${PAGE}`);
  await page.reload();
  await expectCouldNotCheck(accounts, "GitLab");
  await expect(accounts.card("GitLab")).toContainText("GitLab refused to answer.");
});

test("a link without a token needs attention, without a reason", async ({ accounts, page }) => {
  await accounts.open();
  await openWithReason(accounts, "");
  await page.reload();
  await expect(accounts.badge("GitLab", "Needs attention")).toBeVisible();
  await expect(accounts.card("GitLab")).toContainText("Re-authenticate to");
});
