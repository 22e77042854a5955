// @ts-check
// What assistive technology gets of each component: roles, names and states. What
// is not in a snapshot may be beside it; what is in it must be there, in this order.
import { DeviceDialog } from "./support/device-dialog.js";
import { ELEMENTS, SKIPPED, expect as expectElement, openWith, test as elements } from "./support/real-elements.js";
import { expect, test } from "./support/test.js";

test("the list, its rows in each state, an opened row, and the question before an unlink", async ({ accounts }) => {
  const { page } = accounts;
  await accounts.open();
  await expect(page.getByRole("main")).toMatchAriaSnapshot(`
    - heading "External authentication" [level=1]
    - paragraph: Your workspaces use these accounts. 8 of 11 linked, 4 need attention.
    - button "1 more needs attention"
    - button "Check all"
    - button "Refresh"
    - alert
    - status
    - search:
      - searchbox "Search providers"
      - button "Shortcut / for search" [pressed]
      - group:
        - button "All 12" [pressed]
        - button "Linked 8"
        - button "Not linked 3"
        - button "Needs attention 4"
    - heading "Needs attention 3" [level=2]
    - list "Needs attention":
      - listitem "Azure DevOps":
        - button "Details Azure DevOps" [expanded=false]
        - heading "Azure DevOps" [level=3]
        - text: Sign-in expired
        - paragraph: /Re-authenticate/
        - button "Re-authenticate Azure DevOps"
      - listitem "Gitea"
      - listitem "Slack":
        - text: Couldn't check
        - paragraph: /Your link is unchanged/
        - button "Check again Slack"
    - heading "Linked 5" [level=2]
    - list "Linked":
      - listitem "Bitbucket":
        - text: Ends in 3 days
        - button "Re-authenticate Bitbucket"
      - listitem "GitHub":
        - button "Details GitHub" [expanded=false]
        - heading "GitHub" [level=3]
        - text: Linked
        - paragraph: /@ada/
        - button "Unlink GitHub"
        - button "Check GitHub"
      - listitem "GitHub Enterprise":
        - text: App not installed
        - link "Install the app GitHub Enterprise"
      - listitem "GitLab"
      - listitem "JFrog Artifactory"
    - heading "Available 3" [level=2]
    - list "Available":
      - listitem "Bitbucket Data Center":
        - text: Not linked
        - button "Link Bitbucket Data Center"
      - listitem "Codeberg"
      - listitem "internal-git"
    - heading "No longer configured 1" [level=2]:
      - button "No longer configured 1" [expanded]
    - list "No longer configured":
      - listitem "old-gitlab":
        - text: No longer configured
        - button "Unlink old-gitlab"
  `);
  // No list is empty, and nothing folded is in the tree.
  for (const list of await page.getByRole("list").all()) {
    expect(await list.getByRole("listitem").count()).toBeGreaterThan(0);
  }

  await accounts.openDetails("GitHub");
  await expect(accounts.card("GitHub")).toMatchAriaSnapshot(`
    - listitem "GitHub":
      - button "Details GitHub" [expanded]
      - button "Check GitHub"
      - button "Re-authenticate GitHub"
      - button "Unlink GitHub"
  `);
  for (const name of ["Ada Lovelace (@ada)", "Configure ada"]) {
    await expect(accounts.card("GitHub").getByRole("link", { name, exact: true })).toBeVisible();
  }
  await expect(accounts.card("GitHub").getByRole("time").first()).toHaveText(/\d{4} at \d{2}:\d{2}/);

  await accounts.button("Unlink", "GitHub").click();
  await expect(accounts.dialog("GitHub")).toMatchAriaSnapshot(`
    - alertdialog "Unlink GitHub?":
      - heading "Unlink GitHub?" [level=2]
      - paragraph: /GitHub/
      - button "Cancel"
      - button "Unlink"
  `);
});

test("the warning after a revocation that failed", async ({ accounts, standIn }) => {
  await standIn.provider("gitea", { validate: "ok", revoke: "error" });
  await standIn.link("gitea", { token: "active" });
  await accounts.open();
  await accounts.unlink("Gitea");
  await expect(accounts.warning("Gitea")).toBeVisible();
  await expect(accounts.card("Gitea")).toMatchAriaSnapshot(`
    - listitem "Gitea":
      - paragraph: /we couldn't confirm its token was revoked/
      - button "Dismiss warning about Gitea"
  `);
});

test("the dialog of the device flow, in each state", async ({ accounts, guard, standIn, time }) => {
  guard.tolerate(/responded with a status of 400 /);
  await standIn.reset("device");
  await standIn.provider("internal-git", { expires_in: 60 });
  await accounts.open();
  const device = new DeviceDialog(accounts.page, "internal-git");
  await device.open();
  await expect(device.dialog).toMatchAriaSnapshot(`
    - dialog "Link internal-git":
      - heading "Link internal-git" [level=2]
      - list:
        - listitem:
          - code: /[A-Z]{4}-[A-Z]{4}/
          - button "Copy code"
        - listitem
  `);
  await expect(device.dialog.getByRole("img", { name: /^QR code/ })).toBeVisible();
  await expect(device.dialog.getByRole("button", { name: "Cancel", exact: true })).toBeVisible();
  await expect(device.dialog.getByRole("link", { name: /pen 127\.0\.0\.1:\d+$/ })).toBeVisible();

  await time.advance(65_000);
  await expect(device.dialog).toMatchAriaSnapshot(`
    - dialog "Link internal-git":
      - heading "Link internal-git" [level=2]
      - paragraph: The code expired before it was used. Nothing changed.
  `);
  await device.newCode.click();
  await expect(device.code).toBeVisible();
  await standIn.decideDevice("internal-git", { approve: false });
  await time.advance(7_000);
  await expect(device.dialog).toMatchAriaSnapshot(`
    - dialog "Link internal-git":
      - heading "Link internal-git" [level=2]
      - paragraph: The request was declined at internal-git. Nothing changed.
  `);
  await expect(device.newCode).toBeVisible();
});

test("the page of one provider", async ({ accounts, page, standIn }) => {
  await page.goto(new URL("/external-auth/github", standIn.url).href);
  await expect(accounts.badge("GitHub", "Linked")).toBeVisible();
  await expect(page).toHaveTitle(/GitHub/);
  await expect(page.getByRole("main")).toMatchAriaSnapshot(`
    - heading "GitHub" [level=1]
    - list:
      - listitem "GitHub"
  `);
  await expect(page.getByRole("button", { name: "Close this window" })).toBeVisible();
  for (const name of ["Unlink GitHub", "Re-authenticate GitHub"]) {
    await expect(page.getByRole("button", { name, exact: true })).toBeVisible();
  }
  await expect(page.getByRole("link", { name: "All linked accounts" })).toBeVisible();
  // Two pages of providers can be told apart.
  const title = await page.title();
  await page.goto(new URL("/external-auth/gitlab", standIn.url).href);
  await expect(accounts.badge("GitLab", "Linked")).toBeVisible();
  expect(await page.title()).not.toBe(title);
});

elements("the button for a form", async ({ page, standIn }) => {
  elements.skip(!ELEMENTS, SKIPPED);
  await openWith(page, standIn, '<coder-external-auth-button provider="codeberg"></coder-external-auth-button>');
  await expectElement(page.getByRole("button")).toBeVisible();
  await expectElement(page.getByRole("main")).toMatchAriaSnapshot(`
    - button "Link Codeberg"
    - alert
    - status
  `);
});
