// Numbers of many decimal digits, as Python's `decimal` has them: whole numbers times powers of ten.
//
// Each operation rounds its exact result once, half to even, to the p digits that it is asked for. A
// double is taken as the decimal that it is, all digits kept. Since Python rounds by the same rule,
// the same operations in the same order give the same digits on both sides, noise included.

/** @import { Decimal } from "../engine" */

/** Below 10 to the power of minus this, a number counts as 0, as in `fifty.CONTEXT`. */
export const LOWEST = 1e15;
/** Digits, more than any sum of products of two doubles has, or any difference of 1 and 800 digits. */
export const ALL = 3000;
/** @type {bigint[]} */
const TENS = [1n];
/** 10ⁿ. @param {number} n */
export function ten(n) {
  for (let k = TENS.length; k <= n; k += 1) TENS.push(TENS[k - 1] * 10n);
  return TENS[n];
}

/** @param {bigint} c */
export const sizeOf = (c) => (c < 0n ? -c : c);

/** @type {Decimal} */
export const ZERO = { c: 0n, e: 0, n: 0 };
export const ONE = whole(1);
/** @type {Decimal} */
export const INFINITE = { c: 1n, e: Infinity, n: 1 };

/** @param {number} value a whole one */
export function whole(value) {
  return exactly(BigInt(value), 0, String(Math.abs(value)).length);
}

/** c × 10ᵉ, of at most so many digits. @param {bigint} c @param {number} e @param {number} most @returns {Decimal} */
export function exactly(c, e, most) {
  if (c === 0n) return ZERO;
  const size = sizeOf(c);
  let n = most;
  while (size < ten(n - 1)) n -= 1;
  return { c, e, n };
}

/** The same with at most p digits. @param {Decimal} a @param {number} p @param {boolean} [up] half up, not to even
 * @returns {Decimal} */
export function rounded({ c, e, n }, p, up = false) {
  const lost = n - p;
  let [kept, power, digits] = [c, e, n];
  if (lost > 0) {
    const unit = ten(lost);
    const size = sizeOf(c);
    kept = size / unit;
    const twice = 2n * (size - kept * unit);
    if (twice > unit || (twice === unit && (up || kept & 1n))) kept += 1n;
    [power, digits] = [e + lost, p];
    if (kept === ten(p)) [kept, power] = [kept / 10n, power + 1];
    if (c < 0n) kept = -kept;
  }
  return power + digits <= -LOWEST ? ZERO : { c: kept, e: power, n: digits };
}

const BITS = new BigUint64Array(1);
const VALUE = new Float64Array(BITS.buffer);
/** @type {bigint[]} */
const FIVES = [];

/** A double other than NaN, exactly. @param {number} value @returns {Decimal} */
export function decimal(value) {
  if (value === 0) return ZERO;
  if (!Number.isFinite(value)) return value > 0 ? INFINITE : negated(INFINITE);
  VALUE[0] = value;
  const biased = Number((BITS[0] >> 52n) & 2047n);
  const fraction = BITS[0] & 0xfffffffffffffn;
  let m = biased ? fraction | 0x10000000000000n : fraction;
  let power = Math.max(biased, 1) - 1075;
  for (let by = 32; by >= 1; by /= 2) {
    if (m & ((1n << BigInt(by)) - 1n)) continue;
    m >>= BigInt(by);
    power += by;
  }
  const c = power < 0 ? m * fives(-power) : m << BigInt(power);
  const e = Math.min(power, 0);
  return exactly(value < 0 ? -c : c, e, Math.floor(Math.log10(Math.abs(value))) - e + 2);
}

/** @param {number} n */
const fives = (n) => {
  FIVES[n] ??= 5n ** BigInt(n);
  return FIVES[n];
};

/** 2ⁿ. @param {number} n */
export const powerOfTwo = (n) =>
  n < 0 ? exactly(fives(-n), n, Math.floor(-n * 0.7) + 2) : exactly(1n << BigInt(n), 0, Math.floor(n * 0.302) + 2);

/** The nearest double. @param {Decimal} a */
export function nearest({ c, e }) {
  return Number.isFinite(e) ? Number(`${c}e${e}`) : c > 0n ? Infinity : -Infinity;
}

/** @param {Decimal} a @returns {Decimal} */
export const negated = ({ c, e, n }) => ({ c: -c, e, n });
/** @param {Decimal} a @returns {Decimal} */
export const size = ({ c, e, n }) => ({ c: sizeOf(c), e, n });
/** @param {Decimal} a */
export const isBounded = ({ e }) => e < Infinity;

/** The a + b of which at most one is infinite. @param {Decimal} a @param {Decimal} b @param {number} p */
export function add(a, b, p) {
  if (a.c === 0n || !isBounded(b)) return rounded(b, p);
  if (b.c === 0n || !isBounded(a)) return rounded(a, p);
  return a.e + a.n < b.e + b.n ? sum(b, a, p) : sum(a, b, p);
}

/** @param {Decimal} a @param {Decimal} b the one that does not begin further left @param {number} p */
function sum(a, b, p) {
  const low = Math.min(a.e, a.e + a.n - p) - 2;
  if (b.e + b.n < low) return sum(a, { c: b.c < 0n ? -1n : 1n, e: low, n: 1 }, p); // only on which side counts
  const e = Math.min(a.e, b.e);
  const c = a.c * ten(a.e - e) + b.c * ten(b.e - e);
  return rounded(exactly(c, e, a.e + a.n - e + 1), p);
}

/** @param {Decimal} a @param {Decimal} b @param {number} p */
export const subtract = (a, b, p) => add(a, negated(b), p);

/** The a × b of which none is 0 where the other is infinite. @param {Decimal} a @param {Decimal} b @param {number} p */
export function multiply(a, b, p) {
  if (a.c === 0n || b.c === 0n) return ZERO;
  return rounded(exactly(a.c * b.c, a.e + b.e, a.n + b.n), p);
}

/** The a / b of a finite b; infinite where b is 0. @param {Decimal} a @param {Decimal} b @param {number} p */
export function divide(a, b, p) {
  if (b.c === 0n) return a.c < 0n ? negated(INFINITE) : INFINITE;
  if (a.c === 0n) return ZERO;
  const more = Math.max(0, p + 2 + b.n - a.n);
  const above = a.c * ten(more);
  const c = above / b.c;
  const e = a.e - b.e - more;
  const digits = a.n + more - b.n + 1;
  if (c * b.c === above) return rounded(exactly(c, e, digits), p);
  const beyond = above < 0n === b.c < 0n ? 1n : -1n;
  return rounded(exactly(10n * c + beyond, e - 1, digits + 1), p);
}

/** Below 0 if a < b, 0 if they are equal. @param {Decimal} a @param {Decimal} b */
export function compare(a, b) {
  if (a.e === b.e) return a.c < b.c ? -1 : Number(a.c > b.c);
  return Number(subtract(a, b, 1).c);
}
