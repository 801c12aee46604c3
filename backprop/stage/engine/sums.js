// Sums the way a person adds: from +0 on, from left to right, every step rounded.

/**
 * out[u, k] = Σₜ left[u, t] × right[k, t] for u < units and k < count.
 *
 * Each array comes with how far its elements lie apart: `lu` from unit to unit and `lt` from term to
 * term, and so on. Four sums go side by side, so that none waits for the addition before. Where
 * `single`, each product and each sum is rounded to float32.
 *
 * @param {Float64Array} out @param {number} units @param {number} count @param {number} terms
 * @param {Float64Array} left @param {number} lu @param {number} lt
 * @param {Float64Array} right @param {number} rk @param {number} rt @param {boolean} single
 */
export function contract(out, units, count, terms, left, lu, lt, right, rk, rt, single) {
  const fround = Math.fround;
  for (let u = 0; u < units; u += 1) {
    const l0 = u * lu;
    const o0 = u * count;
    let k = 0;
    for (; k + 4 <= count; k += 4) {
      let [a, b, c, d] = [0, 0, 0, 0];
      let l = l0;
      let r = k * rk;
      for (let t = 0; t < terms; t += 1, l += lt, r += rt) {
        const w = left[l];
        if (single) {
          a = fround(a + fround(w * right[r]));
          b = fround(b + fround(w * right[r + rk]));
          c = fround(c + fround(w * right[r + 2 * rk]));
          d = fround(d + fround(w * right[r + 3 * rk]));
        } else {
          a += w * right[r];
          b += w * right[r + rk];
          c += w * right[r + 2 * rk];
          d += w * right[r + 3 * rk];
        }
      }
      out[o0 + k] = a;
      out[o0 + k + 1] = b;
      out[o0 + k + 2] = c;
      out[o0 + k + 3] = d;
    }
    for (; k < count; k += 1) {
      let sum = 0;
      let l = l0;
      let r = k * rk;
      for (let t = 0; t < terms; t += 1, l += lt, r += rt) {
        sum = single ? fround(sum + fround(left[l] * right[r])) : sum + left[l] * right[r];
      }
      out[o0 + k] = sum;
    }
  }
}
