// The W and b of a frame, in the order in which the engine keeps them.

import { widthOf } from "../engine/layout.js";

/** @import { Layout } from "../engine/engine" */
/** @import { Recording } from "./player" */

/** Write them into `row`: [W₁ b₁], [W₂ b₂], … row by row.
 * @param {Recording} recording @param {number} frame @param {Layout} layout @param {Float64Array} row */
export function fillParameters({ about, blocks, values }, frame, { sizes, bias, ends }, row) {
  const base = frame * about.channels;
  for (let i = 1; i < sizes.length; i += 1) {
    const W = base + (blocks.get(`W.${i}`)?.start ?? NaN);
    const b = base + (blocks.get(`b.${i}`)?.start ?? NaN);
    const [sources, width] = [sizes[i - 1], widthOf(sizes[i - 1], bias)];
    for (let u = 0; u < sizes[i]; u += 1) {
      const to = ends[i - 1] + u * width;
      for (let j = 0; j < sources; j += 1) row[to + j] = values[W + u * sources + j];
      if (bias) row[to + sources] = values[b + u];
    }
  }
}
