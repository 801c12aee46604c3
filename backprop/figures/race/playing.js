// Playing a race: from the playhead to the end, in about the same time whatever its length.

import { moveTo } from "./playhead.js";
import { ICONS } from "./shell.js";

/** @import { Race } from "./race" */

const PLAY_SECONDS = 8;

/** @returns {Race["clock"]} */
export const newClock = () => ({ playing: false, timer: 0 });

/** @param {Race} race @param {boolean} playing */
export function setPlaying(race, playing) {
  const { at, clock, playhead, scene } = race;
  const { last } = scene.about;
  if (playing && playhead.k === last) moveTo(race, 0);
  clock.playing = playing;
  at("play").innerHTML = playing ? ICONS.pause : ICONS.play;
  at("play").setAttribute("aria-label", playing ? "Pause (Space)" : "Play (Space)");
  cancelAnimationFrame(clock.timer);
  if (!playing) return;
  const [from, start] = [playhead.k, performance.now()];
  const pace = Math.max(last / PLAY_SECONDS, 8) / 1000;
  const tick = (/** @type {number} */ now) => {
    moveTo(race, from + Math.max(now - start, 0) * pace);
    if (playhead.k >= race.scene.about.last) setPlaying(race, false);
    else clock.timer = requestAnimationFrame(tick);
  };
  clock.timer = requestAnimationFrame(tick);
}

/** @param {Race} race */
export function toNextFault(race) {
  const {
    scene: { faults },
    playhead: { k },
  } = race;
  setPlaying(race, false);
  moveTo(race, faults.find((fault) => fault > k) ?? faults[0] ?? k);
}
