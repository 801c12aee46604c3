// The playhead's position: a frame and an operation (−1: only inputs and weights are known), where
// it stops, and how fast it goes. No page is needed here.

import { operationName } from "./words.js";

/** @import { Pace, Place, Position, Recording } from "./player" */

/** Fixed paces, and guided ones: by how much those are faster than the usual.
 * @type {(Pace & { title: string, guided?: number })[]} */
export const SPEEDS = [
  { title: "guided", guided: 1 },
  { title: "guided, slow", guided: 1 / 3 },
  { title: "guided, fast", guided: 2 },
  { title: "1 operation/s", operations: 1 },
  { title: "3 operations/s", operations: 3 },
  { title: "10 operations/s", operations: 10 },
  { title: "3 updates/s", updates: 3 },
  { title: "10 updates/s", updates: 10 },
  { title: "30 updates/s", updates: 30 },
  { title: "60 updates/s", updates: 60 },
];

/** @returns {Position} */
export const newPosition = () => ({
  frame: 0,
  operation: -1,
  passedFault: false,
  hold: null,
  target: null,
  opening: false,
});

/** @param {Recording} recording */
export const lastFrame = ({ about }) => about.known;

/** The last operation of a frame; the last pass has no update. @param {Recording} recording @param {number} frame */
export function lastOperation({ about }, frame) {
  const last = about.operations.length - 1;
  return frame === about.last ? last - 1 : last;
}

/** @param {Recording} recording @param {Position} position */
export const isAtEnd = (recording, { frame, operation }) =>
  frame === recording.about.last && operation >= lastOperation(recording, frame);

/** Whether the numbers at a place are computed by now. @param {{operation: number}} position @param {Place} place */
export const isKnown = (position, place) => place.block.known <= position.operation;

/** The operation at work: none before the first, and none while the first pass stands there whole.
 * @param {Recording} recording @param {Pick<Position, "operation" | "opening">} position */
export const operationAt = ({ about }, { operation, opening }) => (opening ? undefined : about.operations[operation]);

/** The number of an operation such as "delta.3"; −1 for the start.
 * @param {Recording} recording @param {string} name */
export const operationNumber = ({ about }, name) => about.operations.findIndex((o) => operationName(o) === name);

/** Whether the first fault is at or before the playhead. @param {Recording} recording @param {Position} position */
export function hasReachedFault({ about: { fault } }, { frame, operation }) {
  if (fault === null) return false;
  return frame > fault.update || (frame === fault.update && operation >= fault.operation);
}

/** Put the playhead at the nearest place that there is, but not beyond the hold. Where the update is
 * still being computed, it goes there later.
 * @param {Recording} recording @param {Position} position @param {number} frame @param {number} operation */
export function put(recording, position, frame, operation) {
  const wanted = { frame: Math.max(0, Math.min(frame, recording.about.last)), operation };
  const there = limit(recording, position, wanted) ?? wanted;
  position.target = there.frame > lastFrame(recording) ? there : null;
  position.frame = Math.min(there.frame, lastFrame(recording));
  position.operation = Math.max(-1, Math.min(there.operation, lastOperation(recording, position.frame)));
  position.passedFault = hasReachedFault(recording, position);
}

/** From now on the playhead may not pass this place; null lets it go anywhere.
 * @param {Position} position @param {Position["hold"]} limit */
export function setHold(position, limit) {
  position.hold = limit;
}

/** The hold, for a place that is beyond it. @param {Recording} recording @param {Position} position
 * @param {{frame: number, operation: number}} place */
function limit(recording, { hold }, place) {
  if (!hold) return null;
  const operation = operationNumber(recording, hold.operation);
  const isBeyond = place.frame > hold.update || (place.frame === hold.update && place.operation > operation);
  return isBeyond ? { frame: hold.update, operation } : null;
}

/** Whether the first pass stands there whole, because nothing has been pressed.
 * @param {Position} position @param {boolean} opening */
export function setOpening(position, opening) {
  position.opening = opening;
}

/** Move the playhead back to the hold if it has passed it; whether it had.
 * @param {Recording} recording @param {Position} position */
export function holdBack(recording, position) {
  const held = limit(recording, position, position);
  if (held) Object.assign(position, held);
  return held !== null;
}

/** One operation or one update on; whether to stop there: at the hold, at the end, and at the first
 * fault the first time. @param {Recording} recording @param {Position} position @param {Pace} pace */
export function advance(recording, position, pace) {
  const { fault } = recording.about;
  if (pace.updates) {
    if (position.frame < lastFrame(recording)) position.frame += 1;
    position.operation = lastOperation(recording, position.frame);
  } else if (position.operation < lastOperation(recording, position.frame)) position.operation += 1;
  else if (position.frame < lastFrame(recording)) {
    position.frame += 1;
    position.operation = 0;
  }
  if (holdBack(recording, position)) return true;
  if (fault && !position.passedFault && hasReachedFault(recording, position)) {
    position.passedFault = true;
    position.frame = fault.update;
    position.operation = fault.operation;
    return true;
  }
  return isAtEnd(recording, position);
}

/** Guided: the first update and the one that breaks operation by operation, the rest by updates.
 * @param {Recording} recording @param {Position} position @param {number} speed @returns {Pace} */
export function paceAt({ about }, { frame, operation, passedFault }, speed) {
  const { guided } = SPEEDS[speed];
  if (!guided) return SPEEDS[speed];
  const { fault, operations } = about;
  const next = operation >= operations.length - 1;
  if (frame === 0 && !next) return { operations: 3 * guided };
  if (fault && (frame === fault.update || (!passedFault && frame + 1 === fault.update && next)))
    return { operations: 2 * guided };
  return { updates: (fault && !passedFault ? 5 : 12) * guided };
}
