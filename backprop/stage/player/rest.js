// Once the playhead rests: the summary, the address, and Python, who knows the true values.

import { ask } from "./questions.js";
import { announce } from "./status.js";
import { playheadOf, writeAddress } from "./visit.js";

/** @import { Player } from "./player" */

/** @returns {Player["pause"]} */
export const newPause = () => ({ timer: 0 });

/** @param {Player} player */
export function rest(player) {
  const { pause, clock } = player;
  clearTimeout(pause.timer);
  if (clock.playing) return;
  pause.timer = setTimeout(() => {
    announce(player);
    writeAddress(player);
    const { operation, selection } = playheadOf(player);
    if (!player.hand.drag && !player.recording.whole) ask(player, { kind: "rest", operation, selection });
  }, 250);
}
