// Where the plane of two inputs lies on its canvas: the samples with a margin around them. It stays
// while samples move within it, so that nothing jumps when one is let go.

import { extremes } from "./extremes.js";

/** @import { Experiment } from "../protocol" */
/** @import { PlaneArea } from "./player" */

const MARGIN = 1.4; // of half the spread of the data
const PAD = 11; // pixels that a sample at the edge needs
const ALIKE = 3; // spreads up to this ratio are drawn to one scale
const MOST = Number.MAX_VALUE;

/** The samples as they are edited: x₁ x₂ of each. @param {Experiment} experiment */
export function placesOf({ X, edits }) {
  const places = X.map(([x1, x2]) => [x1, x2]);
  for (const [s, row] of edits) if (s < places.length) places[s] = [row[0], row[1]];
  return places;
}

/** Around the data as it was given; further where a sample was moved out of that.
 * @param {Experiment} experiment @param {number} width @param {number} height @returns {PlaneArea} */
export function areaOf(experiment, width, height) {
  const places = placesOf(experiment);
  const spans = [0, 1].map((j) => {
    const [low, high] = extremes(experiment.X.map((x) => x[j]));
    const middle = low / 2 + high / 2;
    const [, far] = extremes(places.map((x) => Math.abs(x[j] / 2 - middle / 2)));
    return { middle, spread: high / 2 - low / 2, far: Math.min(2 * far, MOST) };
  });
  const widest = Math.max(...spans.map(({ spread }) => spread)) || 1;
  const alike = spans.every(({ spread }) => spread === 0 || spread * ALIKE >= widest);
  const room = [width / 2 - PAD, height / 2 - PAD];
  const scales = spans.map(({ spread, far }, j) => {
    const reach = Math.min(MARGIN * ((alike ? widest : spread) || widest), MOST);
    const whole = alike ? Math.min(...room) : room[j];
    return Math.min(whole / reach, far > 0 ? room[j] / far : Infinity);
  });
  if (alike) scales.fill(Math.min(...scales));
  return { width, height, middle: spans.map(({ middle }) => middle), scale: scales };
}

/** The pixel of a place. @param {PlaneArea} area @param {number[]} place */
export const pixelOf = ({ width, height, middle, scale }, [x1, x2]) => [
  width / 2 + (x1 - middle[0]) * scale[0],
  height / 2 - (x2 - middle[1]) * scale[1],
];

/** The place of a pixel. @param {PlaneArea} area @param {number} x @param {number} y */
export const placeAt = ({ width, height, middle, scale }, x, y) => [
  finite(middle[0] + (x - width / 2) / scale[0]),
  finite(middle[1] + (height / 2 - y) / scale[1]),
];

/** @param {number} x */
const finite = (x) => Math.max(-MOST, Math.min(MOST, x));

/** The nearest pixel at which a sample is wholly seen. @param {PlaneArea} area @param {number} x @param {number} y */
export const kept = ({ width, height }, x, y) => [
  Math.max(PAD, Math.min(width - PAD, x)),
  Math.max(PAD, Math.min(height - PAD, y)),
];
