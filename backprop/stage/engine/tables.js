// Written by `python -m backprop.stage.javascript` from the records of formats and limits.

/** `bottom` and `top` are the exponents of the least normal and of the largest number;
 * a double reaches some formats `viaSingle`, so by two roundings. */
export const FORMATS = [
  { name: "float64", precision: 53, bottom: -1022, top: 1023, viaSingle: false },
  { name: "float32", precision: 24, bottom: -126, top: 127, viaSingle: false },
  { name: "float16", precision: 11, bottom: -14, top: 15, viaSingle: false },
  { name: "bfloat16", precision: 8, bottom: -126, top: 127, viaSingle: true },
];
export const COLOUR_STEPS = 255;
/** Where the scale of a kind of signed values is full. */
export const REACHES = { weight: 20, signed: 3, h: 40 };
/** Of the scale of δ, which is logarithmic and full at 1. */
export const DECADES = 8;
export const LEAST_SHARE = 0.06;
/** See dead.py and digest.py. */
export const WRONG = 0.1;
export const DEAD_SHARE = 0.01;
export const MULTIPLIERS = [2654435761, 2246822519];
/** So many units in the last place off, a step has lost digits. */
export const LOST = 32.0;
