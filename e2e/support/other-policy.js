// @ts-check
// A page with another policy than the one that the stand-in sends.

/**
 * @import { Page } from "@playwright/test"
 * @import { StandIn } from "./stand-in.js"
 */

/**
 * Changes the Content Security Policy of a page. To be called before it is opened.
 *
 * @param {Page} page
 * @param {string} address of the page
 * @param {(policy: string) => string} change
 */
export async function changePolicy(page, address, change) {
  await page.route(address, async (route) => {
    const response = await route.fetch();
    const headers = response.headers();
    const name = "content-security-policy";
    await route.fulfill({ response, headers: { ...headers, [name]: change(headers[name] ?? "") } });
  });
}

/**
 * Lets the page around the elements submit a form, which the policy of our own
 * page forbids. To be called before it is opened.
 *
 * @param {Page} page
 * @param {StandIn} standIn
 */
export const allowForms = (page, standIn) =>
  changePolicy(page, new URL("/embedded/*.html", standIn.url).href, (policy) =>
    policy.replace("form-action 'none'", "form-action 'self'"),
  );
