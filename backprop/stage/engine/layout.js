// Where the numbers of a network lie in a row of parameters: [W₁ b₁], [W₂ b₂], … row by row.

/** @import { Layout } from "./engine" */

/** @param {number[]} sizes n₀ … n_L @param {boolean} bias @returns {Layout} */
export function layoutOf(sizes, bias) {
  const ends = [0];
  for (let i = 1; i < sizes.length; i += 1) ends.push(ends[i - 1] + sizes[i] * widthOf(sizes[i - 1], bias));
  return { sizes, bias, ends, numbers: ends[ends.length - 1] };
}

/** How many numbers a unit has: a weight for each source, and its bias. @param {number} sources @param {boolean} bias */
export const widthOf = (sources, bias) => sources + (bias ? 1 : 0);

/** A row as one view for each layer. @param {Layout} layout @param {Float64Array} row */
export function matricesOf(layout, row) {
  return layout.sizes.slice(1).map((_, i) => row.subarray(layout.ends[i], layout.ends[i + 1]));
}
