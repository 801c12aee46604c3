// Into projector mode and out of it: Python decides where it answers, then whoever surrounds the stage;
// a page that stands alone does it by itself.

import { isFar } from "./far.js";
import { fit } from "./fitting.js";
import { paint } from "./painting.js";
import { ask } from "./questions.js";

/** @import { Player } from "./player" */

/** @param {Player} player */
export function project(player) {
  if (player.questions.send) ask(player, { kind: "projector" });
  else player.root.dispatchEvent(new CustomEvent("backprop:project", { bubbles: true }));
}

/** @param {Player} player */
export function beProjected(player) {
  const { root, far } = player;
  root.addEventListener("backprop:project", () => {
    far.own = !isFar(player);
    root.classList.toggle("projector", far.own);
    fit(player);
    paint(player);
  });
}
