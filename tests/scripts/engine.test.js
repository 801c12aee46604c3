// The arithmetic of the page's engine, by itself: rounding, and functions at their edges.

import assert from "node:assert/strict";
import { test } from "node:test";
import { exp, expm1, log, log1p, tanh } from "../../backprop/stage/engine/elementary.js";
import { formatNamed, rounded } from "../../backprop/stage/engine/formats.js";
import { aboveLogit } from "../../backprop/stage/engine/logit.js";
import { contract } from "../../backprop/stage/engine/sums.js";

const FLOAT16 = formatNamed("float16");
const BFLOAT16 = formatNamed("bfloat16");

/** Doubles of all sizes, each with neighbours of half a unit of narrow formats. */
function* doubles() {
  const words = new BigUint64Array(1);
  const value = new Float64Array(words.buffer);
  for (let n = 0, state = 1n; n < 20_000; n += 1) {
    state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
    words[0] = n % 2 ? state : (state & 0x800ffc0000000000n) | (BigInt(995 + (n % 50)) << 52n);
    yield value[0];
    words[0] += 1n;
    yield value[0];
  }
  yield* [0, -0, Infinity, -Infinity, NaN, 65504, 65519.99, 65520, -65520, 2 ** -25, 2 ** -24, 5e-324];
}

test("a float16 is rounded as the language rounds it", { skip: !Math.f16round }, () => {
  for (const x of doubles()) assert.ok(Object.is(rounded(x, FLOAT16), Math.f16round(x)), String(x));
});

test("a bfloat16 is the upper half of a float32, rounded to even", () => {
  const single = new Float32Array(1);
  const bits = new Uint32Array(single.buffer);
  for (const x of doubles()) {
    single[0] = x;
    if (!Number.isNaN(x)) bits[0] = (bits[0] + 0x7fff + ((bits[0] >>> 16) & 1)) & 0xffff0000;
    assert.ok(Object.is(rounded(x, BFLOAT16), single[0]), String(x));
  }
});

test("functions take their values at the edges", () => {
  const wanted = [
    [exp(0), 1],
    [exp(-Infinity), 0],
    [exp(Infinity), Infinity],
    [exp(709.79), Infinity],
    [exp(-745.2), 0],
    [expm1(-0), -0],
    [expm1(-Infinity), -1],
    [log(0), -Infinity],
    [log(-0), -Infinity],
    [log(-1), NaN],
    [log(Infinity), Infinity],
    [log(1), 0],
    [log1p(-1), -Infinity],
    [log1p(-2), NaN],
    [log1p(-0), -0],
    [tanh(-0, 1), -0],
    [tanh(-Infinity, 0), -1],
    [exp(NaN), NaN],
    [log(NaN), NaN],
    [log1p(NaN), NaN],
    [expm1(NaN), NaN],
    [tanh(NaN, NaN), NaN],
  ];
  for (const [value, edge] of wanted) assert.ok(Object.is(value, edge), `${value} is not ${edge}`);
});

test("functions are within 1.5 units in the last place of the language's own", () => {
  for (let x = -40; x < 40; x += 0.0137) {
    const pairs = [
      [exp(x), Math.exp(x)],
      [expm1(x), Math.expm1(x)],
      [log(Math.abs(x)), Math.log(Math.abs(x))],
      [log1p(Math.abs(x)), Math.log1p(Math.abs(x))],
      [tanh(x, exp(-2 * Math.abs(x))), Math.tanh(x)],
    ];
    for (const [ours, theirs] of pairs)
      assert.ok(Math.abs(ours - theirs) <= 3 * 2 ** -53 * Math.abs(theirs), String(x));
  }
});

test("h is above a label's logit by what is left of it, and 0 at the logit itself", () => {
  assert.ok(Object.is(aboveLogit(0, 0.5, 0), 0));
  assert.equal(aboveLogit(3, 0, 0), Infinity);
  assert.equal(aboveLogit(3, 1, 0), -Infinity);
  const rest = aboveLogit(Math.log(0.3 / 0.7), 0.3, 0);
  assert.ok(rest !== 0 && Math.abs(rest) < 2 ** -52, String(rest));
});

test("sums go from left to right, four beside each other as one alone", () => {
  const terms = 7;
  const left = Float64Array.from({ length: terms }, (_, n) => 1e16 ** (n % 2) * (n - 3));
  for (const single of [false, true]) {
    const round = single ? Math.fround : Number;
    for (const count of [1, 3, 4, 6, 9]) {
      const right = Float64Array.from({ length: terms * count }, (_, n) => round(1 / (n + 1)));
      const out = new Float64Array(count);
      contract(out, 1, count, terms, left, 0, 1, right, 1, count, single);
      for (let k = 0; k < count; k += 1) {
        let sum = 0;
        for (let t = 0; t < terms; t += 1) sum = round(sum + round(left[t] * right[t * count + k]));
        assert.ok(Object.is(out[k], sum));
      }
    }
  }
});
