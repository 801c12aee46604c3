// Once the playhead rests: the summary, the address, Python's digest, and the true values, in slices.

import { truthsOf } from "../engine/exact/answers.js";
import { runOf } from "../engine/training.js";
import { isTruthHere, learnTruth } from "./equation.js";
import { showsEnding } from "./fault.js";
import { ask } from "./questions.js";
import { announce } from "./status.js";
import { playheadOf, writeAddress } from "./visit.js";

/** @import { Player } from "./player" */

const PATIENCE = 250; // ms without a move
const LATER = 20_000; // ms, and up to as many more, until a server that had no time is asked again
const SLICE_MS = 6; // of a frame

/** @returns {Player["pause"]} */
export const newPause = () => ({ timer: 0, later: 0 });

/** @param {Player} player */
export function rest(player) {
  const { pause, clock } = player;
  clearTimeout(pause.timer);
  clearTimeout(pause.later);
  if (clock.playing) return;
  pause.timer = setTimeout(() => {
    announce(player);
    writeAddress(player);
    const { operation, selection } = playheadOf(player);
    const ending = showsEnding(player);
    if (!player.hand.drag && !player.recording.whole) ask(player, { kind: "rest", operation, selection, ending });
    if (!isTruthHere(player)) lookUp(player);
  }, PATIENCE);
}

/** The digest is still to come. @param {Player} player */
export function restLater(player) {
  clearTimeout(player.pause.later);
  player.pause.later = setTimeout(() => rest(player), LATER * (1 + Math.random()));
}

/** The true values of the shown update; whoever moves the playhead ends the work. @param {Player} player */
function lookUp(player) {
  const { pause, recording, position } = player;
  const { training, experiment, about } = recording;
  const update = position.frame;
  const work = truthsOf(training, runOf(training, experiment.shown), about.sample, update);
  const goOn = () => {
    const end = performance.now() + SLICE_MS;
    let slice = work.next();
    while (!slice.done && performance.now() < end) slice = work.next();
    if (slice.done) learnTruth(player, { of: recording, update, values: slice.value });
    else pause.timer = setTimeout(goOn);
  };
  goOn();
}
