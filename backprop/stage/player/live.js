// Where the hand is: while a widget is moved or an input is dragged, the page's own engine computes
// what the stage shows, until Python's scene, which has the same bits, takes its place. The shown
// update comes first, a frame at a time; the curves and the fault follow when all runners are there.

import { pack } from "../engine/packing.js";
import { begin } from "../engine/start.js";
import { runOf, trainFurther } from "../engine/training.js";
import { chartOf, faultOf } from "./curves.js";
import { load } from "./loading.js";
import { moved } from "./moves.js";

/** @import { Experiment, Moves } from "../protocol" */
/** @import { Job, Player, Recording } from "./player" */

const SHOWN_MS = 6; // of a frame, for what the stage shows
const CURVES_MS = 4; // of a frame, for the curves
const AT_ONCE = 2e5; // products of a weight and a source between two looks at the clock

/** @returns {Player["live"]} */
export const newLive = () => ({ moves: {}, dragged: {}, wanted: null, shown: null, all: null, timer: 0 });

/** Widgets have moved, or have gone back. @param {Player} player @param {Moves} moves */
export function followWidgets(player, moves) {
  player.live.moves = moves;
  follow(player);
}

/** An input is dragged. @param {Player} player @param {number} input @param {number} value */
export function followInput(player, input, value) {
  player.live.dragged = { [`x${input}`]: value };
  follow(player);
}

/** A whole scene is on the stage: what the hand does beyond it begins anew. @param {Player} player */
export function followOn(player) {
  player.live.dragged = {};
  player.live.shown = player.live.all = null;
  follow(player);
}

/** @param {Player} player */
function follow(player) {
  const { live, recording } = player;
  const { experiment } = recording.about;
  live.wanted = experiment && moved(experiment, { ...live.moves, ...live.dragged });
  if (live.wanted) live.timer ||= requestAnimationFrame(() => step(player));
  else {
    live.shown = live.all = null;
    if (recording.whole) load(player, recording.whole);
  }
}

/** One frame's work. @param {Player} player */
function step(player) {
  const { live, position, recording } = player;
  const { wanted } = live;
  live.timer = 0;
  if (!wanted) return;
  if (live.shown?.of !== wanted) live.shown = job(wanted, { ...wanted, runners: wanted.runners.filter(isShown, wanted) });
  if (!live.all || (live.all.done && live.all.of !== wanted)) live.all = job(wanted, wanted);
  const { shown, all } = live;
  const near = Math.min(recording.about.updates[position.frame] + 1, wanted.updates);
  const news = workOn(shown, near, SHOWN_MS);
  const more = shown.done && workOn(all, all.of.updates, CURVES_MS);
  if (news || more) load(player, glimpseOf(player, shown, all));
  if (!shown.done || !all.done || all.of !== wanted) live.timer = requestAnimationFrame(() => step(player));
}

/** @this {Experiment} @param {Experiment["runners"][number]} runner */
function isShown(runner) {
  return runner.name === this.shown;
}

/** @param {Experiment} of @param {Experiment} experiment @returns {Job} */
const job = (of, experiment) => ({ of, training: begin(experiment), done: false });

/** Train until `update`, or until the time is over; whether it has just come there.
 * @param {Job} work @param {number} update @param {number} ms */
function workOn(work, update, ms) {
  const { training } = work;
  if (work.done) return false;
  const began = performance.now();
  const each = training.layout.numbers * training.samples * training.runs.length;
  const stretch = Math.max(1, Math.floor(AT_ONCE / each));
  while (training.updates < update && performance.now() - began < ms)
    trainFurther(training, Math.min(stretch, update - training.updates));
  work.done = training.updates >= update;
  return work.done;
}

/** The shown update as a recording, with the curves and the fault of the last moment that has them.
 * @param {Player} player @param {Job} shown @param {Job} all @returns {Recording} */
function glimpseOf({ recording, position }, { training }, all) {
  const { about } = recording;
  const { experiment } = training;
  const run = runOf(training, experiment.shown);
  const update = Math.min(about.updates[position.frame], training.updates);
  const packed = pack(training, run, experiment.sample, [update, update + 1].filter((k) => k <= training.updates));
  const { updates, values, codes, states, strips, striped } = packed;
  const told = all.done && typeof about.chart !== "string" ? { chart: chartOf(all.training, about.chart), fault: faultOf(all.training, recording) } : {};
  return {
    ...recording,
    whole: recording.whole ?? recording,
    about: {
      ...about,
      ...told,
      updates,
      last: experiment.updates,
      constants: { alpha: training.alpha, epsilon: run.epsilon },
      sample: experiment.sample,
      striped,
      view: { ...about.view, token: "" }, // no true value belongs to it
    },
    values,
    codes,
    states,
    strips,
  };
}
