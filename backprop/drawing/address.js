// The address: the query that is written into it, readable for people, and what outlives a page of
// the app or a reload. Whatever others write into it since, what was last said here is remembered.

import { keep, kept } from "./kept.js";

/** @import { WindowAddress } from "../stage/protocol" */

const KEPT = "backprop.playhead";
const PLAYHEAD = ["update", "operation", "selection"];

/** A place as the address says it: empty where it is the start.
 * @typedef {{update: number | "", operation: string, selection: string}} PlayheadQuery */

const app = /** @type {Window & {backpropAddress?: WindowAddress, backpropEntered?: boolean}} */ (window);

/** What is known of the address; nothing where no app writes it. */
export const keptOf = () => app.backpropAddress;

/** Replaces the query in the address without a rerun and without history. @param {URLSearchParams} query */
export function replaceQuery(query) {
  remember(query);
  const address = addressWith(query);
  if (address !== here()) history.replaceState(history.state, "", address);
}

/** @param {URLSearchParams} query */
export function remember(query) {
  if (app.backpropAddress) app.backpropAddress.said = query.toString();
}

export const here = () => location.pathname + location.search + location.hash;

/** @param {URLSearchParams} query */
export function addressWith(query) {
  const text = query.toString().replaceAll("%3A", ":").replaceAll("%7E", "~").replaceAll("%2C", ",");
  return location.pathname + (text ? `?${text}` : "") + location.hash;
}

/** @param {URLSearchParams} query */
export function withoutPlayhead(query) {
  const rest = new URLSearchParams(query);
  for (const name of PLAYHEAD) rest.delete(name);
  return rest;
}

function sortedAddress() {
  const query = withoutPlayhead(new URLSearchParams(location.search));
  query.sort();
  return `${location.pathname}?${query}`;
}

/** Keep a place for the return to it: under the name of its visit, and of the address.
 * @param {PlayheadQuery} place @param {string} visit */
export function keepPlace(place, visit) {
  keep(KEPT, JSON.stringify({ ...place, visit, address: sortedAddress() })); // else the address says nearly the same
}

/** What is kept, if it is of this visit, or of this address before a reload.
 * @param {string} visit @returns {PlayheadQuery | null} */
export function keptPlace(visit) {
  try {
    const found = JSON.parse(kept(KEPT) || "{}");
    const [entry] = performance.getEntriesByType("navigation");
    const reloaded = !app.backpropEntered && entry instanceof PerformanceNavigationTiming && entry.type === "reload";
    app.backpropEntered = true;
    const isMine = found.visit === visit || (reloaded && found.address === sortedAddress());
    return visit && isMine ? found : null;
  } catch {
    return null;
  }
}
