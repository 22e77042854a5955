// @ts-check
// The shipped list element, from click to wire and back.
import { violations } from "./support/axe.js";
import { DeviceDialog } from "./support/device-dialog.js";
import { LIST } from "./support/accounts-page.js";
import { authorize } from "./support/link-window.js";
import { ELEMENTS, SKIPPED, expect, linkInWindow, listRequests, openWith, test } from "./support/real-elements.js";

test.skip(!ELEMENTS, SKIPPED);

test.describe("the list", () => {
  test("shows the same cards as the page", async ({ accounts, page, standIn }) => {
    await openWith(page, standIn, "<coder-external-auth></coder-external-auth>");
    await expect(accounts.cards).toHaveCount(11);
    await expect(accounts.summary).toHaveText(/ 8 of 11 linked/);
    await expect(page.locator("[part=skeleton]")).toHaveCount(0);
    expect(await violations(page)).toEqual([]);
  });

  test("a list that is removed while all are checked leaves nothing behind", async ({ accounts, page, standIn }) => {
    // The console guard fails the test if the program stops.
    await openWith(page, standIn, "<coder-external-auth></coder-external-auth>");
    await accounts.settled();
    await standIn.fault({ method: "GET", path: `${LIST}/*`, hold: "live" });
    await accounts.checkAll.click();
    await expect.poll(() => standIn.waiting("live")).toBeGreaterThan(0);
    await page.evaluate(() => document.querySelector("coder-external-auth")?.remove());
    await standIn.release("live");
    await accounts.settled();
    await expect(accounts.cards).toHaveCount(0);
  });

  test("links in a window and announces it", async ({ accounts, page, standIn }) => {
    const elements = await openWith(page, standIn, "<coder-external-auth></coder-external-auth>");
    await linkInWindow(accounts, "Codeberg");
    await expect(accounts.badge("Codeberg", "Linked")).toBeVisible();
    expect(await standIn.storedLink("codeberg")).toBeDefined();
    const heard = await elements.heard();
    expect(heard.filter(({ name }) => name === "linked")).toEqual([
      { name: "linked", detail: { provider: "codeberg", login: expect.any(String) }, target: "coder-external-auth" },
    ]);
    const states = heard.filter(({ name, detail }) => name === "state" && detail.provider === "codeberg");
    expect(states.map(({ detail }) => detail.linked)).toEqual([false, true]);
  });

  test("asks, unlinks, and says whether the token is revoked", async ({ accounts, page, standIn }) => {
    await standIn.link("gitea", { token: "active" });
    const elements = await openWith(page, standIn, "<coder-external-auth></coder-external-auth>");
    await accounts.unlink("GitLab");
    await expect(accounts.card("GitLab")).toContainText("GitLab is unlinked, and the token is revoked.");
    await expect(accounts.badge("GitLab", "Not linked")).toBeVisible();
    expect(await standIn.storedLink("gitlab")).toBeUndefined();

    await accounts.unlink("Gitea");
    await expect(accounts.card("Gitea")).toContainText("may still be valid");
    const heard = await elements.heard();
    expect(heard.filter(({ name }) => name === "unlinked").map(({ detail }) => detail)).toEqual([
      { provider: "gitlab", revoked: true },
      { provider: "gitea", revoked: false },
    ]);
    expect(heard.filter(({ name }) => name === "revocation-failed").map(({ detail }) => detail)).toEqual([
      { provider: "gitea", name: "Gitea", reason: expect.any(String), url: expect.any(String) },
    ]);
    // Redacted, like the text on screen.
    expect(JSON.stringify(heard)).not.toContain("gitea-client");
  });

  test("shows only the providers that are set", async ({ accounts, page, standIn }) => {
    await openWith(page, standIn, '<coder-external-auth providers="gitlab,codeberg"></coder-external-auth>');
    await expect(accounts.cards).toHaveCount(2);
    await expect(accounts.card("GitLab")).toBeVisible();
    await expect(accounts.card("Codeberg")).toBeVisible();

    await page.evaluate(() => document.querySelector("coder-external-auth")?.setAttribute("providers", "gitea"));
    await expect(accounts.cards).toHaveCount(1);
    await expect(accounts.card("Gitea")).toBeVisible();
  });

  test("fires an event when the session has ended", async ({ accounts, guard, page, standIn }) => {
    const elements = await openWith(page, standIn, "<coder-external-auth></coder-external-auth>");
    await expect(accounts.cards).toHaveCount(11);
    await standIn.endSessions();
    guard.announceStatus(401);
    await page.evaluate(() => document.querySelector("coder-external-auth")?.refresh());
    await expect(accounts.alert).toContainText("Your session has ended.");
    await expect(accounts.cards).toHaveCount(11);
    expect((await elements.heard()).filter(({ name }) => name === "unauthorized")).toHaveLength(1);
  });

  test("keeps its state when it is moved", async ({ accounts, page, standIn }) => {
    await openWith(page, standIn, "<section></section><coder-external-auth></coder-external-auth>");
    await accounts.openDetails("GitLab");
    const asked = await listRequests(standIn);
    await page.evaluate(() => {
      const list = document.querySelector("coder-external-auth");
      if (list) document.querySelector("section")?.append(list);
    });
    await expect(accounts.card("GitLab").getByText("Provider ID")).toBeVisible();
    await accounts.settled();
    expect(await listRequests(standIn)).toBe(asked);
  });

  test("keeps its dialog open and on top when it is moved", async ({ accounts, page, standIn, time }) => {
    await standIn.reset("device");
    await openWith(page, standIn, "<div id=from><coder-external-auth></coder-external-auth></div><div id=to></div>");
    const device = new DeviceDialog(page, "internal-git");
    await accounts.button("Link", "internal-git").click();
    await expect(device.code).toBeVisible();
    const code = await device.code.innerText();

    await page.evaluate(() => {
      const list = document.querySelector("coder-external-auth");
      if (list) document.querySelector("#to")?.append(list);
    });

    await expect(device.code).toHaveText(code);
    expect(await device.dialog.evaluate((dialog) => dialog.matches(":modal"))).toBe(true);
    await standIn.decideDevice("internal-git", { approve: true });
    await time.advance(7_000);
    await expect(accounts.badge("internal-git", "Linked")).toBeVisible();
    await expect(device.dialog).toBeHidden();
  });

  test("shows its dialogs uncut by surrounding elements", async ({ accounts, page, standIn }) => {
    await openWith(page, standIn, "<div id=narrow><coder-external-auth></coder-external-auth></div>");
    await page.locator("#narrow").evaluate((narrow) => {
      Object.assign(narrow.style, { height: "5rem", overflow: "hidden", transform: "rotate(2deg)", width: "10rem" });
    });
    await expect(accounts.cards).toHaveCount(11);
    await accounts.button("Unlink", "GitLab").dispatchEvent("click");
    const dialog = accounts.dialog("GitLab");
    await expect(dialog).toBeInViewport({ ratio: 1 });
    // Playwright cannot click what is cut off or covered.
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await expect(dialog).toBeHidden();
  });

  test("leaves nothing behind when it is removed many times", async ({ accounts, page, standIn }) => {
    await openWith(page, standIn, "<coder-external-auth></coder-external-auth>");
    await expect(accounts.cards).toHaveCount(11);
    const left = await page.evaluate(async () => {
      const main = /** @type {HTMLElement} */ (document.querySelector("main"));
      const list = /** @type {HTMLElement} */ (document.querySelector("coder-external-auth"));
      for (let cycle = 0; cycle < 50; cycle += 1) {
        list.remove();
        await new Promise((next) => setTimeout(next));
        main.append(list);
        await new Promise((next) => setTimeout(next));
      }
      list.remove();
      await new Promise((next) => setTimeout(next));
      return list.shadowRoot?.childNodes.length;
    });
    expect(left).toBe(0);
  });

  test("does the same by its methods as by its buttons", async ({ accounts, page, standIn }) => {
    await openWith(page, standIn, "<coder-external-auth></coder-external-auth>");
    await expect(accounts.cards).toHaveCount(11);
    /** @param {"link" | "unlink"} method @param {string} id */
    const call = (method, id) =>
      page.evaluate(([name, provider]) => document.querySelector("coder-external-auth")?.[name](provider), /** @type {const} */ ([method, id]));

    const unlinked = call("unlink", "gitlab");
    await accounts.dialog("GitLab").getByRole("button", { name: "Unlink", exact: true }).click();
    expect(await unlinked).toBe(true);
    await expect(accounts.badge("GitLab", "Not linked")).toBeVisible();

    const kept = call("unlink", "bitbucket");
    await accounts.dialog("Bitbucket").getByRole("button", { name: "Cancel", exact: true }).click();
    expect(await kept).toBe(false);

    const opened = page.waitForEvent("popup");
    const linked = call("link", "codeberg");
    await authorize(await opened).click();
    expect(await linked).toBe(true);
    expect(await call("link", "nowhere")).toBe(false);
  });
});
