// @ts-check
// A browser that translates the page replaces its text nodes with elements. Texts
// that change later must be right and must appear once.
import { DeviceDialog } from "./support/device-dialog.js";
import { expect, test } from "./support/test.js";

/** @import { Page } from "@playwright/test" */

const WAYS = /** @type {const} */ (["replaced", "moved"]);

/**
 * Translates as Chrome does: each text becomes a `<font>` in a `<font>` in its place.
 * Chrome removes the old text node; others move it inside.
 *
 * @param {Page} page
 * @param {(typeof WAYS)[number]} way
 */
async function translate(page, way) {
  await page.evaluate((how) => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    /** @type {Text[]} */
    const texts = [];
    while (walker.nextNode()) texts.push(/** @type {Text} */ (walker.currentNode));
    for (const text of texts) {
      if (!text.data.trim() || text.parentElement?.closest("[translate=no], script, style")) continue;
      const outer = document.createElement("font");
      const inner = document.createElement("font");
      outer.append(inner);
      text.replaceWith(outer);
      inner.append(how === "moved" ? text : document.createTextNode(text.data));
    }
  }, way);
}

for (const way of WAYS) {
  test.describe(`where text nodes are ${way}`, () => {
    test("what an unlink changes is said right", async ({ accounts, page }) => {
      await accounts.open();
      await translate(page, way);
      await expect(accounts.summary).toHaveText(/ 8 of 11 linked/);

      await accounts.button("Unlink", "GitLab").click();
      await translate(page, way);
      await accounts.dialog("GitLab").getByRole("button", { name: "Unlink", exact: true }).click();
      await expect(accounts.card("GitLab")).toContainText("GitLab is unlinked, and the token is revoked.");
      await expect(accounts.summary).toHaveText(/ 7 of 11 linked/);
      await expect(accounts.card("GitLab").locator(".state-badge")).toHaveText("Not linked");
      await expect(accounts.button("Link", "GitLab")).toBeVisible();
      await expect(accounts.button("Unlink", "GitLab")).toBeHidden();
      await accounts.announces("GitLab is unlinked");
      await expect(page.getByRole("button", { name: "Linked 7", exact: true })).toBeVisible();

      // Another dialog, with the sentences of its provider.
      await translate(page, way);
      await accounts.button("Unlink", "Gitea").click();
      await expect(accounts.dialog("Gitea")).toBeVisible();
    });

    test("what a check changes is said right, while it runs and after", async ({ accounts, page, standIn }) => {
      await accounts.open();
      await standIn.provider("gitlab", { validate: "revoked" });
      await standIn.fault({ path: "/api/v2/external-auth/gitlab", hold: "check" });
      await translate(page, way);

      await accounts.button("Check", "GitLab").click();
      const card = accounts.card("GitLab");
      await expect(card.getByRole("button", { name: "Checking… GitLab", exact: true })).toBeVisible();
      await translate(page, way);
      await standIn.release("check");
      await expect(card.locator(".state-badge")).toHaveText("Access revoked");
      await expect(accounts.button("Check", "GitLab")).toBeVisible();
      await expect(card.locator(".provider-card__fact")).toContainText("GitLab");
      await accounts.announces("GitLab: Access revoked.");
    });

    test("what time changes is said right", async ({ accounts, page }) => {
      await accounts.stopClock();
      await accounts.open();
      const line = accounts.card("GitLab").locator(".provider-card__fact");
      await expect(line).toHaveText(/Checked just now$/);
      await accounts.openDetails("GitLab");
      await translate(page, way);
      await accounts.advance(5 * 60_000);
      await expect(line).toHaveText(/Checked 5 minutes ago$/);
      await expect(accounts.card("GitLab").locator(".provider-facts")).toContainText("5 minutes ago");
    });

    test("the device flow counts down, and ends in the right words", async ({ accounts, guard, page, standIn, time }) => {
      guard.tolerate(/responded with a status of 400 /);
      await standIn.reset("device");
      await accounts.open();
      const device = new DeviceDialog(page, "internal-git");
      await device.open();
      const left = device.dialog.locator(".device-flow__time");
      await expect(left).toContainText(/14:5\d|15:00/);
      const code = await device.code.textContent();
      await translate(page, way);
      await time.advance(65_000);
      await expect(left).toContainText(/13:5\d/);
      await expect(device.code).toHaveText(code ?? "");

      await translate(page, way);
      await standIn.decideDevice("internal-git", { approve: false });
      await time.advance(7_000);
      await expect(device.newCode).toBeVisible();
      await expect(left).toHaveCount(0);
      await translate(page, way);
      await device.newCode.click();
      await expect(device.code).not.toHaveText(code ?? "");
    });

    test("a list that failed, and came again, is said right", async ({ accounts, guard, page, standIn }) => {
      await accounts.open();
      await translate(page, way);
      guard.announceStatus(502, 500);
      await standIn.fault({ path: "/api/v2/external-auth", status: 502, body: "no", times: 1 });
      await accounts.refresh.click();
      await expect(accounts.alert).toContainText("502");
      await translate(page, way);
      await standIn.fault({ path: "/api/v2/external-auth", status: 500, body: "no", times: 1 });
      await accounts.tryAgain.click();
      await expect(accounts.alert).toContainText("500");
      await expect(accounts.alert).not.toContainText("502");
      await translate(page, way);
      await accounts.tryAgain.click();
      await expect(accounts.alert).toHaveCount(0);
      await expect(accounts.refresh).toBeVisible();
    });
  });
}
