// The arithmetic of the page's engine, by itself: rounding, and functions at their edges.

import assert from "node:assert/strict";
import { test } from "node:test";
import { exp, expm1, log, log1p, tanh } from "../../backprop/stage/engine/elementary.js";
import { formatNamed, rounded } from "../../backprop/stage/engine/formats.js";
import { aboveLogit } from "../../backprop/stage/engine/logit.js";
import { begin } from "../../backprop/stage/engine/start.js";
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

const EXPERIMENT = {
  sizes: [1, 1],
  bias: true,
  hidden: "tanh",
  format: "float16",
  draws: [1, 2],
  scale: 1,
  zeroBiases: false,
  outputBias: 0,
  weights: [],
  X: [[1]],
  y: [[0]],
  edits: [],
  alpha: 1,
  updates: 3,
  runners: [{ name: "clamped", form: "clip", epsilon: 1e-7 }],
  shown: "clamped",
  sample: 0,
};

test("a number that the format does not hold, and a name that is unknown, are refused in words", () => {
  begin(EXPERIMENT);
  const refused = [
    [{ format: "float13" }, /number format must be one of float64, .* got float13/],
    [{ hidden: "cube" }, /hidden activation must be one of sigmoid, .* got cube/],
    [{ runners: [{ name: "a", form: "toString", epsilon: 0.1 }] }, /form must be one of naive, .* got toString/],
    [{ X: [[65520]] }, /X must fit the format float16 \(largest number 65504\), got 65520/],
    [{ scale: 1e6 }, /W1 must fit the format float16/],
    [{ weights: [["W1.0.0", 1e300]] }, /W1 must fit .*, got 1e\+300/],
    [{ alpha: 1e6 }, /learning rate must be a positive number that float16 can hold, got 1e\+06/],
    [{ alpha: 1e-9 }, /that float16 can hold, got 1e-09/],
  ];
  for (const [change, message] of refused) assert.throws(() => begin({ ...EXPERIMENT, ...change }), message);
});

test("edits of places that are not there are passed over", () => {
  const start = ({ runs, X, y }) => [...runs[0].parameters.subarray(0, 2), ...X, ...y];
  const weights = [
    ["W1.0.1", 9],
    ["b1.1", 9],
    ["W2.0.0", 9],
    ["b1.0", 0.5],
  ];
  const edits = [
    [1, [9, 1]],
    [0, [9]],
  ];
  assert.deepEqual(start(begin({ ...EXPERIMENT, weights, edits })), [1, 0.5, 1, 0]);
  assert.deepEqual(start(begin({ ...EXPERIMENT, edits: [[0, [0.1, 1]]] })), [1, 2, rounded(0.1, FLOAT16), 1]);
});
