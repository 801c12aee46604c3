// Being led: who surrounds the stage, such as a lesson, moves the playhead by an event on the
// stage's root, and holds it before a place that the audience is still to predict; and a visitor
// goes back along the chain of contamination.

import { followSample } from "./live.js";
import { moveTo, toFault, toPlace } from "./moving.js";
import { chooseSample } from "./pick.js";
import { halt } from "./playing.js";
import { holdBack, setHold } from "./position.js";
import { isBad, placeOf } from "./recording.js";
import { select } from "./selecting.js";

/** @import { Player } from "./player" */

/** @param {Player} player */
export function beLed(player) {
  const { root, position } = player;
  const listen = (/** @type {string} */ name, /** @type {(detail: any) => void} */ act) =>
    root.addEventListener(name, (event) => act(/** @type {CustomEvent} */ (event).detail));
  listen("backprop:go", (place) => {
    halt(player, () => toPlace(player, place));
    select(player, place.selection);
  });
  listen("backprop:hold", (limit) => {
    setHold(position, limit);
    if (holdBack(player.recording, position)) moveTo(player, position.frame, position.operation);
  });
}

/** To the first fault; what was selected gives way to the operation that made it. @param {Player} player */
export function goToFault(player) {
  const { fault } = player.recording.about;
  if (!fault) return;
  select(player, null);
  toFault(player);
  showSample(player, fault.sample);
}

/** Show the sample that is meant, where whoever shows the stage can. @param {Player} player @param {number | null} sample */
function showSample(player, sample) {
  if (sample === null || sample === player.recording.about.sample || !player.questions.send) return;
  followSample(player, sample, []);
  chooseSample(player, sample);
}

/** One step back to what a non-finite value came from, in the drawing and in time: to where that first
 * was not finite. @param {Player} player */
export function followBack(player) {
  const {
    card: { source },
    recording,
    position,
  } = player;
  if (!source) return;
  const place = placeOf(recording, source.channel);
  let { frame } = source;
  if (source.sample === undefined) while (frame > 0 && isBad(recording, place, frame - 1)) frame -= 1;
  select(player, source.channel);
  moveTo(player, frame, frame < position.frame ? Infinity : place.block.known);
  showSample(player, source.sample ?? null);
}
