// The code of a value's colour, from 0 to 254; palette.py has the scales and says what they mean.

import { exp, log } from "./elementary.js";
import { COLOUR_STEPS, DECADES, LEAST_SHARE, REACHES } from "./tables.js";

/** @import { Kind } from "../protocol" */

const MIDDLE_CODE = (COLOUR_STEPS - 1) / 2;
/** The shares of a scale at which a code goes over into the next. */
const SHARES = Float64Array.from({ length: MIDDLE_CODE - 1 }, (_, n) => (n + 1.5) / MIDDLE_CODE);
const DELTA_EDGES = SHARES.map((t) => (t <= LEAST_SHARE ? 0 : exp((t - 1) * (DECADES * log(10)))));
const EDGES = {
  signed: signedEdges(REACHES.signed),
  weight: signedEdges(REACHES.weight),
  h: signedEdges(REACHES.h),
  delta: DELTA_EDGES,
};

/** @param {number} reach */
function signedEdges(reach) {
  const full = log(reach + Math.sqrt(reach * reach + 1));
  return SHARES.map((t) => {
    const power = exp(t * full);
    return (power - 1 / power) / 2;
  });
}

/** @param {Kind} kind @param {number} value */
export function codeOf(kind, value) {
  return kind === "unit" ? unitCode(value) : signedCode(EDGES[kind], value);
}

/** @param {number} value */
function unitCode(value) {
  if (value === 0) return 0;
  if (value === 1) return COLOUR_STEPS - 1;
  const place = Math.min(value, 1) * (COLOUR_STEPS - 1);
  return place > 1 ? Math.min(toWhole(place), COLOUR_STEPS - 2) : 1; // also of NaN
}

/** The nearest whole number, of two the even one. @param {number} x from 0 to 2⁵¹ */
function toWhole(x) {
  return x + 2 ** 52 - 2 ** 52;
}

/** @param {Float64Array} edges @param {number} value */
function signedCode(edges, value) {
  const size = Math.abs(value);
  if (!(size > 0)) return MIDDLE_CODE;
  let [low, high] = [0, edges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edges[middle] <= size) low = middle + 1;
    else high = middle;
  }
  return value > 0 ? MIDDLE_CODE + low + 1 : MIDDLE_CODE - low - 1;
}
