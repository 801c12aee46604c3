// The cost of every update: as a form displays it, and as it truly is.

import { rounded } from "./formats.js";
import { FORMS, TRUE_COST, TRUE_FORM } from "./records.js";

/** @import { Costs, Run, Steps, Training } from "./engine" */

/** So many values of a step are computed at once. */
const AT_ONCE = 4096;

/** @param {Training} training @param {Run} run @returns {Costs} */
export function costsOf(training, run) {
  const form = FORMS[run.runner.form];
  const shown = averages(training, run, form.display, training.format, (cost) => cost);
  if (form.keepsSlope) return { shown, true: averages(training, run, TRUE_FORM, 0, (delta) => (delta * delta) / 2) };
  const same = training.format === 0 && form.display === TRUE_COST;
  return { shown, true: same ? shown : averages(training, run, TRUE_COST, 0, (cost) => cost) };
}

/** Of every update the sum over outputs and average over samples of what the last step makes.
 * @param {Training} training @param {Run} run @param {Steps} steps @param {number} f @param {(value: number) => number} cost */
function averages({ updates, samples, y }, { hOut, epsilon }, { steps, run }, f, cost) {
  const outputs = y.length / samples;
  const wide = Math.min(f, 1); // sums of 16 bits are taken, and divided, in float32
  const averages = new Float64Array(updates + 1);
  const rows = Math.max(1, Math.floor(AT_ONCE / y.length));
  const out = new Float64Array(steps.length * rows * y.length);
  for (let first = 0; first <= updates; first += rows) {
    const hs = hOut.subarray(first * y.length, Math.min(first + rows, updates + 1) * y.length);
    run(hs, y, f, out, epsilon);
    const last = (steps.length - 1) * hs.length;
    for (let at = 0; at < hs.length; at += y.length) {
      let sum = 0;
      for (let s = 0; s < samples; s += 1) {
        for (let u = 0; u < outputs; u += 1) sum = rounded(sum + cost(out[last + at + u * samples + s]), wide);
      }
      averages[first + at / y.length] = rounded(rounded(sum / samples, wide), f);
    }
  }
  return averages;
}
