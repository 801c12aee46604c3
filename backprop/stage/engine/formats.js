// The number formats: a double rounded once to one of them, by a format's place in FORMATS.
//
// A float32 is rounded by the language. To a narrower format: x + s − s with s = 1.5 × 2⁵² units of
// the last place that x has there rounds to nearest, ties to even, and to subnormals as well.

import { FORMATS } from "./tables.js";

/** A double, and its bits: the low word, then the high one. */
export const DOUBLE = new Float64Array(1);
export const WORDS = new Uint32Array(DOUBLE.buffer);
/** 2ⁿ, exactly. @param {number} n */
export function powerOfTwo(n) {
  let power = 1;
  for (let k = 0; k < Math.abs(n); k += 1) power *= n < 0 ? 0.5 : 2;
  return power;
}

/** For every format, and every sign and exponent that a double can have, its s. */
const SHIFTS = new Float64Array(FORMATS.length << 12);
const LARGEST = Float64Array.from(FORMATS, ({ precision, top }) => (2 - powerOfTwo(1 - precision)) * powerOfTwo(top));
const VIA_SINGLE = Uint8Array.from(FORMATS, ({ viaSingle }) => Number(viaSingle));
FORMATS.forEach(({ precision, bottom, top }, f) => {
  for (let e = 0; e < 4096 && f > 1; e += 1) {
    const exponent = Math.min(Math.max((e & 2047) - 1023, bottom), top);
    SHIFTS[(f << 12) + e] = 1.5 * powerOfTwo(exponent + 53 - precision);
  }
});

/** The place of a format in FORMATS. @param {string} name */
export function formatNamed(name) {
  const f = FORMATS.findIndex((format) => format.name === name);
  if (f >= 0) return f;
  throw new RangeError(`The number format must be one of ${FORMATS.map((one) => one.name).join(", ")}, got ${name}.`);
}

/** x in format f. @param {number} x @param {number} f */
export function rounded(x, f) {
  return f === 0 ? x : f === 1 ? Math.fround(x) : narrow(x, f);
}

/** @param {number} x @param {number} f */
function narrow(x, f) {
  const value = VIA_SINGLE[f] ? Math.fround(x) : x;
  DOUBLE[0] = value;
  const shift = SHIFTS[(f << 12) + (WORDS[1] >>> 20)];
  const near = value + shift - shift;
  if (Math.abs(near) > LARGEST[f]) return value * Infinity;
  return near === 0 ? value * 0 : near; // a zero has the sign of x
}

/** Values in format f, in place. @param {Float64Array} values @param {number} f */
export function roundAll(values, f) {
  if (f > 0) for (let n = 0; n < values.length; n += 1) values[n] = rounded(values[n], f);
  return values;
}
