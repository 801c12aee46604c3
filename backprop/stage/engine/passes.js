// Both passes, forward and backward; passes.py has the formulas.
//
// Samples are columns, and a bias is the weight of one more source that is always 1, so that each
// layer has three sums of products:  h = [W b] [z; 1],   Wᵀ δ   and   δ [z; 1]ᵀ / samples.

import { roundAll, rounded } from "./formats.js";
import { matricesOf, widthOf } from "./layout.js";
import { ACTIVATIONS, FORMS } from "./records.js";
import { contract } from "./sums.js";

/** @import { Network, Run, Training } from "./engine" */

/** Room for the passes of a run.
 * @param {Pick<Training, "experiment" | "layout" | "samples" | "format" | "X" | "y">} training
 * @param {Pick<Run, "runner" | "epsilon">} run @returns {Network} */
export function networkOf({ experiment, layout, samples, format, X, y }, { runner, epsilon }) {
  const { sizes, bias } = layout;
  const form = FORMS[runner.form];
  const row = new Float64Array(layout.numbers);
  const gradient = new Float64Array(layout.numbers);
  const values = (/** @type {number} */ n) => new Float64Array(n * samples);
  const hidden = sizes.slice(1, -1);
  const z = [sizes[0], ...hidden].map((n) => values(widthOf(n, bias)).fill(1));
  z[0].set(X);
  const output = new Float64Array(form.steps.length * y.length);
  return {
    layout,
    samples,
    format,
    activation: ACTIVATIONS[experiment.hidden],
    row,
    gradient,
    W: matricesOf(layout, row),
    dW: matricesOf(layout, gradient),
    z,
    h: sizes.slice(1).map(values),
    slopes: hidden.map(values),
    weighted: hidden.map(values),
    delta: [...hidden.map(values), output.subarray(output.length - y.length)],
    form,
    epsilon,
    y,
    output,
  };
}

/** Both passes of update k, into the network. @param {Network} network @param {Run} run @param {number} k */
export function passesAt(network, { parameters }, k) {
  load(network, parameters, k);
  forward(network);
  outward(network);
  backward(network);
}

/** @type {WeakMap<Run, Network>} */
const ROOMS = new WeakMap();

/** Both passes of update k, until those of another one of this run are asked for.
 * @param {Training} training @param {Run} run @param {number} k */
export function passesOf(training, run, k) {
  const network = ROOMS.get(run) ?? networkOf(training, run);
  ROOMS.set(run, network);
  passesAt(network, run, k);
  return network;
}

/** @param {Network} network @param {Float64Array} parameters @param {number} k */
export function load({ row }, parameters, k) {
  for (let n = 0, from = k * row.length; n < row.length; n += 1) row[n] = parameters[from + n];
}

/** δ_L and the steps to it, from h_L. @param {Network} network */
export function outward({ form, h, y, format, output, epsilon }) {
  form.run(h[h.length - 1], y, format, output, epsilon);
}

/** h_L, by the recursion from z₀ up. @param {Network} network */
export function forward({ layout: { sizes, bias }, samples, format, activation, W, z, h, slopes }) {
  for (let i = 0; i < h.length; i += 1) {
    const width = widthOf(sizes[i], bias);
    contract(h[i], sizes[i + 1], samples, width, W[i], width, 1, z[i], 1, samples, format > 0);
    if (format > 1) roundAll(h[i], format);
    if (i === slopes.length) break;
    if (format) activation.compute(h[i], z[i + 1], slopes[i], format);
    else activation.computeDoubles(h[i], z[i + 1], slopes[i]);
  }
  return h[h.length - 1];
}

/** From δ_L, which is there already, the gradients of the averaged cost. @param {Network} network */
export function backward({ layout: { sizes, bias }, samples, format, W, dW, gradient, z, slopes, weighted, delta }) {
  for (let i = weighted.length - 1; i >= 0; i -= 1) {
    const width = widthOf(sizes[i + 1], bias);
    contract(
      weighted[i],
      sizes[i + 1],
      samples,
      sizes[i + 2],
      W[i + 1],
      1,
      width,
      delta[i + 1],
      1,
      samples,
      format > 0,
    );
    if (format > 1) roundAll(weighted[i], format);
    multiply(weighted[i], slopes[i], delta[i], format);
  }
  for (let i = 0; i < dW.length; i += 1) {
    const width = widthOf(sizes[i], bias);
    contract(dW[i], sizes[i + 1], width, samples, delta[i], samples, 1, z[i], samples, 1, format > 0);
  }
  divideAll(gradient, samples, format);
}

/** @param {Float64Array} a @param {Float64Array} b @param {Float64Array} out @param {number} f */
function multiply(a, b, out, f) {
  if (f === 0) for (let n = 0; n < out.length; n += 1) out[n] = a[n] * b[n];
  else for (let n = 0; n < out.length; n += 1) out[n] = rounded(a[n] * b[n], f);
}

/** In the format in which sums of f are taken, float32 for the 16 bits. @param {Float64Array} sums @param {number} divisor @param {number} f */
function divideAll(sums, divisor, f) {
  const wide = Math.min(f, 1);
  if (f === 0) for (let n = 0; n < sums.length; n += 1) sums[n] /= divisor;
  else for (let n = 0; n < sums.length; n += 1) sums[n] = rounded(rounded(sums[n] / divisor, wide), f);
}

/** @param {Float64Array} values */
export function allFinite(values) {
  for (let n = 0; n < values.length; n += 1) if (!Number.isFinite(values[n])) return false;
  return true;
}
