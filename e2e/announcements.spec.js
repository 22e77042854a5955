// @ts-check
// What a screen reader says without being asked, word for word, and that it says it
// once (WCAG 2.2, 4.1.3). "! " marks what is said at once.
import { Announcements } from "./support/announcements.js";
import { DeviceDialog } from "./support/device-dialog.js";
import { LIST, expect, test } from "./support/test.js";

test("a check, a search, an unlink, and a revocation that failed", async ({ accounts, context, standIn }) => {
  const heard = await Announcements.of(context);
  await accounts.stopClock();
  await standIn.provider("gitea", { validate: "ok", revoke: "error" });
  await standIn.link("gitea", { token: "active" });
  await accounts.open();
  expect(heard.take(), "when the page opens").toEqual([]);

  await accounts.button("Check", "GitLab").click();
  await accounts.settled();
  expect(heard.take(), "a check").toEqual(["GitLab: Linked."]);
  await accounts.button("Check", "GitLab").click();
  await accounts.settled();
  expect(heard.take(), "a second check with the same result").toEqual(["GitLab: Linked."]);

  await accounts.search.fill("git");
  await accounts.search.fill("gitl");
  // The page searches in a task after the one in which the field has changed.
  await accounts.handled();
  await accounts.advance(1_000);
  expect(heard.take(), "a search, after a pause in typing").toEqual(["2 of 12 shown"]);
  await accounts.search.fill("");
  await accounts.handled();
  await accounts.advance(1_000);
  expect(heard.take(), "the end of the search").toEqual(["12 of 12 shown"]);

  await accounts.unlink("GitLab");
  await expect(accounts.badge("GitLab", "Not linked")).toBeVisible();
  await accounts.settled();
  expect(heard.take(), "an unlink").toEqual(["GitLab is unlinked, and the token is revoked."]);

  await accounts.unlink("Gitea");
  await expect(accounts.badge("Gitea", "Not linked")).toBeVisible();
  await accounts.settled();
  expect(heard.take(), "a revocation that failed").toEqual([
    expect.stringMatching(/^! Gitea was unlinked here.*, but we couldn't confirm its token was revoked\./),
  ]);

  await accounts.advance(60_000);
  await accounts.settled();
  expect(heard.take(), "nothing else is said").toEqual([]);
});

test("a list that failed, once for each attempt", async ({ accounts, context, guard, standIn }) => {
  const heard = await Announcements.of(context);
  guard.announceStatus(502);
  await accounts.open();
  await standIn.fault({ method: "GET", path: LIST, status: 502, body: "no" });
  // A notice that is drawn again is said in parts.
  const said = () => heard.take().join(" ").replaceAll("! ", "");
  const failed =
    /^The list couldn't be refreshed\. Showing the last loaded list\. Coder or a proxy returned an error \(502\)\.( (Details )?Try again)?$/;
  await accounts.refresh.click();
  await expect(accounts.alert).toContainText("502");
  await accounts.settled();
  expect(said()).toMatch(failed);

  await standIn.clearFaults();
  await standIn.fault({ method: "GET", path: LIST, status: 502, body: "no", hold: "again" });
  await accounts.tryAgain.click();
  await expect.poll(() => standIn.waiting("again")).toBe(1);
  await accounts.handled();
  expect(heard.take(), "while the answer is awaited").toEqual([]);
  await standIn.release("again");
  await accounts.settled();
  await expect.poll(() => heard.said.length).toBeGreaterThan(0);
  expect(said(), "the second failure").toMatch(failed);

  await standIn.clearFaults();
  await accounts.tryAgain.click();
  await expect(accounts.alert).toHaveCount(0);
  await accounts.settled();
  expect(heard.take()).toEqual(["The list is up to date."]);
});

test("the device flow: the code, the time that runs out, and the result", async ({
  accounts,
  context,
  guard,
  standIn,
  time,
}) => {
  guard.tolerate(/responded with a status of 400 /);
  const heard = await Announcements.of(context);
  await standIn.reset("device");
  await standIn.provider("internal-git", { expires_in: 70 });
  await accounts.open();
  const device = new DeviceDialog(accounts.page, "internal-git");
  await device.open();
  await time.advance(1_000);
  const spelled = [...(await device.code.innerText())].join(" ").replace("-", "(-|dash)");
  expect(heard.take()).toEqual([expect.stringMatching(new RegExp(`^Your code is ${spelled}\\.$`))]);
  await time.advance(58_000);
  expect(heard.take()).toEqual(["Code expires in 60 seconds.", "Code expires in 20 seconds."]);
  await standIn.decideDevice("internal-git", { approve: true });
  await time.advance(7_000);
  await expect(accounts.badge("internal-git", "Linked")).toBeVisible();
  await time.advance(2_000);
  expect(heard.take()).toEqual(["internal-git is linked."]);
});

test("a code that expires can be renewed", async ({ accounts, context, guard, standIn, time }) => {
  guard.tolerate(/responded with a status of 400 /);
  const heard = await Announcements.of(context);
  await standIn.reset("device");
  await standIn.provider("internal-git", { expires_in: 20 });
  await accounts.open();
  const device = new DeviceDialog(accounts.page, "internal-git");
  await device.open();
  await time.advance(25_000);
  expect(heard.take().at(-1)).toBe("The code expired before it was used. Nothing changed.");
  await device.newCode.click();
  await expect(device.code).toBeVisible();
  await time.advance(1_000);
  expect(heard.take().at(-1)).toMatch(/^Your code is /);
});
