// Bytes become numbers by channel; what is no channel is none.

import assert from "node:assert/strict";
import { test } from "node:test";
import { isKnown } from "../../backprop/stage/player/position.js";
import {
  badSamples,
  channelOf,
  frameAt,
  isBad,
  placeOf,
  segmentOf,
  stripOf,
  valueAt,
} from "../../backprop/stage/player/recording.js";
import { nameOf } from "../../backprop/stage/player/words.js";
import { recorded } from "./kit.js";

test("a channel's value lies where its block says, in every frame", () => {
  const recording = recorded();
  const places = {
    "z.0.1": 1,
    "W.1.0.0": 2,
    "W.1.0.1": 3,
    "h.1.0": 5,
    "dW.1.0.1": 9,
    "J.1.0": 10,
    "step.width.1.0": 11,
  };
  for (const [channel, at] of Object.entries(places))
    for (const frame of [0, 1, 4])
      assert.equal(valueAt(recording, placeOf(recording, channel), frame), 100 * frame + at);
});

test("what the recording does not have is no channel", () => {
  const recording = recorded();
  const wrong = ["", "h", "h.1", "h.1.", "h.1.x", "h.1.-1", "h.1.0.5", "h.2.0", "h.1.1", "W.1.0", "W.1.1.0", "W.1.0.2"];
  for (const channel of wrong) assert.equal(channelOf(recording, channel), null, channel);
  assert.throws(() => placeOf(recording, "h.9.0"), /h\.9\.0/);
});

test("from its block's operation on a channel is known", () => {
  const recording = recorded();
  const known = (channel, operation) => isKnown({ operation }, placeOf(recording, channel));
  assert.deepEqual([known("z.0.0", -1), known("W.1.0.0", -1)], [true, true]);
  assert.deepEqual([known("h.1.0", -1), known("h.1.0", 0)], [false, true]);
  assert.deepEqual([known("delta.1.0", 2), known("delta.1.0", 3), known("delta.1.0", 5)], [false, true, true]);
});

test("of updates that were looked at only some are held", () => {
  const recording = recorded({ last: 2000 });
  for (let update = 0; update <= 2000; update += 1) assert.equal(frameAt(recording, update).values[0], 100 * update);
  assert.ok(recording.frames.size <= 300);
  assert.equal(frameAt(recording, 2000), frameAt(recording, 2000));
});

test("only states from NaN on are bad, and a strip says in which samples", () => {
  const recording = recorded({ bad: { 5: 2, 6: 3 } });
  assert.deepEqual(
    ["h.1.0", "z.1.0"].map((c) => isBad(recording, placeOf(recording, c), 1)),
    [false, true],
  );
  assert.deepEqual([...stripOf(recording, "z.1.0", 1)], [12, 13, 14]);
  assert.equal(stripOf(recording, "W.1.0.0", 1).length, 0);
  frameAt(recording, 1).strips[4] = 255;
  assert.deepEqual(badSamples(recording, "z.1.0", 1), [1]);
});

for (const samples of [3, 4, 7, 100]) {
  test(`${samples} samples in 3 segments: each is in one, and the first of a segment is in it`, () => {
    const { about } = recorded({ samples });
    const segments = [...Array(samples).keys()].map((sample) => segmentOf(about, sample));
    assert.deepEqual([...new Set(segments)], [0, 1, 2]);
  });
}

test("channels in words", () => {
  const recording = recorded({ samples: 100 });
  const channels = ["z.0.1", "delta.1.0", "dW.1.0.1", "J.1.0"];
  const words = ["input weight", "δ₁ of unit 1", "∂J/∂W₁ of unit 1 from input 2", "the cost J"];
  assert.deepEqual(
    channels.map((channel) => nameOf(recording, channel)),
    words,
  );
});
