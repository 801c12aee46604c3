// Painting: the drawing and the one beside it, the line above, the scrubber and the cards, for the
// position at hand.

import { paintBeside } from "./beside.js";
import { paintNetwork } from "./cells.js";
import { followAcross } from "./drawing.js";
import { paintEquation } from "./equation.js";
import { paintPlane } from "./plane.js";
import { hasReachedFault } from "./position.js";
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

/** The card of the fault in words: once the playhead has reached it. @param {Player} player */
function paintFault({ at, recording, position }) {
  const { about } = recording;
  const reached = hasReachedFault(recording, position);
  const box = at("fault");
  box.classList.toggle("faulty", reached);
  show(box, reached ? about.faultCard : about.quietCard);
}

/** What was last laid into an element, so that the same is not laid again. @type {WeakMap<Element, string>} */
const laid = new WeakMap();

/** @param {Element} element @param {string} html */
function show(element, html) {
  if (laid.get(element) === html) return;
  element.innerHTML = html;
  laid.set(element, html);
}
