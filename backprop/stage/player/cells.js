// Painting a network: its cells and texts, edges and strips, for the position at hand.

import { changeDigits, fullDigits, shortDigits } from "../../drawing/digits.js";
import { paintEdges, paintStrips } from "./edges.js";
import { paletteOf } from "./palettes.js";
import { isKnown, operationAt } from "./position.js";
import { codeAt, FIRST_BAD, placeOf, STATES, stateAt, valueAt } from "./recording.js";

/** @import { Cell, Player } from "./player" */

const UNKNOWN = { state: -1, code: -1, value: undefined, change: false };

/** @param {Player} player */
export function paintNetwork(player) {
  const { recording, position, drawing } = player;
  const current = operationAt(recording, position);
  for (const cell of drawing.cells) {
    const { block } = cell.place;
    paintCell(player, cell, current?.name === block.name && current.layer === block.layer);
  }
  for (const node of drawing.texts) {
    const place = placeOf(recording, node.dataset.text ?? "");
    const text = shortDigits(valueAt(recording, place, position.frame));
    if (node.textContent !== text) fitText(node, text);
  }
  paintEdges(player);
  paintStrips(player);
}

/** What a cell shows: its value, the one before, or what changed between the two.
 * @param {Player} player @param {Cell} cell */
function shownIn({ recording, position, looks }, { place }) {
  if (!isKnown(position, place)) return UNKNOWN;
  const at = (/** @type {number} */ frame) => ({
    state: stateAt(recording, place, frame),
    code: codeAt(recording, place, frame),
    value: valueAt(recording, place, frame),
    change: false,
  });
  const now = at(position.frame);
  if (looks.compare === "now" || place.block.layer === 0) return now;
  if (position.frame === 0) return UNKNOWN;
  const before = at(position.frame - 1);
  if (looks.compare === "before") return before;
  const value = now.value - before.value;
  return { state: Number.isFinite(value) ? 0 : now.state, code: changeCode(value), value, change: true };
}

/** The place of a change in the signed palette: eight decades, as δ. @param {number} change */
function changeCode(change) {
  const size = Math.max(0.06, Math.min(1, 1 + Math.log10(Math.abs(change)) / 8));
  return change ? 127 + Math.sign(change) * Math.round(127 * (Number.isFinite(size) ? size : 1)) : 127;
}

/** @param {Player} player @param {Cell} cell @param {boolean} active */
function paintCell(player, cell, active) {
  const { state, code, value, change } = shownIn(player, cell);
  const { node, shown, text } = cell;
  const same = shown.state === state && shown.code === code && Object.is(shown.value, value);
  if (same && shown.active === active && shown.change === change) return;
  if (shown.state !== state) node.dataset.state = state < 0 ? "unknown" : STATES[state];
  if (shown.active !== active) node.classList.toggle("active", active);
  if (shown.code !== code || shown.state !== state || shown.change !== change) {
    const kind = cell.place.block.kind === "unit" && !change ? "unit" : "signed";
    const palette = paletteOf(player.drawing.theme, kind);
    const [fill, ink] = state >= 0 && state < FIRST_BAD ? palette[code] : ["", ""];
    cell.fill.style.fill = fill;
    if (text) text.style.fill = ink;
    if (cell.letter) cell.letter.style.fill = ink;
  }
  if (!cell.body) {
    const digits = value === undefined ? "" : fullDigits(value);
    const short = value === undefined ? "–" : change ? changeDigits(value) : shortDigits(value);
    node.dataset.value = digits;
    if (text) fitText(text, short);
    if (node.getAttribute("role") === "slider") {
      node.setAttribute("aria-valuenow", digits);
      node.setAttribute("aria-valuetext", digits);
    }
  }
  cell.shown = { state, code, value, active, change };
}

const DIGIT = 0.605; // the width of a digit in heights of its type

/** Write a number, narrower where its cell, circle or box has no room for it.
 * @param {SVGElement} node @param {string} text */
function fitText(node, text) {
  node.textContent = text;
  const room = Number(node.dataset.room);
  if (text.length * DIGIT * parseFloat(node.style.fontSize) > room) {
    node.setAttribute("textLength", String(room));
    node.setAttribute("lengthAdjust", "spacingAndGlyphs");
  } else node.removeAttribute("textLength");
}
