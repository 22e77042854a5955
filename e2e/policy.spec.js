// @ts-check
// The page under its Content Security Policy. All other tests run under it too:
// each of them fails when a page breaks it (support/console-guard.js).
import { changePolicy } from "./support/other-policy.js";
import { expect, test } from "./support/test.js";

test("the page works where nobody may frame it", async ({ accounts, page, standIn }) => {
  await changePolicy(page, standIn.url, (policy) => policy.replace("frame-ancestors 'self'", "frame-ancestors 'none'"));
  const answer = page.waitForResponse(standIn.url);
  await accounts.open();
  expect((await answer).headers()["content-security-policy"]).toContain("frame-ancestors 'none'");
  await accounts.unlink("GitLab");
  await expect(accounts.badge("GitLab", "Not linked")).toBeVisible();
});

for (const { what, html, is } of [
  { what: "text as HTML", html: "<b>bold</b>", is: /require-trusted-types-for/ },
  { what: "a script in HTML", html: "<img src=x onerror=alert(1)>", is: /require-trusted-types-for/ },
]) {
  test(`the policy forbids ${what}, and the guard of all tests hears of it`, async ({ accounts, guard, page }) => {
    await accounts.open();
    guard.announcePolicyViolations();
    guard.announce(/TrustedHTML/);
    const [error, violated] = await page.evaluate(async (text) => {
      const violation = new Promise((heard) => {
        addEventListener("securitypolicyviolation", ({ violatedDirective }) => heard(violatedDirective));
      });
      try {
        document.createElement("p").innerHTML = text;
        return ["none", "none"];
      } catch (thrown) {
        return [String(thrown), String(await violation)];
      }
    }, html);
    expect(error).toContain("TypeError");
    expect(violated).toMatch(is);
  });
}

test("the policy allows no trusted type, not even a harmless one", async ({ accounts, guard, page }) => {
  await accounts.open();
  guard.announcePolicyViolations();
  guard.announce(/trusted-types/);
  const error = await page.evaluate(() => {
    const { trustedTypes } = /** @type {any} */ (globalThis);
    try {
      return String(trustedTypes.createPolicy("harmless", { createHTML: () => "" }));
    } catch (thrown) {
      return String(thrown);
    }
  });
  expect(error).toContain("TypeError");
});
