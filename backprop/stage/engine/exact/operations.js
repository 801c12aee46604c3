// The operations of operations.py on decimals of p digits, by name; y, ε and every h are exact.

import { add, compare, divide, multiply, negated, ONE, rounded, size, subtract, whole, ZERO } from "./decimals.js";
import { expm1, log1p, sigmoidAndSlope, sigmoids } from "./fifty.js";
import { exp, log } from "./functions.js";

/** @import { Decimal, DecimalOperation } from "../engine" */

const FLOOR = whole(-100);
const TWO = whole(2);

/** @param {Decimal} a @param {Decimal} b */
const larger = (a, b) => (compare(a, b) >= 0 ? a : b);
/** @param {Decimal} a @param {Decimal} b */
const smaller = (a, b) => (compare(a, b) <= 0 ? a : b);
/** @param {Decimal} a @param {number} p */
const oneMinus = (a, p) => subtract(ONE, a, p);

/** @type {Record<string, DecimalOperation>} */
export const OPERATIONS = {
  subtract: (p, a, b) => subtract(a, b, p),
  add: (p, a, b) => add(a, b, p),
  multiply: (p, a, b) => multiply(a, b, p),
  divide: (p, a, b) => divide(a, b, p),
  maximum: (_, a, b) => larger(a, b),
  one_minus: (p, a) => oneMinus(a, p),
  one_minus_times: (p, y, a) => multiply(oneMinus(y, p), a, p),
  negative_sum: (p, a, b) => subtract(rounded(negated(a), p), b, p),
  absolute: (p, a) => rounded(size(a), p),
  square: (p, a) => multiply(a, a, p),
  half: (p, a) => divide(a, TWO, p),
  clip: (p, z, e) => smaller(larger(z, e), oneMinus(e, p)),
  inside: (p, z, e) => (compare(z, e) >= 0 && compare(z, oneMinus(e, p)) <= 0 ? ONE : ZERO),
  textbook: (p, h) => divide(ONE, add(ONE, exp(rounded(negated(h), p), p), p), p),
  sigmoid: (p, h) => sigmoids(h, p).z,
  mirror: (p, h) => sigmoids(h, p).mirrored,
  slope: (p, h) => sigmoidAndSlope(h, p).slope,
  log: (p, a) => log(a, p),
  log_floored: (p, a) => larger(log(a, p), FLOOR),
  softplus: (p, a) => log1p(exp(rounded(negated(a), p), p), p),
  miss: (p, h, y) => (h.c > 0n ? oneMinus(y, p) : y),
  unless_zero: (p, a, m) => (m.c === 0n ? m : multiply(a, m, p)),
  above_logit: (p, h, y) => subtract(h, subtract(log(y, p), log(oneMinus(y, p), p), p), p),
  by_sign: (_, d, a, b) => (d.c >= 0n ? a : b),
  signed_expm1: (p, d) => {
    const a = expm1(rounded(negated(size(d)), p), p);
    return d.c === 0n ? ZERO : d.c < 0n ? a : negated(a);
  },
};
