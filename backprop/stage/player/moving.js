// Moving the playhead, by a step or to a place.

import { paint } from "./painting.js";
import { lastFrame, lastOperation, operationNumber, put, setOpening } from "./position.js";
import { rest } from "./rest.js";

/** @import { Player } from "./player" */

/** @param {Player} player @param {number} frame @param {number} operation */
export function moveTo(player, frame, operation) {
  put(player.recording, player.position, frame, operation);
  setOpening(player.position, false);
  paint(player);
  rest(player);
}

/** More updates are there: the playhead goes on to where it was sent. @param {Player} player */
export function reachOn(player) {
  const { target } = player.position;
  if (target) moveTo(player, target.frame, target.operation);
}

/** @param {Player} player @param {number} by */
export function stepOperation(player, by) {
  const {
    recording,
    position: { frame, operation, opening },
  } = player;
  if (opening) return moveTo(player, 0, by > 0 ? 0 : -1);
  const next = operation + by;
  if (next < -1 && frame > 0) return moveTo(player, frame - 1, Infinity);
  const isDone = operation >= lastOperation(recording, frame) && frame < lastFrame(recording);
  return by > 0 && isDone ? moveTo(player, frame + 1, 0) : moveTo(player, frame, next);
}

/** From the start of an update, its end is what one looks at next. @param {Player} player */
const sameOperation = ({ position }) => (position.operation < 0 ? Infinity : position.operation);
/** @param {Player} player @param {number} by */
export const stepUpdate = (player, by) => moveTo(player, player.position.frame + by, sameOperation(player));
/** @param {Player} player @param {number} update */
export const toUpdate = (player, update) => moveTo(player, update, sameOperation(player));
/** @param {Player} player */
export const toStart = (player) => moveTo(player, 0, -1);
/** @param {Player} player */
export const toEnd = (player) => moveTo(player, Infinity, Infinity);

/** @param {Player} player */
export function toFault(player) {
  const { fault } = player.recording.about;
  if (fault) moveTo(player, fault.update, fault.operation);
}

/** To an update and an operation such as "delta.3".
 * @param {Player} player @param {{update: number, operation: string}} place */
export const toPlace = (player, { update, operation }) =>
  moveTo(player, update, operationNumber(player.recording, operation));
