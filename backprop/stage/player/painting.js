// Painting: the drawing and the one beside it, the line above, the scrubber and the cards, for the
// position at hand.

import { paintBeside } from "./beside.js";
import { paintNetwork } from "./cells.js";
import { followAcross } from "./drawing.js";
import { paintEquation } from "./equation.js";
import { paintFault } from "./fault.js";
import { paintPlane } from "./plane.js";
import { paintStatus } from "./status.js";

/** @import { Player } from "./player" */

/** @param {Player} player */
export function paint(player) {
  paintNetwork(player);
  paintBeside(player);
  paintPlane(player);
  paintStatus(player);
  paintFault(player);
  paintEquation(player);
  followAcross(player);
}
