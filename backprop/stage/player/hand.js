// Inputs are dragged up and down, or moved by ↑ and ↓; the page follows by itself, and once they are
// let go Python has the last word.

import { enter, followInput } from "./live.js";
import { ask } from "./questions.js";

/** @import { Player } from "./player" */

const PATIENCE = 1500; // ms; an answer that says nothing new never arrives

/** @returns {Player["hand"]} */
export const newHand = () => ({ drag: null, dropped: false, timer: 0 });

/** @param {Player} player @param {SVGElement} node */
function takeUp({ recording, hand }, node) {
  const unit = Number(node.dataset.unit);
  hand.drag = {
    unit,
    reach: recording.about.view.reach[unit],
    value: Number(node.dataset.value),
    moved: false,
  };
}

/** Whether an input can be moved. @param {Player} player @param {SVGElement} node */
const isMovable = ({ questions, recording }, node) =>
  questions.send !== null && recording.about.view.reach[Number(node.dataset.unit)] > 0;

/** @param {Player} player @param {PointerEvent} event @param {SVGElement} node */
export function startDrag(player, event, node) {
  const { hand } = player;
  if (!isMovable(player, node) || event.button) return;
  takeUp(player, node);
  const start = { y: event.clientY, value: Number(node.dataset.value) };
  node.setPointerCapture(event.pointerId);
  node.classList.add("dragged");
  const ends = ["pointerup", "pointercancel"];
  const move = (/** @type {PointerEvent} */ { clientY }) => {
    if (!hand.drag || (Math.abs(clientY - start.y) < 3 && !hand.drag.moved)) return;
    dragTo(player, start.value + ((start.y - clientY) / 150) * hand.drag.reach);
  };
  const end = () => {
    node.removeEventListener("pointermove", move);
    for (const name of ends) node.removeEventListener(name, end);
    node.classList.remove("dragged");
    hand.dropped = hand.drag?.moved ?? false; // so that the click which ends a drag selects nothing
    if (hand.dropped) drop(player);
    hand.drag = null;
  };
  node.addEventListener("pointermove", move);
  for (const name of ends) node.addEventListener(name, end);
}

/** @param {Player} player @param {number} value */
function dragTo(player, value) {
  const { drag } = player.hand;
  if (!drag) return;
  const step = 10 ** Math.floor(Math.log10(drag.reach / 300)); // as the slider's
  const even = Number((Math.round(value / step) * step).toPrecision(12));
  const kept = Math.max(-drag.reach, Math.min(drag.reach, even));
  if (kept === drag.value) return;
  drag.value = kept;
  drag.moved = true;
  followInput(player, drag.unit, kept);
}

/** @param {Player} player */
function drop(player) {
  const { drag } = player.hand;
  if (!drag) return;
  // Dropped where it was taken up, nothing new will come: the picture of before returns.
  setTimeout(() => {
    const { whole } = player.recording;
    if (whole && !player.hand.drag) enter(player, whole);
  }, PATIENCE);
  ask(player, { kind: "drop", input: drag.unit, value: drag.value });
}

/** ↑ and ↓ on an input: the same in small steps, dropped when the keys rest.
 * @param {Player} player @param {SVGElement} node @param {number} by */
export function nudge(player, node, by) {
  const { hand } = player;
  if (!isMovable(player, node)) return;
  if (!hand.drag) takeUp(player, node);
  if (hand.drag) dragTo(player, hand.drag.value + (by * hand.drag.reach) / 60);
  clearTimeout(hand.timer);
  hand.timer = setTimeout(() => {
    drop(player);
    hand.drag = null;
  }, 500);
}
