// The words of a link, read and written as scenario/fields.py does. What is allowed, and what is said of
// what is not, stands in the table that Python made of its fields.

import { fullDigits, numberWithin, readNumber } from "../drawing/digits.js";

/** @import { Reading } from "./book" */
/** @import { Offer } from "./told" */
/** @import { Experiment } from "../stage/protocol" */

const MOST_POINTS = 2000;

/** The shortest text that reads back as the same number, as links have it. @param {number} value */
export function writeNumber(value) {
  const [digits, power] = value.toExponential().split("e");
  if (value !== 0 && (Number(power) < -4 || Number(power) > 15)) return `${digits}e${Number(power)}`;
  return fullDigits(value);
}

/** @param {readonly number[]} row */
const writeRow = (row) => row.map(writeNumber).join("_");

/** Edited samples by their numbers from 0; null for what is none. @param {string} text
 * @returns {Experiment["edits"] | null} */
export function readEdits(text) {
  /** @type {Map<number, number[]>} */
  const edits = new Map();
  for (const part of text ? text.split("~") : []) {
    const [index, values, ...more] = part.split(":");
    const row = (values ?? "").split("_").map(readNumber);
    const target = row[row.length - 1];
    if (more.length || !/^\d{1,4}$/.test(index) || row.some(Number.isNaN) || target < 0 || target > 1) return null;
    edits.set(Number(index), row);
  }
  return [...edits].sort(([a], [b]) => a - b);
}

/** @param {Experiment["edits"]} edits */
export const writeEdits = (edits) =>
  [...edits]
    .sort(([a], [b]) => a - b)
    .map(([index, row]) => `${index}:${writeRow(row)}`)
    .join("~");

/** Edited weights and biases by name; null for what is none. @param {string} text @param {string} name the pattern of a name
 * @returns {Experiment["weights"] | null} */
export function readWeights(text, name) {
  /** @type {Map<string, number>} */
  const weights = new Map();
  for (const part of text ? text.split("~") : []) {
    const [place, value, ...more] = part.split(":");
    const number = readNumber(value ?? "");
    if (more.length || Number.isNaN(number) || !matches(name, place)) return null;
    weights.set(place, number);
  }
  return [...weights].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** @param {Experiment["weights"]} weights */
export const writeWeights = (weights) =>
  [...weights]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}:${writeNumber(value)}`)
    .join("~");

/** Points of two inputs and a target; null for what is none. @param {string} text */
export function readRows(text) {
  const rows = text ? text.split("~").map((part) => part.split("_").map(readNumber)) : [];
  const isPoint = (/** @type {number[]} */ row) =>
    row.length === 3 && row.every(Number.isFinite) && row[2] >= 0 && row[2] <= 1;
  return rows.length <= MOST_POINTS && rows.every(isPoint) ? rows : null;
}

/** @param {number[][]} rows */
export const writeRows = (rows) => rows.map(writeRow).join("~");

/** @param {string} pattern @param {string} text */
const matches = (pattern, text) => new RegExp(`^(?:${pattern})$`).test(text);

/** A text read as a field takes it: the word that a link has for it, or what was required.
 * @param {Offer} offer @param {string} text @returns {Reading} */
export function read(offer, text) {
  const word = wordOf(offer, text);
  return word === null ? { required: offer.required } : { word };
}

/** @param {Offer} offer @param {string} text @returns {string | null} */
function wordOf({ kind, low, high, options = [], pattern = "" }, text) {
  if (kind === "choice") return options.includes(text) ? text : null;
  if (kind === "text") return matches(pattern, text) ? text : null;
  if (kind === "edits") return written(readEdits(text), writeEdits);
  if (kind === "rows") return written(readRows(text), writeRows);
  if (kind === "weights") return written(readWeights(text, pattern), writeWeights);
  const value = numberWithin({ kind, low, high }, text);
  return Number.isNaN(value) ? null : writeNumber(kind === "whole" ? value || 0 : value); // no −0
}

/** @template T @param {T | null} value @param {(value: T) => string} write */
const written = (value, write) => (value === null ? null : write(value));
