// @ts-check
// A proxy in front of the deployment answers in its place, with a page or with a
// redirect to a sign-in page.
import { createServer } from "node:http";
import { DeviceDialog } from "./support/device-dialog.js";
import { expect, LIST, test } from "./support/test.js";

/** @import { AddressInfo } from "node:net" */

const GITLAB = `${LIST}/gitlab`;
const SIGN_IN = "<!doctype html><title>Sign in</title><h1>Sign in to the network</h1>";
const SIGNED_OUT = "You were signed out at a proxy in front of Coder. Load the page again to sign in.";

/** What a proxy answers with, and does not hand on. */
const page = /** @type {const} */ ({ status: 200, body: SIGN_IN, content_type: "text/html; charset=utf-8" });

/** Another origin, which lets every origin ask it and writes down who does. */
async function startIdentityProvider() {
  /** @type {string[]} */
  const asked = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.writeHead(request.method === "OPTIONS" ? 204 : 200, {
      "Access-Control-Allow-Origin": "*",
      "Access-Control-Allow-Headers": "*, x-csrf-token, content-type, coder-session-token",
      "Access-Control-Allow-Methods": "*, DELETE",
      "Content-Type": "application/json",
    });
    response.end(request.method === "OPTIONS" ? "" : '{"token_revoked":true}');
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", () => listening(null)));
  const { port } = /** @type {AddressInfo} */ (server.address());
  return {
    asked,
    redirect: { status: 307, headers: { Location: `http://127.0.0.1:${port}/sign-in` } },
    stop: () => new Promise((stopped) => server.close(stopped)),
  };
}

test("a proxy's page does not count as an answer to an unlink: the page looks for the link and finds it", async ({ accounts, standIn }) => {
  await accounts.open();
  await standIn.fault({ method: "DELETE", path: GITLAB, times: 1, ...page });
  await accounts.unlink("GitLab");
  await expect(accounts.card("GitLab")).toContainText(
    "Something other than Coder answered when you tried to unlink GitLab. It's still linked. Try again.",
  );
  await expect(accounts.badge("GitLab", "Linked")).toBeVisible();
  expect(await standIn.storedLink("gitlab")).toBeDefined();
});

test("an unlink that worked behind a proxy's page warns that nothing is known of the token", async ({ accounts, standIn }) => {
  await accounts.open();
  await standIn.fault({ method: "DELETE", path: GITLAB, times: 1, hold: "unlink", ...page });
  await accounts.unlink("GitLab");
  await expect.poll(() => standIn.waiting("unlink")).toBe(1);
  await standIn.link("gitlab", { linked: false });
  await standIn.release("unlink");
  await expect(accounts.warning("GitLab")).toBeVisible();
  await expect(accounts.badge("GitLab", "Not linked")).toBeVisible();
});

test("another 200 does not count as a successful unlink", async ({ accounts, standIn }) => {
  await accounts.open();
  await standIn.fault({ method: "DELETE", path: GITLAB, times: 1, status: 200, body: { message: "Welcome." } });
  await accounts.unlink("GitLab");
  await expect(accounts.card("GitLab")).toContainText("It's still linked. Try again.");
  await expect(accounts.badge("GitLab", "Linked")).toBeVisible();
});

test("a proxy's page does not count as an answer to a poll: the next poll decides", async ({ accounts, standIn, time }) => {
  await standIn.reset("device");
  const dialog = new DeviceDialog(accounts.page, "internal-git");
  await accounts.page.goto(standIn.url);
  await dialog.open();
  await expect(dialog.code).toBeVisible();
  await standIn.fault({ method: "POST", path: `${LIST}/internal-git/device`, times: 1, ...page });
  await time.advance(6_000);
  await expect(dialog.dialog).toBeVisible();
  await expect(accounts.badge("internal-git", "Not linked")).toBeVisible();

  await standIn.decideDevice("internal-git", { approve: true });
  await time.advanceUntil(async () => (await standIn.storedLink("internal-git")) !== undefined, 60_000);
  await expect(dialog.dialog).toBeHidden();
  await expect(accounts.badge("internal-git", "Linked")).toBeVisible();
});

test("a web page in place of a later list is a sign-out at a proxy, and the rows stay", async ({ accounts, standIn }) => {
  await accounts.open();
  await standIn.fault({ method: "GET", path: LIST, times: 1, ...page });
  await accounts.refresh.click();
  await accounts.announcesAtOnce(SIGNED_OUT);
  await expect(accounts.badge("GitLab", "Linked")).toBeVisible();
  const again = accounts.page.getByRole("button", { name: "Load the page again", exact: true });
  await Promise.all([accounts.page.waitForEvent("load"), again.click()]);
  await expect(accounts.summary).toBeVisible();
  await expect(accounts.alert).toHaveCount(0);
});

test("a web page in place of a check's answer is a sign-out at a proxy, and the link keeps its state", async ({ accounts, standIn }) => {
  await accounts.open();
  await standIn.fault({ method: "GET", path: `${LIST}/gitlab`, times: 1, ...page });
  await accounts.button("Check", "GitLab").click();
  await accounts.announcesAtOnce(SIGNED_OUT);
  await accounts.settled();
  await expect(accounts.badge("GitLab", "Linked")).toBeVisible();

  await accounts.button("Check", "GitLab").click();
  await expect(accounts.alert).toHaveCount(0);
  await expect(accounts.badge("GitLab", "Linked")).toBeVisible();
});

test.describe("without a policy that would stop it", () => {
  test.use({ bypassCSP: true });

  test("no request follows a redirect to another origin: unlink, CSRF token, list or check", async ({ accounts, standIn }) => {
    const provider = await startIdentityProvider();
    await accounts.open();
    const { redirect } = provider;

    // The page that holds the CSRF token.
    await standIn.fault({ method: "GET", path: "/", times: 1, ...redirect });
    await accounts.unlink("GitLab");
    await accounts.settled();
    expect(provider.asked).toEqual([]);
    await expect(accounts.card("GitLab")).toContainText("The link wasn't removed.");
    await accounts.announcesAtOnce(SIGNED_OUT);
    expect(await standIn.requestsTo("DELETE", GITLAB)).toEqual([]);

    await standIn.fault({ method: "DELETE", path: GITLAB, times: 1, ...redirect });
    await accounts.unlink("GitLab");
    await expect.poll(async () => (await standIn.requestsTo("DELETE", GITLAB)).length).toBe(1);
    await accounts.settled();
    await accounts.announcesAtOnce(SIGNED_OUT);
    await expect(accounts.badge("GitLab", "Linked")).toBeVisible();
    expect(await standIn.storedLink("gitlab")).toBeDefined();

    await standIn.fault({ method: "GET", path: `${LIST}*`, ...redirect });
    await accounts.button("Check", "GitLab").click();
    await accounts.settled();
    await accounts.refresh.click();
    await accounts.settled();
    await expect(accounts.badge("GitLab", "Linked")).toBeVisible();
    await accounts.announcesAtOnce(SIGNED_OUT);

    // The person has signed in again in another tab.
    await standIn.clearFaults();
    await accounts.refresh.click();
    await accounts.announces("The list is up to date.");
    await expect(accounts.alert).toHaveCount(0);
    expect(provider.asked).toEqual([]);
    await provider.stop();
  });

  test("a redirect does not get the device code", async ({ accounts, standIn, time }) => {
    const provider = await startIdentityProvider();
    await standIn.reset("device");
    const dialog = new DeviceDialog(accounts.page, "internal-git");
    await accounts.page.goto(standIn.url);
    await dialog.open();
    await expect(dialog.code).toBeVisible();
    await standIn.fault({ method: "POST", path: `${LIST}/internal-git/device`, times: 1, ...provider.redirect });
    await time.advance(6_000);
    await expect(dialog.dialog).toBeVisible();
    await expect(accounts.badge("internal-git", "Not linked")).toBeVisible();
    expect(provider.asked).toEqual([]);
    await provider.stop();
  });
});

test("unlinking a link that the provider refused raises no alarm", async ({ accounts, standIn }) => {
  await standIn.provider("gitea", { validate: "revoked", revoke: "error", revoke_status: 400, revoke_body: "no such token" });
  await accounts.open();
  await expect(accounts.badge("Gitea", "Access revoked")).toBeVisible();
  await accounts.unlink("Gitea");
  const card = accounts.card("Gitea");
  await expect(card).toContainText("Its token had already stopped working.");
  await expect(accounts.warning("Gitea")).toHaveCount(0);
  await expect(card.getByRole("link", { name: "Authorized applications at gitea.com" })).toBeVisible();
  await expect(card.getByText(/no such token/)).toBeHidden();
  await card.getByText("Details", { exact: true }).click();
  await expect(card.getByText(/no such token/)).toBeVisible();
  await accounts.page.reload();
  await expect(accounts.summary).toBeVisible();
  await accounts.settled();
  await expect(accounts.warning("Gitea")).toHaveCount(0);
});
