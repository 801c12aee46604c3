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
