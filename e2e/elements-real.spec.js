// @ts-check
// The custom elements as they are shipped, from click to wire and back.
import { violations } from "./support/axe.js";
import { ElementsPage } from "./support/elements.js";
import { INSTALL_TIMEOUT_MS } from "./support/react-example.js";
import { DeviceDialog } from "./support/device-dialog.js";
import { authorize, openWindow } from "./support/link-window.js";
import { ELEMENTS, expect, test, testReact } from "./support/real-elements.js";
import { LIST } from "./support/test.js";

/**
 * @import { Page } from "@playwright/test"
 * @import { AccountsPage } from "./support/accounts-page.js"
 * @import { StandIn } from "./support/stand-in.js"
 */

const SKIPPED = "ELEMENTS names no built package.";
test.skip(!ELEMENTS, SKIPPED);
testReact.skip(!ELEMENTS, SKIPPED);

/**
 * Opens a page with elements on it.
 *
 * @param {Page} page
 * @param {StandIn} standIn
 * @param {string} html
 */
async function openWith(page, standIn, html) {
  const elements = new ElementsPage(page, standIn);
  await elements.open();
  await elements.define();
  await elements.put(html);
  return elements;
}

/**
 * Links a provider in a window, and waits for the result.
 *
 * @param {AccountsPage} accounts
 * @param {string} name
 */
async function linkInWindow(accounts, name) {
  const window = await openWindow(accounts, "Link", name);
  await authorize(window).click();
}

/** @param {StandIn} standIn */
const listRequests = async (standIn) => (await standIn.requestsTo("GET", LIST)).length;

test.describe("the list", () => {
  test("shows the same cards as the page", async ({ accounts, page, standIn }) => {
    await openWith(page, standIn, "<coder-external-auth></coder-external-auth>");
    await expect(accounts.cards).toHaveCount(12);
    await expect(accounts.summary).toHaveText(/^8 of 11 linked/);
    await expect(page.locator("[part=skeleton]")).toHaveCount(0);
    expect(await violations(page)).toEqual([]);
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
    await expect(accounts.cards).toHaveCount(12);
    await standIn.endSessions();
    guard.announceStatus(401);
    await page.evaluate(() => document.querySelector("coder-external-auth")?.refresh());
    await expect(accounts.alert).toContainText("Your session has ended.");
    await expect(accounts.cards).toHaveCount(12);
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
    await expect(accounts.cards).toHaveCount(12);
    await accounts.button("Unlink", "GitLab").dispatchEvent("click");
    const dialog = accounts.dialog("GitLab");
    await expect(dialog).toBeInViewport({ ratio: 1 });
    // Playwright cannot click what is cut off or covered.
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await expect(dialog).toBeHidden();
  });

  test("leaves nothing behind when it is removed many times", async ({ accounts, page, standIn }) => {
    await openWith(page, standIn, "<coder-external-auth></coder-external-auth>");
    await expect(accounts.cards).toHaveCount(12);
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
    await expect(accounts.cards).toHaveCount(12);
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

test("nothing is wider than the page", async ({ accounts, guard, page, standIn }) => {
  await openWith(page, standIn, "<coder-external-auth></coder-external-auth>");
  await expect(accounts.cards).toHaveCount(12);
  const overflow = () => page.evaluate(() => (document.scrollingElement?.scrollWidth ?? 0) - innerWidth);
  for (const width of [1280, 700, 320]) {
    await page.setViewportSize({ width, height: 640 });
    expect(await overflow(), `at ${width}`).toBeLessThanOrEqual(0);
  }

  guard.tolerate(/security policy/i);
  guard.announcePolicyViolations();
  const elements = new ElementsPage(page, standIn);
  await elements.open("/embedded-without-wasm/empty.html");
  await elements.define("/embedded-without-wasm/element.js");
  await elements.put(`<coder-external-auth></coder-external-auth>
    <coder-external-auth-button provider="gitlab"></coder-external-auth-button>`);
  await expect(page.getByRole("alert")).toHaveCount(2);
  expect(await overflow(), "what says why it does not work").toBeLessThanOrEqual(0);
});

test("the focus stays on the button when it becomes text", async ({ page, standIn }) => {
  await openWith(page, standIn, `<coder-external-auth-button provider="codeberg"></coder-external-auth-button>`);
  const element = page.locator("coder-external-auth-button");
  const opened = page.waitForEvent("popup");
  await element.getByRole("button", { name: "Link Codeberg", exact: true }).press("Enter");
  await authorize(await opened).click();
  await expect(element).toContainText("Linked");
  const focused = () => element.evaluate((host) => host.shadowRoot?.activeElement?.getAttribute("part"));
  await expect.poll(focused).toBe("linked");
});

test("two lists on a page share one request and its answer", async ({ accounts, page, standIn }) => {
  const lists = "<section><coder-external-auth></coder-external-auth></section>".repeat(2);
  await openWith(page, standIn, lists);
  await expect(accounts.cards).toHaveCount(24);
  await accounts.settled();
  expect(await listRequests(standIn)).toBe(1);

  const [first, second] = [page.locator("section").first(), page.locator("section").last()];
  await first.getByRole("button", { name: "Unlink GitLab", exact: true }).click();
  await accounts.dialog("GitLab").getByRole("button", { name: "Unlink", exact: true }).click();
  for (const section of [first, second]) {
    await expect(section.getByRole("button", { name: "Link GitLab", exact: true })).toBeVisible();
  }
});

test("a single card unlinks and links", async ({ accounts, page, standIn }) => {
  const elements = await openWith(
    page,
    standIn,
    '<coder-external-auth-provider provider="gitlab"></coder-external-auth-provider>',
  );
  const card = page.locator("coder-external-auth-provider");
  await expect(card.getByText("Linked", { exact: true })).toBeVisible();
  await accounts.unlink("GitLab");
  await expect(card).toContainText("GitLab is unlinked, and the token is revoked.");
  await linkInWindow(accounts, "GitLab");
  await expect(card.getByText("Linked", { exact: true })).toBeVisible();
  const heard = await elements.heard();
  expect(heard.map(({ name }) => name).filter((name) => name !== "state")).toEqual(["unlinked", "linked"]);
  const states = heard.filter(({ name }) => name === "state").map(({ detail }) => detail);
  const linked = { provider: "gitlab", name: "GitLab", linked: true, login: "", state: "linked" };
  expect([states.at(0)?.state, states.at(1), states.at(-1)]).toEqual(["unknown", linked, linked]);
  expect(states.some(({ linked }) => !linked)).toBe(true);

  // Another provider: the same card, loaded again.
  await card.evaluate((element) => element.setAttribute("provider", "bitbucket"));
  await expect(accounts.button("Unlink", "Bitbucket")).toBeVisible();
  await expect(accounts.button("Unlink", "GitLab")).toHaveCount(0);
});

test("a button keeps its form invalid until the account is linked", async ({ accounts, page, standIn }) => {
  const elements = new ElementsPage(page, standIn);
  await elements.open("/embedded/static.html");
  const form = page.locator("form");
  const link = form.getByRole("button", { name: "Link Codeberg", exact: true });
  await expect(link).toBeVisible();
  await form.getByRole("button", { name: "Create workspace" }).click();
  await expect(page).toHaveURL(/static\.html$/);
  const isValid = () =>
    page.evaluate(() => document.querySelector("coder-external-auth-button")?.checkValidity());
  expect(await isValid()).toBe(false);

  const opened = page.waitForEvent("popup");
  await link.click();
  const window = await opened;
  await authorize(window).click();
  await expect.poll(isValid).toBe(true);
  await expect(accounts.badge("Codeberg", "Linked")).toBeVisible();
  await form.getByRole("button", { name: "Create workspace" }).click();
  await expect(page).toHaveURL(/\?account=codeberg$/);
});

test("a disabled button does nothing", async ({ page, standIn }) => {
  await openWith(
    page,
    standIn,
    '<coder-external-auth-button provider="codeberg" disabled></coder-external-auth-button>',
  );
  const button = page.getByRole("button", { name: "Link Codeberg", exact: true });
  await expect(button).toBeVisible();
  await button.click({ force: true });
  expect(page.context().pages()).toHaveLength(1);
});

test("a session token is sent in its header, without the cookie", async ({ accounts, page, standIn }) => {
  const response = await fetch(new URL("/_stand-in/sessions", standIn.url), { method: "POST", body: "{}" });
  const { token } = await response.json();
  await openWith(page, standIn, "");
  await standIn.forgetRequests();
  await page.evaluate((secret) => {
    const list = document.createElement("coder-external-auth");
    list.sessionToken = secret;
    document.querySelector("main")?.append(list);
  }, token);
  await expect(accounts.cards).toHaveCount(12);
  const asked = (await standIn.requests()).filter(({ path }) => path.startsWith(LIST));
  expect(new Set(asked.map(({ session }) => session))).toEqual(new Set(["header"]));
  expect(await page.content()).not.toContain(token);
});

test.describe("on a system that is dark", () => {
  test.use({ colorScheme: "dark" });

  for (const declared of ["normal", "light dark", "dark"]) {
    test(`the text is readable on a page whose color-scheme is ${declared}`, async ({ accounts, page, standIn }) => {
      await openWith(page, standIn, "<coder-external-auth></coder-external-auth>");
      await page.evaluate((scheme) => {
        // The background that the page has anyway; axe-core has to be told.
        Object.assign(document.documentElement.style, { colorScheme: scheme, backgroundColor: "Canvas" });
      }, declared);
      await expect(accounts.cards).toHaveCount(12);
      expect(await violations(page)).toEqual([]);
      const isDark = await page.getByRole("heading", { name: "External authentication" }).evaluate((heading) => {
        const [red = 0] = getComputedStyle(heading).color.match(/\d+/g)?.map(Number) ?? [];
        return red > 128;
      });
      expect(isDark).toBe(declared !== "normal");
    });
  }
});

test.describe("in the dashboard", () => {
  const PATH = "/_stand-in/dashboard/";

  for (const theme of ["light", "dark", "dark-protan-deuter", "light-protan-deuter", "light-tritan"]) {
    // Colours follow the dashboard, whatever the system prefers.
    for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
      test(`${theme}, on a system that is ${colorScheme}`, async ({ page, standIn }) => {
        await page.emulateMedia({ colorScheme });
        await page.goto(new URL(`${PATH}?theme=${theme}`, standIn.url).href);
        await expect(page.locator("coder-external-auth").getByRole("listitem", { name: /./ })).toHaveCount(12);
        await expect(page.locator("coder-external-auth-provider").getByText("Linked", { exact: true })).toBeVisible();
        await expect(page.locator("form").getByRole("button", { name: "Link Codeberg", exact: true })).toBeVisible();
        expect(await violations(page)).toEqual([]);
        const surface = await page.evaluate(() => {
          const probe = document.createElement("i");
          probe.style.backgroundColor = "hsl(var(--surface-primary))";
          document.body.append(probe);
          const colour = getComputedStyle(probe).backgroundColor;
          probe.remove();
          return colour;
        });
        const card = page.locator("coder-external-auth-provider .provider-card");
        await expect(card).toHaveCSS("background-color", surface);
      });
    }
  }

  test("a theme that is set wins over the dashboard's theme", async ({ page, standIn }) => {
    await page.goto(new URL(`${PATH}?theme=dark`, standIn.url).href);
    const element = page.locator("coder-external-auth-provider");
    const card = element.locator(".provider-card");
    await expect(element.getByText("Linked", { exact: true })).toBeVisible();
    await element.evaluate((host) => host.setAttribute("theme", "light"));
    await expect(card).toHaveCSS("background-color", "rgb(255, 255, 255)");
    expect(await violations(page)).toEqual([]);
    await element.evaluate((host) => host.setAttribute("theme", "dark"));
    await expect(card).toHaveCSS("background-color", "rgb(23, 23, 26)");
  });

  test("unlinking uses the dashboard's CSRF token", async ({ page, standIn }) => {
    await page.goto(new URL(PATH, standIn.url).href);
    await page.locator("coder-external-auth").getByRole("button", { name: "Unlink Bitbucket", exact: true }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Unlink", exact: true }).click();
    await expect(page.locator("coder-external-auth")).toContainText("Bitbucket is unlinked here.");
    // The page has the token in its head, so the deployment's first page is not
    // requested.
    expect(await standIn.requestLines()).not.toContain("GET /");
  });

  test("without WebAssembly it names the missing setting and links to Coder's page", async ({ guard, page, standIn }) => {
    guard.announcePolicyViolations();
    guard.announce(/security policy/i);
    await page.goto(new URL(`${PATH}?wasm=off`, standIn.url).href);
    const alerts = page.getByRole("alert");
    await expect(alerts).toHaveCount(3);
    await expect(alerts.first()).toContainText(`CODER_ADDITIONAL_CSP_POLICY="script-src 'wasm-unsafe-eval'"`);
    await expect(alerts.first().getByRole("link")).toHaveAttribute("href", "/settings/external-auth");
    expect(await violations(page)).toEqual([]);
  });
});

testReact.describe("the React example", () => {
  testReact.describe.configure({ timeout: INSTALL_TIMEOUT_MS });

  testReact("shows all three elements, and its form is invalid until the account is linked", async ({ page, standIn }) => {
    await page.goto(new URL("/embedded/react/index.html", standIn.url).href);
    await expect(page.locator("coder-external-auth").getByRole("listitem", { name: /./ })).toHaveCount(12);
    await expect(page.getByText("6 linked and working", { exact: true })).toBeVisible();
    await expect(page.locator("coder-external-auth-provider").getByText("Linked", { exact: true })).toBeVisible();

    const form = page.locator("form");
    const opened = page.waitForEvent("popup");
    await form.getByRole("button", { name: "Link Codeberg", exact: true }).click();
    await authorize(await opened).click();
    const events = page.getByRole("region", { name: "Events" });
    await expect(events).toContainText("The form can be sent.");
    await expect(page.getByText("7 linked and working", { exact: true })).toBeVisible();
    await form.getByRole("button", { name: "Create workspace" }).click();
    await expect(page.getByRole("status").filter({ hasText: "Created" })).toHaveText(
      "Created: engine for the account at codeberg",
    );
  });
});
