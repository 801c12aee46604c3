// The cost of every update: as a form displays it, and as it truly is.

import { rounded } from "./formats.js";
import { FORMS, TRUE_COST, TRUE_FORM } from "./records.js";

/** @import { Costs, Run, Steps, Training } from "./engine" */

/** So many values of a step are computed at once. */
const AT_ONCE = 4096;

/** Of the updates `from` … `to`, or of all so far.
 * @param {Training} training @param {Run} run @returns {Costs} */
export function costsOf(training, run, from = 0, to = training.updates) {
  const form = FORMS[run.runner.form];
  const of = (/** @type {Steps} */ steps, /** @type {number} */ f, cost = (/** @type {number} */ value) => value) =>
    averages(training, run, steps, f, cost, from, to);
  const shown = of(form.display, training.format);
  if (form.keepsSlope) return { shown, true: of(TRUE_FORM, 0, (delta) => (delta * delta) / 2) };
  const same = training.format === 0 && form.display === TRUE_COST;
  return { shown, true: same ? shown : of(TRUE_COST, 0) };
}

/** Of each update the sum over outputs and average over samples of what the last step makes.
 * @param {Training} training @param {Run} run @param {Steps} steps @param {number} f
 * @param {(value: number) => number} cost @param {number} from @param {number} to */
function averages({ samples, y }, { hOut, epsilon }, { steps, run }, f, cost, from, to) {
  const outputs = y.length / samples;
  const wide = Math.min(f, 1); // sums of 16 bits are taken, and divided, in float32
  const averages = new Float64Array(to + 1 - from);
  const rows = Math.max(1, Math.min(to + 1 - from, Math.floor(AT_ONCE / y.length)));
  const out = new Float64Array(steps.length * rows * y.length);
  for (let first = from; first <= to; first += rows) {
    const hs = hOut.subarray(first * y.length, Math.min(first + rows, to + 1) * y.length);
    run(hs, y, f, out, epsilon);
    const last = (steps.length - 1) * hs.length;
    for (let at = 0; at < hs.length; at += y.length) {
      let sum = 0;
      for (let s = 0; s < samples; s += 1) {
        for (let u = 0; u < outputs; u += 1) sum = rounded(sum + cost(out[last + at + u * samples + s]), wide);
      }
      averages[first - from + at / y.length] = rounded(rounded(sum / samples, wide), f);
    }
  }
  return averages;
}
