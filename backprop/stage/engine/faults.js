// The first value that is not finite: where it is, and which operation made it.
//
// A pass is searched in the order in which it is shown (faults/__init__.py): h forward, the steps of
// δ_L, then the sums of δ, ∂J/∂W and ∂J/∂b layer by layer back to the input, then the update.

import { costsOf } from "./costs.js";
import { matricesOf, widthOf } from "./layout.js";
import { allFinite, passesOf } from "./passes.js";

/** @import { FaultPlace, Layout, Network, Run, Steps, Training } from "./engine" */

/** The first one on the way to an update; null if there is none.
 * @param {Training} training @param {Run} run @returns {FaultPlace | null} */
export function firstFault(training, run) {
  const update = run.faulty < 0 ? training.updates : run.faulty;
  const network = passesOf(training, run, update);
  if (run.faulty < 0 && allFinite(network.gradient)) return null;
  const { layout } = training;
  const after = run.parameters.subarray((update + 1) * layout.numbers, (update + 2) * layout.numbers);
  const found = inPasses(network) ?? inNumbers(layout, after, ["update", "update"]);
  if (found) return { update, ...found };
  throw new Error("A fault was announced, but every value of its update is finite.");
}

/** The first displayed cost that is not finite, at the sample that has it; null if all are finite.
 * @param {Training} training @param {Run} run @returns {FaultPlace | null} */
export function firstCostFault(training, run) {
  const update = costsOf(training, run).shown.findIndex((cost) => !Number.isFinite(cost));
  if (update < 0) return null;
  const { h: hs, form } = passesOf(training, run, update);
  const h = hs[hs.length - 1];
  const { display } = form;
  const steps = new Float64Array(display.steps.length * h.length);
  display.run(h, training.y, training.format, steps, run.epsilon);
  const costs = steps.slice(steps.length - h.length);
  for (let n = 0; n < h.length; n += 1) if (!Number.isFinite(h[n])) costs[n] = 0; // h is to blame
  const layer = training.layout.sizes.length - 1;
  const place = firstBad(costs, training.samples);
  if (place) return { update, layer, ...place, operation: stepAt(display, steps, place, training.samples) };
  if (!allFinite(h)) return firstFault(training, run);
  return { update, layer, unit: null, sample: null, operation: "cost" };
}

/** @param {Network} network @returns {Omit<FaultPlace, "update"> | null} */
function inPasses({ layout, samples, h, weighted, delta, gradient, form, output }) {
  const L = h.length;
  for (let i = 1; i <= L; i += 1) {
    const place = firstBad(h[i - 1], samples);
    if (place) return { layer: i, ...place, operation: "h" };
  }
  const place = firstBad(delta[L - 1], samples);
  if (place) return { layer: L, ...place, operation: stepAt(form, output, place, samples) };
  for (let i = L; i >= 1; i -= 1) {
    const place = i < L ? firstBad(weighted[i - 1], samples) : null;
    if (place) return { layer: i, ...place, operation: "weighted" };
    const found = inNumbers(layout, gradient, ["dW", "db"], i, i);
    if (found) return found;
  }
  return null;
}

/** The first of the numbers that is not finite, of each layer the weights before the biases.
 * @param {Layout} layout @param {Float64Array} row @param {[weight: string, bias: string]} operations
 * @returns {Omit<FaultPlace, "update"> | null} */
function inNumbers(layout, row, operations, first = 1, last = layout.sizes.length - 1) {
  for (let i = first; i <= last; i += 1) {
    const sources = layout.sizes[i - 1];
    const width = widthOf(sources, layout.bias);
    const matrix = matricesOf(layout, row)[i - 1];
    for (const isBias of [false, true]) {
      const at = matrix.findIndex((value, n) => !Number.isFinite(value) && (n % width === sources) === isBias);
      if (at >= 0)
        return { layer: i, unit: Math.floor(at / width), sample: null, operation: operations[Number(isBias)] };
    }
  }
  return null;
}

/** The first value that is not finite, sample by sample. @param {Float64Array} values (units, samples) @param {number} samples */
function firstBad(values, samples) {
  for (let sample = 0; sample < samples; sample += 1) {
    for (let unit = 0; unit * samples < values.length; unit += 1) {
      if (!Number.isFinite(values[unit * samples + sample])) return { unit, sample };
    }
  }
  return null;
}

/** The first step that is not finite there.
 * @param {Steps} steps @param {Float64Array} values @param {{unit: number, sample: number}} place @param {number} samples */
function stepAt({ steps }, values, { unit, sample }, samples) {
  const count = values.length / steps.length;
  return steps[steps.findIndex((_, k) => !Number.isFinite(values[k * count + unit * samples + sample]))];
}
