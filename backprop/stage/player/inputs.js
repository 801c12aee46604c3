// The list of all inputs, where not all have room in the drawing.

import { fullDigits, shortDigits } from "../../drawing/digits.js";
import { all, one } from "../../drawing/dom.js";
import { placeOf, valueAt } from "./recording.js";
import { select } from "./selecting.js";

/** @import { Player } from "./player" */

/** @returns {Player["list"]} */
export const newList = () => ({ node: null, leave: () => {} });

/** Open the list, or close it if it is open. @param {Player} player */
export function toggleInputs(player) {
  const { fold, root } = player;
  if (player.list.node || !fold.row) return closeInputs(player);
  const { features } = player.recording.about;
  const list = document.createElement("div");
  list.className = "inputs";
  list.setAttribute("role", "dialog");
  list.setAttribute("aria-label", `All ${features.length} inputs`);
  list.innerHTML = `<p><b>All ${features.length} inputs.</b> The ${fold.pages[0].inputs.length} that contribute most to layer 1 at the start are drawn first (mean |x| over the samples × Σ |W₁|). Choose another to see it with its weights.</p><div class="input-list"></div>`;
  one(list, ".input-list", HTMLElement).append(...features.map((name, unit) => rowOf(player, name, unit)));
  list.addEventListener("keydown", (event) => moveInList(player, list, event));
  one(root, ".drawing-frame", HTMLElement).append(list);
  fold.row.setAttribute("aria-expanded", "true");
  player.list.node = list;
  player.list.leave = (event) => {
    if (!event.composedPath().some((node) => node === list || node === fold.row)) closeInputs(player);
  };
  document.addEventListener("pointerdown", player.list.leave);
  const rows = all(list, "button", HTMLButtonElement);
  (rows.find((row) => row.getAttribute("aria-pressed") === "false") ?? rows[0]).focus();
}

/** @param {Player} player @param {string} name @param {number} unit */
function rowOf(player, name, unit) {
  const { recording, position, fold } = player;
  const row = document.createElement("button");
  row.type = "button";
  row.setAttribute("aria-pressed", String(fold.pages[fold.page].inputs.includes(unit)));
  const value = valueAt(recording, placeOf(recording, `z.0.${unit}`), position.frame);
  row.innerHTML = "<span></span><b></b>";
  one(row, "span", HTMLElement).textContent = name;
  one(row, "b", HTMLElement).textContent = shortDigits(value, 4);
  one(row, "b", HTMLElement).title = fullDigits(value);
  row.addEventListener("click", () => {
    closeInputs(player);
    select(player, `z.0.${unit}`);
    one(fold.pages[fold.page].group, `[data-unit="${unit}"]`, SVGElement).focus({ preventScroll: true });
  });
  return row;
}

/** @param {Player} player */
export function closeInputs({ list, fold }) {
  if (!list.node) return;
  document.removeEventListener("pointerdown", list.leave);
  list.node.remove();
  list.node = null;
  fold.row?.setAttribute("aria-expanded", "false");
}

/** ↑ and ↓ go through the list, Escape leaves it; no key of it reaches the stage.
 * @param {Player} player @param {HTMLElement} list @param {KeyboardEvent} event */
function moveInList(player, list, event) {
  event.stopPropagation();
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === "Escape") {
    closeInputs(player);
    player.fold.row?.focus();
  } else if (by) {
    const rows = all(list, "button", HTMLButtonElement);
    rows[rows.findIndex((row) => row === event.target) + by]?.focus();
  } else return;
  event.preventDefault();
}
