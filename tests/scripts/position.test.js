// The order in which it plays, where it stops, and that nothing passes a hold.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as position from "../../backprop/stage/player/position.js";
import { recorded } from "./kit.js";

const at = ({ frame, operation }) => [frame, operation];
const ONE = { operations: 1 };

/** Advance until it says stop; the places on the way. */
function play(recording, place, pace = ONE) {
  const places = [];
  for (let n = 0; n < 1000; n += 1) {
    const stops = position.advance(recording, place, pace);
    places.push(at(place));
    if (stops) return places;
  }
  throw new Error("It never stops.");
}

test("operation by operation every place is passed once, and the last pass has no update", () => {
  const recording = recorded({ last: 2 });
  const places = play(recording, position.newPosition());
  const wanted = [0, 1, 2].flatMap((frame) => [0, 1, 2, 3, 4, 5].map((operation) => [frame, operation]));
  assert.deepEqual(places, wanted.slice(0, -1));
  assert.equal(position.isAtEnd(recording, { frame: 2, operation: 4 }), true);
});

test("by updates it goes to the end of each pass", () => {
  const places = play(recorded({ last: 3 }), position.newPosition(), { updates: 1 });
  assert.deepEqual(places, [
    [1, 5],
    [2, 5],
    [3, 4],
  ]);
});

for (const pace of [ONE, { updates: 1 }]) {
  test(`it stops at the first fault once, then plays on (${JSON.stringify(pace)})`, () => {
    const recording = recorded({ last: 4, fault: { update: 2, operation: 3 } });
    const place = position.newPosition();
    assert.deepEqual(play(recording, place, pace).at(-1), [2, 3]);
    assert.equal(place.passedFault, true);
    assert.deepEqual(play(recording, place, pace).at(-1), [4, 4]);
  });
}

test("nothing passes a hold, neither playing nor by hand", () => {
  const recording = recorded({ last: 4 });
  const place = position.newPosition();
  position.setHold(place, { update: 1, operation: "delta.1" });
  assert.deepEqual(play(recording, place).at(-1), [1, 3]);
  position.put(recording, place, Infinity, Infinity);
  assert.deepEqual(at(place), [1, 3]);
  position.put(recording, place, 0, 5);
  assert.deepEqual(at(place), [0, 5]);
  position.setHold(place, null);
  position.put(recording, place, Infinity, Infinity);
  assert.deepEqual(at(place), [4, 4]);
});

test("what is still being computed is waited for, and gone to later", () => {
  const recording = recorded({ last: 9, known: 4 });
  const place = position.newPosition();
  position.put(recording, place, 7, 3);
  assert.deepEqual([...at(place), place.target], [4, 3, { frame: 7, operation: 3 }]);
  assert.equal(position.isAtEnd(recording, place), false);
  assert.equal(position.advance(recording, { ...place, operation: 5 }, ONE), false);
  position.put(recording, place, Infinity, Infinity);
  assert.deepEqual(place.target, { frame: 9, operation: Infinity });
  position.put(recording, place, 2, 1);
  assert.deepEqual([...at(place), place.target], [2, 1, null]);
});

test("the playhead stays within the recording, whatever it is told", () => {
  const recording = recorded({ last: 4 });
  const place = position.newPosition();
  for (const [frame, operation, wanted] of [
    [-3, -9, [0, -1]],
    [99, 99, [4, 4]],
    [2, 99, [2, 5]],
    [4, 5, [4, 4]],
  ]) {
    position.put(recording, place, frame, operation);
    assert.deepEqual(at(place), wanted);
  }
});

test("a fault is reached at its operation and not before", () => {
  const recording = recorded({ last: 4, fault: { update: 2, operation: 3 } });
  const reached = (frame, operation) => position.hasReachedFault(recording, { frame, operation });
  assert.deepEqual([reached(1, 5), reached(2, 2), reached(2, 3), reached(3, -1)], [false, false, true, true]);
  assert.equal(position.hasReachedFault(recorded(), { frame: 4, operation: 4 }), false);
});

test("guided: the first pass and the one that breaks by operations, the rest by updates", () => {
  const recording = recorded({ last: 9, fault: { update: 5, operation: 3 } });
  const pace = (frame, operation, passedFault = false) =>
    position.paceAt(recording, { frame, operation, passedFault, hold: null }, 0);
  assert.deepEqual(pace(0, -1), { operations: 3 });
  assert.deepEqual(pace(0, 5), { updates: 5 });
  assert.deepEqual(pace(3, 2), { updates: 5 });
  assert.deepEqual(pace(4, 5), { operations: 2 });
  assert.deepEqual(pace(5, 0), { operations: 2 });
  assert.deepEqual(pace(6, 0, true), { updates: 12 });
  assert.deepEqual(position.paceAt(recording, position.newPosition(), 5), position.SPEEDS[5]);
});

test("guided slowly there is time for a sentence at each operation, and less for an update than fast", () => {
  const recording = recorded({ last: 9, fault: { update: 5, operation: 3 } });
  const speed = (title) => position.SPEEDS.findIndex((one) => one.title === title);
  const pace = (frame, title) =>
    position.paceAt(recording, { frame, operation: 0, passedFault: false, hold: null }, speed(title));
  assert.deepEqual(pace(0, "guided, slow"), { operations: 1 });
  assert.ok((pace(5, "guided, slow").operations ?? 9) < 1);
  assert.ok((pace(3, "guided, slow").updates ?? 9) < (pace(3, "guided").updates ?? 0));
  assert.ok((pace(3, "guided").updates ?? 9) < (pace(3, "guided, fast").updates ?? 0));
});

test("operations by their names", () => {
  const recording = recorded();
  assert.equal(position.operationNumber(recording, "delta.1"), 3);
  assert.equal(position.operationNumber(recording, "update"), 5);
  assert.equal(position.operationNumber(recording, "start"), -1);
});
