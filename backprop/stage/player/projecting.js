// Into projector mode and out of it: Python decides where it answers, then whoever surrounds the stage;
// a page that stands alone does it itself.

import { isFar } from "./far.js";
import { fit } from "./fitting.js";
import { paint } from "./painting.js";
import { ask } from "./questions.js";

/** @import { Player } from "./player" */

/** @param {Player} player */
export function project(player) {
  const { questions, root, far } = player;
  if (questions.send) return ask(player, { kind: "projector" });
  const asked = new CustomEvent("backprop:project", { bubbles: true, cancelable: true });
  if (!root.dispatchEvent(asked)) return;
  far.own = !isFar(player);
  root.classList.toggle("projector", far.own);
  fit(player);
  paint(player);
}
