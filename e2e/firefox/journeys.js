// @ts-check
// Journeys through the whole program in Firefox, with WebDriver, because
// Playwright drives only a Firefox that it brings along. The journeys do not
// repeat what Playwright proves in Chromium. They cover what differs between
// browser engines: windows, the way to the provider and back, focus, dialogs,
// the clipboard and locks.
//
// `cargo xtask test --only firefox` builds the page and the stand-in and sets
// these variables:
//
//   FIREFOX_PATH  the system's Firefox
//   GECKODRIVER   the program geckodriver
//   STAND_IN      the stand-in's program
//   PAGE          the folder of the built page, which the stand-in serves
//   ELEMENTS      the folder of the built package of the custom elements
//   RESULTS       the folder for screenshots of failures and Firefox's log
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import axe from "axe-core";
import { By, Key } from "selenium-webdriver";
import { RULES } from "../support/axe.js";
import { variable } from "../support/environment.js";
import { galleryViews } from "../support/gallery.js";
import { StandIn } from "../support/stand-in.js";
import { startFirefox } from "./browser.js";
import { Page, eventually } from "./page.js";

/** When a journey counts as failed. It is many times what one takes. */
const TIMEOUT_MS = 300_000;

/** @type {StandIn} */
let standIn;
/** @type {string[]} */
let args;

before(async () => {
  const settings = await readFile(new URL("../../webdriver.json", import.meta.url), "utf8");
  ({ args } = JSON.parse(settings)["moz:firefoxOptions"]);
  standIn = await StandIn.start(variable("ELEMENTS"));
});

after(() => standIn?.stop());

/**
 * Defines a journey. It starts with a new Firefox and with the stand-in's first
 * state.
 *
 * @param {string} title
 * @param {(page: Page) => Promise<void>} go
 */
function journey(title, go) {
  test(title, { timeout: TIMEOUT_MS }, async (context) => {
    await standIn.reset();
    const firefox = await startFirefox(context, args);
    try {
      await go(new Page(firefox));
      const { csp_violations: violations } = await standIn.state();
      assert.deepEqual(violations, []);
    } catch (failure) {
      const file = path.join(variable("RESULTS"), `${title.replaceAll(/\W+/g, "-")}.png`);
      await firefox.takeScreenshot().then((png) => writeFile(file, png, "base64")).catch(() => {});
      throw failure;
    } finally {
      await firefox.quit();
    }
  });
}

journey("a person links an account in a window, checks it and unlinks it", async (page) => {
  const { firefox } = page;
  await standIn.link("gitlab", { linked: false });
  await firefox.get(standIn.url);
  await page.find("heading", "External authentication");
  await page.shows(/7 of 11 linked/);
  await page.cardShows("GitLab", /Not linked/);
  await page.cardShows("GitHub", /Linked/);

  await page.click("button", "Link GitLab");
  const { own, other } = await page.switchToNewWindow();
  await page.find("heading", "Sign in to GitLab");
  assert.equal(new URL(await firefox.getCurrentUrl()).origin, (await standIn.state()).provider_origin);
  assert.equal(await firefox.executeScript("return window.opener"), null);
  await page.click("button", "Authorize");
  await page.windowCloses(other);
  await firefox.switchTo().window(own);
  await page.cardShows("GitLab", /GitLab is linked\./);
  await page.shows(/8 of 11 linked/);
  assert.ok(await standIn.storedLink("gitlab"));
  assert.equal(await firefox.getCurrentUrl(), standIn.url);

  await standIn.provider("gitlab", { validate: "revoked" });
  await page.click("button", "Check GitLab");
  await page.cardShows("GitLab", /Access revoked[^]*no longer accepts this link/);
  await standIn.provider("gitlab", { validate: "ok" });
  await page.click("button", "Check GitLab");
  await page.shows(/8 of 11 linked/);
  await page.find("button", "Check GitLab");

  await page.click("button", "Unlink GitLab");
  await page.find("alertdialog", "Unlink GitLab?");
  await page.focusIsOn("Cancel");
  await firefox.actions().sendKeys(Key.ESCAPE).perform();
  await page.focusIsOn("Unlink GitLab");
  await firefox.actions().sendKeys(Key.ENTER).perform();
  await page.find("alertdialog", "Unlink GitLab?");
  await page.click("button", "Unlink");
  await page.cardShows("GitLab", /GitLab is unlinked, and the token is revoked\./);
  await page.cardShows("GitLab", /Not linked/);
  await page.focusIsOn("GitLab");
  await page.shows(/7 of 11 linked/);
  assert.equal(await standIn.storedLink("gitlab"), undefined);
});

journey("linking works in the same tab when windows are blocked, and the focus returns to the card", async (page) => {
  const { firefox } = page;
  await firefox.get(`${standIn.url}?theme=dark`);
  await page.find("button", "Link Codeberg");
  await firefox.executeScript("window.open = () => null");
  await page.click("button", "Link Codeberg");
  await page.click("button", "Continue in this tab");
  await page.find("heading", "Sign in to Codeberg");

  // Going back shows the list again, from the back/forward cache or loaded anew.
  await firefox.navigate().back();
  await page.cardShows("Codeberg", /Not linked/);
  await page.find("button", "Link Codeberg");
  await firefox.executeScript("window.open = () => null");
  await page.click("button", "Link Codeberg");
  await page.click("button", "Continue in this tab");
  await page.click("button", "Authorize");

  await page.cardShows("Codeberg", /Codeberg is linked\./);
  await page.focusIsOn("Codeberg");
  assert.equal(await firefox.getCurrentUrl(), `${standIn.url}?theme=dark`);
  assert.deepEqual(await firefox.getAllWindowHandles(), [await firefox.getWindowHandle()]);
});

// In Chromium the card shows the reason. Firefox shows the deployment's JSON answer
// in a viewer with an opaque origin, so no page can read the reason there.
journey("a person can try again after they cancel at the provider and close the window", async (page) => {
  const { firefox } = page;
  await firefox.get(standIn.url);
  await page.click("button", "Link Codeberg");
  const { own } = await page.switchToNewWindow();
  await page.click("button", "Cancel");
  await page.shows(/access_denied/);
  await firefox.close();
  await firefox.switchTo().window(own);
  await page.cardShows("Codeberg", /The Codeberg window seems to be closed\./);
  await page.cardShows("Codeberg", /Not linked/);

  await page.click("button", "Link Codeberg");
  await page.switchToNewWindow();
  await page.click("button", "Authorize");
  await firefox.switchTo().window(own);
  await page.cardShows("Codeberg", /Codeberg is linked\./);
});

journey("a person copies the device code and links the account with it", async (page) => {
  const { firefox } = page;
  await standIn.reset("device");
  await standIn.provider("internal-git", { interval: 1 });
  await firefox.get(standIn.url);
  await page.click("button", "Link internal-git");
  await page.find("dialog", "Link internal-git");
  await page.click("button", "Copy code");
  await page.announces(/Code copied\./);
  await page.focusIsOn("Copy code");

  await standIn.decideDevice("internal-git", { approve: true });
  await page.cardShows("internal-git", /internal-git is linked\./);
  assert.deepEqual(await firefox.findElements(By.css("dialog[open]")), []);
  const { status, slow_downs: slowDowns } = await standIn.deviceFlow("internal-git");
  assert.deepEqual({ status, slowDowns }, { status: "used", slowDowns: 0 });
});

journey("the custom elements work on a page like the dashboard", async (page) => {
  const { firefox } = page;
  await firefox.get(new URL("/_stand-in/dashboard/", standIn.url).href);
  /** @param {string} script of which `root` is the list's shadow root */
  const inList = (script) =>
    firefox.executeScript(`const root = document.querySelector("coder-external-auth").shadowRoot; ${script}`);
  /** @param {string} name */
  const press = (name) =>
    eventually(async () => {
      const pressed = await inList(`
        const named = [...root.querySelectorAll("button")].filter((button) =>
          button.checkVisibility() && (button.ariaLabel ?? button.innerText).replaceAll(/\\s+/g, " ").trim() === ${JSON.stringify(name)});
        named.at(-1)?.click();
        return named.length > 0`);
      assert.ok(pressed, `There is no button “${name}”.`);
    });
  /** @param {RegExp} expected */
  const cardShows = (expected) =>
    eventually(async () => {
      const text = await inList(`return root.querySelector("#provider-gitlab")?.innerText ?? ""`);
      assert.match(String(text), expected);
    });
  await firefox.executeScript(`
    window.events = [];
    for (const name of ["unlinked", "error"]) {
      addEventListener("coder-external-auth-" + name, ({ detail }) => events.push([name, detail]));
    }`);

  await cardShows(/Linked/);
  await press("Unlink GitLab");
  await press("Unlink");
  await cardShows(/GitLab is unlinked, and the token is revoked\./);
  await cardShows(/Not linked/);
  // The list element and the card element each fire the event.
  const unlinked = ["unlinked", { provider: "gitlab", revoked: true }];
  assert.deepEqual(await firefox.executeScript("return events"), [unlinked, unlinked]);
  assert.equal(await standIn.storedLink("gitlab"), undefined);

  // Codeberg is not linked, so the form that needs it is invalid and has no value for it.
  const form = "const form = document.querySelector('form'); return [form.checkValidity(), new FormData(form).get('account')]";
  assert.deepEqual(await firefox.executeScript(form), [false, null]);
});

// In Chromium axe-core also tests dark and forced colors (`gallery.spec.js`). Firefox
// cannot change them while it runs, and the rules do not depend on the engine.
journey("axe-core finds nothing in the states of the gallery", async (page) => {
  const { firefox } = page;
  /** @type {Record<string, unknown>} */
  const broken = {};
  // A window of a redirect flow needs a person's click. A state that comes with time
  // would be waited for.
  for (const view of galleryViews().filter(({ by_hand: byHand, first }) => !byHand && !first)) {
    await firefox.get(new URL(view.path, standIn.url).href);
    for (const name of view.steps) await page.click("button", name);
    await eventually(async () => {
      const shown = await firefox.executeScript("return document.body.innerText");
      assert.ok(String(shown).replaceAll(/[\u2066-\u2069]/g, "").includes(view.ready), `${view.name} shows ${view.ready}`);
    });
    await firefox.executeScript(axe.source);
    const found = await firefox.executeAsyncScript(
      "const done = arguments[1]; axe.run(document, { runOnly: arguments[0] }).then(({ violations }) => done(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 200))])))",
      RULES,
    );
    if (/** @type {unknown[]} */ (found).length > 0) broken[view.name] = found;
  }
  assert.deepEqual(broken, {});
});
