// The code of a value's colour, from 0 to 254; palette.py has the scales and says what they mean.

import { exp, log } from "./elementary.js";
import { DOUBLE, WORDS } from "./formats.js";
import { COLOUR_STEPS, DECADES, LEAST_SHARE, REACHES } from "./tables.js";

/** @import { Kind } from "../protocol" */

const MIDDLE_CODE = (COLOUR_STEPS - 1) / 2;
/** So many of the last bits of a high word do not choose where a search of an edge begins. */
const DROPPED = 17;
/** The shares of a scale at which a code goes over into the next. */
const SHARES = Float64Array.from({ length: MIDDLE_CODE - 1 }, (_, n) => (n + 1.5) / MIDDLE_CODE);
const SCALES = {
  signed: scaleOf(signedEdges(REACHES.signed)),
  weight: scaleOf(signedEdges(REACHES.weight)),
  h: scaleOf(signedEdges(REACHES.h)),
  delta: scaleOf(SHARES.map((t) => (t <= LEAST_SHARE ? 0 : exp((t - 1) * (DECADES * log(10)))))),
};

/** @param {number} reach */
function signedEdges(reach) {
  const full = log(reach + Math.sqrt(reach * reach + 1));
  return SHARES.map((t) => {
    const power = exp(t * full);
    return (power - 1 / power) / 2;
  });
}

/** The edges, and of all sizes with the same first bits how many edges are surely below.
 * @param {Float64Array} edges */
function scaleOf(edges) {
  const below = new Uint8Array(1 << (31 - DROPPED));
  let low = 0;
  DOUBLE[0] = 0;
  for (let first = 0; first < below.length; first += 1) {
    WORDS[1] = first << DROPPED;
    while (edges[low] <= DOUBLE[0]) low += 1;
    below[first] = low;
  }
  return { edges, below };
}

/** @param {Kind} kind @param {number} value */
export function codeOf(kind, value) {
  return kind === "unit" ? unitCode(value) : signedCode(SCALES[kind], value);
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

/** @param {{ edges: Float64Array, below: Uint8Array }} scale @param {number} value */
function signedCode({ edges, below }, value) {
  const size = Math.abs(value);
  if (!(size > 0)) return MIDDLE_CODE;
  DOUBLE[0] = size;
  let distance = below[WORDS[1] >>> DROPPED];
  while (distance < edges.length && edges[distance] <= size) distance += 1;
  return value > 0 ? MIDDLE_CODE + distance + 1 : MIDDLE_CODE - distance - 1;
}
