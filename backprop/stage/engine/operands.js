// What went into a fault: the values of the steps at its place, or the products of its sum.

import { costsOf } from "./costs.js";
import { widthOf } from "./layout.js";
import { passesOf } from "./passes.js";
import { FORMS } from "./records.js";

/** @import { FaultPlace, FaultySteps, FaultySum, Network, Run, Steps, Training } from "./engine" */

/** Every step to δ_L, or to the displayed cost, at a place of the output, with what it starts from.
 * @param {Training} training @param {Run} run @param {FaultPlace} place @param {"delta" | "cost"} goal
 * @returns {FaultySteps} */
export function stepsAt(training, run, { update, unit, sample }, goal) {
  const at = (unit ?? 0) * training.samples + (sample ?? 0);
  const [h, y] = [run.hOut[update * training.y.length + at], training.y[at]];
  const form = FORMS[run.runner.form];
  const steps = goal === "delta" ? form : form.display;
  return { h, y, epsilon: run.epsilon, ...valuesAt(steps, h, y, training.format, run.epsilon) };
}

/** Named steps at one h and y, in format f, as ε is. @param {Steps} steps @param {number} h @param {number} y
 * @param {number} f @param {number} epsilon @returns {Record<string, number>} */
export function valuesAt({ steps, run }, h, y, f, epsilon) {
  const out = new Float64Array(steps.length);
  run(Float64Array.of(h), Float64Array.of(y), f, out, epsilon);
  return Object.fromEntries(steps.map((name, k) => [name, out[k]]));
}

/** The sum that is not finite at a place, by its operation.
 * @param {Training} training @param {Run} run @param {FaultPlace} place @returns {FaultySum} */
export function sumAt(training, run, { update, layer: i, unit, sample, operation }) {
  const network = passesOf(training, run, update);
  const u = unit ?? 0;
  if (operation === "h") return sumOfH(network, i, u, sample ?? 0);
  if (operation === "weighted") return sumOfWeighted(network, i, u, sample ?? 0);
  if (operation === "update") return sumOfUpdate(training, run, network, update, i, u);
  if (operation === "cost") return sumOfCosts(training, run, update);
  return sumOfGradient(network, i, u);
}

/** @param {Network} network @param {number} i @param {number} u @param {number} s @returns {FaultySum} */
function sumOfH({ layout: { sizes, bias }, samples, W, z, h }, i, u, s) {
  const width = widthOf(sizes[i - 1], bias);
  const products = Array.from({ length: width }, (_, j) => {
    const weight = W[i - 1][u * width + j];
    return j === sizes[i - 1] ? [weight] : [weight, z[i - 1][j * samples + s]];
  });
  return { products, value: h[i - 1][u * samples + s], divisor: 1 };
}

/** @param {Network} network @param {number} i @param {number} u @param {number} s @returns {FaultySum} */
function sumOfWeighted({ layout: { sizes, bias }, samples, W, delta, weighted, slopes }, i, u, s) {
  const width = widthOf(sizes[i], bias);
  const products = Array.from({ length: sizes[i + 1] }, (_, v) => [W[i][v * width + u], delta[i][v * samples + s]]);
  const at = u * samples + s;
  const followed = { weighted: weighted[i - 1][at], slope: slopes[i - 1][at], delta: delta[i - 1][at] };
  return { products, value: followed.weighted, divisor: 1, followed };
}

/** ∂J/∂W, and then ∂J/∂b, of a unit: the first that is not finite.
 * @param {Network} network @param {number} i @param {number} u @returns {FaultySum} */
function sumOfGradient({ layout: { sizes, bias }, samples, dW, delta, z }, i, u) {
  const width = widthOf(sizes[i - 1], bias);
  const own = dW[i - 1].subarray(u * width, (u + 1) * width);
  const j = own.findIndex((value) => !Number.isFinite(value));
  const products = Array.from({ length: samples }, (_, s) => {
    const error = delta[i - 1][u * samples + s];
    return j === sizes[i - 1] ? [error] : [error, z[i - 1][j * samples + s]];
  });
  return { products, value: own[j], divisor: samples };
}

/** W − α ∂J/∂W, and then b − α ∂J/∂b, of a unit: the first that is not finite.
 * @param {Training} training @param {Run} run @param {Network} network @param {number} k @param {number} i @param {number} u
 * @returns {FaultySum} */
function sumOfUpdate({ layout, alpha }, { parameters }, { row, gradient }, k, i, u) {
  const width = widthOf(layout.sizes[i - 1], layout.bias);
  const from = layout.ends[i - 1] + u * width;
  const after = parameters.subarray((k + 1) * layout.numbers + from, (k + 1) * layout.numbers + from + width);
  const j = after.findIndex((value) => !Number.isFinite(value));
  const letter = j === layout.sizes[i - 1] ? "b" : "W";
  return { products: [[row[from + j]], [-alpha, gradient[from + j]]], value: after[j], divisor: 1, letter };
}

/** @param {Training} training @param {Run} run @param {number} update @returns {FaultySum} */
function sumOfCosts(training, run, update) {
  const { samples, layout } = training;
  const outputs = layout.sizes[layout.sizes.length - 1];
  const products = [];
  for (let sample = 0; sample < samples; sample += 1) {
    for (let unit = 0; unit < outputs; unit += 1) {
      const place = { update, layer: layout.sizes.length - 1, unit, sample, operation: "cost" };
      products.push([stepsAt(training, run, place, "cost").cost]);
    }
  }
  return { products, value: costsOf(training, run).shown[update], divisor: samples };
}
