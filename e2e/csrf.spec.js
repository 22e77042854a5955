// @ts-check
// The CSRF token, which the deployment's own page carries and DELETE needs.
import { LIST, expect, test } from "./support/test.js";

/** What a Coder answers when the token is missing or stale. */
const REFUSAL = {
  status: 400,
  body: "Something is wrong with your CSRF token.",
  content_type: "text/plain; charset=utf-8",
};

test("the token is fetched once, when it is first needed", async ({ accounts, standIn }) => {
  await accounts.open();
  expect(await standIn.requestsTo("GET", "/")).toEqual([]);

  await accounts.unlink("GitLab");
  await expect(accounts.badge("GitLab", "Not linked")).toBeVisible();
  await accounts.unlink("Bitbucket");
  await expect(accounts.badge("Bitbucket", "Not linked")).toBeVisible();
  expect(await standIn.requestsTo("GET", "/")).toHaveLength(1);
});

test("a stale token is renewed and the request repeated once", async ({ accounts, guard, standIn }) => {
  await accounts.open();
  await accounts.unlink("Bitbucket");
  await expect(accounts.badge("Bitbucket", "Not linked")).toBeVisible();
  await standIn.rotateCsrf();
  await standIn.forgetRequests();

  guard.announceStatus(400);
  await accounts.unlink("GitLab");
  await expect(accounts.card("GitLab")).toContainText("GitLab is unlinked, and the token is revoked.");
  const requests = await standIn.requests();
  expect(requests.map(({ method, path, status }) => [method, path, status])).toEqual([
    ["DELETE", `${LIST}/gitlab`, 400],
    ["GET", "/", 200],
    ["GET", "/api/v2/users/me", 200],
    ["DELETE", `${LIST}/gitlab`, 200],
  ]);
});

test("the renewed token is kept", async ({ accounts, guard, standIn }) => {
  await accounts.open();
  await accounts.unlink("Bitbucket");
  await expect(accounts.badge("Bitbucket", "Not linked")).toBeVisible();
  await standIn.rotateCsrf();
  guard.announceStatus(400);
  await accounts.unlink("GitLab");
  await expect(accounts.badge("GitLab", "Not linked")).toBeVisible();
  await standIn.forgetRequests();

  await accounts.unlink("GitHub");
  await expect(accounts.badge("GitHub", "Not linked")).toBeVisible();
  expect(await standIn.requestLines()).toEqual([`DELETE ${LIST}/github`]);
});

test("a token that is refused twice is not renewed again", async ({ accounts, guard, standIn }) => {
  await accounts.open();
  await standIn.forgetRequests();
  await standIn.fault({ method: "DELETE", path: `${LIST}/gitlab`, ...REFUSAL });
  guard.announceStatus(400);
  await accounts.unlink("GitLab");

  const card = accounts.card("GitLab");
  await expect(card).toContainText("The link wasn't removed.");
  await expect(card).toContainText("Reload the page, then try again.");
  await expect(accounts.badge("GitLab", "Linked")).toBeVisible();
  expect(await standIn.requestsTo("DELETE", `${LIST}/gitlab`)).toHaveLength(2);

  // Nothing is lost: the next attempt can succeed.
  await standIn.clearFaults();
  await accounts.unlink("GitLab");
  await expect(accounts.badge("GitLab", "Not linked")).toBeVisible();
});

test("without a token in the page nothing is sent, and the page says why", async ({ accounts, standIn }) => {
  await accounts.open();
  await standIn.fault({ method: "GET", path: "/", status: 200, body: "<html></html>", content_type: "text/html" });
  await accounts.unlink("GitLab");
  await expect(accounts.card("GitLab")).toContainText("The link wasn't removed.");
  await expect(accounts.badge("GitLab", "Linked")).toBeVisible();
  expect(await standIn.requestsTo("DELETE", `${LIST}/gitlab`)).toEqual([]);
});

test("a token that cannot be fetched leaves the link, and the page says so", async ({ accounts, guard, standIn }) => {
  await accounts.open();
  await standIn.fault({ method: "GET", path: "/", status: 502, body: "", content_type: "text/html" });
  guard.announceStatus(502);
  await accounts.unlink("GitLab");
  // The request was never sent, so no answer is missing.
  await expect(accounts.card("GitLab")).toContainText("The link wasn't removed.");
  await expect(accounts.card("GitLab")).not.toContainText("didn't answer");
  await expect(accounts.badge("GitLab", "Linked")).toBeVisible();
  expect(await standIn.requestsTo("DELETE", `${LIST}/gitlab`)).toEqual([]);
});

test("only DELETE carries the token, and only the cookie carries the session", async ({ accounts, standIn }) => {
  await accounts.open();
  await accounts.unlink("GitLab");
  await expect(accounts.badge("GitLab", "Not linked")).toBeVisible();
  await accounts.button("Check", "GitHub").click();
  await accounts.refresh.click();
  await expect(accounts.page.getByRole("status").filter({ hasText: "up to date" })).toBeAttached();
  await accounts.settled();

  const requests = await standIn.requests();
  expect(requests.map(({ method, csrf }) => ({ method, csrf }))).toContainEqual({ method: "DELETE", csrf: true });
  expect(requests.filter(({ method, csrf }) => csrf !== (method === "DELETE"))).toEqual([]);
  expect(requests.filter(({ session }) => session !== "cookie")).toEqual([]);
});
