// The samples on the plane: where the network stands with each at the playhead.

import { isDead, trueErrors } from "../engine/dead.js";
import { allFinite, networkOf, passesAt } from "../engine/passes.js";
import { runOf } from "../engine/training.js";
import { isKnown } from "./position.js";

/** @import { Position, Recording, Samples } from "./player" */

const FINE = 0;
export const DEAD = 1;
export const BAD = 2;

/** @param {Recording} recording @returns {Samples} */
export function newSamples({ training, experiment }) {
  const network = networkOf(training, runOf(training, experiment.shown));
  return { network, states: new Uint8Array(network.samples) };
}

/** Both passes of a frame. @param {Samples} samples @param {Recording} recording @param {number} frame */
export const passSamples = ({ network }, { training, experiment }, frame) =>
  passesAt(network, runOf(training, experiment.shown), frame);

/** Which samples are dead, and in which anything is not finite, of what the playhead has seen.
 * @param {Samples} samples @param {Recording} recording @param {Position} position */
export function judge({ network, states }, recording, position) {
  const { h, z, delta, y, output, form } = network;
  const seen = (/** @type {string} */ name, /** @type {number} */ layer) => {
    const block = recording.blocks.get(`${name}.${layer}`);
    return block !== undefined && isKnown(position, { at: 0, block });
  };
  states.fill(FINE);
  const L = h.length;
  if (seen("delta", L)) {
    const errors = trueErrors(h[L - 1], y);
    errors.forEach((error, n) => {
      if (isDead(error, delta[L - 1][n])) states[n % states.length] = DEAD;
    });
  }
  const zStep = form.steps.indexOf("z") * y.length;
  for (let i = 1; i <= L; i += 1) {
    if (seen("h", i)) condemn(states, h[i - 1]);
    if (seen("z", i)) condemn(states, i < L ? z[i] : output.subarray(zStep, zStep + y.length));
    if (seen("delta", i)) condemn(states, delta[i - 1]);
  }
}

/** @param {Uint8Array} states @param {Float64Array} values one row of all samples after the other */
function condemn(states, values) {
  if (allFinite(values)) return;
  values.forEach((value, n) => {
    if (!Number.isFinite(value)) states[n % states.length] = BAD;
  });
}

/** How many samples are in a state. @param {Uint8Array} states @param {number} state */
export const countOf = (states, state) => states.reduce((sum, one) => sum + Number(one === state), 0);
