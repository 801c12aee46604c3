// The blocks of channels of a recording: channels.py. They follow from the shape of the network and from
// the form of δ_L.

import { ACTIVATIONS, FORMS } from "../engine/records.js";

/** @import { Block, Experiment, Kind, PassOperation } from "../protocol" */

/** @param {Pick<Experiment, "sizes" | "hidden" | "bias">} network @param {string} form @param {PassOperation[]} operations
 * @param {Record<string, string>} letters what people call a quantity, where it is not its name @returns {Block[]} */
export function blocksOf({ sizes, hidden, bias }, form, operations, letters) {
  const L = sizes.length - 1;
  const numbers = new Map(operations.map(({ name, layer }, n) => [layer ? `${name}.${layer}` : name, n]));
  const { steps, display } = FORMS[form];
  /** @type {Block[]} */
  const blocks = [];
  let start = 0;
  /** @param {string} name @param {number} layer @param {Kind} kind @param {number[]} shape @param {string} known the operation that brings it */
  const add = (name, layer, kind, shape, known) => {
    blocks.push({ name, layer, start, shape, kind, known: numbers.get(known) ?? -1, letter: letters[name] ?? name });
    start += shape.reduce((a, b) => a * b);
  };
  add("z", 0, "signed", [sizes[0]], "start");
  for (let i = 1; i <= L; i += 1) {
    const [units, matrix] = [[sizes[i]], [sizes[i], sizes[i - 1]]];
    const [back, slope] = [`delta.${i}`, `dW.${i}`];
    add("W", i, "weight", matrix, "start");
    if (bias) add("b", i, "weight", units, "start");
    add("h", i, "h", units, `h.${i}`);
    add("z", i, i === L ? "unit" : ACTIVATIONS[hidden].colours, units, `z.${i}`);
    if (i < L) {
      add("slope", i, "unit", units, back);
      add("weighted", i, "delta", units, back);
    }
    add("delta", i, "delta", units, back);
    add("product", i, "delta", matrix, slope);
    add("dW", i, "delta", matrix, slope);
    if (bias) add("db", i, "delta", units, slope);
  }
  const outputs = [sizes[L]];
  add("y", L, "unit", outputs, "start");
  add("h_out", L, "h", outputs, `h.${L}`);
  for (const step of steps) add(`step.${step}`, L, "delta", outputs, `delta.${L}`);
  for (const step of display.steps) add(`cost.${step}`, L, "delta", outputs, `cost.${L}`);
  add("true_delta", L, "delta", outputs, `delta.${L}`);
  for (const average of ["J", "true_J"]) add(average, L, "delta", [1], `cost.${L}`);
  return blocks;
}
