// @ts-check
// The gallery's index: presses the buttons of each view, and applies the chosen
// colour scheme and width to all views.

/** The interval and the time limit of the search for a button. */
const LOOK_MS = 100;
const GIVE_UP_MS = 30_000;

/** The documents whose buttons were pressed. */
const pressed = new WeakSet();

const root = document.documentElement;

/** @returns {HTMLIFrameElement[]} */
const frames = () => [...document.querySelectorAll("iframe")];

/**
 * The chosen value.
 *
 * @param {"scheme" | "width"} name
 */
const chosen = (name) =>
  document.querySelector(`input[name=${name}]:checked`)?.getAttribute("value") ?? "";

/**
 * Sets the colour scheme of a document; empty for that of the system.
 *
 * @param {Document | null} page
 */
function colour(page) {
  // A document that is loading has none.
  const html = page?.documentElement;
  if (html) html.style.colorScheme = chosen("scheme");
}

function apply() {
  root.dataset.width = chosen("width");
  colour(document);
  for (const frame of frames()) colour(frame.contentDocument);
}

/**
 * The visible and enabled button of an accessible name.
 *
 * @param {Document} page
 * @param {string} name
 */
function button(page, name) {
  return [...page.querySelectorAll("button")].find(
    (found) => {
      const content = /** @type {Element} */ (found.cloneNode(true));
      for (const decoration of content.querySelectorAll("[aria-hidden=true]")) decoration.remove();
      const called = found.ariaLabel ?? content.textContent ?? "";
      return !found.hidden && found.ariaDisabled !== "true" && called.replace(/\s+/g, " ").trim() === name;
    },
  );
}

const pause = () => new Promise((resolve) => setTimeout(resolve, LOOK_MS));

/**
 * Waits for a button, then presses it.
 *
 * @param {Document} page
 * @param {string} name
 */
async function press(page, name) {
  for (let waited = 0; waited < GIVE_UP_MS; waited += LOOK_MS) {
    const found = button(page, name);
    if (found) {
      // A person who presses a button has moved the focus into its frame.
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
 * Presses the buttons that lead a view to its state.
 *
 * @param {HTMLIFrameElement} frame
 */
async function pressButtons(frame) {
  const page = frame.contentDocument;
  // A frame has an empty document before it becomes visible.
  if (!page || page.location.href === "about:blank" || pressed.has(page)) return;
  pressed.add(page);
  colour(page);
  /** @type {string[]} */
  const steps = JSON.parse(frame.dataset.steps ?? "[]");
  for (const name of steps) await press(page, name);
}

for (const frame of frames()) {
  frame.addEventListener("load", () => void pressButtons(frame));
  if (frame.contentDocument?.readyState === "complete") void pressButtons(frame);
}
document.addEventListener("change", apply);
apply();
