// Gradient descent of all runners of an experiment from one start, recorded.
//
//     Wᵢ ← Wᵢ − α ∂J/∂Wᵢ,   bᵢ ← bᵢ − α ∂J/∂bᵢ

import { rounded } from "./formats.js";
import { allFinite, backward, forward, load, networkOf, outward } from "./passes.js";

/** @import { Network, Run, Training } from "./engine" */

/** At most so many updates more of every run, so that a long training can be given up between two
 * slices; true once all are there. @param {Training} training @param {number} updates */
export function trainFurther(training, updates) {
  const last = Math.min(training.updates + updates, training.experiment.updates);
  for (const run of training.runs) descend(training, run, last);
  training.updates = last;
  return last === training.experiment.updates;
}

/** The run of a runner. @param {Training} training @param {string} name */
export function runOf({ runs }, name) {
  const run = runs.find(({ runner }) => runner.name === name);
  if (run) return run;
  throw new RangeError(`The name must be one of ${runs.map(({ runner }) => runner.name).join(", ")}, got ${name}.`);
}

/** @param {Training} training @param {Run} run @param {number} last */
function descend(training, run, last) {
  run.network ??= begun(training, run);
  const { network } = run;
  for (let k = training.updates; k < last; k += 1) {
    outward(network);
    backward(network);
    move(network, training.alpha);
    if (run.faulty < 0 && !allFinite(network.row)) run.faulty = k;
    record(network, run, k + 1);
  }
  if (last === training.experiment.updates) run.network = null;
}

/** A network that stands where the training of a run does. @param {Training} training @param {Run} run */
function begun(training, run) {
  const network = networkOf(training, run);
  load(network, run.parameters, training.updates);
  record(network, run, training.updates);
  return network;
}

/** The numbers of the network, one update on. @param {Network} network @param {number} alpha */
function move({ row, gradient, format }, alpha) {
  if (format === 0) for (let n = 0; n < row.length; n += 1) row[n] -= alpha * gradient[n];
  else for (let n = 0; n < row.length; n += 1) row[n] = rounded(row[n] - rounded(alpha * gradient[n], format), format);
}

/** The numbers and h_L of update k, and whether it holds an h that is not finite.
 * @param {Network} network @param {Run} run @param {number} k */
function record(network, run, k) {
  const h = forward(network);
  keep(network.row, run.parameters, k);
  keep(h, run.hOut, k);
  if (run.faulty < 0 && !network.h.every(allFinite)) run.faulty = k;
}

/** @param {Float64Array} values @param {Float64Array} rows @param {number} k */
function keep(values, rows, k) {
  for (let n = 0, to = k * values.length; n < values.length; n += 1) rows[to + n] = values[n];
}
