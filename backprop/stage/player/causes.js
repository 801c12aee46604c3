// Why a value is not finite, in words: the sentences of engine/faults/words.py, filled by the page as
// diagnosis.py fills them.

import { written } from "../../drawing/digits.js";
import { fill } from "../../drawing/template.js";
import { compare, decimal, size } from "../engine/exact/decimals.js";
import { exactAverage, exactlyWritten, exactProduct } from "../engine/exact/sums.js";
import { stepsAt, sumAt } from "../engine/operands.js";
import { FORM_WORDS, OF_FORMAT, SENTENCES, SUMS } from "../engine/sentences.js";
import { FORMATS } from "../engine/tables.js";
import { subscript } from "./words.js";

/** @import { Decimal, FaultPlace, FaultySteps, FormWords, Run, StepWords, Training } from "../engine/engine" */

const SHOWN = 3; // parts of a sum

/** @typedef {{ cause: string; because: string[]; at: FaultySteps | null }} Causes */

/** Why, in a sentence and in steps, and of δ_L or the cost the values `at` its place.
 * @param {Training} training @param {Run} run @param {FaultPlace} place @param {"delta" | "cost"} [goal]
 * @returns {Causes} */
export function causesOf(training, run, place, goal = "delta") {
  const isSum = place.operation in SUMS && (place.operation !== "cost" || place.sample === null);
  return isSum ? ofSum(training, run, place) : ofSteps(training, run, place, goal);
}

/** @param {string} name @param {Record<string, string | null | undefined>} places */
const said = (name, places) => fill(SENTENCES[name], places);

/** @param {Training} training @param {Run} run @param {FaultPlace} place @param {"delta" | "cost"} goal
 * @returns {Causes} */
function ofSteps(training, run, place, goal) {
  const words = FORM_WORDS[run.runner.form];
  const steps = words[goal];
  const { name } = FORMATS[training.format];
  const here = stepsAt(training, run, place, goal);
  const numbers = Object.fromEntries(Object.entries(here).map(([key, value]) => [key, written(value, name)]));
  const isBad = (/** @type {StepWords} */ step) => !Number.isFinite(here[step.name]);
  const at = steps.findIndex(isBad);
  const step = steps[at];
  const zeros = steps.slice(0, at).filter((one) => one.blamed && here[one.name] === 0);
  const later = steps.slice(at + 1).filter(isBad);
  const told = (/** @type {StepWords} */ one) =>
    said("step", { formula: fill(one.formula, numbers), value: numbers[one.name] });
  const divisorOrLogarithm = here[step.operands[step.operands.length - 1]];
  const overflows = Math.abs(here[step.name]) === Infinity && divisorOrLogarithm !== 0;
  const blunt = bluntEpsilon(words, here, written(run.runner.epsilon), name);
  const cause = said("ofSteps", {
    blunt,
    zero: zeros[0]?.symbol,
    step: told(step),
    beyond: overflows ? said("beyond", OF_FORMAT[name]) : null,
    later: later.length ? later.map(told).join(", ") : null,
  });
  const takenIn = new Set(later.flatMap(({ operands }) => operands)); // such as the 0 of ∞ × 0
  const finite = steps.filter((one) => takenIn.has(one.name) && !isBad(one));
  const equations = [...zeros, step, ...finite, ...later].map((one) =>
    said("equation", { symbol: one.symbol, step: told(one) }),
  );
  return { cause, because: [...new Set([...(blunt ? [blunt] : []), ...equations])], at: here };
}

/** Why ε did not help, where the format cannot see it.
 * @param {FormWords} words @param {FaultySteps} here @param {string} epsilon @param {string} format */
function bluntEpsilon({ hasEpsilon }, here, epsilon, format) {
  if (!hasEpsilon || (here.epsilon !== 0 && here.clipped !== 1)) return null;
  return said(here.epsilon === 0 ? "noEpsilon" : "noGap", { ...OF_FORMAT[format], epsilon });
}

/** @param {Training} training @param {Run} run @param {FaultPlace} place @returns {Causes} */
function ofSum(training, run, place) {
  const { symbol, what, follows } = SUMS[place.operation];
  const { name, precision, top } = FORMATS[training.format];
  const { products, value, divisor, followed, letter } = sumAt(training, run, place);
  const terms = products.map(exactProduct);
  const total = exactAverage(terms, divisor);
  const parts = largest(terms).map((n) => products[n].map((factor) => factorText(factor, name)).join(" × "));
  const beyond = said("beyond", OF_FORMAT[name]);
  /** @type {Record<string, string | null | undefined>} */
  const places = {
    letter,
    i: subscript(place.layer),
    next: subscript(place.layer + 1),
    unit: place.unit === null ? "" : String(place.unit + 1),
    value: written(value, name),
    true: exactlyWritten(total),
    beyond,
    divisor: String(divisor),
    parts: [...parts, ...(terms.length > parts.length ? ["…"] : [])].join(" + "),
  };
  for (const [key, number] of Object.entries(followed ?? {})) places[key] = written(number, name);
  places.what = fill(what, places);
  places.symbol = fill(symbol, places);
  const later = fill(follows, places) || null;
  const equation = said(divisor > 1 ? "average" : "sum", places);
  const most = decimal((2 - 2 ** (1 - precision)) * 2 ** top);
  const cause = said("ofSum", {
    size: said(compare(size(total), most) > 0 ? "whole" : "part", places),
    nan: Number.isNaN(value) ? "NaN" : null,
    later,
  });
  return { cause, because: later ? [equation, later] : [equation], at: null };
}

/** Which of the terms are the largest, in their order. @param {Decimal[]} terms */
function largest(terms) {
  const sizes = terms.map(size);
  const order = [...sizes.keys()].sort((m, n) => compare(sizes[n], sizes[m]) || m - n);
  return order.slice(0, SHOWN).sort((m, n) => m - n);
}

/** @param {number} factor @param {string} format */
const factorText = (factor, format) => fill("{factor!}", { factor: written(factor, format) });
