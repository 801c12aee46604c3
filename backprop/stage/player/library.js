// What Python says of an experiment, taken from a library of words and equations: it follows from the
// shape of the network, the form of δ_L, the number format and the number of samples.

import { blocksOf } from "./blocks.js";

/** @import { Experiment, Library } from "../protocol" */
/** @import { Spoken } from "./player" */

const MOST_KEPT = 64;

/** By the library; what has been asked for is asked again at each picture of a drag.
 * @type {WeakMap<Library, Map<string, Spoken>>} */
const known = new WeakMap();

/** @param {Library} library @param {Experiment} experiment @returns {Spoken} */
export function spokenOf(library, experiment) {
  const { sizes, hidden, bias, format, X } = experiment;
  const form = formOf(experiment);
  const key = [sizes.join("-"), hidden, bias, format, form, X.length].join(" ");
  const kept = known.get(library) ?? new Map();
  known.set(library, kept);
  let spoken = kept.get(key);
  if (!spoken) {
    if (kept.size >= MOST_KEPT) kept.clear();
    spoken = speak(library, experiment, form);
    kept.set(key, spoken);
  }
  return spoken;
}

/** The key of the form of δ_L that is shown. @param {Experiment} experiment */
const formOf = ({ runners, shown }) => runners.find(({ name }) => name === shown)?.form ?? shown;

/** @param {Library} library @param {Experiment} experiment @param {string} form @returns {Spoken} */
function speak(library, experiment, form) {
  const { sizes, hidden, bias, format, X } = experiment;
  const L = sizes.length - 1;
  const operations = library.operations[L];
  const network = library.networks[`${sizes.join("-")} ${hidden}${bias ? " bias" : ""}`];
  const numbers = { ...network, ...library.forms[`${form} ${L}`] };
  const equations = Object.entries(numbers).map(([key, n]) => {
    const template = library.templates[n];
    return [key, { ...template, html: averaged(library, template.html, X.length) }];
  });
  return {
    operations,
    layers: L,
    bias,
    blocks: blocksOf(experiment, form, operations, library.letters),
    equations: Object.fromEntries(equations),
    notes: notesOf(library, L, hidden, form, format),
  };
}

/** A template's HTML with the number of samples in it. @param {Library} library @param {string} html @param {number} samples */
const averaged = ({ averages: [one, more] }, html, samples) =>
  html.replaceAll("{average}", samples > 1 ? more : one).replaceAll("{samples}", String(samples));

/** @param {Library} library @param {number} L @param {string} hidden @param {string} form @param {string} format */
function notesOf({ notes }, L, hidden, form, format) {
  /** @type {Record<string, string>} */
  const said = {};
  for (let i = 1; i <= L; i += 1) {
    const ends = i === L ? notes.outputs[`${form} ${format}`] : notes.hidden[`${hidden} ${format}`];
    const dead = i === L ? notes.deadOutputs[form] : notes.dead;
    for (const [end, note] of Object.entries(ends)) said[`z.${i}.${end}`] = note.replaceAll("{i}", String(i));
    said[`delta.${i}.dead`] = dead.replaceAll("{i}", String(i));
  }
  return said;
}

/** The inputs, those first that contribute most at the start: fold.py.
 * @param {Pick<Experiment, "sizes" | "draws" | "scale" | "weights" | "X">} experiment */
export function orderOf({ sizes: [inputs, units], draws, scale, weights, X }) {
  const W = draws.slice(0, inputs * units).map((draw) => scale * draw);
  for (const [name, value] of weights) {
    const [layer, unit, source] = name.split(".");
    if (layer === "W1" && Number(unit) < units && Number(source) < inputs)
      W[Number(unit) * inputs + Number(source)] = value;
  }
  const sizes = X[0].map((_, j) => {
    const mean = X.reduce((sum, row) => sum + Math.abs(row[j]), 0) / X.length;
    return mean * W.reduce((sum, w, n) => sum + (n % inputs === j ? Math.abs(w) : 0), 0);
  });
  return [...sizes.keys()].sort((a, b) => sizes[b] - sizes[a] || a - b);
}
