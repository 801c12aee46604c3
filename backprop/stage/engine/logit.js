// h − log(y / (1 − y)), the logarithm held as two numbers of the format, each correctly rounded: those of
// 80 digits, as in Python (`operations.logit`).

import { decimal, isBounded, nearest, ONE, subtract } from "./exact/decimals.js";
import { log } from "./exact/functions.js";
import { rounded } from "./formats.js";

const DIGITS = 80;

/** @type {Map<number, [first: number, rest: number]>[]} */
const LOGITS = [];

/** @param {number} h @param {number} y from 0 to 1 @param {number} f */
export function aboveLogit(h, y, f) {
  LOGITS[f] ??= new Map();
  let logit = LOGITS[f].get(y);
  if (logit === undefined) {
    logit = logitOf(y, f);
    LOGITS[f].set(y, logit);
  }
  const [first, rest] = logit;
  return h === first ? 0 - rest : rounded(rounded(h - first, f) - rest, f);
}

/** @param {number} y @param {number} f @returns {[first: number, rest: number]} */
function logitOf(y, f) {
  const own = decimal(y);
  const exact = subtract(log(own, DIGITS), log(subtract(ONE, own, DIGITS), DIGITS), DIGITS);
  const first = rounded(nearest(exact), f);
  return [first, isBounded(exact) ? rounded(nearest(subtract(exact, decimal(first), DIGITS)), f) : 0];
}
