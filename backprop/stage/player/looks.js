// Looks: the numbers of now, of the update before, or what changed; strips of all samples.

import { paint } from "./painting.js";
import { announce } from "./status.js";

/** @import { Player } from "./player" */

/** @returns {Player["looks"]} */
export const newLooks = () => ({ compare: "now", striped: false });

/** @param {Player} player @param {Player["looks"]["compare"]} how */
export function compare(player, how) {
  player.looks.compare = how;
  player.at("change").setAttribute("aria-pressed", String(how === "change"));
  player.at("stage").dataset.compare = how;
  paint(player);
  announce(player);
}

/** @param {Player} player */
export const toggleChange = (player) => compare(player, player.looks.compare === "change" ? "now" : "change");

/** The update before is let go of. @param {Player} player */
export function release(player) {
  if (player.looks.compare === "before") compare(player, "now");
}

/** @param {Player} player */
export function toggleStrips(player) {
  player.looks.striped = !player.looks.striped;
  player.at("samples").setAttribute("aria-pressed", String(player.looks.striped));
  paint(player);
}
