// Words and bytes in one piece, wherever in a buffer they lie.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openEnvelope } from "../../backprop/drawing/envelope.js";
import { packed } from "./kit.js";

for (const words of [{}, { a: 1 }, { δ: "− ∞", list: [1, null] }, { long: "x".repeat(1001) }]) {
  test(`${JSON.stringify(words).slice(0, 30)} comes back, and its body can be read as float64`, () => {
    const body = Float64Array.of(1.5, -0, NaN);
    const inner = packed(words, body.buffer);
    const shifted = new Uint8Array(inner.length + 3);
    shifted.set(inner, 3);
    const opened = openEnvelope(shifted.subarray(3));
    assert.deepEqual(opened.words, words);
    assert.deepEqual(new Float64Array(opened.body.buffer, opened.body.byteOffset), body);
  });
}
