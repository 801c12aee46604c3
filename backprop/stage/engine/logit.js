// h − log(y / (1 − y)), the logarithm held as two numbers of the format, each correctly rounded.
//
//     log a = n log 2 + 2 (t + t³/3 + t⁵/5 + …),   t = (m − 1) / (m + 1),   a = 2ⁿ m
//
// in whole numbers of 320 binary places, of which the logarithms lose a few at the end. Python does
// the same with 80 decimals (`operations.logit`).

import { rounded } from "./formats.js";

const PLACES = 320n;
const ONE = 1n << PLACES;

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
  if (y === 0 || y === 1) return [y ? Infinity : -Infinity, 0];
  let [numerator, places] = [y, 0n];
  for (; numerator % 1 !== 0; places += 1n) numerator *= 2;
  const part = BigInt(numerator);
  const exact = logOf(part) - logOf((1n << places) - part);
  const first = rounded(Number(exact) * 2 ** -320, f);
  const rest = exact - BigInt(first * 2 ** 320);
  return [first, rounded(Number(rest) * 2 ** -320, f)];
}

/** log a in 2⁻³²⁰. @param {bigint} a */
function logOf(a) {
  const n = BigInt(a.toString(2).length);
  const m = n > PLACES ? a >> (n - PLACES) : a << (PLACES - n); // from 1/2 to 1
  return n * LN2 + twiceArtanh(m - ONE, m + ONE);
}

/** log((1 + t) / (1 − t)) for t = above / below. @param {bigint} above @param {bigint} below */
function twiceArtanh(above, below) {
  const t = (above << PLACES) / below;
  const square = (t * t) >> PLACES;
  let sum = 0n;
  for (let power = t, n = 1n; power !== 0n && power !== -1n; power = (power * square) >> PLACES, n += 2n) {
    sum += power / n;
  }
  return 2n * sum;
}

const LN2 = twiceArtanh(1n, 3n);
