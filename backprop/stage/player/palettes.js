// The colours of codes: fill, and the ink that can be read on it.

import { PALETTES } from "../engine/palettes.js";

/** @type {Map<string, [fill: string, ink: string][]>} */
const unfolded = new Map();

/** By code, for a theme and for values of either sign or from 0 to 1.
 * @param {string} theme @param {"signed" | "unit"} kind */
export function paletteOf(theme, kind) {
  const key = `${theme}.${kind}`;
  let pairs = unfolded.get(key);
  if (!pairs) {
    const { fills, inks, ink } = PALETTES[theme][kind];
    pairs = [...inks].map((n, code) => [`#${fills.slice(6 * code, 6 * code + 6)}`, `#${ink[Number(n)]}`]);
    unfolded.set(key, pairs);
  }
  return pairs;
}
