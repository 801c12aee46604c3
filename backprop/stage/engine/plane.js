// What a network says of points that it was not trained on, and of its samples: the passes of the
// engine for parameters that come from anywhere, such as those of a shown update.

import { formatNamed, roundAll, rounded } from "./formats.js";
import { layoutOf } from "./layout.js";
import { backward, forward, networkOf, outward } from "./passes.js";
import { begin } from "./start.js";

/** @import { Experiment, Network } from "./engine" */

/** A network for points (n₀, points), column by column, in the experiment's format; no parameters yet.
 * @param {Experiment} experiment @param {Float64Array} points @returns {Network} */
export function networkOfPoints(experiment, points) {
  const { sizes, bias } = experiment;
  const format = formatNamed(experiment.format);
  const samples = points.length / sizes[0];
  const runner = runnerOf(experiment);
  return networkOf(
    {
      experiment,
      format,
      layout: layoutOf(sizes, bias),
      samples,
      X: roundAll(points.slice(), format),
      y: new Float64Array(sizes[sizes.length - 1] * samples),
    },
    { runner, epsilon: rounded(runner.epsilon, format) },
  );
}

/** The same for the samples, as they are edited, with their targets.
 * @param {Experiment} experiment @returns {Network} */
export function networkOfSamples(experiment) {
  const training = begin({ ...experiment, updates: 0, runners: [runnerOf(experiment)] });
  return networkOf(training, training.runs[0]);
}

/** @param {Experiment} experiment */
function runnerOf({ runners, shown }) {
  const runner = runners.find(({ name }) => name === shown);
  if (runner) return runner;
  throw new RangeError(`The shown runner must be one of ${runners.map(({ name }) => name).join(", ")}, got ${shown}.`);
}

/** Both passes for the parameters in the network's row. @param {Network} network */
export function passBoth(network) {
  forward(network);
  outward(network);
  backward(network);
}
