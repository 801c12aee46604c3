// Being led: who surrounds the stage, such as a lesson, moves the playhead by an event on the
// stage's root, and holds it before a place that the audience is still to predict; and a visitor
// goes back along the chain of contamination.

import { moveTo, toPlace } from "./moving.js";
import { halt } from "./playing.js";
import { holdBack, setHold } from "./position.js";
import { ask } from "./questions.js";
import { placeOf } from "./recording.js";
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

/** One step back to what a non-finite value came from, in the drawing and in time. @param {Player} player */
export function followBack(player) {
  const {
    card: { source },
    recording,
    position,
  } = player;
  if (!source) return;
  const { known } = placeOf(recording, source.channel).block;
  select(player, source.channel);
  moveTo(player, source.frame, source.frame < position.frame ? Infinity : known);
  if (source.sample !== undefined && source.sample !== recording.about.sample)
    ask(player, { kind: "sample", sample: source.sample });
}
