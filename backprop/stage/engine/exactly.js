// Sums of products of doubles without any rounding, in whole numbers of 2^−2150: the product of the
// two smallest doubles is one of them.

import { laidOut } from "../../drawing/digits.js";

const UNIT = 2150n; // twice the 1075 by which the exponent of a double is biased
const BITS = new BigUint64Array(1);
const VALUE = new Float64Array(BITS.buffer);

/** A finite double as whole number and power of two, m × 2^(e − 1075). @param {number} value */
function partsOf(value) {
  VALUE[0] = value;
  const biased = (BITS[0] >> 52n) & 2047n;
  const fraction = BITS[0] & ((1n << 52n) - 1n);
  const m = biased ? fraction | (1n << 52n) : fraction;
  return { m: value < 0 ? -m : m, e: biased || 1n };
}

/** One double, or the product of two. @param {number[]} factors */
export function exactProduct([first, second]) {
  const one = partsOf(first);
  if (second === undefined) return one.m << (one.e + UNIT / 2n);
  const other = partsOf(second);
  return (one.m * other.m) << (one.e + other.e);
}

/** @param {bigint} value */
export const exactSize = (value) => (value < 0n ? -value : value);

/** Such a number over a divisor, as `written` has a Decimal: four digits, of whole ones up to six.
 * @param {bigint} sum @param {number} divisor */
export function exactlyWritten(sum, divisor) {
  const [above, below] = [exactSize(sum), BigInt(divisor) << UNIT];
  const whole = above / below;
  if (whole * below === above && whole >= 10000n && whole < 1000000n) return `${sum < 0n ? "−" : ""}${whole}`;
  if (above === 0n) return "0";
  let power = String(above).length - String(below).length;
  if (power < 0 ? above * 10n ** BigInt(-power) < below : above < below * 10n ** BigInt(power)) power -= 1;
  const shift = BigInt(3 - power);
  const [scaled, unit] = shift < 0n ? [above, below * 10n ** -shift] : [above * 10n ** shift, below];
  const digits = String((2n * scaled + unit) / (2n * unit)); // of two that are as near, the larger
  return laidOut(digits.slice(0, 4), power + digits.length - 4, sum < 0n);
}
