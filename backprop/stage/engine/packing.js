// A run packed for the player: channels.py, byte for byte. A frame is one update, a channel one
// number of it.

import { blocksOf, roomOf, show } from "./blocks.js";
import { codeOf } from "./colours.js";
import { costsOf } from "./costs.js";
import { firstFault } from "./faults.js";
import { networkOf, passesAt } from "./passes.js";
import { fillStrips, segmentsOf } from "./strips.js";
import { MOST_VALUES } from "./tables.js";

/** @import { Block, Packed, Packer, Run, Training } from "./engine" */

const [NOT_A_NUMBER, PLUS_INFINITY, MINUS_INFINITY] = [3, 4, 5];

/** Every channel of a sample (from 0) at some updates, or at all those that Python keeps.
 * @param {Training} training @param {Run} run @param {number} sample @param {number[]} [only] @returns {Packed} */
export function pack(training, run, sample, only) {
  const updates = only ?? keptUpdates(training, run);
  const packer = packerOf(training, run, sample, updates.length);
  const { channels, striped, segments } = packer;
  const values = new Float64Array(updates.length * channels);
  const codes = new Uint8Array(values.length);
  const states = new Uint8Array(values.length);
  const strips = new Uint8Array(updates.length * segments);
  updates.forEach((update, k) => {
    const frame = packer.frameAt(update);
    values.set(frame.values, k * channels);
    codes.set(frame.codes, k * channels);
    states.set(frame.states, k * channels);
    strips.set(frame.strips, k * segments);
  });
  return { updates, channels, striped, values, codes, states, strips };
}

/** What packs one update after another; of so many `frames` together the strips are to be held.
 * @param {Training} training @param {Run} run @param {number} sample @returns {Packer} */
export function packerOf(training, run, sample, frames = 1) {
  const network = networkOf(training, run);
  const shown = roomOf(network);
  const blocks = blocksOf(network, shown, sample);
  const channels = blocks.reduce((sum, { rows, columns }) => sum + rows * columns, 0);
  const cells = 3 * training.layout.sizes.slice(1).reduce((sum, n) => sum + n);
  const striped = segmentsOf(frames, cells, training.samples);
  const segments = cells * striped;
  const frameAt = (/** @type {number} */ update) => {
    const costs = costsOf(training, run, [update]);
    passesAt(network, run, update);
    show(shown, network, sample);
    shown.averages.set([costs.shown[0], costs.true[0]]);
    const strips = new Uint8Array(segments);
    if (striped) fillStrips(network, strips, striped);
    return { ...readBlocks(blocks, channels), strips };
  };
  return { channels, striped, segments, frameAt };
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

/** Where all would be too much to send, evenly fewer; always the first ones and those around a fault.
 * @param {Training} training @param {Run} run */
function keptUpdates(training, run) {
  const { layout, updates } = training;
  const numbers = 2 * layout.numbers + 5 * layout.sizes.reduce((sum, n) => sum + n);
  const every = Math.ceil((numbers * (updates + 1)) / MOST_VALUES);
  const fault = firstFault(training, run)?.update ?? -100;
  const kept = (/** @type {number} */ k) =>
    k < 10 || k % every === 0 || k === updates || (k >= fault - 5 && k <= fault + 5);
  return [...Array(updates + 1).keys()].filter(kept);
}
