// The least and the largest of many numbers, of more than a call can take.

/** [0, 0] of none. @param {number[]} numbers @returns {[least: number, largest: number]} */
export function extremes(numbers) {
  if (!numbers.length) return [0, 0];
  return [numbers.reduce((a, b) => Math.min(a, b)), numbers.reduce((a, b) => Math.max(a, b))];
}
