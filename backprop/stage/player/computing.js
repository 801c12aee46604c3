// A recording that the page computes from an experiment, update by update, and packs when it is
// looked at. What takes long is computed in slices: first the shown runner, up to the playhead.

import { firstFault } from "../engine/faults.js";
import { packerOf } from "../engine/packing.js";
import { begin } from "../engine/start.js";
import { runOf, trainFurther } from "../engine/training.js";
import { chartOf, faultAt } from "./curves.js";
import { indexBlocks } from "./recording.js";
import { aheadOf, costFaultOf, faultCardOf, spreadOf } from "./telling.js";

/** @import { Training } from "../engine/engine" */
/** @import { Experiment, Scene } from "../protocol" */
/** @import { Recording } from "./player" */

const SMALL = 1e6; // products of weights and sources; below, all runners are trained in one go
const AT_ONCE = 1e5; // of them, between two looks at the clock
const UNTOLD = { faultCard: "", spread: "", ahead: "", costFault: null }; // Python has told of another one

/** How much it is to train an experiment. @param {Training} training */
const effort = ({ layout, samples, runs }) => layout.numbers * samples * runs.length;

/** The recording of a scene, or in its place that of another experiment of the same shape.
 * @param {Scene} scene @param {Experiment} experiment @param {Recording | null} [whole] @returns {Recording} */
export function computed(scene, experiment, whole = null) {
  const all = begin(experiment);
  const training = effort(all) * experiment.updates > SMALL ? begin(alone(experiment)) : all;
  const run = runOf(training, experiment.shown);
  const packer = packerOf(training, run, experiment.sample);
  return {
    whole,
    experiment,
    training,
    packer,
    frames: new Map(),
    about: {
      ...scene,
      updates: [0],
      last: experiment.updates,
      fault: null,
      ...(whole ? UNTOLD : {}),
      constants: { alpha: experiment.alpha, epsilon: run.epsilon },
      samples: training.samples,
      sample: experiment.sample,
      striped: packer.striped,
    },
    ...(whole ? { blocks: whole.blocks, places: whole.places, stripAt: whole.stripAt } : indexBlocks(scene)),
  };
}

/** @param {Experiment} experiment @returns {Experiment} */
const alone = (experiment) => ({
  ...experiment,
  runners: experiment.runners.filter(({ name }) => name === experiment.shown),
});

/** Train until an update or for so long, in milliseconds; whether it came there.
 * @param {Training} training @param {number} update @param {number} ms */
export function trainUntil(training, update, ms) {
  const began = performance.now();
  const stretch = Math.max(1, Math.floor(AT_ONCE / effort(training)));
  while (training.updates < update) {
    trainFurther(training, Math.min(stretch, update - training.updates));
    if (performance.now() - began > ms) break;
  }
  return training.updates >= update;
}

/** The same for the recording, which then has those updates. @param {Recording} recording @param {number} update @param {number} ms */
export function computeUntil(recording, update, ms) {
  const { training, about } = recording;
  const isThere = trainUntil(training, update, ms);
  while (about.updates.length <= training.updates) about.updates.push(about.updates.length);
  tellFaults(recording);
  return isThere;
}

/** What there is to be said by now of what is not finite; of Python's scene Python has said it.
 * @param {Recording} recording */
function tellFaults(recording) {
  const { training, about, experiment, whole } = recording;
  const run = runOf(training, experiment.shown);
  const place = firstFault(training, run);
  if (place && !about.fault) {
    about.fault = faultAt(recording, place);
    if (whole) about.faultCard = faultCardOf(experiment, training, run, place);
    if (whole) about.spread = spreadOf(training, run, place.update);
  }
  if (!isComplete(recording)) return;
  if (whole) about.costFault = costFaultOf(training, run, place);
  if (hasAll(recording)) tellEnds(recording, training);
}

/** What only a training of all runners tells: their curves, and what lies ahead.
 * @param {Recording} recording @param {Training} training */
export function tellEnds({ about, experiment, whole }, training) {
  about.chart = chartOf(training, about.chart);
  const isOfThis = training.experiment === experiment; // curves may be those of a moment ago
  if (whole && isOfThis) about.ahead = aheadOf(training, runOf(training, experiment.shown));
}

/** Whether all updates of the shown runner are there. @param {Recording} recording */
export const isComplete = ({ training, experiment }) => training.updates === experiment.updates;
/** Whether all runners are trained with the shown one. @param {Recording} recording */
export const hasAll = ({ training, experiment }) => training.runs.length === experiment.runners.length;
