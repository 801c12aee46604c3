// Dead samples: their output is wrong, but δ is (nearly) 0, so training does not correct them.

import { TRUE_FORM } from "./records.js";
import { DEAD_SHARE, WRONG } from "./tables.js";

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
