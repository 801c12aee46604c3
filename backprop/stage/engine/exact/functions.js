// eˣ and log x of decimals, correctly rounded to p digits, but once in 10²⁰ cases.
//
//     eˣ    = 10ᵏ eʳ,  r = x − k log 10 from 0 to log 10;   eʳ = (the series of e^(r / 2ʲ))^(2ʲ)
//     log x = k log 10 + log m,  x = 10ᵏ m;   log m = s + 2 artanh((m − eˢ) / (m + eˢ)),  s ≈ log m
//
// in whole numbers of 2⁻ᴾ, which hold 20 digits more than are asked for, and as many more as the
// logarithm of an x near 1 has zeros before its first digit.

import { ALL, add, exactly, INFINITE, LOWEST, negated, ONE, rounded, ten, whole, ZERO } from "./decimals.js";

/** @import { Decimal } from "../engine" */

const GUARD = 20;
/** An x of more digits before its point is beyond what a power of ten may be. */
const HIGHEST = String(LOWEST).length + 1;
const PER_DIGIT = Math.log2(10);
const MINUS_ONE = whole(-1);

/** @param {number} digits */
const placesFor = (digits) => Math.ceil(digits * PER_DIGIT);

/** A decimal in 2⁻ᴾ. @param {Decimal} a @param {number} P */
const fixed = ({ c, e }, P) => (e < 0 ? (c << BigInt(P)) / ten(-e) : (c * ten(e)) << BigInt(P));

/** eˣ. @param {Decimal} x @param {number} p @returns {Decimal} */
export function exp(x, p) {
  if (x.c === 0n) return ONE;
  const begins = x.e + x.n;
  if (begins < -p - 3) return add(ONE, x, p);
  if (begins > HIGHEST) return x.c > 0n ? INFINITE : ZERO;
  const P = placesFor(p + GUARD + Math.max(begins, 0));
  const value = fixed(x, P);
  const log10 = logOfTen(P);
  let k = value / log10;
  if (value < k * log10) k -= 1n;
  const digits = p + GUARD / 2;
  const c = (series(value - k * log10, P) * ten(digits)) >> BigInt(P);
  return rounded(exactly(c, Number(k) - digits, digits + 2), p);
}

/** eʳ in 2⁻ᴾ. @param {bigint} r @param {number} P */
function series(r, P) {
  const halvings = Math.ceil(Math.sqrt(P) * 0.8);
  const more = BigInt(P + halvings + 8);
  const small = r << 8n; // r / 2ʲ in 2^−(P + j + 8)
  let [sum, term] = [1n << more, 1n << more];
  for (let n = 1n; term !== 0n; n += 1n) {
    term = ((term * small) >> more) / n;
    sum += term;
  }
  for (let j = 0; j < halvings; j += 1) sum = (sum * sum) >> more;
  return sum >> BigInt(halvings + 8);
}

/** The natural logarithm of x ≥ 0. @param {Decimal} x @param {number} p @returns {Decimal} */
export function log(x, p) {
  if (x.c === 0n) return negated(INFINITE);
  const beside = add(x, MINUS_ONE, ALL);
  if (beside.c === 0n) return ZERO;
  const zeros = Math.max(0, -(beside.e + beside.n));
  const digits = p + GUARD + zeros;
  const P = placesFor(digits) + 8;
  const k = x.e + x.n - 1;
  const m = (x.c << BigInt(P)) / ten(x.n - 1);
  const near = BigInt(Math.round(Math.log(Number(m >> BigInt(P - 60)) * 2 ** -60) * 2 ** 60)) << BigInt(P - 60);
  const power = series(near, P);
  const value = near + twiceArtanh(((m - power) << BigInt(P)) / (m + power), P) + BigInt(k) * logOfTen(P);
  const c = (value * ten(digits)) >> BigInt(P);
  return rounded(exactly(c, -digits, digits + String(Math.abs(k)).length + 2), p);
}

/** log((1 + t) / (1 − t)) in 2⁻ᴾ. @param {bigint} t @param {number} P */
function twiceArtanh(t, P) {
  const places = BigInt(P);
  const square = (t * t) >> places;
  let sum = 0n;
  for (let power = t, n = 1n; power !== 0n && power !== -1n; power = (power * square) >> places, n += 2n) {
    sum += power / n;
  }
  return 2n * sum;
}

let known = { P: 0, value: 0n };

/** log 10 in 2⁻ᴾ: 3 log 2 + log 5/4, log 2 = 2 artanh 1/3. @param {number} P */
function logOfTen(P) {
  if (known.P < P) {
    const [more, one] = [P + 64, 1n << BigInt(P + 64)];
    known = { P: more, value: 3n * twiceArtanh(one / 3n, more) + twiceArtanh(one / 9n, more) };
  }
  return known.value >> BigInt(known.P - P);
}
