// @ts-check
// Decides whether the page asks for the list before the program runs.
import { sendEarly } from "./early-requests.js";

/**
 * Whether the page at this address begins with the list. The page of one
 * provider and the return page of a window do not. `Route` in crates/core
 * decides what the program shows; where the two could differ, this says no.
 *
 * @param {{ pathname: string, search: string }} address
 */
export const beginsWithList = ({ pathname, search }) => {
  const query = new URLSearchParams(search);
  const isReturn = query.has("linked") && query.has("window");
  return !/\/external-auth\/[^/]+\/*$/.test(pathname) && !query.has("provider") && !isReturn;
};

/** Sends the first requests of the page, to the deployment that index.html configures. */
export const sendForPage = () => {
  /** @type {HTMLElement | null} */
  const configuration = document.querySelector("meta[name=coder-external-auth]");
  return beginsWithList(location) ? sendEarly(configuration?.dataset["baseUrl"] ?? "") : undefined;
};
