// σ, its relatives and the costs at single decimals, with p digits: fifty.py, step by step.
//
// No formula subtracts what is nearly equal; the formulas stand there, and why the digits suffice.

import { add, compare, divide, multiply, negated, ONE, rounded, size, subtract, whole, ZERO } from "./decimals.js";
import { exp, log } from "./functions.js";

/** @import { Decimal } from "../engine" */

export const DIGITS = 50;
const GUARD = 20;
const [TWO, THREE, FOUR, SIX, MINUS_TWO] = [2, 3, 4, 6, -2].map(whole);
const NEAR = { c: 1n, e: -13, n: 1 };

/** e^−|h|. @param {Decimal} h @param {number} p */
const decay = (h, p) => exp(rounded(negated(size(h)), p), p);

/** σ(h), σ(−h) and e^−|h|. @param {Decimal} h @param {number} p */
export function sigmoids(h, p) {
  const e = decay(h, p);
  const above = add(ONE, e, p);
  const [big, small] = [divide(ONE, above, p), divide(e, above, p)];
  return h.c >= 0n ? { z: big, mirrored: small, e } : { z: small, mirrored: big, e };
}

/** z, δ_L = σ(h) − y and J = −y log σ(h) − (1 − y) log σ(−h). @param {Decimal} h @param {Decimal} y @param {number} p */
export function crossEntropy(h, y, p) {
  const { z, mirrored, e } = sigmoids(h, p);
  const miss = h.c > 0n ? subtract(ONE, y, p) : y;
  return { z, delta: missOf(y, z, mirrored, p), cost: add(multiply(size(h), miss, p), log1p(e, p), p) };
}

/** z, δ_L = (σ(h) − y) σ′(h) and J = (σ(h) − y)² / 2. @param {Decimal} h @param {Decimal} y @param {number} p */
export function quadratic(h, y, p) {
  const { z, mirrored } = sigmoids(h, p);
  const miss = missOf(y, z, mirrored, p);
  const delta = multiply(multiply(miss, z, p), mirrored, p);
  return { z, delta, cost: divide(multiply(miss, miss, p), TWO, p) };
}

/** σ(h) − y with nothing cancelled: (1 − y) σ(h) − y σ(−h).
 * @param {Decimal} y @param {Decimal} z @param {Decimal} mirrored @param {number} p */
const missOf = (y, z, mirrored, p) => subtract(multiply(subtract(ONE, y, p), z, p), multiply(y, mirrored, p), p);

/** Whether x is so small that the third term of a series is its last. @param {Decimal} x @param {number} p */
const isSmall = (x, p) => x.c === 0n || x.e + x.n <= Math.floor(-p / 3);
/** The digits with which 1 + x has p right ones. @param {number} p */
const more = (p) => p + Math.floor(p / 3) + 3;

/** log(1 + x) with all digits of a small x. @param {Decimal} x @param {number} p */
export function log1p(x, p) {
  if (!isSmall(x, p)) return rounded(log(add(ONE, x, more(p)), more(p)), p);
  const square = multiply(x, x, p);
  return add(subtract(x, divide(square, TWO, p), p), divide(multiply(square, x, p), THREE, p), p);
}

/** eˣ − 1 with all digits of a small x. @param {Decimal} x @param {number} p */
export function expm1(x, p) {
  if (!isSmall(x, p)) return rounded(subtract(exp(x, more(p)), ONE, more(p)), p);
  const square = multiply(x, x, p);
  return add(add(x, divide(square, TWO, p), p), divide(multiply(square, x, p), SIX, p), p);
}

/** σ(h) and σ′(h). @param {Decimal} h @param {number} p */
export function sigmoidAndSlope(h, p) {
  const { z, mirrored } = sigmoids(h, p);
  return { z, slope: multiply(z, mirrored, p) };
}

/** tanh(h) and its slope. @param {Decimal} h @param {number} p */
export function tanhAndSlope(h, p) {
  const wide = p + GUARD;
  const e = exp(multiply(MINUS_TWO, size(h), wide), wide);
  const above = add(ONE, e, wide);
  const far = divide(subtract(ONE, e, wide), above, wide);
  const slope = divide(multiply(FOUR, e, wide), multiply(above, above, wide), wide);
  const isNear = compare(size(h), NEAR) < 0;
  const z = isNear ? subtract(h, divide(cube(h, p), THREE, p), p) : h.c < 0n ? negated(far) : far;
  return { z: rounded(z, p), slope: rounded(slope, p) };
}

/** @param {Decimal} h @param {number} p */
const cube = (h, p) => multiply(multiply(h, h, p), h, p);

/** max(h, 0) and its slope. @param {Decimal} h */
export const reluAndSlope = (h) => ({ z: h.c > 0n ? h : ZERO, slope: h.c > 0n ? ONE : ZERO });
