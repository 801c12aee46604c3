// Painting: the drawing, the line above, the scrubber and the cards, for the position at hand.

import { changeDigits, fullDigits, shortDigits } from "../../drawing/digits.js";
import { followAcross } from "./drawing.js";
import { paintEdges, paintStrips } from "./edges.js";
import { paintEquation } from "./equation.js";
import { paintFault } from "./fault.js";
import { paletteOf } from "./palettes.js";
import { isKnown } from "./position.js";
import { codeAt, FIRST_BAD, placeOf, STATES, stateAt, valueAt } from "./recording.js";
import { paintStatus } from "./status.js";

/** @import { Cell, Player } from "./player" */

const UNKNOWN = { state: -1, code: -1, value: undefined, change: false };

/** @param {Player} player */
export function paint(player) {
  const { recording, position, drawing } = player;
  const { about } = recording;
  const current = about.operations[position.operation];
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
  paintStatus(player);
  paintFault(player);
  paintEquation(player);
  followAcross(player);
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
  return looks.compare === "before" ? before : { ...now, value: now.value - before.value, change: true };
}

/** @param {Player} player @param {Cell} cell @param {boolean} active */
function paintCell(player, cell, active) {
  const { state, code, value, change } = shownIn(player, cell);
  const { node, shown, text } = cell;
  const same = shown.state === state && shown.code === code && Object.is(shown.value, value);
  if (same && shown.active === active && shown.change === change) return;
  if (shown.state !== state) node.dataset.state = state < 0 ? "unknown" : STATES[state];
  if (shown.active !== active) node.classList.toggle("active", active);
  if (shown.code !== code || shown.state !== state) {
    const palette = paletteOf(player.drawing.theme, cell.place.block.kind === "unit" ? "unit" : "signed");
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
