// What the app alone does with its address: a step of the history, and a page that is being left.

import { addressWith, here, keptOf, remember } from "./address.js";

/** @import { WindowAddress } from "../stage/protocol" */

const app = /** @type {Window & {backpropAddress?: WindowAddress}} */ (window);

/** What is known of the address, begun if need be. */
export function beginAddress() {
  app.backpropAddress ??= {
    session: null,
    visit: "",
    stranger: "",
    query: null,
    said: null,
    mark: "",
    stepped: 0,
    listening: false,
    leaving: null,
    away: false,
    resumed: 0,
    moves: null,
  };
  return app.backpropAddress;
}

/** `send`, until the page with the path `home` is being left. A component must say nothing more then:
 * Streamlit would take it for a wish of the old page, and clear the new one to go back to it.
 * @template {unknown[]} Words
 * @param {string} home @param {(...words: Words) => void} send @returns {(...words: Words) => void} */
export const untilLeft =
  (home, send) =>
  (...words) => {
    const kept = keptOf();
    const hasLeft = kept && (location.pathname !== home || kept.leaving === home);
    if (!hasLeft) send(...words);
  };

/** Replaces the query in the address as a step of the history, which Back takes back. @param {URLSearchParams} query */
export function pushQuery(query) {
  remember(query);
  const address = addressWith(query);
  if (address !== here()) push(history.state, "", address);
}

/** A step of the history that nobody stops. @type {History["pushState"]} */
export const push = (state, unused, url) => History.prototype.pushState.call(history, state, unused, url);
