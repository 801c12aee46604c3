// How a true value is written, and how far a computed number is from it: truth.py.
//
// Next to a shorter number the rest is said: 1 − 4.2e−18, not 1. One ulp is the step between a
// format's numbers at the true value; below the least normal number it is the least of all.

import { FORMATS } from "../tables.js";
import {
  compare,
  decimal,
  divide,
  isBounded,
  nearest,
  powerOfTwo,
  rounded,
  size,
  sizeOf,
  subtract,
} from "./decimals.js";
import { DIGITS } from "./fifty.js";

/** @import { Decimal } from "../engine" */

const SHOWN = 18;
const KNOWN = DIGITS - 5; // of the digits, the last are not trusted
const ZEROS = 6; // so many at the end look like an exact number
const FAR = 500;

/** A true value, and how far the shown number of format f is off: "" if that is endless.
 * @param {number} shown @param {Decimal} true_ @param {number} f */
export function compared(shown, true_, f) {
  const ulps = ulpsOff(shown, true_, f);
  if (!Number.isFinite(ulps)) return [digitsOf(true_), ""];
  return [digitsOf(true_), ulps <= 0.5 ? "correctly rounded" : `${three(ulps)} ulp off`];
}

/** NaN of NaN, ∞ of ∞. @param {number} shown @param {Decimal} true_ @param {number} f */
export function ulpsOff(shown, true_, f) {
  if (!Number.isFinite(shown)) return Math.abs(shown);
  if (!isBounded(true_)) return Infinity;
  const off = size(subtract(decimal(shown), true_, FAR));
  return nearest(divide(off, ulpOf(true_, FORMATS[f]), FAR));
}

/** @param {Decimal} true_ @param {{precision: number, bottom: number}} format */
function ulpOf(true_, { precision, bottom }) {
  const least = bottom - precision + 1;
  const begins = true_.e + true_.n;
  if (true_.c === 0n || begins < (bottom - 1) * Math.log10(2)) return powerOfTwo(least);
  let n = Math.floor((begins - 1) * Math.log2(10));
  while (compare(powerOfTwo(n), size(true_)) <= 0) n += 1;
  return powerOfTwo(Math.max(n - precision, least));
}

/** 18 digits, and where they would say something shorter, the rest. @param {Decimal} true_ */
function digitsOf(true_) {
  const near = rounded(true_, SHOWN, true);
  const text = brief(near);
  const rest = subtract(true_, near, FAR);
  const figures = String(sizeOf(near.c)).replace(/0+$/, "").length;
  const least = { ...size(true_), e: true_.e - KNOWN };
  if (near.c === 0n || figures > SHOWN - ZEROS || compare(size(rest), least) <= 0) return text;
  return `${text} ${rest.c < 0n ? "−" : "+"} ${brief(rounded(size(rest), 2), true)}`;
}

/** Its digits without idle zeros: in place from 0.0001 to 999999, else with a power of ten.
 * @param {Decimal} a @param {boolean} [asPower] everywhere with a power */
function brief({ c, e, n }, asPower = false) {
  if (c === 0n) return "0";
  const sign = c < 0n ? "−" : "";
  const digits = String(sizeOf(c)).replace(/0+$/, "");
  const power = e + n - 1;
  if (asPower || power < -4 || power > 5) return `${sign}${pointed(digits, 1)}e${power}`.replace("e-", "e−");
  return sign + (power < 0 ? `0.${"0".repeat(-power - 1)}${digits}` : pointed(digits, power + 1));
}

/** @param {string} digits @param {number} before the point */
function pointed(digits, before) {
  const whole = digits.slice(0, before).padEnd(before, "0");
  return digits.length > before ? `${whole}.${digits.slice(before)}` : whole;
}

/** Three digits of a number above ½, as Python's :.3g has them. @param {number} value */
function three(value) {
  const near = rounded(decimal(value), 3);
  return near.e + near.n - 1 < 3 ? brief(near) : brief(near, true);
}
