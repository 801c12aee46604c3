// The true value behind each number of an update, and how far the shown one is off.
//
// True means: from this update's weights as they are, without any rounding after that. 50 digits are
// as good, since nothing is computed as a difference of what was rounded, but sums: those of products
// of doubles cancel hardly ever to less than 10⁻³², so the 18 that are shown stand. For the steps of
// δ_L, which do cancel, there are more; they also tell where the digits went: at the first step that
// is `LOST` units in the last place off although its operands were not, and where ε outweighs the
// number that it is put beside.

import { costsOf } from "../costs.js";
import { allFinite, networkOf, passesAt } from "../passes.js";
import { FORM_WORDS } from "../sentences.js";
import { LOST } from "../tables.js";
import { compare, decimal, divide, isBounded, size, subtract, whole, ZERO } from "./decimals.js";
import { OPERATIONS } from "./operations.js";
import { averaged, include, newSums, passOf } from "./trace.js";
import { compared, ulpsOff } from "./truth.js";

/** @import { Decimal, Network, Run, StepWords, Training, Truths } from "../engine" */

/** Samples × weights up to which gradients are computed, which need every sample. */
const MOST_NUMBERS = 40_000;
/** 1 − σ(h) begins at decimal 0.434 |h|: so many digits do for an |h| of at most so much. */
const DIGITS_FOR = [
  [100, 100],
  [1000, 500],
];
const TWO = whole(2);

/** By channel what `compared` says of `sample` at an update, and of a step perhaps where its digits
 * went; nothing once the weights are not finite. Work of a few frames, which may be laid aside wherever
 * it yields.
 * @param {Training} training @param {Run} run @param {number} sample @param {number} update
 * @returns {Generator<undefined, Truths, undefined>} */
export function* truthsOf(training, run, sample, update) {
  const { samples, layout, format, X, y } = training;
  const network = networkOf(training, run);
  passesAt(network, run, update);
  /** @type {Truths} */
  const said = {};
  if (![network.row, X, y].every(allFinite)) return said;
  const W = network.W.map((own) => Array.from(own, decimal));
  const { form } = run.runner;
  const pass = passOf(training, form, W, sample);
  yield;
  const L = W.length;
  const from = zOf(network);
  const z = [...network.z.slice(1), network.output.subarray(from, from + y.length)];
  for (let i = 1; i <= L; i += 1) {
    for (let u = 0; u < layout.sizes[i]; u += 1) {
      const at = u * samples + sample;
      said[`h.${i}.${u}`] = compared(network.h[i - 1][at], pass.h[i - 1][u], format);
      said[`z.${i}.${u}`] = compared(z[i - 1][at], pass.z[i][u], format);
      said[`delta.${i}.${u}`] = compared(network.delta[i - 1][at], pass.delta[i - 1][u], format);
    }
    yield;
  }
  for (let u = 0; u < layout.sizes[L]; u += 1) {
    Object.assign(said, lossesOf(network, form, u, u * samples + sample));
    yield;
  }
  if (samples * layout.numbers > MOST_NUMBERS) return said;
  const sums = newSums(W);
  for (let s = 0; s < samples; s += 1) {
    include(sums, s === sample ? pass : passOf(training, form, W, s));
    yield;
  }
  const { gradient, cost } = averaged(sums, samples);
  for (let i = 1; i <= L; i += 1) {
    const width = gradient[i - 1].length / layout.sizes[i];
    for (let n = 0; n < gradient[i - 1].length; n += 1) {
      const [u, j] = [Math.floor(n / width), n % width];
      const channel = j < layout.sizes[i - 1] ? `dW.${i}.${u}.${j}` : `db.${i}.${u}`;
      said[channel] = compared(network.dW[i - 1][n], gradient[i - 1][n], format);
      if (j === 0) yield;
    }
  }
  said[`J.${L}.0`] = compared(costsOf(training, run, [update]).shown[0], cost, format);
  return said;
}

/** Where z of the output begins among its steps. @param {Network} network */
const zOf = ({ form, y }) => form.steps.indexOf("z") * y.length;

/** The steps of δ_L at which digits go, of unit u, whose place among the outputs is `at`.
 * @param {Network} network @param {string} name of the form @param {number} u @param {number} at @returns {Truths} */
function lossesOf({ h, y, epsilon, output, format }, name, u, at) {
  const L = h.length;
  /** @type {Truths} */
  const said = {};
  const own = h[L - 1][at];
  const digits = DIGITS_FOR.find(([most]) => Math.abs(own) <= most)?.[1];
  if (!digits) return said;
  const steps = FORM_WORDS[name].delta;
  const inputs = { h: decimal(own), y: decimal(y[at]), epsilon: decimal(epsilon) };
  const exact = valuesOf(steps, inputs, digits);
  const bare = FORM_WORDS[name].hasEpsilon ? valuesOf(steps, { ...inputs, epsilon: ZERO }, digits) : exact;
  const far = new Set();
  steps.forEach(({ name: step, symbol, operands }, k) => {
    const found = output[k * y.length + at];
    const isOff = isBounded(exact[step]) && !(ulpsOff(found, exact[step], format) <= LOST);
    if (isOff) far.add(step);
    const isSwallowed = operands.includes("epsilon") && isMostOf(exact[step], bare[step], digits);
    if (!isSwallowed && !(isOff && !operands.some((one) => far.has(one)))) return;
    const words = isSwallowed ? "ε decides" : "digits lost at";
    const [value, distance] = compared(found, exact[step], format);
    said[`step.${step}.${L}.${u}`] = [value, distance, `${words} ${symbol.replaceAll(" ", "\u00a0")}`];
  });
  return said;
}

/** What each step is without rounding, by name, the inputs included.
 * @param {StepWords[]} steps @param {Record<string, Decimal>} inputs @param {number} digits */
function valuesOf(steps, inputs, digits) {
  const values = { ...inputs };
  for (const { name, operation, operands } of steps)
    values[name] = OPERATIONS[operation](digits, ...operands.map((one) => values[one]));
  return values;
}

/** Whether a value is off another by more than half of that. @param {Decimal} value @param {Decimal} bare
 * @param {number} digits */
const isMostOf = (value, bare, digits) =>
  compare(size(subtract(value, bare, digits)), divide(size(bare), TWO, digits)) > 0;
