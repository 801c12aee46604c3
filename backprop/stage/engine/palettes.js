// Written by `python -m backprop.stage.javascript` from the records of the palette.

/** Of each theme and kind: the stops of the fills; the ink that is read on the first,
 * the other ink, and the codes at which one takes the place of the other.
 * @type {Record<string, Record<string, Ramp>>} */
export const PALETTES = {
  light: {
    signed: {
      stops: ["#2f6fb0", "#8db4d8", "#f6f5f1", "#e9b48c", "#d9762b"],
      inks: ["#ffffff", "#000000"],
      turns: [9],
    },
    unit: { stops: ["#f8f8f5", "#c3c5d6", "#7d82a8", "#2f3566"], inks: ["#000000", "#ffffff"], turns: [187] },
  },
  dark: {
    signed: {
      stops: ["#5fa3e6", "#3d668f", "#262b33", "#8f6240", "#f0954c"],
      inks: ["#000000", "#ffffff"],
      turns: [45, 200],
    },
    unit: { stops: ["#1d2127", "#41466a", "#7a80bd", "#c3c8ff"], inks: ["#ffffff", "#000000"], turns: [149] },
  },
};

export const STEPS = 255;

/** @typedef {{stops: string[], inks: string[], turns: number[]}} Ramp */
