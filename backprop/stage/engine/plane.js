// What a trained network says of points that it was not trained on.

import { roundAll } from "./formats.js";
import { networkOf } from "./passes.js";

/** @import { Network, Run, Training } from "./engine" */

/** Room for the forward pass of a run on points (n₀, points), one input after the other, which become
 * numbers of its format. @param {Training} training @param {Run} run @param {Float64Array} points
 * @returns {Network} */
export function networkOfPoints(training, run, points) {
  const { sizes } = training.layout;
  const samples = points.length / sizes[0];
  const X = roundAll(points.slice(), training.format);
  const y = new Float64Array(sizes[sizes.length - 1] * samples); // nobody knows their targets
  return networkOf({ ...training, samples, X, y }, run);
}
