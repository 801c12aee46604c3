// Channels and positions in words.

import { channelOf } from "./recording.js";

/** @import { PassOperation, Player, Recording } from "./player" */

/** A quantity in words: "δ₂ of unit 1", "W₁ of unit 2 from input 1".
 * @param {Recording} recording @param {string} channel */
export function nameOf(recording, channel) {
  const place = channelOf(recording, channel);
  if (!place || place.block.letter === "J") return "the cost J";
  const { letter, layer, shape } = place.block;
  const [u, v] = channel.split(".").slice(-shape.length).map(Number);
  if (letter === "z" && layer === 0) return `input ${recording.about.features[u]}`;
  const from = v === undefined ? "" : ` from ${layer === 1 ? "input" : "unit"} ${v + 1}`;
  return `${letter}${subscript(layer)} of unit ${u + 1}${from}`;
}

/** @param {number} n */
export const subscript = (n) => String(n).replace(/\d/g, (d) => "₀₁₂₃₄₅₆₇₈₉"[Number(d)]);

/** An operation as an address names it: "delta.3", "update", "start". @param {PassOperation | undefined} o */
export const operationName = (o) => (!o ? "start" : o.layer ? `${o.name}.${o.layer}` : o.name);

/** What is shown of an update, where it is not its numbers. */
export const SHOWN = {
  now: "",
  before: "shown: one update before",
  change: "shown: change since the update before",
};

/** Where the playhead is. @param {Player} player */
export function positionText({ recording: { about }, position: { frame, operation, opening } }) {
  if (opening) return `update 0 / ${about.last} · the whole first pass`;
  const current = about.operations[operation];
  return `update ${frame} / ${about.last} · ${current ? current.title : "inputs and weights"}`;
}
