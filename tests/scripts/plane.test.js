// The plane of two inputs: where its samples lie, and where the line of z = ½ runs.

import assert from "node:assert/strict";
import { test } from "node:test";
import { areaOf, kept, pixelOf, placeAt } from "../../backprop/stage/player/area.js";
import { halves } from "../../backprop/stage/player/field.js";

const SQUARE = [
  [-1, -1],
  [-1, 1],
  [1, -1],
  [1, 1],
];
const data = (X, edits = []) => ({ X, edits });
const near = (a, b, within = 1e-9) => assert.ok(Math.abs(a - b) <= within * Math.max(1, Math.abs(b)), `${a} ≠ ${b}`);

test("a place has a pixel, and the pixel that place; both axes have one scale, and up is up", () => {
  const area = areaOf(data(SQUARE), 150, 230);
  for (const place of [...SQUARE, [0.3, -0.9]]) {
    const [x, y] = pixelOf(area, place);
    placeAt(area, x, y).forEach((value, j) => {
      near(value, place[j]);
    });
    assert.ok(x > 11 && x < 139 && y > 11 && y < 219);
  }
  assert.equal(area.scale[0], area.scale[1]);
  assert.ok(pixelOf(area, [0, 1])[1] < pixelOf(area, [0, -1])[1]);
});

test("the plane stays while a sample moves on it, and grows when a slider takes one out of it", () => {
  const before = areaOf(data(SQUARE), 150, 150);
  const edge = placeAt(before, ...kept(before, -999, 999));
  const moved = areaOf(data(SQUARE, [[2, [...edge, 1]]]), 150, 150);
  moved.scale.forEach((scale, j) => {
    near(scale, before.scale[j]);
  });
  assert.deepEqual(moved.middle, before.middle);
  const out = areaOf(data(SQUARE, [[2, [3, -1, 1]]]), 150, 150);
  assert.ok(out.scale[0] < before.scale[0]);
  near(pixelOf(out, [3, -1])[0], 150 - 11);
});

test("columns of unlike size have a scale each, and a single point or huge numbers a plane as well", () => {
  const unlike = areaOf(
    data([
      [0, 0],
      [1, 1000],
    ]),
    150,
    150,
  );
  near(unlike.scale[0] / unlike.scale[1], 1000);
  for (const X of [
    [[3, 4]],
    [
      [-1e308, 1],
      [1e308, 2],
    ],
    [
      [1e-300, 0],
      [-1e-300, 0],
    ],
  ]) {
    const area = areaOf(data(X), 150, 150);
    for (const place of X) for (const at of pixelOf(area, place)) assert.ok(at >= 0 && at <= 150, `${X}: ${at}`);
  }
});

const lattice = (columns, rows, h) => ({
  columns,
  rows,
  h: Float64Array.from({ length: columns * rows }, (_, n) => h(n % columns, Math.floor(n / columns))),
});
const circle = (c, r) => Math.hypot(c - 20, r - 20) - 12.3;

test("the line runs along the circle on which h is 0, all the way round", () => {
  const segments = halves(lattice(41, 41, circle));
  for (const [x0, y0, x1, y1] of segments)
    for (const [x, y] of [
      [x0, y0],
      [x1, y1],
    ])
      near(Math.hypot(x - 20, y - 20), 12.3, 0.005);
  const length = segments.reduce((sum, [x0, y0, x1, y1]) => sum + Math.hypot(x1 - x0, y1 - y0), 0);
  near(length, 2 * Math.PI * 12.3, 0.005);
});

test("it ends where h is not a number, and saddles and infinite h have it too", () => {
  const broken = halves(lattice(41, 41, (c, r) => (c > 20 ? NaN : circle(c, r))));
  const length = broken.reduce((sum, [x0, y0, x1, y1]) => sum + Math.hypot(x1 - x0, y1 - y0), 0);
  near(length, Math.PI * 12.3, 0.01);
  assert.equal(halves(lattice(2, 2, (c, r) => (c === r ? 1 : -1))).length, 2);
  assert.deepEqual(halves(lattice(2, 2, (c) => (c ? Infinity : -Infinity))), [[0.5, 0, 0.5, 1]]);
  assert.deepEqual(halves(lattice(3, 3, () => NaN)), []);
  assert.deepEqual(halves(lattice(3, 3, () => 1)), []);
});
