// Channels and positions in words.

import { firstOf } from "./recording.js";

/** @import { About, Operation, Player } from "./player" */

/** @type {Record<string, string>} */
const LETTERS = { delta: "δ", dW: "∂J/∂W", db: "∂J/∂b", cost: "J", true_J: "J" };

/** A quantity in words: "δ₂ of unit 1", "W₁ of unit 2 from input 1".
 * @param {About} about @param {string} channel */
export function nameOf(about, channel) {
  const parts = channel.split(".");
  const [name, layer, u, v] = parts.length > 4 ? [parts[0], ...parts.slice(2)] : parts;
  const letter = LETTERS[name] ?? name;
  if (letter === "J") return "the cost J";
  if (name === "z" && layer === "0") return `input ${about.features[Number(u)] ?? Number(u) + 1}`;
  const from = v === undefined ? "" : ` from ${layer === "1" ? "input" : "unit"} ${Number(v) + 1}`;
  return `${letter}${subscript(layer)} of unit ${Number(u) + 1}${from}`;
}

/** @param {string} n */
const subscript = (n) => n.replace(/\d/g, (d) => "₀₁₂₃₄₅₆₇₈₉"[Number(d)]);

/** A segment in words: "sample 4", or "a sample from 33 to 64" where several share it.
 * @param {About} about @param {number} segment */
export function samplesOf(about, segment) {
  const [first, last] = [firstOf(about, segment) + 1, firstOf(about, segment + 1)];
  return first === last ? `sample ${first}` : `a sample from ${first} to ${last}`;
}

/** An operation as an address names it: "delta.3", "update", "start". @param {Operation | undefined} o */
export const operationName = (o) => (!o ? "start" : o.layer ? `${o.name}.${o.layer}` : o.name);

const SHOWN = {
  now: "",
  before: " · shown: one update before",
  change: " · shown: change since the update before",
};

/** Where the playhead is, and what of it is shown. @param {Player} player */
export function positionText({ recording: { about }, position: { frame, operation }, looks }) {
  const current = about.operations[operation];
  return `update ${about.updates[frame]} / ${about.last} · ${current ? current.title : "inputs and weights"}${SHOWN[looks.compare]}`;
}
