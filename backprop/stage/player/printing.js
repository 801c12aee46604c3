// On paper: before the browser prints, the stage is laid out in the width and the plain type of a sheet,
// whatever the window is; afterwards as it was.

import { unfitEquation } from "./equation.js";
import { load } from "./loading.js";

/** @import { Player } from "./player" */

/** The browser says that it prints, and then what media it prints for: only by then the colours are those
 * of paper. One that prints a copy of the page says the first alone.
 * @param {Player} player @param {AbortSignal} signal */
export function bePrinted(player, signal) {
  const paper = matchMedia("print");
  addEventListener("beforeprint", () => lay(player, true), { signal });
  addEventListener("afterprint", () => lay(player, false), { signal });
  paper.addEventListener("change", () => lay(player, paper.matches), { signal });
}

/** Measured in the size that print.css has for it; what is printed takes all the sheet's width, and the drawing
 * grows with it.
 * @param {Player} player @param {boolean} paper */
function lay(player, paper) {
  const { root, far, recording } = player;
  far.paper = paper;
  if (paper) root.dataset.paper = "measured";
  else delete root.dataset.paper;
  unfitEquation(player);
  load(player, recording);
  if (paper) root.dataset.paper = "laid";
}
