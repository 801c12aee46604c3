// How numbers are written: short on the stage, all digits on hover. Never a rounded lie.

/** All digits that distinguish the number, as data: NaN, Infinity, -Infinity, -0. @param {number} value */
export function fullDigits(value) {
  return Object.is(value, -0) ? "-0" : String(value);
}

/** A few digits for the stage; exactly 0 and 1 look different from nearly 0 and nearly 1. @param {number} value */
export function shortDigits(value, digits = 3) {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "+∞" : "−∞";
  if (Number.isInteger(value) && Math.abs(value) < 10000) return String(value).replace("-", "−");
  const size = Math.abs(value);
  if (size < 1 && Number(size.toPrecision(digits)) === 1) return nearOne(value);
  if (size >= 1e5 || size < 1e-3) return scientific(value, digits - 2);
  const text = value.toPrecision(digits);
  return (text.includes("e") ? String(Math.round(value)) : text).replace("-", "−");
}

/** A number inside a formula: nearly 1 with as many digits of the gap as others have. @param {number} value */
export function formulaDigits(value, digits = 4) {
  const text = shortDigits(value, digits);
  return isDifference(text) ? nearOne(value, digits - 2) : text;
}

/** Whether a number is written as a difference, 1−5e−14 or −(1−5e−14). @param {string} text */
const isDifference = (text) => /^−?\(?1−/.test(text);

/** A number that stands at a guarded place: "!" after ×, − and the like, "?" before them.
 * @param {string} text @param {string} guard the last letter of the place's name */
export function guarded(text, guard) {
  const alone = guard === "!" ? text.startsWith("−") || isDifference(text) : guard === "?" && text.startsWith("1−");
  return alone ? `(${text})` : text;
}

/** @param {number} value */
function nearOne(value, decimals = 0) {
  const gap = scientific(1 - Math.abs(value), decimals);
  return (value < 0 ? "−" : "") + (value < 0 ? `(1−${gap})` : `1−${gap}`);
}

/** @param {number} value @param {number} decimals */
function scientific(value, decimals) {
  const [mantissa, exponent] = value.toExponential(decimals).split("e");
  const plain = mantissa.includes(".") ? mantissa.replace(/\.?0+$/, "") : mantissa;
  return `${plain}e${Number(exponent)}`.replaceAll("-", "−");
}

/** A change, with its sign always written. @param {number} value */
export const changeDigits = (value) => (value > 0 && Number.isFinite(value) ? "+" : "") + shortDigits(value);

/** A number of a format in a sentence: four digits, more where four would say 1; as Python's `written`.
 * With `digits` it is rounded to so many first. @param {number} value @param {string} [format] @param {number} [digits] */
export function written(value, format = "float64", digits = 17) {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "NaN" : value > 0 ? "∞" : "−∞";
  const brief = laidOut(...digitsOf(value, Math.min(4, digits)), value < 0 || Object.is(value, -0));
  const shown = digits < 17 ? Number(value.toPrecision(digits)) : value;
  const size = Math.abs(shown);
  if (size >= 1e4 && size < 1e6 && Number.isInteger(shown)) return withMinus(String(shown));
  const alike = size !== 1 && (brief === "1" || brief === "−1");
  return alike ? withMinus(format === "float32" && digits === 17 ? singleDigits(shown) : String(shown)) : brief;
}

/** The significant digits of a number's size, and the power of ten of the first one.
 * @param {number} value @param {number} count @returns {[digits: string, power: number]} */
function digitsOf(value, count) {
  const [mantissa, power] = Math.abs(value)
    .toExponential(count - 1)
    .split("e");
  return [mantissa.replace(".", ""), Number(power)];
}

/** Significant digits without idle zeros: in place from 0.0001 to 9999, else with a power of ten.
 * @param {string} digits @param {number} power of ten of the first digit @param {boolean} negative */
export function laidOut(digits, power, negative) {
  const kept = digits.replace(/0+$/, "");
  return (negative ? "−" : "") + withMinus(kept ? unsigned(kept, power) : "0");
}

/** @param {string} digits @param {number} power */
function unsigned(digits, power) {
  if (power < -4 || power > 3) return `${digits[0]}${digits.length > 1 ? "." : ""}${digits.slice(1)}e${power}`;
  if (power < 0) return `0.${"0".repeat(-power - 1)}${digits}`;
  const whole = digits.slice(0, power + 1).padEnd(power + 1, "0");
  return digits.length > power + 1 ? `${whole}.${digits.slice(power + 1)}` : whole;
}

/** The shortest decimal that reads back as the same float32. @param {number} value */
function singleDigits(value) {
  let count = 1;
  while (Math.fround(Number(value.toPrecision(count))) !== value) count += 1;
  return String(Number(value.toPrecision(count)));
}

/** @param {string} text */
const withMinus = (text) => text.replaceAll("-", "−");

const GROUPED = /^-?\d{1,3}(\.\d{3})+,\d+$|^-?\d{1,3}(,\d{3})+\.\d+$/; // thousands, then the fraction

/** What people type, with a comma or a typographic minus, in the letters of programs. @param {string} text */
export function typedPlainly(text) {
  const plain = text.trim().replaceAll("−", "-");
  if (!GROUPED.test(plain)) return plain.replace(/^([^.,]*),([^.,]*)$/, "$1.$2");
  const [fraction] = /\d+$/.exec(plain) ?? [""];
  return `${plain.slice(0, -fraction.length).replaceAll(/[.,]/g, "")}.${fraction}`;
}

/** The number that a text writes in the letters of programs; NaN for what is none, or not finite. @param {string} text */
export function readNumber(text) {
  const number = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) ? Number(text) : NaN;
  return Number.isFinite(number) ? number : NaN;
}

/** The number that a field takes; NaN for any other text. "whole" are digits alone.
 * @param {{kind: string, low?: number, high?: number}} field @param {string} text */
export function numberWithin({ kind, low = -Infinity, high = Infinity }, text) {
  const value = kind === "whole" && !/^-?\d{1,11}$/.test(text) ? NaN : readNumber(text);
  return value >= low && value <= high ? value : NaN;
}

/** A number as people type it; null for what is none (yet). @param {string} text */
export function typedNumber(text) {
  const number = readNumber(typedPlainly(text));
  return Number.isNaN(number) ? null : number;
}
