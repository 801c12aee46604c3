// Sums the way a person adds: from +0 on, from left to right, every step rounded.

const { fround } = Math;

/**
 * out[u, k] = Σₜ left[u, t] × right[k, t] for u < units and k < count.
 *
 * `lu` and `lt` are how far elements of `left` lie apart from unit to unit and from term to term,
 * `rk` and `rt` those of `right`. Two times four sums go side by side, so that none waits for its
 * last addition; where fewer are left, some of the eight are the same one. Where `single`, products
 * and sums are rounded to float32.
 *
 * @param {Float64Array} out @param {number} units @param {number} count @param {number} terms
 * @param {Float64Array} left @param {number} lu @param {number} lt
 * @param {Float64Array} right @param {number} rk @param {number} rt @param {boolean} single
 */
export function contract(out, units, count, terms, left, lu, lt, right, rk, rt, single) {
  for (let u = 0; u < units; u += 2) {
    const u1 = u + 1 < units ? 1 : 0;
    const l1 = u1 * lu;
    for (let k = 0; k < count; k += 4) {
      const k1 = k + 1 < count ? 1 : 0;
      const k2 = k + 2 < count ? 2 : k1;
      const k3 = k + 3 < count ? 3 : k2;
      const r1 = k1 * rk;
      const r2 = k2 * rk;
      const r3 = k3 * rk;
      let a0 = 0;
      let a1 = 0;
      let a2 = 0;
      let a3 = 0;
      let b0 = 0;
      let b1 = 0;
      let b2 = 0;
      let b3 = 0;
      if (single) {
        for (let t = 0, l = u * lu, r = k * rk; t < terms; t += 1, l += lt, r += rt) {
          const a = left[l];
          const b = left[l + l1];
          a0 = fround(a0 + fround(a * right[r]));
          a1 = fround(a1 + fround(a * right[r + r1]));
          a2 = fround(a2 + fround(a * right[r + r2]));
          a3 = fround(a3 + fround(a * right[r + r3]));
          b0 = fround(b0 + fround(b * right[r]));
          b1 = fround(b1 + fround(b * right[r + r1]));
          b2 = fround(b2 + fround(b * right[r + r2]));
          b3 = fround(b3 + fround(b * right[r + r3]));
        }
      } else {
        for (let t = 0, l = u * lu, r = k * rk; t < terms; t += 1, l += lt, r += rt) {
          const a = left[l];
          const b = left[l + l1];
          a0 += a * right[r];
          a1 += a * right[r + r1];
          a2 += a * right[r + r2];
          a3 += a * right[r + r3];
          b0 += b * right[r];
          b1 += b * right[r + r1];
          b2 += b * right[r + r2];
          b3 += b * right[r + r3];
        }
      }
      const o = u * count + k;
      out[o] = a0;
      out[o + k1] = a1;
      out[o + k2] = a2;
      out[o + k3] = a3;
      const p = o + u1 * count;
      out[p] = b0;
      out[p + k1] = b1;
      out[p + k2] = b2;
      out[p + k3] = b3;
    }
  }
}
