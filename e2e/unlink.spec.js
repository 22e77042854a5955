// @ts-check
// Unlinking: the dialog before it, and what the page says of the token after it.
import { authorize, openWindow } from "./support/link-window.js";
import { LIST, expect, test } from "./support/test.js";

test("the dialog says what unlinking does at this provider", async ({ accounts }) => {
  await accounts.open();
  for (const [name, words] of /** @type {const} */ ([
    ["GitLab", "GitLab will be asked to revoke the token."],
    ["GitHub", "will revoke every token for this app"],
    ["Bitbucket", "Coder isn't set up to revoke the token at Bitbucket"],
    ["old-gitlab", "may not be able to remove the link"],
  ])) {
    await accounts.button("Unlink", name).click();
    await expect(accounts.dialog(name)).toBeVisible();
    await expect(accounts.dialog(name)).toHaveAccessibleDescription(new RegExp(words));
    await accounts.dialog(name).getByRole("button", { name: "Cancel" }).click();
    await expect(accounts.dialog(name)).toHaveCount(0);
  }
});

for (const way of ["Cancel", "Escape"]) {
  test(`${way} changes nothing and returns the focus`, async ({ accounts, standIn }) => {
    const { page } = accounts;
    await accounts.open();
    await standIn.forgetRequests();
    await accounts.button("Unlink", "GitLab").click();
    const cancel = accounts.dialog("GitLab").getByRole("button", { name: "Cancel" });
    await expect(cancel).toBeFocused();
    if (way === "Cancel") await cancel.click();
    else await page.keyboard.press("Escape");

    await expect(accounts.dialog("GitLab")).toHaveCount(0);
    await expect(accounts.button("Unlink", "GitLab")).toBeFocused();
    await expect(accounts.badge("GitLab", "Linked")).toBeVisible();
    expect(await standIn.requests()).toEqual([]);

    // The dialog can be opened again.
    await accounts.button("Unlink", "GitLab").click();
    await expect(accounts.dialog("GitLab")).toBeVisible();
  });
}

test("nothing behind the open dialog can be reached", async ({ accounts }) => {
  await accounts.open();
  await accounts.button("Unlink", "GitLab").click();
  const dialog = accounts.dialog("GitLab");
  await expect(dialog).toBeVisible();
  for (const name of ["Unlink", "Cancel"]) {
    await accounts.page.keyboard.press("Tab");
    // The browser's controls may come after the last button.
    while (!(await dialog.evaluate((element) => element.contains(document.activeElement)))) {
      expect(await accounts.page.evaluate(() => document.activeElement?.tagName)).toBe("BODY");
      await accounts.page.keyboard.press("Tab");
    }
    await expect(dialog.getByRole("button", { name, exact: true })).toBeFocused();
  }
});

test("revoked: the link and the token are gone", async ({ accounts, standIn }) => {
  await accounts.open();
  await accounts.unlink("GitLab");
  await expect(accounts.card("GitLab")).toContainText("GitLab is unlinked, and the token is revoked.");
  await expect(accounts.badge("GitLab", "Not linked")).toBeVisible();
  await expect(accounts.button("Link", "GitLab")).toBeVisible();
  await expect(accounts.summary).toHaveText(/ 7 of 11 linked, 4 need attention/);
  expect(await standIn.storedLink("gitlab")).toBeUndefined();
  expect((await standIn.service("gitlab")).tokens.map(({ status }) => status)).toEqual(["revoked"]);
});

test("the outcome is announced", async ({ accounts }) => {
  await accounts.open();
  await accounts.unlink("GitLab");
  await expect(accounts.page.getByRole("status").filter({ hasText: "the token is revoked" })).toBeAttached();
});

test("GitHub: the whole grant ends, and the card no longer shows the account", async ({ accounts, standIn }) => {
  await accounts.open();
  await accounts.unlink("GitHub");
  await expect(accounts.card("GitHub")).toContainText("GitHub is unlinked, and the token is revoked.");
  await expect(accounts.badge("GitHub", "Not linked")).toBeVisible();
  await expect(accounts.card("GitHub")).not.toContainText("@ada");
  await expect(accounts.card("GitHub")).not.toContainText("Configure");
  expect((await standIn.service("github")).tokens.map(({ status }) => status)).toEqual(["revoked"]);
});

test("not configured: the page says that the provider isn't set up to revoke its token", async ({ accounts, standIn }) => {
  await accounts.open();
  await accounts.unlink("Bitbucket");
  const card = accounts.card("Bitbucket");
  await expect(card).toContainText("Bitbucket is unlinked, but Coder isn't set up to revoke its token");
  await expect(card).toContainText("End access in your Bitbucket account settings");
  await expect(card).not.toContainText("may still be valid");
  await expect(accounts.badge("Bitbucket", "Not linked")).toBeVisible();
  expect((await standIn.service("bitbucket")).calls).not.toHaveProperty("revoke");
});

test("failed: the token may still be valid, the reason is under Details, and no secret is shown", async ({ accounts, standIn }) => {
  // A token that Gitea already refuses would be no danger.
  await standIn.link("gitea", { token: "active" });
  await standIn.provider("gitea", {
    revoke: "error",
    revoke_body: "<h1>502 Bad Gateway</h1><p>POST https://git.example/gitea/revoke?client_id=gitea-client</p>",
  });
  await accounts.open();
  await accounts.unlink("Gitea");
  const card = accounts.card("Gitea");
  await expect(accounts.warning("Gitea")).toContainText("we couldn't confirm its token was revoked. It may still be valid");
  await expect(card).toContainText("until you end access in your Gitea account settings.");
  await expect(accounts.badge("Gitea", "Not linked")).toBeVisible();

  await expect(card.getByText(/502 Bad Gateway/)).toBeHidden();
  await card.getByText("Details", { exact: true }).click();
  await expect(card.getByText(/502 Bad Gateway/)).toBeVisible();
  await expect(card).toContainText(/\/gitea\/revoke\?…/);
  const html = await accounts.page.content();
  expect(html).not.toContain("client_id");
  expect(html).not.toContain("gitea-client");
  expect((await standIn.service("gitea")).calls).toMatchObject({ revoke: 1 });
});

test("failed: the warning stays until it is dismissed", async ({ accounts, standIn }) => {
  await standIn.link("gitea", { token: "active" });
  await accounts.stopClock();
  await accounts.open();
  await accounts.unlink("Gitea");
  const card = accounts.card("Gitea");
  await expect(card).toContainText("may still be valid");
  await accounts.advance(24 * 3_600_000);
  await accounts.refresh.click();
  await expect(accounts.page.getByRole("status").filter({ hasText: "up to date" })).toBeAttached();
  await expect(card).toContainText("may still be valid");
  await accounts.dismissWarning("Gitea").click();
  await expect(card).not.toContainText("may still be valid");
});

test("failed with a shorter answer: the warning is the same", async ({ accounts, standIn }) => {
  await standIn.link("codeberg", {});
  await accounts.open();
  await accounts.unlink("Codeberg");
  await expect(accounts.warning("Codeberg")).toContainText("may still be valid");
  await accounts.card("Codeberg").getByText("Details", { exact: true }).click();
  await expect(accounts.card("Codeberg")).toContainText("server_error");
});

test("a reason of 3 KB is cut", async ({ accounts, standIn }) => {
  await standIn.provider("gitlab", { revoke: "error", revoke_body: `<html>${"x".repeat(3_000)}</html>` });
  await accounts.open();
  await accounts.unlink("GitLab");
  const card = accounts.card("GitLab");
  await card.getByText("Details", { exact: true }).click();
  await expect(card).toContainText(/x{100,}…/);
  expect((await card.innerText()).length).toBeLessThan(1_500);
});

test("when the provider does not answer in time the token may still be valid", async ({ accounts, standIn }) => {
  await standIn.provider("gitlab", { revoke: "timeout" });
  await accounts.stopClock();
  await accounts.open();
  await accounts.unlink("GitLab");
  await expect.poll(async () => (await standIn.service("gitlab")).calls["revoke"]).toBe(1);
  // The provider has ten seconds to answer.
  await accounts.advance(10_000);
  await expect(accounts.card("GitLab")).toContainText("may still be valid");
  await expect(accounts.badge("GitLab", "Not linked")).toBeVisible();
});

test('an answer with neither "revoked" nor "failed" counts as a failure', async ({ accounts }) => {
  await accounts.open();
  await accounts.unlink("JFrog Artifactory");
  await expect(accounts.warning("JFrog Artifactory")).toContainText("may still be valid");
  await expect(accounts.card("JFrog Artifactory").getByText("Details", { exact: true })).toHaveCount(0);
});

for (const { what, body, content_type } of [
  { what: "an older server's OK", body: "OK", content_type: "text/plain" },
  { what: "an older server's OK as JSON", body: '"OK"', content_type: "application/json" },
]) {
  test(`${what} means unlinked, without news of the token`, async ({ accounts, standIn }) => {
    await accounts.open();
    await standIn.fault({ method: "DELETE", path: `${LIST}/gitlab`, status: 200, body, content_type });
    await accounts.unlink("GitLab");
    await expect(accounts.warning("GitLab")).toContainText("we couldn't confirm its token was revoked");
    await expect(accounts.badge("GitLab", "Not linked")).toBeVisible();
  });
}

test("after unlinking the focus is on the card", async ({ accounts }) => {
  await accounts.open();
  await accounts.unlink("GitLab");
  await expect(accounts.badge("GitLab", "Not linked")).toBeVisible();
  await expect(accounts.card("GitLab")).toBeFocused();
});

test("an unlink costs one DELETE, and the first one also the CSRF token and who is signed in", async ({ accounts, standIn }) => {
  await accounts.open();
  await standIn.forgetRequests();
  await accounts.unlink("GitLab");
  await expect(accounts.badge("GitLab", "Not linked")).toBeVisible();
  await accounts.settled();
  expect(await standIn.requestLines()).toEqual(["GET /", "GET /api/v2/users/me", `DELETE ${LIST}/gitlab`]);

  await standIn.forgetRequests();
  await accounts.unlink("Bitbucket");
  await expect(accounts.badge("Bitbucket", "Not linked")).toBeVisible();
  await accounts.settled();
  expect(await standIn.requestLines()).toEqual([`DELETE ${LIST}/bitbucket`]);
});

test("an unlink continues when the person leaves the page", async ({ accounts, standIn }) => {
  await accounts.open();
  await standIn.fault({ method: "DELETE", path: `${LIST}/gitlab`, hold: "unlink" });
  await accounts.unlink("GitLab");
  await expect.poll(() => standIn.waiting("unlink")).toBe(1);
  await accounts.page.goto("about:blank");
  await standIn.release("unlink");
  await expect.poll(() => standIn.storedLink("gitlab")).toBeUndefined();
  expect((await standIn.service("gitlab")).tokens.map(({ status }) => status)).toEqual(["revoked"]);
});

test("a list from before an unlink does not bring the link back", async ({ accounts, standIn }) => {
  await accounts.open();
  // The server has made the list when the unlink overtakes it.
  await standIn.fault({ method: "GET", path: LIST, hold: "list", hold_at: "after" });
  await accounts.refresh.click();
  await expect.poll(() => standIn.waiting("list")).toBe(1);
  await accounts.unlink("GitLab");
  await expect(accounts.badge("GitLab", "Not linked")).toBeVisible();

  await standIn.release("list");
  await expect(accounts.refresh).toBeVisible();
  await expect(accounts.badge("GitLab", "Not linked")).toBeVisible();
  await expect(accounts.badge("GitLab", "Linked")).toHaveCount(0);
});

test("two providers are unlinked at the same time", async ({ accounts, standIn }) => {
  await accounts.open();
  await standIn.fault({ method: "DELETE", path: `${LIST}/gitlab`, hold: "unlink" });
  await accounts.unlink("GitLab");
  await expect.poll(() => standIn.waiting("unlink")).toBe(1);
  await accounts.unlink("Bitbucket");
  await expect(accounts.badge("Bitbucket", "Not linked")).toBeVisible();
  await standIn.release("unlink");
  await expect(accounts.badge("GitLab", "Not linked")).toBeVisible();
  await expect(accounts.card("GitLab")).toContainText("the token is revoked");
  await expect(accounts.card("Bitbucket")).toContainText("isn't set up to revoke its token");
});

test("an unlinked account can be linked again at once", async ({ accounts }) => {
  await accounts.open();
  await accounts.unlink("GitLab");
  const window = await openWindow(accounts, "Link", "GitLab");
  await authorize(window).click();
  await expect(accounts.badge("GitLab", "Linked")).toBeVisible();
});
