// An experiment as it begins: the network before the first update and the samples, rounded once.

import { formatNamed, roundAll, rounded } from "./formats.js";
import { layoutOf, widthOf } from "./layout.js";
import { ACTIVATIONS, FORMS } from "./records.js";
import { FORMATS } from "./tables.js";

/** @import { Experiment, Layout, Training } from "./engine" */

/** Throws a RangeError for names that are unknown and for numbers that the format does not hold.
 * @param {Experiment} experiment @returns {Training} */
export function begin(experiment) {
  const { sizes, bias, hidden, runners, updates } = experiment;
  const format = formatNamed(experiment.format);
  demand("The hidden activation", hidden, ACTIVATIONS);
  for (const { form } of runners) demand("The form", form, FORMS);
  const layout = layoutOf(sizes, bias);
  const rows = editedSamples(experiment);
  const [X, y] = [columnsOf(rows, 0, sizes[0]), columnsOf(rows, sizes[0], sizes[0] + sizes[sizes.length - 1])];
  const start = startOf(experiment, layout);
  demandNumbers(start, layout, format);
  roundAll(start, format);
  demandFit("X", X, format);
  const alpha = rounded(experiment.alpha, format);
  if (!(alpha > 0 && alpha < Infinity)) {
    const got = brief(experiment.alpha);
    throw new RangeError(
      `The learning rate must be a positive number that ${experiment.format} can hold, got ${got}. Try 1.0.`,
    );
  }
  return {
    experiment,
    format,
    layout,
    samples: rows.length,
    alpha,
    X: roundAll(X, format),
    y: roundAll(y, format),
    updates: 0,
    runs: runners.map((runner) => {
      const parameters = new Float64Array((updates + 1) * layout.numbers);
      parameters.set(start);
      const hOut = new Float64Array((updates + 1) * y.length);
      return { runner, epsilon: rounded(runner.epsilon, format), parameters, hOut, faulty: -1, network: null };
    }),
  };
}

/** Inputs and targets of every sample, the edits in place. @param {Experiment} experiment */
function editedSamples({ X, y, edits }) {
  const rows = X.map((inputs, s) => [...inputs, ...y[s]]);
  for (const [s, row] of edits) if (s < rows.length && row.length === rows[s].length) rows[s] = row;
  return rows;
}

/** The columns of the rows, one after the other. @param {number[][]} rows @param {number} from @param {number} to */
function columnsOf(rows, from, to) {
  const columns = new Float64Array((to - from) * rows.length);
  for (let n = 0, j = from; j < to; j += 1) for (const row of rows) columns[n++] = row[j];
  return columns;
}

/** The numbers of the network before the first update. @param {Experiment} experiment @param {Layout} layout */
function startOf({ sizes, bias, draws, scale, zeroBiases, outputBias, weights }, { ends, numbers }) {
  const start = new Float64Array(numbers);
  let drawn = 0;
  for (let i = 1; i < sizes.length; i += 1) {
    const [sources, width] = [sizes[i - 1], widthOf(sizes[i - 1], bias)];
    const moved = i === sizes.length - 1 ? outputBias : -0; // x + −0 is x, also of −0
    for (let u = 0; u < sizes[i]; u += 1) {
      for (let j = 0; j < sources; j += 1) start[ends[i - 1] + u * width + j] = scale * draws[drawn++];
    }
    for (let u = 0; bias && u < sizes[i]; u += 1) {
      const own = scale * draws[drawn++];
      start[ends[i - 1] + u * width + sources] = (zeroBiases ? 0 : own) + moved;
    }
  }
  for (const [name, value] of weights) {
    const at = placeOfNumber(name, sizes, bias, ends);
    if (at >= 0) start[at] = value;
  }
  return start;
}

/** Where W1.0.2 or b1.0 lies in a row; −1 where the network has none.
 * @param {string} name @param {number[]} sizes @param {boolean} bias @param {number[]} ends */
function placeOfNumber(name, sizes, bias, ends) {
  const [letter, i, u, j = sizes[i - 1]] = [name[0], ...name.slice(1).split(".").map(Number)];
  const sources = sizes[i - 1];
  const there = i < sizes.length && u < sizes[i] && (letter === "W" ? j < sources : bias);
  return there ? ends[i - 1] + u * widthOf(sources, bias) + j : -1;
}

/** All weights and biases must fit: first the weights of each layer, then the biases.
 * @param {Float64Array} start @param {Layout} layout @param {number} format */
function demandNumbers(start, { sizes, bias, ends }, format) {
  for (const letter of bias ? ["W", "b"] : ["W"]) {
    for (let i = 1; i < sizes.length; i += 1) {
      const [sources, width] = [sizes[i - 1], widthOf(sizes[i - 1], bias)];
      const own = start.subarray(ends[i - 1], ends[i]);
      demandFit(
        `${letter}${i}`,
        own.filter((_, n) => n % width < sources === (letter === "W")),
        format,
      );
    }
  }
}

/** Values that a format must hold, or the words of `arithmetic.fitted`.
 * @param {string} what @param {Float64Array} values @param {number} format */
function demandFit(what, values, format) {
  const { name, precision, top } = FORMATS[format];
  const lost = values.find((value) => !Number.isFinite(rounded(value, format)));
  if (lost === undefined) return;
  const largest = brief((2 - 2 ** (1 - precision)) * 2 ** top);
  const remedy = what === "X" ? "Scale the inputs" : "Use a smaller number";
  throw new RangeError(
    `${what} must fit the format ${name} (largest number ${largest}), got ${brief(lost)}. ${remedy} or choose a wider format.`,
  );
}

/** A number in six digits, as Python's :g writes it. @param {number} value */
function brief(value) {
  const [digits, power] = value.toExponential(5).split("e");
  const plain = (/** @type {string} */ text) => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);
  const size = String(Math.abs(Number(power))).padStart(2, "0");
  if (Number(power) < -4 || Number(power) > 5) return `${plain(digits)}e${power[0]}${size}`;
  return plain(value.toPrecision(6));
}

/** @param {string} what @param {string} name @param {Record<string, unknown>} records */
function demand(what, name, records) {
  if (!Object.hasOwn(records, name)) {
    throw new RangeError(`${what} must be one of ${Object.keys(records).join(", ")}, got ${name}.`);
  }
}
