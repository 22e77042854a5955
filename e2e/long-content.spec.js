// @ts-check
// Names, logins and errors as long as they come, in a small and in a large window:
// nothing is cut off, nothing lies above something else, and all can be pressed.
import { NO_PROBLEMS, inEachSetting, layoutProblems } from "./support/layout.js";
import { expect, test } from "./support/test.js";

const LONG_NAME = "Enterprise".repeat(8);
const LOGIN = `a${"-very-long".repeat(4)}`.slice(0, 39);
const ORGANIZATION = "organization-with-a-long-name-indeed-xx";
const RTL_NAME = "שירות החשבונות של החברה";

for (const { width, what } of [
  { width: 320, what: "as with a zoom of 400 %" },
  { width: 1280, what: "as on a laptop" },
]) {
  test(`long content, ${width} px wide, ${what}`, async ({ accounts, page, standIn }) => {
    await page.setViewportSize({ width, height: 800 });
    const account = { id: 1, login: LOGIN, name: "", avatar_url: "", profile_url: "https://github.example/x" };
    const organization = { ...account, id: 2, login: ORGANIZATION };
    await standIn.provider("github", {
      accounts: [account],
      installations: [{ id: 1, account: organization, configure_url: "https://github.example/configure" }],
    });
    await standIn.link("github", { login: LOGIN });
    await standIn.provider("gitlab", { display_name: LONG_NAME });
    await standIn.provider("bitbucket", { display_name: RTL_NAME });
    await standIn.link("azure-devops", { refresh_failure: "x".repeat(3_000) });
    await accounts.open();
    await expect(accounts.card("GitHub")).toContainText(LOGIN);
    for (const name of ["GitHub", LONG_NAME, "Azure DevOps"]) await accounts.openDetails(name);
    await expect(accounts.card("GitHub").getByText(ORGANIZATION).first()).toBeVisible();

    /** @param {string} setting */
    const expectNoProblems = async (setting) => expect.soft(await layoutProblems(page), setting).toEqual(NO_PROBLEMS);
    await inEachSetting(page, expectNoProblems, async () => {
      await accounts.button("Unlink", LONG_NAME).click();
      await expect(accounts.dialog(LONG_NAME)).toBeInViewport({ ratio: 1 });
      await expectNoProblems("the dialog");
      await page.keyboard.press("Escape");
      await expect(accounts.dialog(LONG_NAME)).toHaveCount(0);
    });
  });
}
