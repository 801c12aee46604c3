// Keys: of the whole page for the playhead, and of the drawing where the focus is in it.

import { all } from "../../drawing/dom.js";
import { bringBack, toggleEnlarged } from "./enlarging.js";
import { followBack } from "./guide.js";
import { nudge } from "./hand.js";
import { toggleInputs } from "./inputs.js";
import { isTaken, takeKey } from "./keys.js";
import { compare, release, toggleChange, toggleStrips } from "./looks.js";
import { stepOperation, stepUpdate, toEnd, toFault, toStart } from "./moving.js";
import { halt, setPlaying } from "./playing.js";
import { project } from "./projecting.js";
import { select } from "./selecting.js";

/** @import { Player } from "./player" */

/** @param {Player} player @param {KeyboardEvent} event */
export function onKey(player, event) {
  if (!player.root.isConnected || isTaken(event)) return;
  const [node] = event.composedPath();
  const cell = node instanceof Element ? node.closest(".drawing [role=button], .drawing [role=slider]") : null;
  if (cell instanceof SVGElement && onCellKey(player, event, cell)) {
    event.preventDefault();
    return;
  }
  const act = actOf(player, event);
  if (!act) return;
  takeKey(event);
  act();
}

/** @param {Player} player @param {KeyboardEvent} event @returns {(() => unknown) | undefined} */
function actOf(player, { key, shiftKey, repeat }) {
  const step = (/** @type {number} */ by) => halt(player, (p) => (shiftKey ? stepUpdate : stepOperation)(p, by));
  /** @type {Record<string, () => unknown>} */
  const acts = {
    " ": () => setPlaying(player, !player.clock.playing),
    ArrowRight: () => step(1),
    ArrowLeft: () => step(-1),
    Home: () => halt(player, toStart),
    End: () => halt(player, toEnd),
    n: () => halt(player, toFault),
    b: () => repeat || compare(player, "before"),
    d: () => toggleChange(player),
    s: () => toggleStrips(player),
    p: () => repeat || project(player),
    e: () => repeat || toggleEnlarged(player),
    f: () => halt(player, followBack),
    Escape: () => bringBack(player) || select(player, null),
  };
  return acts[key.length === 1 ? key.toLowerCase() : key];
}

/** @param {Player} player @param {KeyboardEvent} event */
export function onKeyUp(player, event) {
  if (event.key === "b" || event.key === "B") release(player);
}

/** With the focus in the drawing: arrows move it from cell to cell, Enter selects, ↑ and ↓ change an
 * input. Whether the key was one of these.
 * @param {Player} player @param {KeyboardEvent} event @param {SVGElement} node */
function onCellKey(player, { key }, node) {
  const isArrow = key === "ArrowUp" || key === "ArrowDown";
  if (node === player.fold.row && (key === "Enter" || key === " ")) toggleInputs(player);
  else if (key === "Enter") select(player, node.dataset.channel ?? node.dataset.select);
  else if (isArrow && node.classList.contains("input")) nudge(player, node, key === "ArrowUp" ? 1 : -1);
  else if (isArrow || key === "PageUp" || key === "PageDown") focusNext(player, node, key);
  else return false;
  return true;
}

/** ↑ and ↓ go through a column's cells, Page keys to the next column.
 * @param {Player} player @param {SVGElement} node @param {string} key */
function focusNext(player, node, key) {
  const cells = all(player.at("drawing"), ".cell, .target", SVGElement);
  const layerOf = (/** @type {SVGElement} */ cell) => cell.dataset.layer ?? "target";
  const by = key === "ArrowDown" || key === "PageDown" ? 1 : -1;
  let at = cells.indexOf(node) + by;
  if (key.startsWith("Page")) while (cells[at] && layerOf(cells[at]) === layerOf(node)) at += by;
  const next = cells[at];
  if (!next) return;
  for (const cell of cells) cell.setAttribute("tabindex", cell === next ? "0" : "-1");
  next.focus();
}
