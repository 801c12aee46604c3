// The cost of updates: as a form displays it, and as it truly is.

import { rounded } from "./formats.js";
import { FORMS, TRUE_COST, TRUE_FORM } from "./records.js";

/** @import { Costs, Run, Steps, Training } from "./engine" */

/** So many values of a step are computed at once. */
const VALUES_AT_ONCE = 4096;

/** Of some updates, or of all so far. @param {Training} training @param {Run} run @param {number[]} [only] @returns {Costs} */
export function costsOf(training, run, only) {
  const updates = only ?? [...Array(training.updates + 1).keys()];
  const { display, keepsSlope } = FORMS[run.runner.form];
  const { format } = training;
  const shown = averages(training, run, updates, display, format);
  if (!keepsSlope && format === 0 && display === TRUE_COST) return { shown, true: shown };
  return { shown, true: averages(training, run, updates, keepsSlope ? TRUE_FORM : TRUE_COST, 0) };
}

/** The sum over outputs and average over samples of what the last step makes; of a δ, half its square.
 * @param {Training} training @param {Run} run @param {number[]} updates @param {Steps} steps @param {number} f */
function averages({ samples, y }, { hOut, epsilon }, updates, { steps, run }, f) {
  const averages = new Float64Array(updates.length);
  const rows = Math.min(updates.length, Math.max(1, Math.floor(VALUES_AT_ONCE / y.length)));
  const out = new Float64Array(steps.length * rows * y.length);
  const isDelta = steps[steps.length - 1] === "delta";
  for (let first = 0; first < updates.length; first += rows) {
    const these = updates.slice(first, first + rows);
    const hs = new Float64Array(these.length * y.length);
    these.forEach((k, row) => {
      hs.set(hOut.subarray(k * y.length, (k + 1) * y.length), row * y.length);
    });
    run(hs, y, f, out, epsilon);
    const costs = out.subarray((steps.length - 1) * hs.length, steps.length * hs.length);
    if (isDelta) for (let n = 0; n < costs.length; n += 1) costs[n] = (costs[n] * costs[n]) / 2;
    for (let row = 0; row < these.length; row += 1)
      averages[first + row] = mean(costs, row * y.length, y.length, samples, f);
  }
  return averages;
}

/** Sample by sample, in the format in which sums of f are taken, rounded once.
 * @param {Float64Array} costs @param {number} from @param {number} count @param {number} samples @param {number} f */
function mean(costs, from, count, samples, f) {
  const wide = Math.min(f, 1);
  let sum = 0;
  for (let s = from; s < from + samples; s += 1) {
    for (let n = s; n < from + count; n += samples) sum = rounded(sum + costs[n], wide);
  }
  return rounded(rounded(sum / samples, wide), f);
}
