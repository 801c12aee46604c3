// The playhead of a race: the line in all charts, the read-outs of that update, the links to it.

import { fullDigits, shortDigits } from "../../drawing/digits.js";

/** @import { Race } from "./race" */

const ASK_EVERY = 120; // ms
const DEAD = 3;
const NOT_FINITE = 4;

/** @returns {Race["playhead"]} */
export const newPlayhead = () => ({ k: 0, timer: 0, asked: -1 });

/** @param {Race} race @param {number} runner @param {number} channel @param {number} k */
export const valueAt = ({ scene: { values, about } }, runner, channel, k) =>
  values[(runner * (about.last + 1) + k) * about.channels + channel];

/** A value as it stands in the table. @param {Race} race @param {number} channel @param {number} value */
export const writeValue = ({ scene }, channel, value) =>
  isCount(channel) ? `${value} of ${scene.about.samples}` : shortDigits(value, 4);

/** Whether a channel counts samples. @param {number} channel */
export const isCount = (channel) => channel >= 2 && channel <= 4;

/** Move it to an update, or near it; Python is told if `tell`.
 * @param {Race} race @param {number} wanted @param {boolean} [tell] */
export function moveTo(race, wanted, tell = true) {
  const { at, root, scene, drawn, playhead } = race;
  const { last, rows } = scene.about;
  const k = Math.max(0, Math.min(Math.round(wanted), last));
  playhead.k = k;
  root.dataset.update = String(k);
  at("scrub").value = String(k);
  at("scrub").setAttribute("aria-valuetext", `update ${k} of ${last}`);
  at("position").textContent = `update ${k} of ${last}`;
  for (const { line, x0, x1 } of drawn.charts)
    line.setAttribute("transform", `translate(${(x0 + ((x1 - x0) * k) / Math.max(last, 1)).toFixed(2)})`);
  for (const place of drawn.cells) {
    const { cell, channel } = place;
    const value = valueAt(race, place.runner, channel, k);
    if (Object.is(value, place.value) && cell.title) continue;
    place.value = value;
    cell.textContent = writeValue(race, channel, value);
    cell.dataset.value = cell.title = fullDigits(value);
    cell.classList.toggle("bad", !Number.isFinite(value) || (channel === NOT_FINITE && value > 0));
    cell.classList.toggle("dead", channel === DEAD && value > 0);
  }
  drawn.links.forEach((link, runner) => {
    link.href = `./?${rows[runner].query}${rows[runner].query ? "&" : ""}update=${k}`;
  });
  if (tell) tellLater(race);
}

/** Python is told, at most every ASK_EVERY ms: the boundaries and the address follow. @param {Race} race */
function tellLater(race) {
  const { playhead } = race;
  if (playhead.timer) return;
  playhead.timer = setTimeout(() => {
    playhead.timer = 0;
    if (playhead.asked === playhead.k) return;
    playhead.asked = playhead.k;
    race.say("at", { at: playhead.k, visit: race.scene.visit });
  }, ASK_EVERY);
}

/** Where the playhead is is not told any more, though it was about to be. @param {Race} race */
export function keepToOneself({ playhead }) {
  clearTimeout(playhead.timer);
  playhead.timer = 0;
}
