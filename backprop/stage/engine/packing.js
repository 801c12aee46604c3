// A run packed for the player, an update at a time: channels.py, byte for byte. A channel is one number.

import { blocksOf, roomOf, show } from "./blocks.js";
import { codeOf } from "./colours.js";
import { costsOf } from "./costs.js";
import { networkOf, passesAt } from "./passes.js";
import { fillStrips, segmentsOf } from "./strips.js";

/** @import { Block, Packer, Run, Training } from "./engine" */

const [NOT_A_NUMBER, PLUS_INFINITY, MINUS_INFINITY] = [3, 4, 5];

/** What packs any update, with every channel of a sample (from 0).
 * @param {Training} training @param {Run} run @param {number} sample @returns {Packer} */
export function packerOf(training, run, sample) {
  const network = networkOf(training, run);
  const shown = roomOf(network);
  const blocks = blocksOf(network, shown, sample);
  const channels = blocks.reduce((sum, { rows, columns }) => sum + rows * columns, 0);
  const cells = 3 * training.layout.sizes.slice(1).reduce((sum, n) => sum + n);
  const striped = segmentsOf(training.samples);
  const frameAt = (/** @type {number} */ update) => {
    const costs = costsOf(training, run, [update]);
    passesAt(network, run, update);
    show(shown, network, sample);
    shown.averages.set([costs.shown[0], costs.true[0]]);
    const strips = new Uint8Array(cells * striped);
    if (striped) fillStrips(network, strips, striped);
    return { ...readBlocks(blocks, channels), strips };
  };
  return { channels, striped, frameAt };
}

/** @param {Block[]} blocks @param {number} channels */
function readBlocks(blocks, channels) {
  const values = new Float64Array(channels);
  const codes = new Uint8Array(channels);
  const states = new Uint8Array(channels);
  let at = 0;
  for (const { kind, from, start, rows, rowStep, columns, columnStep, stateOf } of blocks) {
    for (let r = 0; r < rows; r += 1) {
      for (let c = 0; c < columns; c += 1, at += 1) {
        const value = from[start + r * rowStep + c * columnStep];
        values[at] = Number.isNaN(value) ? NaN : value; // of all NaNs the same one
        codes[at] = codeOf(kind, value);
        states[at] = Number.isFinite(value) ? stateOf(value, r) : badState(value);
      }
    }
  }
  return { values, codes, states };
}

/** @param {number} value */
function badState(value) {
  return value > 0 ? PLUS_INFINITY : value < 0 ? MINUS_INFINITY : NOT_A_NUMBER;
}
