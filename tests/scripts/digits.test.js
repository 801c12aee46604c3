// Numbers as text: never a rounded lie.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  changeDigits,
  formulaDigits,
  fullDigits,
  guarded,
  shortDigits,
  typedNumber,
} from "../../backprop/drawing/digits.js";

const read = (text) => Number(text.replaceAll("−", "-").replace("∞", "Infinity"));

test("all digits tell numbers apart, −0 included", () => {
  for (const value of [0, -0, 1, 0.1, -1 / 3, 5e-324, 1.7976931348623157e308, NaN, Infinity, -Infinity])
    assert.ok(Object.is(Number(fullDigits(value)), value), fullDigits(value));
});

test("few digits are near the number", () => {
  for (let n = 0; n < 400; n += 1) {
    const value = Math.sin(n + 1) * 10 ** ((n % 23) - 11);
    const text = shortDigits(value);
    const near = text.startsWith("1−")
      ? 1 - read(text.slice(2))
      : text.startsWith("−(1−")
        ? read(text.slice(4, -1)) - 1
        : read(text);
    assert.ok(Math.abs(near - value) <= 0.06 * Math.abs(value), `${value} is written ${text}`);
  }
});

test("exactly 0 and 1 look different from nearly 0 and nearly 1", () => {
  const texts = [0, 5e-324, 1e-9, 1, 1 - 2 ** -53, 1 - 2 ** -24, -1, -1 + 2 ** -53].map((value) => shortDigits(value));
  assert.deepEqual(texts, ["0", "4.9e−324", "1e−9", "1", "1−1e−16", "1−6e−8", "−1", "−(1−1e−16)"]);
  assert.equal(formulaDigits(1 - 2 ** -24), "1−5.96e−8");
});

test("what is not finite is said in words", () => {
  assert.deepEqual(
    [NaN, Infinity, -Infinity].map((value) => shortDigits(value)),
    ["NaN", "+∞", "−∞"],
  );
  assert.deepEqual([NaN, Infinity, 2, -2].map(changeDigits), ["NaN", "+∞", "+2", "−2"]);
});

test("a guarded place adds parentheses only where the number needs them", () => {
  assert.deepEqual(
    ["2", "−2", "1−1e−9"].map((text) => guarded(text, "!")),
    ["2", "(−2)", "(1−1e−9)"],
  );
  assert.deepEqual(
    ["2", "−2", "1−1e−9"].map((text) => guarded(text, "?")),
    ["2", "−2", "(1−1e−9)"],
  );
  assert.deepEqual(
    ["2", "−2", "1−1e−9"].map((text) => guarded(text, "")),
    ["2", "−2", "1−1e−9"],
  );
});

test("numbers are read as people type them, and what is none (yet) is none", () => {
  const typed = { "0,5": 0.5, " −2 ": -2, "1e−3": 1e-3, "−1,5e−3": -0.0015, 1.25: 1.25, "+3": 3, ".5": 0.5 };
  for (const [text, value] of Object.entries(typed)) assert.equal(typedNumber(text), value, text);
  for (const text of [
    "",
    " ",
    "-",
    "−",
    "1e",
    "much",
    "1,2,3",
    "1.2,3",
    "1,2.3",
    "Infinity",
    "NaN",
    "1e999",
    "0x10",
    "1_0",
    "٣",
  ])
    assert.equal(typedNumber(text), null, text);
});
