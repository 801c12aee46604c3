// Where the drawing's parts lie: inside it, apart, and large enough to be read, whatever its box.

import assert from "node:assert/strict";
import { test } from "node:test";
import { cellBox, layOut, pagesOf } from "../../backprop/stage/player/layout.js";
import { fitNames } from "../../backprop/stage/player/names.js";
import { apart } from "../../backprop/stage/player/plot.js";

const measure = (text, font) => text.length * font * 0.56;
const LONG = ["mean radius", "blood pressure at rest", "worst fractal dimension", "a", "Größe", "x".repeat(40)];
const namesOf = (n, long) =>
  Array.from({ length: n }, (_, j) => (long ? `${LONG[j % LONG.length]} ${j}` : `x${j + 1}`));
const NETS = [
  [1, 1],
  [2, 4, 4, 1],
  [2, 8, 8, 8, 8, 8, 8, 1],
  [8, 16, 16, 16, 16, 16, 16, 1],
  [2, 1, 16, 3],
  [30, 4, 10],
];
const BOXES = [
  [340, 290],
  [560, 230],
  [930, 224],
  [966, 270],
  [1100, 640],
  [1240, 280],
  [1800, 900],
];

/** Every cell, as boxes by column. */
const boxesOf = ({ columns }) =>
  columns.map((column) => column.ys.flatMap((_, u) => [0, 1, 2].map((row) => cellBox(column, u, row))));
const isApart = (a, b) =>
  a.x + a.width <= b.x + 0.01 ||
  b.x + b.width <= a.x + 0.01 ||
  a.y + a.height <= b.y + 0.01 ||
  b.y + b.height <= a.y + 0.01;

for (const sizes of NETS)
  for (const [width, height] of BOXES)
    for (const [least, most] of [
      [11, 20],
      [18, 34],
    ])
      for (const long of [false, true])
        test(`${sizes.join("-")} in ${width} × ${height} from ${least} on${long ? ", long names" : ""}`, () => {
          const sheet = { width, height, sizes, names: namesOf(sizes[0], long), least, most, measure };
          const geometry = layOut(sheet);
          assert.ok(geometry.width >= width - 0.01);
          const all = boxesOf(geometry);
          for (const boxes of all) {
            for (const box of boxes) {
              assert.ok(box.x >= 0 && box.y >= geometry.top - 2 && box.width > 4 && box.height > 2);
              assert.ok(box.y + box.height <= height && box.x + box.width <= geometry.target.x);
            }
            for (const [n, a] of boxes.entries()) for (const b of boxes.slice(n + 1)) assert.ok(isApart(a, b));
          }
          for (const { font, mode } of geometry.columns)
            assert.ok(mode === "chips" ? font === 0 : font >= least - 0.01);
          let right = geometry.inputs.right;
          for (const column of geometry.columns) {
            assert.ok(column.x - column.radius > right + 10, "edges need room");
            right = column.right;
          }
          assert.ok(geometry.target.x + geometry.target.width <= geometry.width);
          const { inputs } = geometry;
          assert.ok(inputs.font >= least - 0.01 && inputs.nameFont >= least - 0.01 && inputs.smallFont >= least - 0.01);
          const high = inputs.boxed ? inputs.cellHeight : 2 * inputs.radius;
          for (const [n, y] of inputs.ys.slice(1).entries()) assert.ok(y - inputs.ys[n] >= high - 0.01);
          assert.ok(inputs.ys[0] - high / 2 >= geometry.top - 2 && inputs.ys.at(-1) + high / 2 <= height);
        });

test("a deep network of few units has all its numbers in the width of a lesson's stage", () => {
  const sizes = [2, 3, 3, 3, 3, 3, 3, 1];
  const geometry = layOut({ width: 919, height: 224, sizes, names: ["x₁", "x₂"], least: 11, most: 14, measure });
  assert.equal(geometry.width, 919);
  assert.ok(geometry.columns.every(({ mode }) => mode === "stacked"));
});

test("more room makes larger type, up to the most", () => {
  const fontIn = (width, height) =>
    layOut({ width, height, sizes: [2, 4, 4, 1], names: ["x", "y"], least: 11, most: 24, measure }).columns[0].font;
  const fonts = [
    [966, 230],
    [966, 300],
    [900, 420],
    [1800, 900],
  ].map(([w, h]) => fontIn(w, h));
  for (const [n, font] of fonts.slice(1).entries()) assert.ok(font > fonts[n]);
  assert.equal(fonts.at(-1), 24);
});

test("every input is on exactly one page, and a fold has a row of its own", () => {
  for (const n of [1, 2, 10, 11, 12, 13, 31, 32]) {
    const order = Array.from({ length: n }, (_, j) => (j * 7) % n).sort((a, b) => ((a * 5) % 7) - ((b * 5) % 7));
    const pages = pagesOf(order, 11);
    assert.deepEqual(
      pages.flat().sort((a, b) => a - b),
      [...order].sort((a, b) => a - b),
    );
    assert.equal(pages.length === 1, n <= 11);
    for (const page of pages) {
      assert.ok(page.length <= (pages.length === 1 ? 11 : 10));
      assert.deepEqual(
        page,
        [...page].sort((a, b) => a - b),
      );
    }
    assert.deepEqual(new Set(pages[0]), new Set(order.slice(0, pages[0].length)));
  }
});

test("names keep the ends that tell them apart, and no line is wider than its room", () => {
  const lineOf = (name, most) => fitNames([name], most, 10, 0, measure).lines[0];
  assert.deepEqual(lineOf("worst fractal dimension", 11 * 5.6 + 0.01), ["worst…nsion"]);
  assert.deepEqual(lineOf("as it is", 100), ["as it is"]);
  for (const most of [60, 84, 138])
    for (const small of [0, 12]) {
      const { lines, width } = fitNames(LONG, most, 14, small, measure);
      assert.ok(width <= most);
      lines.forEach((some, n) => {
        for (const line of some) assert.ok(measure(line, some.length > 1 ? small : 14) <= most);
        const whole = some.join(" ");
        assert.ok(some.length <= (small ? 2 : 1) && (whole === LONG[n] || whole.includes("…")));
      });
    }
});

test("only names that would touch move, evenly and inside the chart", () => {
  const frame = { top: 10, bottom: 150, font: 12 };
  const placed = (...ats) =>
    apart(
      ats.map((at, n) => ({ curve: { name: n }, at })),
      frame,
    )
      .sort((a, b) => a.curve.name - b.curve.name)
      .map(({ at }) => at);
  assert.deepEqual(placed(20, 60, 100), [20, 60, 100]);
  const [a, b, c] = placed(60, 61, 140);
  assert.ok(Math.abs(b - a - 14.4) < 1e-9 && Math.abs((a + b) / 2 - 60.5) < 1e-9 && c === 140);
  for (const ats of [
    [0, 0, 0, 0],
    [150, 150, 150, 150],
    [10, 150, 149, 11],
  ]) {
    const found = placed(...ats).sort((x, y) => x - y);
    assert.ok(found[0] >= 10 - 1e-9 && found.at(-1) <= 150 + 1e-9);
    for (const [n, at] of found.slice(1).entries()) assert.ok(at - found[n] >= 14.4 - 1e-9);
  }
});
