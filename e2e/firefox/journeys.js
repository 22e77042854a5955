// @ts-check
// Journeys through the whole program in Firefox, by WebDriver: Playwright
// drives no Firefox but its own. What Playwright proves in Chromium is not
// proven again; these go where engines differ: windows, the way to the provider
// and back, focus, dialogs, the clipboard and locks.
//
// `cargo xtask test --only firefox` builds the page and the stand-in and sets
// the variables read here:
//
//   FIREFOX_PATH  the system's Firefox
//   GECKODRIVER   its driver's program
//   STAND_IN      the stand-in's program
//   PAGE          the folder of the built page, for the stand-in to serve
//   ELEMENTS      the folder of the built package of the custom elements
//   RESULTS       the folder for pictures of what failed, and Firefox's log
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { StandIn } from "../support/stand-in.js";
import { Driver, variable } from "./driver.js";
import { Page, eventually } from "./page.js";

const ENTER = "\uE007";
const ESCAPE = "\uE00C";

/** @type {Driver} */
let driver;
/** @type {StandIn} */
let standIn;
/** @type {Record<string, unknown>} */
let options;

before(async () => {
  const settings = await readFile(new URL("../../webdriver.json", import.meta.url), "utf8");
  options = JSON.parse(settings)["moz:firefoxOptions"];
  standIn = await StandIn.start(variable("ELEMENTS"));
  driver = await Driver.start();
});

after(async () => {
  await driver?.stop();
  await standIn?.stop();
});

/**
 * A journey: a Firefox of its own, and the stand-in seeded anew.
 *
 * @param {string} title
 * @param {(page: Page) => Promise<void>} go
 */
function journey(title, go) {
  test(title, { timeout: 120_000 }, async () => {
    await standIn.reset();
    const firefox = await driver.open(options);
    try {
      await go(new Page(firefox));
      const { csp_violations: violations } = await standIn.state();
      assert.deepEqual(violations, []);
    } catch (failure) {
      const file = path.join(variable("RESULTS"), `${title.replaceAll(/\W+/g, "-")}.png`);
      await firefox.picture().then((picture) => writeFile(file, picture)).catch(() => {});
      throw failure;
    } finally {
      await firefox.quit();
    }
  });
}

journey("an account is linked in a window, checked and unlinked", async (page) => {
  const { firefox } = page;
  await standIn.link("gitlab", { linked: false });
  await firefox.goTo(standIn.url);
  await page.find("heading", "External authentication");
  await page.says(/7 of 11 linked/);
  await page.cardSays("GitLab", /Not linked/);
  await page.cardSays("GitHub", /Linked/);

  await page.click("button", "Link GitLab");
  const { own, other } = await page.goToNewWindow();
  await page.find("heading", "Sign in to GitLab");
  assert.equal(new URL(await firefox.address()).origin, (await standIn.state()).provider_origin);
  assert.equal(await firefox.run("return window.opener"), null);
  await page.click("button", "Authorize");
  await page.windowCloses(other);
  await firefox.switchTo(own);
  await page.cardSays("GitLab", /GitLab is linked\./);
  await page.says(/8 of 11 linked/);
  assert.ok(await standIn.storedLink("gitlab"));
  assert.equal(await firefox.address(), standIn.url);

  await standIn.provider("gitlab", { validate: "revoked" });
  await page.click("button", "Check GitLab");
  await page.cardSays("GitLab", /Needs attention[^]*no longer accepts this link/);
  await standIn.provider("gitlab", { validate: "ok" });
  await page.click("button", "Check GitLab");
  await page.says(/8 of 11 linked/);
  await page.find("button", "Check GitLab");

  await page.click("button", "Unlink GitLab");
  await page.find("alertdialog", "Unlink GitLab?");
  await page.focusIsAt("Cancel");
  await firefox.press(ESCAPE);
  await page.focusIsAt("Unlink GitLab");
  await firefox.press(ENTER);
  await page.find("alertdialog", "Unlink GitLab?");
  await page.click("button", "Unlink");
  await page.cardSays("GitLab", /GitLab is unlinked, and the token is revoked\./);
  await page.cardSays("GitLab", /Not linked/);
  await page.focusIsAt("GitLab");
  await page.says(/7 of 11 linked/);
  assert.equal(await standIn.storedLink("gitlab"), undefined);
});

journey("where windows are blocked the way leads through this tab, and back to the card", async (page) => {
  const { firefox } = page;
  await firefox.goTo(`${standIn.url}?theme=dark`);
  await page.find("button", "Link Codeberg");
  await firefox.run("window.open = () => null");
  await page.click("button", "Link Codeberg");
  await page.click("button", "Continue in this tab");
  await page.find("heading", "Sign in to Codeberg");

  // Who turns back finds the page as it was, out of the browser's cache or not.
  await firefox.back();
  await page.cardSays("Codeberg", /Not linked/);
  await page.find("button", "Link Codeberg");
  await firefox.run("window.open = () => null");
  await page.click("button", "Link Codeberg");
  await page.click("button", "Continue in this tab");
  await page.click("button", "Authorize");

  await page.cardSays("Codeberg", /Codeberg is linked\./);
  await page.focusIsAt("Codeberg");
  assert.equal(await firefox.address(), `${standIn.url}?theme=dark`);
  assert.deepEqual(await firefox.windows(), [await firefox.window()]);
});

// In Chromium the card says why. Firefox shows the deployment's answer, which is
// JSON, in a viewer that belongs to no origin: no page can read what it says.
journey("who cancels at the provider and closes the window can try again", async (page) => {
  const { firefox } = page;
  await firefox.goTo(standIn.url);
  await page.click("button", "Link Codeberg");
  const { own } = await page.goToNewWindow();
  await page.click("button", "Cancel");
  await page.says(/access_denied/);
  await firefox.closeWindow();
  await firefox.switchTo(own);
  await page.cardSays("Codeberg", /The window for Codeberg seems to be closed\./);
  await page.cardSays("Codeberg", /Not linked/);

  await page.click("button", "Link Codeberg");
  await page.goToNewWindow();
  await page.click("button", "Authorize");
  await firefox.switchTo(own);
  await page.cardSays("Codeberg", /Codeberg is linked\./);
});

journey("an account is linked by the device flow, and its code copied", async (page) => {
  const { firefox } = page;
  await standIn.reset("device");
  await standIn.provider("internal-git", { interval: 1 });
  await firefox.goTo(standIn.url);
  await page.click("button", "Link internal-git");
  await page.find("dialog", "Link internal-git");
  await page.click("button", "Copy code");
  await page.announces(/Code copied\./);
  await page.focusIsAt("Copy code");

  await standIn.decideDevice("internal-git", { approve: true });
  await page.cardSays("internal-git", /internal-git is linked\./);
  assert.deepEqual(await firefox.all("dialog[open]"), []);
  const { status, slow_downs: slowDowns } = await standIn.deviceFlow("internal-git");
  assert.deepEqual({ status, slowDowns }, { status: "used", slowDowns: 0 });
});

journey("the custom elements, on a page like the dashboard", async (page) => {
  const { firefox } = page;
  await firefox.goTo(new URL("/_stand-in/dashboard/", standIn.url).href);
  /** @param {string} script of which `root` is the list's shadow root */
  const inList = (script) =>
    firefox.run(`const root = document.querySelector("coder-external-auth").shadowRoot; ${script}`);
  /** @param {string} name */
  const press = (name) =>
    eventually(async () => {
      const pressed = await inList(`
        const named = [...root.querySelectorAll("button")].filter((button) =>
          button.checkVisibility() && button.innerText.replaceAll(/\\s+/g, " ").trim() === ${JSON.stringify(name)});
        named.at(-1)?.click();
        return named.length > 0`);
      assert.ok(pressed, `There is no button “${name}”.`);
    });
  /** @param {RegExp} words */
  const cardSays = (words) =>
    eventually(async () => {
      const said = await inList(`return root.querySelector("#provider-gitlab")?.innerText ?? ""`);
      assert.match(String(said), words);
    });
  await firefox.run(`
    window.heard = [];
    for (const name of ["unlinked", "error"]) {
      addEventListener("coder-external-auth-" + name, ({ detail }) => heard.push([name, detail]));
    }`);

  await cardSays(/Linked/);
  await press("Unlink GitLab");
  await press("Unlink");
  await cardSays(/GitLab is unlinked, and the token is revoked\./);
  await cardSays(/Not linked/);
  // The list and the card both show it, and both tell.
  const unlinked = ["unlinked", { provider: "gitlab", revoked: true }];
  assert.deepEqual(await firefox.run("return heard"), [unlinked, unlinked]);
  assert.equal(await standIn.storedLink("gitlab"), undefined);

  // Codeberg is not linked: the form that needs it is not complete, and sends nothing of it.
  const form = "const form = document.querySelector('form'); return [form.checkValidity(), new FormData(form).get('account')]";
  assert.deepEqual(await firefox.run(form), [false, null]);
});
