// The strip of a cell: one quantity of a unit for all samples, a segment each, as codes of colour.
//
// More samples than can be told apart share segments: each shows the one in its middle, and is marked
// as not finite where any of its samples is, so that no NaN is folded away.

import { codeOf } from "./colours.js";

/** @import { Network } from "./engine" */
/** @import { Kind } from "../protocol" */

const BAD_CODE = 255;
const MOST_SEGMENTS = 64; // so many can be told apart in a cell

/** How many segments the strips have; none where there is one sample. @param {number} samples */
export const segmentsOf = (samples) => (samples < 2 ? 0 : Math.min(samples, MOST_SEGMENTS));

/** Codes of h of all layers, then z, then δ. @param {Network} network @param {Uint8Array} strips (cells, count) @param {number} count */
export function fillStrips({ h, z, delta, form, output, y, activation, samples }, strips, count) {
  const firsts = Array.from({ length: count + 1 }, (_, g) => Math.floor((g * samples) / count));
  let at = 0;
  /** @param {Kind} kind @param {Float64Array} values */
  const add = (kind, values) => {
    for (let cell = 0; cell < values.length; cell += samples) {
      for (let g = 0; g < count; g += 1) {
        const middle = (firsts[g] + firsts[g + 1]) >> 1;
        strips[at++] = codeOf(kind, values[cell + middle]);
        for (let s = firsts[g]; s < firsts[g + 1]; s += 1) {
          if (!Number.isFinite(values[cell + s])) strips[at - 1] = BAD_CODE;
        }
      }
    }
  };
  for (const values of h) add("h", values);
  for (let i = 1; i < z.length; i += 1) add(activation.colours, z[i].subarray(0, h[i - 1].length));
  const zStep = form.steps.indexOf("z") * y.length;
  add("unit", output.subarray(zStep, zStep + y.length));
  for (const values of delta) add("delta", values);
}
