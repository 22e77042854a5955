// @ts-check
// The shipped custom elements in other applications: the dashboard, the React
// example, and pages with their own colours.
import { violations } from "./support/axe.js";
import { lowContrast } from "./support/contrast.js";
import { INSTALL_TIMEOUT_MS } from "./support/installed.js";
import { authorize } from "./support/link-window.js";
import { ELEMENTS, SKIPPED, expect, openWith, test, testReact } from "./support/real-elements.js";

test.skip(!ELEMENTS, SKIPPED);
testReact.skip(!ELEMENTS, SKIPPED);

test.describe("on a system that is dark", () => {
  test.use({ colorScheme: "dark" });

  for (const declared of ["normal", "light dark", "dark"]) {
    test(`the text is readable on a page whose color-scheme is ${declared}`, async ({ accounts, page, standIn }) => {
      await openWith(page, standIn, "<coder-external-auth></coder-external-auth>");
      await page.evaluate((scheme) => {
        // The background that the page has anyway; axe-core has to be told.
        Object.assign(document.documentElement.style, { colorScheme: scheme, backgroundColor: "Canvas" });
      }, declared);
      await expect(accounts.cards).toHaveCount(11);
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
  const ELEMENT_NAMES = "coder-external-auth, coder-external-auth-provider, coder-external-auth-button";

  for (const theme of ["light", "dark", "dark-protan-deuter", "light-protan-deuter", "light-tritan"]) {
    // Colours follow the dashboard, whatever the system prefers.
    for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
      test(`${theme}, on a system that is ${colorScheme}`, async ({ page, standIn }) => {
        await page.emulateMedia({ colorScheme });
        await page.goto(new URL(`${PATH}?theme=${theme}`, standIn.url).href);
        await expect(page.locator("coder-external-auth").getByRole("listitem", { name: /./ })).toHaveCount(11);
        await expect(page.locator("coder-external-auth-provider").getByText("Linked", { exact: true })).toBeVisible();
        await expect(page.locator("form").getByRole("button", { name: "Link Codeberg", exact: true })).toBeVisible();
        expect(await violations(page)).toEqual([]);
        expect(await lowContrast(page, ELEMENT_NAMES)).toEqual([]);
        const surface = await page.evaluate(() => {
          const probe = document.createElement("i");
          probe.style.backgroundColor = "hsl(var(--surface-primary))";
          document.body.append(probe);
          const colour = getComputedStyle(probe).backgroundColor;
          probe.remove();
          return colour;
        });
        const card = page.locator("coder-external-auth-provider .external-auth-list__rows");
        await expect(card).toHaveCSS("background-color", surface);
      });
    }
  }

  test("a theme that is set wins over the dashboard's theme", async ({ page, standIn }) => {
    await page.goto(new URL(`${PATH}?theme=dark`, standIn.url).href);
    const element = page.locator("coder-external-auth-provider");
    const card = element.locator(".external-auth-list__rows");
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
    await expect(page.locator("coder-external-auth")).toContainText("Bitbucket is unlinked, but");
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
    await expect(page.locator("coder-external-auth").getByRole("listitem", { name: /./ })).toHaveCount(11);
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
