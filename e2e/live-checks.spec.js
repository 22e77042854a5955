// @ts-check
// Live checks that start by themselves: never two at once for one provider, none
// that outlives its page, and none by a timer.
import { LIST, expect, test } from "./support/test.js";
import { setVisibility } from "./support/visibility.js";

const GITHUB = `${LIST}/github`;

/** @param {import("./support/stand-in.js").StandIn} standIn */
const statuses = async (standIn) => (await standIn.requestsTo("GET", GITHUB)).map(({ status }) => status);

test("leaving the page aborts its live checks", async ({ accounts, standIn }) => {
  await standIn.fault({ method: "GET", path: GITHUB, hold: "live" });
  await accounts.page.goto(new URL("/external-auth/github", standIn.url).href);
  await expect.poll(() => standIn.waiting("live")).toBe(1);
  await accounts.page.getByRole("link", { name: "All linked accounts" }).click();
  await expect(accounts.summary).toBeVisible();
  await expect.poll(() => statuses(standIn)).toEqual(["aborted", null]);
});

test("leaving the list aborts its live checks and drops the waiting ones", async ({ accounts, standIn }) => {
  await standIn.reset("many");
  await standIn.fault({ method: "GET", path: `${LIST}/*`, hold: "live" });
  await accounts.page.setViewportSize({ width: 1280, height: 1_600 });
  await accounts.page.goto(standIn.url);
  await expect.poll(() => standIn.waiting("live")).toBe(4);
  await accounts.page.goto(new URL("/login", standIn.url).href);
  await expect.poll(() => standIn.inFlight()).toBe(0);
  await standIn.release("live");
  const live = (await standIn.requests()).filter(({ path }) => path.startsWith(`${LIST}/`));
  expect(live.map(({ status }) => status)).toEqual(["aborted", "aborted", "aborted", "aborted"]);
});

test("Check joins an automatic check that is running", async ({ accounts, standIn }) => {
  await standIn.fault({ method: "GET", path: GITHUB, hold: "live" });
  await accounts.page.goto(standIn.url);
  await expect.poll(() => standIn.waiting("live")).toBe(1);
  await accounts.button("Check", "GitHub").click();
  await expect(accounts.page.getByRole("button", { name: "Checking… GitHub" })).toBeVisible();
  await standIn.release("live");
  await accounts.announces("GitHub: Linked.");
  await expect(accounts.card("GitHub")).toContainText("@ada");
  await accounts.settled();
  expect(await statuses(standIn)).toEqual([200]);

  // After the answer, Check sends a new request.
  await accounts.button("Check", "GitHub").click();
  await accounts.settled();
  expect(await statuses(standIn)).toEqual([200, 200]);
});

test("scrolling does not check a provider again", async ({ accounts, standIn }) => {
  await accounts.open();
  await accounts.card("old-gitlab").scrollIntoViewIfNeeded();
  await accounts.drawn();
  await accounts.card("GitHub").scrollIntoViewIfNeeded();
  await accounts.drawn();
  await accounts.settled();
  expect((await standIn.askedLive()).sort()).toEqual(["github", "github-work"]);
});

test("ten minutes and a short look at another tab send no request", async ({ accounts, time }) => {
  await accounts.open();
  await time.settled();
  const asked = time.asked.length;
  for (let minutes = 0; minutes < 10; minutes += 1) await time.jump(60_000);
  await setVisibility(accounts.page, "hidden");
  await time.jump(59_000);
  await setVisibility(accounts.page, "visible");
  await accounts.page.evaluate(() => window.dispatchEvent(new Event("focus")));
  await time.jump(61_000);
  expect(time.asked).toHaveLength(asked);
  expect(time.times(`GET ${LIST}`)).toHaveLength(1);
  await expect(accounts.card("GitLab")).toContainText("Checked 12 minutes ago");
});

test("an answer that never comes does not delay the others", async ({ accounts, standIn, time }) => {
  await standIn.fault({ method: "GET", path: GITHUB, hold: "live" });
  await accounts.page.goto(standIn.url);
  await expect(accounts.summary).toBeVisible();
  await accounts.complete();
  await expect.poll(() => standIn.waiting("live")).toBe(1);
  await accounts.card("GitHub Enterprise").scrollIntoViewIfNeeded();
  await expect(accounts.badge("GitHub Enterprise", "App not installed")).toBeVisible();
  await expect(accounts.badge("GitHub", "Linked")).toBeVisible();
  await time.advance(30_000);
  await expect(accounts.badge("GitHub", "Couldn't check")).toBeVisible();
  await expect.poll(() => statuses(standIn)).toEqual(["aborted"]);
  // The page does not repeat it by itself.
  await time.jump(10 * 60_000);
  expect(time.times(`GET ${GITHUB}`)).toHaveLength(1);
});
