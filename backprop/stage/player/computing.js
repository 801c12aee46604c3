// A recording that the page computes from an experiment, update by update, and packs when it is
// looked at. What takes long is computed in slices: first the shown runner, up to the playhead.

import { marked } from "../../drawing/template.js";
import { digestOf } from "../engine/digest.js";
import { firstFault } from "../engine/faults.js";
import { layoutOf } from "../engine/layout.js";
import { packerOf } from "../engine/packing.js";
import { CARD } from "../engine/sentences.js";
import { begin } from "../engine/start.js";
import { runOf, trainFurther } from "../engine/training.js";
import { chartOf, faultAt } from "./curves.js";
import { orderOf, spokenOf } from "./library.js";
import { indexBlocks } from "./recording.js";
import { aheadOf, costFaultOf, faultCardOf, outcomeOf, spreadOf } from "./telling.js";

/** @import { Training } from "../engine/engine" */
/** @import { Computed, Experiment, Scene } from "../protocol" */
/** @import { About, Chart, Recording } from "./player" */

const SMALL = 1e6; // products of weights and sources; below, all runners are trained in one go
const AT_ONCE = 1e5; // of them, between two looks at the clock

/** Until all are trained. @param {Experiment} experiment @returns {Chart} */
const noChart = ({ updates }) => ({ last: updates, low: 0, high: 1, curves: [], summary: "training …" });

/** How much an update of an experiment is to train. @param {Experiment} experiment */
const effort = ({ sizes, bias, X, runners }) => layoutOf(sizes, bias).numbers * X.length * runners.length;

/** The recording of a scene, or in place of a `whole` one that of another experiment of the same shape,
 * with the chart of a moment ago.
 * @param {Scene} scene @param {Experiment} experiment @param {Recording | null} [whole] @param {Chart} [chart] @returns {Recording} */
export function computed(scene, experiment, whole = null, chart = noChart(experiment)) {
  const isSmall = effort(experiment) * experiment.updates <= SMALL;
  const training = begin(isSmall ? experiment : alone(experiment));
  const order = whole?.about.order ?? orderOf(experiment);
  return { whole, experiment, training, ...shownIn({ ...scene, order, chart }, experiment, training, whole) };
}

/** The same with another runner shown: of the same training, if that has all of them.
 * @param {Recording} recording @param {string} shown @returns {Recording} */
export function computedBy(recording, shown) {
  const experiment = { ...recording.experiment, shown };
  const training = hasAll(recording) ? recording.training : begin(alone(experiment));
  return { ...recording, experiment, training, ...shownIn(recording.about, experiment, training, recording) };
}

/** What is seen of a training; the places of channels are those of a recording with the same blocks.
 * @param {Scene & Pick<About, "chart" | "order">} scene @param {Experiment} experiment @param {Training} training @param {Recording | null} alike
 * @returns {Pick<Recording, "packer" | "frames" | "about" | "blocks" | "places" | "stripAt">} */
function shownIn(scene, experiment, training, alike) {
  const { shown, sample, updates, alpha } = experiment;
  const spoken = spokenOf(scene.library, experiment);
  const { blocks, places, stripAt } = alike?.about.blocks === spoken.blocks ? alike : indexBlocks(spoken);
  const run = runOf(training, shown);
  const packer = packerOf(training, run, sample);
  const about = {
    ...scene,
    ...spoken,
    known: 0,
    last: updates,
    fault: null,
    faultCard: "",
    spread: "",
    ahead: "",
    room: "",
    verdict: "",
    costFault: null,
    checked: false,
    disagrees: false,
    constants: { alpha, epsilon: run.epsilon },
    samples: training.samples,
    sample,
    striped: packer.striped,
  };
  return { packer, frames: new Map(), about, blocks, places, stripAt };
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
  const stretch = Math.max(1, Math.floor(AT_ONCE / effort(training.experiment)));
  while (training.updates < update) {
    trainFurther(training, Math.min(stretch, update - training.updates));
    if (performance.now() - began > ms) break;
  }
  return training.updates >= update;
}

/** The same for the recording, which then has those updates. @param {Recording} recording @param {number} update @param {number} ms */
export function reach({ training, about }, update, ms) {
  const isThere = trainUntil(training, update, ms);
  about.known = Math.max(about.known, training.updates);
  return isThere;
}

/** The same, with all that is said of the recording. @param {Recording} recording @param {number} update @param {number} ms */
export function computeUntil(recording, update, ms) {
  const { training } = recording;
  const isThere = reach(recording, update, ms);
  tellFaults(recording);
  if (isComplete(recording) && hasAll(recording)) learnAll(recording, training);
  return isThere;
}

/** What only a training of all runners tells: their curves, and what lies ahead. One that was trained
 * apart may be of a moment ago. @param {Recording} recording @param {Training} training */
export function learnAll({ about, experiment }, training) {
  about.chart = chartOf(training);
  if (training.experiment !== experiment || about.ahead) return;
  const run = runOf(training, experiment.shown);
  const outcome = outcomeOf(training, run);
  about.ahead = aheadOf(training, run, outcome);
  about.room = about.ahead.replace(outcome, CARD.room);
}

/** What there is to be said by now of what is not finite: of the first fault once, of the cost at the end.
 * @param {Recording} recording */
function tellFaults(recording) {
  const { training, about, experiment } = recording;
  const isDone = isComplete(recording);
  const run = runOf(training, experiment.shown);
  if (!isDone && (about.fault || run.faulty < 0)) return; // one on the last way but one is found on the next
  const place = firstFault(training, run);
  if (place && !about.fault) {
    about.fault = faultAt(recording, place);
    about.faultCard = faultCardOf(experiment, training, run, place);
    about.spread = spreadOf(training, run, place.update);
  }
  if (isDone) about.costFault ??= costFaultOf(training, run, place);
}

/** Whether Python has computed other numbers for a recording, found out once. Then the page must say so:
 * neither can be trusted.
 * @param {Recording} recording @param {Computed} computed */
export function disagrees({ about, whole, training, experiment }, { token, digest }) {
  if (whole || !digest || about.checked || token !== about.view.token || training.updates < about.last) return false;
  const own = digestOf(training, runOf(training, experiment.shown));
  Object.assign(about, { checked: true, disagrees: own !== digest });
  if (about.disagrees) console.error(`The page computed ${own}, the server ${digest}: ${JSON.stringify(experiment)}`);
  return about.disagrees;
}

/** Python's verdict stands in place of what the page has counted itself; whether it is new.
 * @param {Recording} recording @param {Computed} computed */
export function learnVerdict({ about, whole, training, experiment }, { token, verdict }) {
  if (whole || !verdict || token !== about.view.token || verdict === about.verdict) return false;
  about.verdict = verdict;
  about.ahead = aheadOf(training, runOf(training, experiment.shown), marked(verdict));
  return true;
}

/** Whether all updates of the shown runner are there. @param {Recording} recording */
export const isComplete = ({ training, experiment }) => training.updates === experiment.updates;
/** Whether all runners are trained with the shown one. @param {Recording} recording */
export const hasAll = ({ training, experiment }) => training.runs.length === experiment.runners.length;
