// Dead samples: their output is wrong, but δ is (nearly) 0, so training does not correct them.

import { networkOf, passesAt } from "./passes.js";
import { TRUE_FORM } from "./records.js";
import { DEAD_SHARE, WRONG } from "./tables.js";

/** @import { Run, Training } from "./engine" */

/** How far each output is from its target, z − y, with nothing cancelled.
 * @param {Float64Array} hs @param {Float64Array} ys */
export function trueErrors(hs, ys) {
  const steps = new Float64Array(TRUE_FORM.steps.length * hs.length);
  TRUE_FORM.run(hs, ys, 0, steps, 0);
  return steps.subarray(steps.length - hs.length);
}

/** @param {number} error the true one */
export const isWrong = (error) => Math.abs(error) > WRONG;
/** @param {number} error the true one @param {number} delta */
export const isDead = (error, delta) => isWrong(error) && Math.abs(delta) < DEAD_SHARE * Math.abs(error);

/** The number of samples of which an output is dead. @param {Training} training @param {Run} run @param {number} update */
export function deadSamples(training, run, update) {
  const network = networkOf(training, run);
  passesAt(network, run, update);
  const { samples, y } = training;
  const [h, delta] = [network.h, network.delta].map((layers) => layers[layers.length - 1]);
  const errors = trueErrors(h, y);
  const dead = new Set();
  for (let n = 0; n < y.length; n += 1) if (isDead(errors[n], delta[n])) dead.add(n % samples);
  return dead.size;
}
