// Selecting: a cell, an edge, a number in an equation; the card of the equation stays with it.

import { paintEquation } from "./equation.js";
import { showSelected } from "./fold.js";
import { channelOf } from "./recording.js";
import { rest } from "./rest.js";

/** @import { Player } from "./player" */

/** @returns {Player["selection"]} */
export const newSelection = () => ({ channel: null });

/** @param {Player} player @param {string | null | undefined} channel */
export function select(player, channel) {
  choose(player, channel ?? null);
  paintEquation(player);
  rest(player);
}

/** Only mark it in the drawing; a place that this network does not have counts as none.
 * @param {Player} player @param {string | null} channel */
export function choose(player, channel) {
  const { drawing, selection } = player;
  selection.channel = channel && isThere(player, channel) ? channel : null;
  showSelected(player);
  const { channel: chosen } = selection;
  for (const cell of drawing.cells) cell.node.classList.toggle("selected", !cell.body && cell.channel === chosen);
  const weight = chosen?.replace(/^dW\./, "W."); // a gradient is seen at its weight
  for (const edge of drawing.edges) edge.node.classList.toggle("selected", edge.channel === weight);
  const { half } = player.other;
  if (half && half !== player) choose(half, chosen);
}

/** @param {Player} player @param {string} channel */
const isThere = ({ recording }, channel) => channel.startsWith("cost.") || channelOf(recording, channel) !== null;
