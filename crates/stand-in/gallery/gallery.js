// @ts-check
// The gallery's index: brings each view into its state, and all of them into
// the colours and the width that are chosen.

/** How often a button is looked for, and how long. */
const LOOK_MS = 100;
const GIVE_UP_MS = 30_000;

/** The documents that were led to their state already. */
const led = new WeakSet();

const root = document.documentElement;

/** @returns {HTMLIFrameElement[]} */
const frames = () => [...document.querySelectorAll("iframe")];

/**
 * What is chosen.
 *
 * @param {"scheme" | "width"} name
 */
const chosen = (name) =>
  document.querySelector(`input[name=${name}]:checked`)?.getAttribute("value") ?? "";

/**
 * Sets the colours of a document; empty: as the system.
 *
 * @param {Document | null} page
 */
function colour(page) {
  // A page that is on its way has none.
  const html = page?.documentElement;
  if (html) html.style.colorScheme = chosen("scheme");
}

function apply() {
  root.dataset.width = chosen("width");
  colour(document);
  for (const frame of frames()) colour(frame.contentDocument);
}

/**
 * The button of a name, as it is said aloud; none when there is none that does
 * something.
 *
 * @param {Document} page
 * @param {string} name
 */
function button(page, name) {
  return [...page.querySelectorAll("button")].find(
    (found) => !found.hidden && found.ariaDisabled !== "true" && (found.textContent ?? "").replace(/\s+/g, " ").trim() === name,
  );
}

const pause = () => new Promise((resolve) => setTimeout(resolve, LOOK_MS));

/**
 * Presses a button once it is there.
 *
 * @param {Document} page
 * @param {string} name
 */
async function press(page, name) {
  for (let waited = 0; waited < GIVE_UP_MS; waited += LOOK_MS) {
    const found = button(page, name);
    if (found) {
      // As a person does: who presses a button has come into its frame before.
      found.focus({ preventScroll: true });
      await pause();
      found.click();
      return;
    }
    await pause();
  }
  console.warn(`There is no button ${name} in ${page.location.pathname}.`);
}

/**
 * Leads a view to its state.
 *
 * @param {HTMLIFrameElement} frame
 */
async function lead(frame) {
  const page = frame.contentDocument;
  // Before a frame comes into sight it holds an empty page.
  if (!page || page.location.href === "about:blank" || led.has(page)) return;
  led.add(page);
  colour(page);
  /** @type {string[]} */
  const steps = JSON.parse(frame.dataset.steps ?? "[]");
  for (const name of steps) await press(page, name);
}

for (const frame of frames()) {
  frame.addEventListener("load", () => void lead(frame));
  if (frame.contentDocument?.readyState === "complete") void lead(frame);
}
document.addEventListener("change", apply);
apply();
