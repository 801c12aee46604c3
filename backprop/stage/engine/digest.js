// A short name for all parameters of a run, which Python computes too: digest.py has the formula.

import { MULTIPLIERS } from "./tables.js";

/** @import { Run, Training } from "./engine" */

const NAN_HIGH = 0x7ff80000;

/** @param {Training} training @param {Run} run */
export function digestOf({ updates, layout }, { parameters }) {
  const count = (updates + 1) * layout.numbers;
  const words = new Uint32Array(parameters.buffer, parameters.byteOffset, 2 * count);
  return MULTIPLIERS.map((c) => {
    let sum = 0;
    for (let n = 0, m = 1; n < 2 * count; n += 2) {
      const lost = Number.isNaN(parameters[n / 2]);
      sum = (sum + Math.imul(lost ? 0 : words[n], m | 1)) | 0;
      m = (m + c) | 0;
      sum = (sum + Math.imul(lost ? NAN_HIGH : words[n + 1], m | 1)) | 0;
      m = (m + c) | 0;
    }
    return (sum >>> 0).toString(16).padStart(8, "0");
  }).join("");
}
