// On paper: before the browser prints, the stage is laid out in the width and the plain type of a sheet,
// whatever the window is; afterwards as it was.

import { unfitEquation } from "./equation.js";
import { load } from "./loading.js";

/** @import { Player } from "./player" */

/** @returns {Player["paper"]} */
export const newPaper = () => ({ isLaid: false });

/** The browser says that it prints, and then what media it prints for: only by then the colours are those
 * of paper. One that prints a copy of the page says the first alone.
 * @param {Player} player @param {AbortSignal} signal */
export function bePrinted(player, signal) {
  const print = matchMedia("print");
  addEventListener("beforeprint", () => lay(player, true), { signal });
  addEventListener("afterprint", () => lay(player, false), { signal });
  print.addEventListener("change", () => lay(player, print.matches), { signal });
}

/** Measured in the size that print.css has for it; what is printed takes all the sheet's width, and the drawing
 * grows with it.
 * @param {Player} player @param {boolean} isLaid */
function lay(player, isLaid) {
  const { root, paper, recording } = player;
  paper.isLaid = isLaid;
  if (isLaid) root.dataset.paper = "measured";
  else delete root.dataset.paper;
  unfitEquation(player);
  load(player, recording);
  if (isLaid) root.dataset.paper = "laid";
}
