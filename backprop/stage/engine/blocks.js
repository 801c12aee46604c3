// What a frame is made of: blocks of channels in their order, each read from where it was computed.

import { isDead, isWrong, trueErrors } from "./dead.js";
import { rounded } from "./formats.js";
import { widthOf } from "./layout.js";
import { ACTIVATIONS } from "./records.js";

/** @import { Block, Network, Shown } from "./engine" */
/** @import { Kind } from "../protocol" */

const [PLAIN, SATURATED, DEAD] = [0, 1, 2];
const plain = () => PLAIN;

/** Room for what is computed of the shown sample alone. @param {Network} network @returns {Shown} */
export function roomOf({ layout: { sizes }, y, samples, form: { display } }) {
  const outputs = y.length / samples;
  return {
    h: new Float64Array(outputs),
    y: new Float64Array(outputs),
    products: sizes.slice(1).map((n, i) => new Float64Array(n * sizes[i])),
    costs: new Float64Array(display.steps.length * outputs),
    errors: new Float64Array(outputs),
    trueDelta: new Float64Array(outputs),
    averages: new Float64Array(2),
    wrong: false,
  };
}

/** Fill it from passes that have been computed. @param {Shown} shown @param {Network} network @param {number} sample */
export function show(shown, { layout: { sizes }, h, z, delta, y, samples, format, form, epsilon }, sample) {
  const L = h.length;
  for (let u = 0; u < shown.h.length; u += 1) {
    shown.h[u] = h[L - 1][u * samples + sample];
    shown.y[u] = y[u * samples + sample];
  }
  form.display.run(shown.h, shown.y, format, shown.costs, epsilon);
  shown.errors.set(trueErrors(shown.h, shown.y));
  shown.wrong = shown.errors.some(isWrong);
  shown.trueDelta.set(shown.errors);
  if (form.keepsSlope) {
    const slopes = new Float64Array(shown.h.length);
    ACTIVATIONS.sigmoid.computeDoubles(shown.h, slopes.slice(), slopes);
    for (let u = 0; u < slopes.length; u += 1) shown.trueDelta[u] *= slopes[u];
  }
  for (let i = 0; i < L; i += 1) {
    for (let u = 0, n = 0; u < sizes[i + 1]; u += 1) {
      for (let j = 0; j < sizes[i]; j += 1, n += 1) {
        shown.products[i][n] = rounded(delta[i][u * samples + sample] * z[i][j * samples + sample], format);
      }
    }
  }
}

/** @param {Network} network @param {Shown} shown @param {number} sample @returns {Block[]} */
export function blocksOf(network, shown, sample) {
  const { layout, samples, activation, W, dW, z, h, slopes, weighted, delta, form, output } = network;
  const { sizes, bias } = layout;
  const L = h.length;
  const outputs = sizes[L];
  /** @type {Block[]} */
  const blocks = [];
  /** A number of each unit, `step` apart. @type {(kind: Kind, from: Float64Array, rows: number, start?: number, step?: number, stateOf?: Block["stateOf"]) => void} */
  const add = (kind, from, rows, start = 0, rowStep = 1, stateOf = plain) =>
    blocks.push({ kind, from, start, rows, rowStep, columns: 1, columnStep: 0, stateOf });
  /** Of each unit a number for each source, or its bias. @type {(kind: Kind, i: number, matrix: Float64Array) => void} */
  const addMatrix = (kind, i, from) => {
    const [rowStep, columns] = [widthOf(sizes[i - 1], bias), sizes[i - 1]];
    blocks.push({ kind, from, start: 0, rows: sizes[i], rowStep, columns, columnStep: 1, stateOf: plain });
    if (bias) add(kind, from, sizes[i], columns, rowStep);
  };
  const zStep = form.steps.indexOf("z") * outputs * samples;
  add("signed", z[0], sizes[0], sample, samples);
  for (let i = 1; i <= L; i += 1) {
    const n = sizes[i];
    addMatrix("weight", i, W[i - 1]);
    add("h", h[i - 1], n, sample, samples);
    if (i < L) {
      add(activation.colours, z[i], n, sample, samples, saturated(activation.ends));
      add("unit", slopes[i - 1], n, sample, samples);
      add("delta", weighted[i - 1], n, sample, samples);
      add("delta", delta[i - 1], n, sample, samples, (value) => (value === 0 && shown.wrong ? DEAD : PLAIN));
    } else {
      add("unit", output, n, zStep + sample, samples, saturated(ACTIVATIONS.sigmoid.ends));
      add("delta", delta[i - 1], n, sample, samples, (value, u) => (isDead(shown.errors[u], value) ? DEAD : PLAIN));
    }
    add("delta", shown.products[i - 1], n * sizes[i - 1]);
    addMatrix("delta", i, dW[i - 1]);
  }
  add("unit", shown.y, outputs);
  add("h", shown.h, outputs);
  form.steps.forEach((_, k) => {
    add("delta", output, outputs, k * outputs * samples + sample, samples);
  });
  add("delta", shown.costs, shown.costs.length);
  add("delta", shown.trueDelta, outputs);
  add("delta", shown.averages, 2);
  return blocks;
}

/** @param {number[]} ends @returns {Block["stateOf"]} */
const saturated = (ends) => (value) => (ends.includes(value) ? SATURATED : PLAIN);
