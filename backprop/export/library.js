// A scene in the words of a link becomes what the stage takes: Python's scene, put together in the page.

import { LOOKS } from "../stage/engine/sentences.js";
import { readEdits, readRows, readWeights, writeNumber } from "./words.js";

/** @import { Experiment, ExperimentRunner, Scene, View } from "../stage/protocol" */
/** @import { Words } from "./book" */
/** @import { Data, Given, Library } from "./told" */

/** The samples of a scene before any edit, and what is known of them. @param {Library} library @param {Given} given @param {Words} words
 * @returns {Data} */
export function dataOf({ data }, given, words) {
  const rows = words.data === "own" ? (readRows(words.rows) ?? []) : [];
  if (!rows.length) return data[words.data === "own" ? given.data : (words.data ?? given.data)];
  const X = rows.map((row) => row.slice(0, 2));
  const reach = [0, 1].map((j) => reachOf(X.map((row) => row[j])));
  return { X, y: rows.map((row) => row.slice(2)), features: data[given.data].features, reach, rate: 1 };
}

/** How far from 0 an input can be moved: scaling.py. @param {number[]} column */
function reachOf(column) {
  const largest = Math.max(...column.map(Math.abs));
  if (largest === 0 || (largest >= 0.01 && largest <= 2)) return 3;
  return Math.min(largest * (largest > 2 ? 1.5 : 3), Math.max(largest, 1e308));
}

/** What is trained: experiment.py. @param {Library} library @param {Given} given @param {Words} words @returns {Experiment} */
export function experimentOf(library, given, words) {
  const { X, y } = dataOf(library, given, words);
  const units = words.units === "0" ? [] : words.units.split("-").map(Number);
  const edits = fitting(readEdits(words.edits) ?? [], X, y);
  const runners = runnersOf(library, given, words, soft(y, edits, X[0].length));
  return {
    sizes: [X[0].length, ...units, y[0].length],
    bias: words.bias === "on",
    hidden: words.hidden,
    format: words.format,
    draws: library.draws[words.seed],
    scale: Number(words.scale),
    zeroBiases: words.zero_biases === "on",
    outputBias: Number(words.output_bias),
    weights: readWeights(words.weights, library.offers.fields.weights.pattern ?? "") ?? [],
    X,
    y,
    edits,
    alpha: Number(words.learning_rate),
    updates: Number(words.updates),
    runners,
    shown: (runners.find(({ name }) => name === words.derivative) ?? runners[0]).name,
    sample: Math.min(Number(words.sample), X.length) - 1,
  };
}

/** Those edits that are of samples which the data have. @param {Experiment["edits"]} edits @param {number[][]} X @param {number[][]} y */
const fitting = (edits, X, y) =>
  edits.filter(([index, row]) => {
    const inputs = X[0].length;
    const targets = row.slice(inputs);
    return index < X.length && row.length === inputs + y[0].length && targets.every((t) => t >= 0 && t <= 1);
  });

/** Whether a target lies strictly between 0 and 1. @param {number[][]} y @param {Experiment["edits"]} edits @param {number} inputs */
function soft(y, edits, inputs) {
  const rows = y.slice();
  for (const [index, row] of edits) rows[index] = row.slice(inputs);
  return rows.some((row) => row.some((target) => target > 0 && target < 1));
}

/** Who takes part: derivatives of the cost that suit the targets, and the chosen one.
 * @param {Library} library @param {Given} given @param {Words} words @param {boolean} isSoft @returns {ExperimentRunner[]} */
function runnersOf({ costs, clamped }, given, words, isSoft) {
  const suits = (/** @type {string} */ name) => isSoft || !LOOKS[name].soft || name === words.derivative;
  const names = given.runners ?? costs[words.cost].filter(suits);
  const epsilon = Number(words.epsilon);
  return names.map((name) => ({ name, form: clamped.includes(name) ? words.clamp : name, epsilon }));
}

/** The whole scene. @param {Library} library @param {Given} given @param {Words} words @param {View} view @returns {Scene} */
export function sceneOf(library, given, words, view) {
  const { features } = dataOf(library, given, words);
  return { experiment: experimentOf(library, given, words), view, features, library };
}

/** The network, the data and the training in one line: describe.py. @param {Library} library @param {Experiment} experiment */
export function describedIn({ described }, { sizes, hidden, format, X, updates, alpha }) {
  const line = sizes.length > 2 ? described : described.replace("{hidden}, ", "");
  const places = {
    sizes: sizes.join("-"),
    hidden,
    format,
    samples: X.length,
    updates,
    alpha: writeNumber(Number(alpha.toPrecision(6))),
  };
  return Object.entries(places).reduce(
    (text, [name, value]) => text.replace(`{${name}}`, String(value)),
    X.length > 1 ? line : line.replace("samples,", "sample,"),
  );
}
