// exp, expm1, log, log1p and tanh of doubles from + − × ÷ alone: elementary.py, number by number.
//
// There the formulas stand and where they come from (fdlibm). What is written here in another order
// would round otherwise.

import { DOUBLE, powerOfTwo, WORDS } from "./formats.js";

const PER_LN2 = Math.LOG2E;
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
const ROOT_HALF = Math.SQRT1_2;
/** x + this − this is the whole number nearest to x, ties to even. */
const TO_WHOLE = 1.5 * 2 ** 52;
/** 2ᵏ as a product of two powers that a double holds, from k = −1077 on. */
const LEAST_POWER = 1077;
const FIRST = Float64Array.from({ length: 2104 }, (_, n) => powerOfTwo(Math.floor((n - LEAST_POWER) / 2)));
const SECOND = Float64Array.from({ length: 2104 }, (_, n) => powerOfTwo(Math.ceil((n - LEAST_POWER) / 2)));
const ABOVE = [289575, 16081065, 218243025];
const BELOW = [315315, 18918900, 310134825, 654729075];

/** eˣ. @param {number} x */
export function exp(x) {
  const a = Math.min(Math.max(x, -746), 710);
  const k = a * PER_LN2 + TO_WHOLE - TO_WHOLE;
  const at = (k + LEAST_POWER) | 0;
  return (remainder(a, k) + 1) * FIRST[at] * SECOND[at];
}

/** eˣ − 1. @param {number} x */
export function expm1(x) {
  if (x > 40) return exp(x);
  if (x === 0) return x;
  const a = Math.max(x, -746);
  const k = a * PER_LN2 + TO_WHOLE - TO_WHOLE;
  const at = (k + LEAST_POWER) | 0;
  const power = FIRST[at] * SECOND[at];
  return power * remainder(a, k) + (power - 1);
}

/** eᵃ / 2ᵏ − 1. @param {number} a @param {number} k */
function remainder(a, k) {
  const low = k * LN2_LOW;
  const high = a - k * LN2_HIGH;
  const r = high - low;
  const square = r * r;
  let c = square * 4.1381367970572385e-8;
  c = (c - 1.6533902205465252e-6) * square;
  c = (c + 6.613756321437934e-5) * square;
  c = (c - 0.0027777777777015593) * square;
  c = r - (c + 0.16666666666666602) * square;
  return high - (low - (r * c) / (2 - c));
}

/** The natural logarithm. @param {number} x */
export function log(x) {
  if (!(x > 0 && x < Infinity)) return x === 0 ? -Infinity : x < 0 ? NaN : x;
  const k = halvings(x);
  const f = DOUBLE[0] - 1;
  return k * LN2_HIGH - (0.5 * f * f - (series(f) + k * LN2_LOW) - f);
}

/** log(1 + x). @param {number} x */
export function log1p(x) {
  if (x === 0) return x;
  const u = 1 + x;
  if (!(u > 0 && x < Infinity)) return u === 0 ? -Infinity : u < 0 ? NaN : x;
  const k = halvings(u);
  const f = k === 0 ? x : DOUBLE[0] - 1;
  const lost = k === 0 ? 0 : (x < 1 ? x - (u - 1) : 1 - (u - x)) / u; // what 1 + x has rounded away
  return k * LN2_HIGH - (0.5 * f * f - (series(f) + (k * LN2_LOW + lost)) - f);
}

/** k with x = 2ᵏ m and √½ ≤ m < √2, and m in DOUBLE. @param {number} x */
function halvings(x) {
  DOUBLE[0] = x;
  let k = -1022;
  if (WORDS[1] < 0x100000) {
    DOUBLE[0] = x * 2 ** 54;
    k -= 54;
  }
  k += WORDS[1] >>> 20;
  WORDS[1] = (WORDS[1] & 0xfffff) | 0x3fe00000;
  if (DOUBLE[0] >= ROOT_HALF) return k;
  DOUBLE[0] += DOUBLE[0];
  return k - 1;
}

/** log(1 + f) − f + f²/2. @param {number} f */
function series(f) {
  const s = f / (2 + f);
  const z = s * s;
  let R = z * 0.14798198605116586;
  R = (R + 0.15313837699209373) * z;
  R = (R + 0.1818357216161805) * z;
  R = (R + 0.22222198432149784) * z;
  R = (R + 0.2857142874366239) * z;
  R = (R + 0.3999999999940942) * z;
  R = (R + 0.6666666666666735) * z;
  return s * (0.5 * f * f + R);
}

/** tanh(x), from x and e⁻²ˡˣˡ. @param {number} x @param {number} e */
export function tanh(x, e) {
  const size = Math.abs(x);
  if (!(size < 1)) {
    const far = 1 - (2 * e) / (1 + e);
    return x < 0 ? -far : far;
  }
  const square = size * size;
  let above = square + 1430;
  let below = square + 1485;
  for (const a of ABOVE) above = above * square + a;
  for (const b of BELOW) below = below * square + b;
  const near = size - size * ((above * square) / below);
  return x === 0 ? x : x < 0 ? -near : near;
}
