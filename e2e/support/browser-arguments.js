// @ts-check

/**
 * The arguments of a browser that tests or measures. The first one lets root run
 * it, as in containers. The others keep it from connecting to anything but the
 * stand-in.
 */
export const BROWSER_ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
