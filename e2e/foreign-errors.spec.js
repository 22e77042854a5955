// @ts-check
// Errors of other scripts on the page, such as those of an extension, are not the
// program's: the page works on and does not report them.
import { expect, test } from "./support/test.js";
import { trapElsewhere } from "./support/trap-elsewhere.js";

for (const { what, words, fail } of [
  {
    what: "an exception in a timer",
    words: /not of this page/,
    fail: () => {
      setTimeout(() => {
        throw new Error("not of this page");
      });
    },
  },
  {
    what: "a rejected promise",
    words: /not of this page/,
    fail: () => void Promise.reject(new TypeError("not of this page")),
  },
  {
    what: "a promise that is rejected with no error at all",
    words: /undefined|Object/,
    fail: () => {
      void Promise.reject();
      void Promise.reject({ code: 4001 });
    },
  },
  {
    what: "an exception that is no error",
    words: /not of this page/,
    fail: () => {
      setTimeout(() => {
        throw "not of this page";
      });
    },
  },
]) {
  test(`${what} of another script does not stop the page`, async ({ accounts, guard, page }) => {
    guard.announce(words);
    await accounts.open();
    const failed = page.evaluate(
      () =>
        new Promise((told) => {
          for (const name of ["error", "unhandledrejection"]) addEventListener(name, () => told(name));
        }),
    );
    await page.evaluate(fail);
    await failed;
    await expect(page.getByText("The page has stopped")).toBeHidden();
    await accounts.button("Check", "GitLab").click();
    await accounts.announces("GitLab: Linked.");
  });
}

test("a trap of another script's WebAssembly does not stop the page", async ({ accounts, guard, page }) => {
  guard.announce(/unreachable/);
  await accounts.open();
  await trapElsewhere(page);
  await expect(page.getByText("The page has stopped")).toBeHidden();
  await accounts.button("Check", "GitLab").click();
  await accounts.announces("GitLab: Linked.");
});
