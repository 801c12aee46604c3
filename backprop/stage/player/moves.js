// What a moved widget or a dragged input makes of an experiment.

import { typedNumber } from "../../drawing/digits.js";

/** @import { Experiment, ExperimentRunner, Moves, Word } from "../protocol" */

/** By what a widget sets. One that changes the shape of the network is not here.
 * @type {Record<string, (experiment: Experiment, value: never) => Experiment | null>} */
const SETS = {
  scale: (experiment, /** @type {number} */ scale) => ({ ...experiment, scale }),
  output_bias: (experiment, /** @type {number} */ outputBias) => ({ ...experiment, outputBias }),
  zero_biases: (experiment, /** @type {boolean} */ zeroBiases) => ({ ...experiment, zeroBiases }),
  learning_rate: (experiment, /** @type {number} */ alpha) => ({ ...experiment, alpha }),
  updates: (experiment, /** @type {number} */ updates) => ({ ...experiment, updates }),
  sample: (experiment, /** @type {number} */ sample) => ({ ...experiment, sample: sample - 1 }),
  epsilon: (experiment, /** @type {number} */ epsilon) => ({
    ...experiment,
    runners: experiment.runners.map((runner) => ({ ...runner, epsilon })),
  }),
  clamp: (experiment, /** @type {string} */ form) => ({
    ...experiment,
    runners: experiment.runners.map((runner) => (isClamped(runner) ? { ...runner, form } : runner)),
  }),
  derivative: (experiment, /** @type {string} */ shown) =>
    experiment.runners.some(({ name }) => name === shown) ? { ...experiment, shown } : null,
  format: (experiment, /** @type {string} */ format) => ({ ...experiment, format }),
};

/** Whether ε stands somewhere in its form, of which there are several. @param {ExperimentRunner} runner */
const isClamped = ({ name, form }) => name !== form;

/** The typed fields, by what they are called in the sidebar's list of exact values. */
const TYPED = /^exact\.(?:(scale|output_bias|learning_rate|updates|epsilon)|cell\.(\d+)\.(\d+))$/;
/** A weight or bias of the start, as in "weight.W1.0.2". */
const WEIGHT = /^weight\.(.+)$/;
/** The inputs and targets of the shown sample. */
const CELL = /^([xy])(\d+)$/;

/** The experiment as the moves make it; null if nothing of it is moved.
 * @param {Experiment} experiment @param {Moves} moves @returns {Experiment | null} */
export function moved(experiment, moves) {
  let changed = experiment;
  for (const [name, value] of Object.entries(moves)) changed = setOne(changed, experiment, name, value) ?? changed;
  return changed === experiment ? null : changed;
}

/** @param {Experiment} now @param {Experiment} base @param {string} name @param {Word} value
 * @returns {Experiment | null | undefined} */
function setOne(now, base, name, value) {
  const inputs = base.sizes[0];
  const cell = CELL.exec(name);
  if (cell) return setCell(now, base.sample, Number(cell[2]) + (cell[1] === "y" ? inputs : 0), Number(value));
  const weight = WEIGHT.exec(name);
  if (weight) return setWeight(now, weight[1], Number(value));
  const typed = TYPED.exec(name);
  if (!typed) return SETS[name]?.(now, /** @type {never} */ (value));
  const number = typedNumber(String(value));
  if (number === null) return null;
  return typed[1]
    ? SETS[typed[1]](now, /** @type {never} */ (number))
    : setCell(now, Number(typed[2]), Number(typed[3]), number);
}

/** @param {Experiment} experiment @param {string} name @param {number} value @returns {Experiment} */
function setWeight(experiment, name, value) {
  const others = experiment.weights.filter(([other]) => other !== name);
  return { ...experiment, weights: [...others, [name, value]] };
}

/** A sample's inputs and targets as they are now. @param {Experiment} experiment @param {number} sample */
export function rowOf({ X, y, edits }, sample) {
  return edits.find(([index]) => index === sample)?.[1] ?? [...X[sample], ...y[sample]];
}

/** @param {Experiment} experiment @param {number} sample @param {number} column @param {number} value */
function setCell(experiment, sample, column, value) {
  const row = [...rowOf(experiment, sample)];
  row[column] = value;
  const others = experiment.edits.filter(([index]) => index !== sample);
  return { ...experiment, edits: /** @type {Experiment["edits"]} */ ([...others, [sample, row]]) };
}
