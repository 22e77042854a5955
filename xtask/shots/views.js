// @ts-check
// What is taken a picture of: the states of the stand-in's gallery, and pages that
// are about their size or their place.
import { galleryViews, openView } from "../../e2e/support/gallery.js";

/**
 * @import { Page } from "@playwright/test"
 * @import { StandIn } from "../../e2e/support/stand-in.js"
 *
 * @typedef {object} Look how a page is looked at
 * @property {string} name
 * @property {"light" | "dark"} colorScheme
 * @property {number} width in CSS pixels
 * @property {number} height in CSS pixels
 * @property {boolean} [forcedColors]
 *
 * @typedef {object} Subject
 * @property {string} name the beginning of the names of its files
 * @property {string} group
 * @property {string} title
 * @property {Look[]} looks
 * @property {boolean} [isWhole] whether the picture shows the whole page, and not
 *   only its first screen
 * @property {(page: Page, standIn: StandIn, look: Look) => Promise<void>} open
 */

const WIDE = { width: 1440, height: 1016 };
const MIDDLE = { width: 768, height: 1024 };
const SMALL = { width: 320, height: 640 };
/** A window of 1280 x 1024 pixels at a zoom of 400 %. */
const ZOOMED = { width: 320, height: 256 };

/** @type {Look[]} */
const EVERY_LOOK = [
  { name: "light-1440", colorScheme: "light", ...WIDE },
  { name: "dark-1440", colorScheme: "dark", ...WIDE },
  { name: "light-768", colorScheme: "light", ...MIDDLE },
  { name: "light-320", colorScheme: "light", ...SMALL },
  { name: "dark-320", colorScheme: "dark", ...SMALL },
];

/** @type {Look[]} */
const OTHER_LOOKS = [
  { name: "forced-light", colorScheme: "light", forcedColors: true, ...WIDE },
  { name: "forced-dark", colorScheme: "dark", forcedColors: true, ...WIDE },
  { name: "zoom-400", colorScheme: "light", ...ZOOMED },
];

/** The element that later parts of the program add to the page. */
const COMPLETE = ".program-is-complete";

/**
 * The list of a scenario, with all that is drawn and checked after it.
 *
 * @param {"default" | `many=${number}`} scenario
 * @returns {Subject["open"]}
 */
const openList = (scenario) => async (page, standIn) => {
  await standIn.reset(scenario);
  await page.goto(standIn.url);
  await page.locator(COMPLETE).first().waitFor({ state: "attached" });
  await page.waitForLoadState("networkidle");
};

/** @type {Subject["open"]} */
const openDashboard = async (page, standIn, { colorScheme }) => {
  await standIn.reset("default");
  await page.goto(new URL(`/_stand-in/dashboard/?theme=${colorScheme}`, standIn.url).href);
  // The width of the dashboard's narrowest column.
  await page.locator("coder-external-auth").evaluate((element) => {
    element.style.setProperty("inline-size", "384px");
  });
  await page.locator(COMPLETE).first().waitFor({ state: "attached" });
  await page.waitForLoadState("networkidle");
};

/** @returns {Subject[]} */
export const subjects = () => [
  {
    name: "list",
    group: "Pages",
    title: "The list",
    looks: [...EVERY_LOOK, ...OTHER_LOOKS],
    open: openList("default"),
  },
  {
    name: "many",
    group: "Pages",
    title: "250 providers, the first screen",
    looks: EVERY_LOOK,
    isWhole: false,
    open: openList("many=250"),
  },
  {
    name: "dashboard",
    group: "Pages",
    title: "The elements in the dashboard, with the list in a column of 384 px",
    looks: EVERY_LOOK.filter(({ width }) => width === WIDE.width),
    open: openDashboard,
  },
  ...galleryViews().map((view) => ({
    name: `gallery-${view.name}`,
    group: view.group,
    title: view.title,
    looks: EVERY_LOOK,
    /** @type {Subject["open"]} */
    open: async (page, standIn) => {
      await page.clock.install();
      await openView(page, view, standIn.url);
    },
  })),
];
