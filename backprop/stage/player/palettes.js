// The colours of codes: fill, and the ink that can be read on it.

import { PALETTES, STEPS } from "../engine/palettes.js";

/** @import { Ramp } from "../engine/palettes" */

/** @type {Map<string, [fill: string, ink: string][]>} */
const unfolded = new Map();

/** By code, for a theme and for values of either sign or from 0 to 1.
 * @param {string} theme @param {"signed" | "unit"} kind */
export function paletteOf(theme, kind) {
  const key = `${theme}.${kind}`;
  const pairs = unfolded.get(key) ?? rampOf(PALETTES[theme][kind]);
  unfolded.set(key, pairs);
  return pairs;
}

/** The fills go evenly from stop to stop, in whole numbers; a half is rounded up, as in palette.py.
 * @param {Ramp} ramp @returns {[fill: string, ink: string][]} */
function rampOf({ stops, inks, turns }) {
  const last = STEPS - 1;
  const colours = stops.map((stop) => [1, 3, 5].map((at) => Number.parseInt(stop.slice(at, at + 2), 16)));
  return Array.from({ length: STEPS }, (_, code) => {
    const place = code * (stops.length - 1);
    const n = Math.floor(place / last);
    const part = place % last;
    const to = colours[n + 1] ?? colours[n];
    const mixed = colours[n].map((from, c) =>
      Math.floor((2 * (from * (last - part) + to[c] * part) + last) / (2 * last)),
    );
    const turned = turns.filter((turn) => turn <= code).length;
    return [`#${mixed.map((channel) => channel.toString(16).padStart(2, "0")).join("")}`, inks[turned % 2]];
  });
}
