// Both passes of one sample with 50 digits, which is as good as without rounding: exact.py.

import { widthOf } from "../layout.js";
import { add, decimal, divide, multiply, whole, ZERO } from "./decimals.js";
import { DIGITS } from "./fifty.js";
import { ACTIVATIONS, COSTS } from "./records.js";

/** @import { Decimal, ExactPass, ExactSums, Training } from "../engine" */

/** @param {Decimal} a @param {Decimal} b */
const product = (a, b) => multiply(a, b, DIGITS);
/** @param {Decimal} a @param {Decimal} b */
const plus = (a, b) => add(a, b, DIGITS);
/** From left to right. @param {Decimal[]} terms */
const total = (terms) => terms.reduce(plus, ZERO);

/** z of layers 0 … L and h and δ of layers 1 … L of sample s, and its cost; W are the numbers of every
 * layer as `network.W` has them.
 * @param {Training} training @param {string} form @param {Decimal[][]} W @param {number} s @returns {ExactPass} */
export function passOf({ experiment, layout: { sizes, bias }, samples, X, y }, form, W, s) {
  const L = W.length;
  const ofSample = (/** @type {Float64Array} */ rows) =>
    Array.from({ length: rows.length / samples }, (_, u) => decimal(rows[u * samples + s]));
  const [z, h, slopes] = [[ofSample(X)], /** @type {Decimal[][]} */ ([]), /** @type {Decimal[][]} */ ([])];
  for (let i = 1; i <= L; i += 1) {
    const [sources, width] = [z[i - 1], widthOf(sizes[i - 1], bias)];
    h.push(
      Array.from({ length: sizes[i] }, (_, u) => {
        const own = W[i - 1].slice(u * width, (u + 1) * width);
        const sum = total(sources.map((a, j) => product(a, own[j])));
        return bias ? plus(sum, own[width - 1]) : sum;
      }),
    );
    if (i === L) break;
    const both = h[i - 1].map((one) => ACTIVATIONS[experiment.hidden](one, DIGITS));
    z.push(both.map((one) => one.z));
    slopes.push(both.map(({ slope }) => slope));
  }
  const targets = ofSample(y);
  const output = h[L - 1].map((one, u) => COSTS[form](one, targets[u], DIGITS));
  z.push(output.map((one) => one.z));
  const delta = [output.map((one) => one.delta)];
  for (let i = L - 1; i >= 1; i -= 1) {
    const [above, width] = [delta[0], widthOf(sizes[i], bias)];
    delta.unshift(
      slopes[i - 1].map((slope, j) => product(total(above.map((one, u) => product(one, W[i][u * width + j]))), slope)),
    );
  }
  return { z, h, delta, cost: output.map(({ cost }) => cost) };
}

/** What is averaged over samples: ∂J/∂W and ∂J/∂b as `network.dW` has them, and the cost. @param {Decimal[][]} W
 * @returns {ExactSums} */
export const newSums = (W) => ({ gradient: W.map((own) => own.map(() => ZERO)), cost: ZERO });

/** One sample more. @param {ExactSums} sums @param {ExactPass} pass */
export function include(sums, { z, delta, cost }) {
  sums.gradient.forEach((own, i) => {
    const width = own.length / delta[i].length;
    for (let n = 0; n < own.length; n += 1) {
      const [error, source] = [delta[i][Math.floor(n / width)], z[i][n % width]];
      own[n] = plus(own[n], source ? product(error, source) : error); // that of a bias is 1
    }
  });
  sums.cost = cost.reduce(plus, sums.cost);
}

/** @param {ExactSums} sums @param {number} samples @returns {ExactSums} */
export function averaged({ gradient, cost }, samples) {
  const count = whole(samples);
  return {
    gradient: gradient.map((own) => own.map((sum) => divide(sum, count, DIGITS))),
    cost: divide(cost, count, DIGITS),
  };
}
