// Where the hand is: while a widget is moved or an input is dragged, the page computes what the stage
// shows, until Python's scene, which has the same bits, takes its place. The shown update comes
// first; what takes longer than a frame, the other updates and the curves, follows in slices.

import { begin } from "../engine/start.js";
import { computed, computeUntil, hasAll, isComplete, learnAll, trainUntil } from "./computing.js";
import { paintFault } from "./fault.js";
import { fit } from "./fitting.js";
import { load } from "./loading.js";
import { moved } from "./moves.js";
import { moveTo, reachOn } from "./moving.js";
import { paint } from "./painting.js";
import { drawChart } from "./plot.js";
import { layStatus, paintStatus } from "./status.js";

/** @import { Moves } from "../protocol" */
/** @import { Player, Recording } from "./player" */

const SHOWN_MS = 6; // of a frame, for what the stage shows
const CURVES_MS = 4; // of a frame, for the curves
const FIRST_MS = 30; // for a scene that has just come
const MOVING_MS = 100; // without a move, and the hand rests
const MOVING = 0.3; // so much of its time a frame has for what is not seen yet while a hand moves

/** @returns {Player["live"]} */
export const newLive = () => ({ moves: {}, dragged: {}, next: null, curves: null, timer: 0, home: null, moved: 0 });

/** Widgets have moved, or have gone back. @param {Player} player @param {Moves} moves */
export function followWidgets(player, moves) {
  const { live, recording } = player;
  const isNothingNew = !live.next && !recording.whole && !Object.keys(moves).length;
  live.moves = moves;
  if (!isNothingNew) follow(player);
}

/** A sample is chosen, or inputs of it are dragged.
 * @param {Player} player @param {number} sample @param {{input: number, value: number}[]} inputs */
export function followSample(player, sample, inputs) {
  const cells = inputs.map(({ input, value }) => [`exact.cell.${sample}.${input}`, String(value)]);
  player.live.dragged = { sample: sample + 1, ...Object.fromEntries(cells) };
  follow(player);
}

/** A weight or a bias of the start is typed; null if it is not to be.
 * @param {Player} player @param {string} name @param {number | null} value */
export function followWeight(player, name, value) {
  player.live.dragged = value === null ? {} : { [`weight.${name}`]: value };
  follow(player);
}

/** A recording has come; whatever widgets say beyond it they say anew.
 * @param {Player} player @param {Recording} recording */
export function arrive(player, recording) {
  player.live.moves = {};
  enter(player, recording);
}

/** A recording has come, or returns: what the hand does beyond it begins anew.
 * @param {Player} player @param {Recording} recording */
export function enter(player, recording) {
  player.live.dragged = {};
  player.live.next = null;
  player.live.home = null;
  computeUntil(recording, recording.about.last, hasAll(recording) ? Infinity : FIRST_MS);
  load(player, recording);
  workSoon(player);
}

/** @param {Player} player */
function follow(player) {
  const { live, recording } = player;
  const whole = recording.whole ?? recording;
  const wanted = moved(whole.experiment, { ...live.moves, ...live.dragged });
  try {
    live.next = wanted && computed(whole.about, wanted, whole, recording.about.chart);
  } catch (error) {
    if (error instanceof RangeError) return; // such as a number that the format cannot hold: Python says so
    throw error;
  }
  live.moved = performance.now();
  if (!wanted && recording.whole) goBack(player, recording.whole);
  else if (live.next) show(player, live.next); // in this very frame
  workSoon(player);
}

/** Nothing is meant any more; nor is the playhead where fewer updates had put it.
 * @param {Player} player @param {Recording} whole */
function goBack(player, whole) {
  const { home } = player.live;
  enter(player, whole);
  if (home) moveTo(player, home.frame, home.operation);
}

/** @param {Player} player */
function workSoon(player) {
  player.live.timer ||= requestAnimationFrame(() => work(player));
}

/** One frame's work. @param {Player} player */
function work(player) {
  const { live } = player;
  live.timer = 0;
  const share = performance.now() - live.moved < MOVING_MS ? MOVING : 1;
  if (live.next) show(player, live.next);
  else if (!isComplete(player.recording)) {
    const isThere = computeUntil(player.recording, player.recording.about.last, SHOWN_MS * share);
    reachOn(player);
    if (isThere) retell(player);
  }
  const curvesAreThere = workOnCurves(player, CURVES_MS * share);
  if (live.next || !isComplete(player.recording) || !curvesAreThere) workSoon(player);
}

/** Put what is wanted next on the stage, once the shown update is computed. @param {Player} player @param {Recording} next */
function show(player, next) {
  const { live, position } = player;
  const near = Math.min((position.target?.frame ?? position.frame) + 1, next.about.last);
  if (!computeUntil(next, near, SHOWN_MS)) return;
  live.next = null;
  if (next.about.last <= position.frame) live.home ??= { frame: position.frame, operation: position.operation };
  load(player, next);
}

/** More is known of the recording than when it was put on the stage. @param {Player} player */
function retell(player) {
  layStatus(player);
  if (!player.recording.whole && fit(player)) paint(player); // more may have to be said
  drawChart(player);
  paintStatus(player);
  paintFault(player);
}

/** The curves of all runners, where these are not trained with the shown one; whether they are drawn.
 * @param {Player} player @param {number} ms for them */
function workOnCurves(player, ms) {
  const { live, recording } = player;
  if (hasAll(recording)) {
    live.curves = null;
    return isComplete(recording);
  }
  live.curves ??= { of: recording.experiment, training: begin(recording.experiment), isDone: false };
  const { curves } = live;
  if (!curves.isDone && trainUntil(curves.training, curves.of.updates, ms)) {
    curves.isDone = true;
    learnAll(recording, curves.training);
    retell(player);
  }
  if (curves.isDone && curves.of !== recording.experiment) live.curves = null;
  return curves.isDone && live.curves !== null;
}
