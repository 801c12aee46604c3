// Sums of products of doubles without any rounding, and how they are written in a sentence.

import { laidOut } from "../../../drawing/digits.js";
import { ALL, add, decimal, divide, multiply, ONE, rounded, sizeOf, ten, whole, ZERO } from "./decimals.js";

/** @import { Decimal } from "../engine" */

/** One double, or the product of two. @param {number[]} factors */
export const exactProduct = (factors) => factors.map(decimal).reduce((a, b) => multiply(a, b, ALL), ONE);

/** The sum of all terms over a divisor. @param {Decimal[]} terms @param {number} divisor */
export const exactAverage = (terms, divisor) =>
  divide(
    terms.reduce((sum, term) => add(sum, term, ALL), ZERO),
    whole(divisor),
    ALL,
  );

/** Four digits, of whole numbers up to six, as `digits.written` has a Decimal. @param {Decimal} a */
export function exactlyWritten(a) {
  const before = a.e + a.n;
  const isWhole = before > 4 && before <= 6 && a.c % ten(Math.max(0, -a.e)) === 0n;
  const { c, e, n } = isWhole ? a : rounded(a, 4, true);
  if (!isWhole) return laidOut(String(sizeOf(c)), e + n - 1, c < 0n);
  return String(e < 0 ? c / ten(-e) : c * ten(e)).replace("-", "−");
}
