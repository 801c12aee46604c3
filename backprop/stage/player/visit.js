// The playhead in the address: replaced in place, so that a copied link opens this very picture
// and the Back button is left alone. What leaves the stage (for another page of the app, or in a
// reload) keeps the very place for its return.

import { keepPlace, keptOf, keptPlace, replaceQuery } from "../../drawing/address.js";
import { operationAt, operationNumber } from "./position.js";
import { channelOf } from "./recording.js";
import { operationName } from "./words.js";

/** @import { PlayheadQuery } from "../../drawing/address.js" */
/** @import { Player } from "./player" */

const WRITE_EVERY = 400; // browsers allow only so many changes of the address in a minute

/** @returns {Player["visit"]} */
export const newVisit = () => ({ id: null, written: 0 });

/** Empty where it is what a link without a place shows. @param {Player} player @returns {PlayheadQuery} */
export function playheadOf({ recording, position, selection }) {
  return {
    update: position.frame || "",
    operation: position.opening ? "" : operationName(operationAt(recording, position)),
    selection: selection.channel ?? "",
  };
}

/** @param {Player} player */
export function writeAddress(player) {
  const { whole, about } = player.recording;
  const { view } = about;
  if (!view.visit || whole) return;
  const kept = keptOf();
  // A session that has just begun anew is first told where we were.
  if (kept && !view.visit.startsWith(String(kept.session))) return;
  const query = new URLSearchParams(kept?.said ?? location.search);
  for (const [name, value] of Object.entries(playheadOf(player))) {
    if (value) query.set(name, String(value));
    else query.delete(name);
  }
  replaceQuery(query);
}

/** While it plays: now and then. @param {Player} player */
export function writeAddressSometimes(player) {
  const now = performance.now();
  if (now - player.visit.written < WRITE_EVERY) return;
  player.visit.written = now;
  writeAddress(player);
}

/** @param {Player} player */
export function leaveVisit(player) {
  const { visit } = player.recording.about.view;
  if (visit) keepPlace(playheadOf(player), visit);
}

/** Where a new visit begins: where the link says, or where the visitor was before another page. Null
 * if the visit is not new. @param {Player} player */
export function enterVisit({ recording, visit }) {
  const { view } = recording.about;
  if (visit.id === view.visit) return null;
  visit.id = view.visit;
  const place = keptPlace(view.visit) ?? view;
  const opening = !place.operation && !Number(place.update);
  const wanted = place.operation || (opening ? "dW.1" : "update");
  const channel = place.selection?.replace(/^cost\./, "J.");
  return {
    frame: Number(place.update) || 0,
    operation: operationNumber(recording, wanted),
    opening,
    selection: channel && channelOf(recording, channel) ? place.selection : null,
  };
}
