// Inputs that have no room: they take turns, a page at a time, and the last row opens a list of all.
// The pages that are not shown leave the drawing, so that no key and no pointer finds them there.

import { all, one } from "../../drawing/dom.js";
import { paintEdges } from "./edges.js";

/** @import { Fold, Player } from "./player" */

/** @returns {Fold} */
export const newFold = () => ({ pages: [], page: 0, row: null, after: null });

/** Take the pages of a new drawing over, and show the first. @param {Player} player */
export function foldInputs({ at, fold }) {
  const svg = one(at("drawing"), "svg", SVGElement);
  const groups = all(svg, ".page", SVGElement);
  fold.pages = groups.map((group) => ({
    group,
    inputs: all(group, ".input", SVGElement).map((node) => Number(node.dataset.unit)),
  }));
  fold.after = groups[groups.length - 1].nextSibling;
  fold.page = 0;
  fold.row = svg.querySelector(".fold");
  for (const group of groups.slice(1)) group.remove();
}

/** @param {Player} player @param {number} page */
function turnTo(player, page) {
  const { recording, fold } = player;
  if (page === fold.page || !fold.pages[page] || !fold.row) return;
  fold.pages[fold.page].group.remove();
  const { group, inputs } = fold.pages[page];
  fold.after?.parentNode?.insertBefore(group, fold.after);
  fold.page = page;
  const focusable = group.ownerSVGElement?.querySelector('.cell[tabindex="0"], .target[tabindex="0"]');
  if (!focusable) one(group, ".input", SVGElement).setAttribute("tabindex", "0");
  const folded = recording.about.features.length - inputs.length;
  const text = `${folded} more input${folded > 1 ? "s" : ""}`;
  one(fold.row, "text", SVGElement).textContent = text;
  fold.row.setAttribute("aria-label", `${text}: list all`);
  paintEdges(player);
}

/** The input that is selected, or that the selected weight leads from, comes into the drawing.
 * @param {Player} player */
export function showSelected(player) {
  const input = /^(?:z\.0|d?W\.1\.\d+)\.(\d+)$/.exec(player.selection.channel ?? "")?.[1];
  if (input === undefined) return;
  turnTo(
    player,
    player.fold.pages.findIndex(({ inputs }) => inputs.includes(Number(input))),
  );
}
