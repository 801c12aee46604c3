// Playing: a clock that moves the playhead on.

import { toStart } from "./moving.js";
import { paint } from "./painting.js";
import { advance, isAtEnd, paceAt } from "./position.js";
import { rest } from "./rest.js";
import { paintStatus } from "./status.js";
import { writeAddressSometimes } from "./visit.js";

/** @import { Player } from "./player" */

/** @returns {Player["clock"]} */
export const newClock = () => ({ playing: false, speed: 0, credit: 0, last: 0, timer: 0 });

/** @param {Player} player @param {boolean} playing */
export function setPlaying(player, playing) {
  const { clock } = player;
  if (playing && (player.position.opening || isAtEnd(player.recording, player.position))) toStart(player);
  clock.playing = playing;
  clock.credit = playing ? 1 : 0;
  clock.last = performance.now();
  cancelAnimationFrame(clock.timer);
  if (playing) clock.timer = requestAnimationFrame((now) => tick(player, now));
  paintStatus(player);
  rest(player);
}

/** @param {Player} player @param {number} speed its number in SPEEDS */
export function setSpeed({ clock }, speed) {
  clock.speed = speed;
}

/** Whoever moves the playhead by hand stops it first.
 * @param {Player} player @param {(player: Player) => void} act */
export function halt(player, act) {
  if (player.clock.playing) setPlaying(player, false);
  act(player);
}

/** @param {Player} player @param {number} now */
function tick(player, now) {
  const { clock, recording, position } = player;
  const pace = paceAt(recording, position, clock.speed);
  const rate = pace.operations ?? pace.updates ?? 0;
  clock.credit = Math.min(clock.credit + (Math.min(now - clock.last, 250) / 1000) * rate, 4);
  clock.last = now;
  let moved = false;
  while (clock.credit >= 0.999 && clock.playing) {
    clock.credit -= 1;
    moved = true;
    if (advance(recording, position, pace)) stop(player);
  }
  if (moved) {
    paint(player);
    writeAddressSometimes(player);
  }
  if (clock.playing) clock.timer = requestAnimationFrame((later) => tick(player, later));
}

/** @param {Player} player */
function stop(player) {
  player.clock.playing = false;
  player.root.dataset.playing = "false";
  rest(player);
}
