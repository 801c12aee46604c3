// Written by `python -m backprop.stage.javascript` from the records of activations, forms, costs.

import { exp, expm1, log, log1p, tanh } from "./elementary.js";
import { rounded } from "./formats.js";
import { aboveLogit } from "./logit.js";

/** @import { Activation, Form, Steps } from "./engine" */

/** Hidden activations: z and its slope of h, all rounded to the format f.
 * @type {Record<string, Activation>} */
export const ACTIVATIONS = {
  sigmoid: {
    colours: "unit",
    ends: [0, 1],
    compute(hs, zs, slopes, f) {
      for (let n = 0; n < slopes.length; n += 1) {
        const h = hs[n];
        const decay_of_h = rounded(exp(-Math.abs(h)), f);
        const above_one_of_h = rounded(1 + decay_of_h, f);
        const big_of_h = rounded(1 / above_one_of_h, f);
        const small_of_h = rounded(decay_of_h / above_one_of_h, f);
        zs[n] = h >= 0 ? big_of_h : small_of_h;
        slopes[n] = rounded(big_of_h * small_of_h, f);
      }
    },
    computeDoubles(hs, zs, slopes) {
      for (let n = 0; n < slopes.length; n += 1) {
        const h = hs[n];
        const decay_of_h = rounded(exp(-Math.abs(h)), 0);
        const above_one_of_h = rounded(1 + decay_of_h, 0);
        const big_of_h = rounded(1 / above_one_of_h, 0);
        const small_of_h = rounded(decay_of_h / above_one_of_h, 0);
        zs[n] = h >= 0 ? big_of_h : small_of_h;
        slopes[n] = rounded(big_of_h * small_of_h, 0);
      }
    },
  },
  tanh: {
    colours: "signed",
    ends: [-1, 1],
    compute(hs, zs, slopes, f) {
      for (let n = 0; n < slopes.length; n += 1) {
        const h = hs[n];
        const square_decay_of_h = exp(-2 * Math.abs(h));
        const narrow_decay_of_h = rounded(square_decay_of_h, f);
        const above_narrow_of_h = rounded(1 + narrow_decay_of_h, f);
        const share_of_h = rounded(narrow_decay_of_h / above_narrow_of_h, f);
        zs[n] = rounded(tanh(h, square_decay_of_h), f);
        slopes[n] = rounded(rounded(4 * share_of_h, f) / above_narrow_of_h, f);
      }
    },
    computeDoubles(hs, zs, slopes) {
      for (let n = 0; n < slopes.length; n += 1) {
        const h = hs[n];
        const square_decay_of_h = exp(-2 * Math.abs(h));
        const narrow_decay_of_h = rounded(square_decay_of_h, 0);
        const above_narrow_of_h = rounded(1 + narrow_decay_of_h, 0);
        const share_of_h = rounded(narrow_decay_of_h / above_narrow_of_h, 0);
        zs[n] = rounded(tanh(h, square_decay_of_h), 0);
        slopes[n] = rounded(rounded(4 * share_of_h, 0) / above_narrow_of_h, 0);
      }
    },
  },
  relu: {
    colours: "signed",
    ends: [],
    compute(hs, zs, slopes) {
      for (let n = 0; n < slopes.length; n += 1) {
        const h = hs[n];
        zs[n] = Math.max(h, 0);
        slopes[n] = h > 0 ? 1 : 0;
      }
    },
    computeDoubles(hs, zs, slopes) {
      for (let n = 0; n < slopes.length; n += 1) {
        const h = hs[n];
        zs[n] = Math.max(h, 0);
        slopes[n] = h > 0 ? 1 : 0;
      }
    },
  },
};

/** Costs as forms display them, by the name of the display: the last step is the cost.
 * @type {Record<string, Steps>} */
const DISPLAYS = {
  naive: {
    steps: ["z", "complement", "log_z", "log_complement", "for_one", "for_zero", "cost"],
    run(hs, ys, f, out) {
      const count = hs.length;
      for (let n = 0, s = 0; n < count; n += 1, s = s + 1 === ys.length ? 0 : s + 1) {
        const h = hs[n];
        const y = ys[s];
        const growth_of_h = rounded(exp(-h), f);
        const z = rounded(1 / rounded(1 + growth_of_h, f), f);
        const complement = rounded(1 - z, f);
        const log_z = rounded(log(z), f);
        const log_complement = rounded(log(complement), f);
        const for_one = rounded(y * log_z, f);
        const for_zero = rounded(rounded(1 - y, f) * log_complement, f);
        const cost = rounded(-for_one - for_zero, f);
        out[n] = z;
        out[count + n] = complement;
        out[2 * count + n] = log_z;
        out[3 * count + n] = log_complement;
        out[4 * count + n] = for_one;
        out[5 * count + n] = for_zero;
        out[6 * count + n] = cost;
      }
    },
  },
  clipped: {
    steps: ["z", "clipped", "clipped_complement", "log_z", "log_complement", "for_one", "for_zero", "cost"],
    run(hs, ys, f, out, epsilon) {
      const count = hs.length;
      for (let n = 0, s = 0; n < count; n += 1, s = s + 1 === ys.length ? 0 : s + 1) {
        const h = hs[n];
        const y = ys[s];
        const growth_of_h = rounded(exp(-h), f);
        const z = rounded(1 / rounded(1 + growth_of_h, f), f);
        const clipped = Math.min(Math.max(z, epsilon), rounded(1 - epsilon, f));
        const clipped_complement = rounded(1 - clipped, f);
        const log_z = rounded(log(clipped), f);
        const log_complement = rounded(log(clipped_complement), f);
        const for_one = rounded(y * log_z, f);
        const for_zero = rounded(rounded(1 - y, f) * log_complement, f);
        const cost = rounded(-for_one - for_zero, f);
        out[n] = z;
        out[count + n] = clipped;
        out[2 * count + n] = clipped_complement;
        out[3 * count + n] = log_z;
        out[4 * count + n] = log_complement;
        out[5 * count + n] = for_one;
        out[6 * count + n] = for_zero;
        out[7 * count + n] = cost;
      }
    },
  },
  floored: {
    steps: ["z", "complement", "log_z", "log_complement", "for_one", "for_zero", "cost"],
    run(hs, ys, f, out) {
      const count = hs.length;
      for (let n = 0, s = 0; n < count; n += 1, s = s + 1 === ys.length ? 0 : s + 1) {
        const h = hs[n];
        const y = ys[s];
        const growth_of_h = rounded(exp(-h), f);
        const z = rounded(1 / rounded(1 + growth_of_h, f), f);
        const complement = rounded(1 - z, f);
        const log_z = Math.max(rounded(log(z), f), rounded(-100, f));
        const log_complement = Math.max(rounded(log(complement), f), rounded(-100, f));
        const for_one = rounded(y * log_z, f);
        const for_zero = rounded(rounded(1 - y, f) * log_complement, f);
        const cost = rounded(-for_one - for_zero, f);
        out[n] = z;
        out[count + n] = complement;
        out[2 * count + n] = log_z;
        out[3 * count + n] = log_complement;
        out[4 * count + n] = for_one;
        out[5 * count + n] = for_zero;
        out[6 * count + n] = cost;
      }
    },
  },
  stable: {
    steps: ["size", "miss", "linear", "softplus", "cost"],
    run(hs, ys, f, out) {
      const count = hs.length;
      for (let n = 0, s = 0; n < count; n += 1, s = s + 1 === ys.length ? 0 : s + 1) {
        const h = hs[n];
        const y = ys[s];
        const size = Math.abs(h);
        const miss = h > 0 ? rounded(1 - y, f) : y;
        const linear = miss === 0 ? miss : rounded(size * miss, f);
        const softplus = rounded(log1p(rounded(exp(-size), f)), f);
        const cost = rounded(linear + softplus, f);
        out[n] = size;
        out[count + n] = miss;
        out[2 * count + n] = linear;
        out[3 * count + n] = softplus;
        out[4 * count + n] = cost;
      }
    },
  },
  "half square": {
    steps: ["z", "error", "square", "cost"],
    run(hs, ys, f, out) {
      const count = hs.length;
      for (let n = 0, s = 0; n < count; n += 1, s = s + 1 === ys.length ? 0 : s + 1) {
        const h = hs[n];
        const y = ys[s];
        const decay_of_h = rounded(exp(-Math.abs(h)), f);
        const above_one_of_h = rounded(1 + decay_of_h, f);
        const big_of_h = rounded(1 / above_one_of_h, f);
        const small_of_h = rounded(decay_of_h / above_one_of_h, f);
        const z = h >= 0 ? big_of_h : small_of_h;
        const error = rounded(z - y, f);
        const square = rounded(error * error, f);
        const cost = rounded(square / 2, f);
        out[n] = z;
        out[count + n] = error;
        out[2 * count + n] = square;
        out[3 * count + n] = cost;
      }
    },
  },
};

/** The forms of δ_L by their keys: the last step is δ.
 * @type {Record<string, Form>} */
export const FORMS = {
  naive: {
    keepsSlope: false,
    display: DISPLAYS.naive,
    steps: ["z", "error", "complement", "width", "dJ_dz", "slope", "delta"],
    run(hs, ys, f, out) {
      const count = hs.length;
      for (let n = 0, s = 0; n < count; n += 1, s = s + 1 === ys.length ? 0 : s + 1) {
        const h = hs[n];
        const y = ys[s];
        const growth_of_h = rounded(exp(-h), f);
        const z = rounded(1 / rounded(1 + growth_of_h, f), f);
        const error = rounded(z - y, f);
        const complement = rounded(1 - z, f);
        const width = rounded(z * complement, f);
        const dJ_dz = rounded(error / width, f);
        const slope = rounded(z * complement, f);
        const delta = rounded(dJ_dz * slope, f);
        out[n] = z;
        out[count + n] = error;
        out[2 * count + n] = complement;
        out[3 * count + n] = width;
        out[4 * count + n] = dJ_dz;
        out[5 * count + n] = slope;
        out[6 * count + n] = delta;
      }
    },
  },
  denominator: {
    keepsSlope: false,
    display: DISPLAYS.naive,
    steps: ["z", "error", "complement", "width", "padded", "dJ_dz", "slope", "delta"],
    run(hs, ys, f, out, epsilon) {
      const count = hs.length;
      for (let n = 0, s = 0; n < count; n += 1, s = s + 1 === ys.length ? 0 : s + 1) {
        const h = hs[n];
        const y = ys[s];
        const growth_of_h = rounded(exp(-h), f);
        const z = rounded(1 / rounded(1 + growth_of_h, f), f);
        const error = rounded(z - y, f);
        const complement = rounded(1 - z, f);
        const width = rounded(z * complement, f);
        const padded = rounded(width + epsilon, f);
        const dJ_dz = rounded(error / padded, f);
        const slope = rounded(z * complement, f);
        const delta = rounded(dJ_dz * slope, f);
        out[n] = z;
        out[count + n] = error;
        out[2 * count + n] = complement;
        out[3 * count + n] = width;
        out[4 * count + n] = padded;
        out[5 * count + n] = dJ_dz;
        out[6 * count + n] = slope;
        out[7 * count + n] = delta;
      }
    },
  },
  clip: {
    keepsSlope: false,
    display: DISPLAYS.clipped,
    steps: [
      "z",
      "clipped",
      "clipped_error",
      "clipped_complement",
      "clipped_width",
      "dJ_dz",
      "clip_slope",
      "complement",
      "slope",
      "dJ_dz_through_clip",
      "delta",
    ],
    run(hs, ys, f, out, epsilon) {
      const count = hs.length;
      for (let n = 0, s = 0; n < count; n += 1, s = s + 1 === ys.length ? 0 : s + 1) {
        const h = hs[n];
        const y = ys[s];
        const growth_of_h = rounded(exp(-h), f);
        const z = rounded(1 / rounded(1 + growth_of_h, f), f);
        const clipped = Math.min(Math.max(z, epsilon), rounded(1 - epsilon, f));
        const clipped_error = rounded(clipped - y, f);
        const clipped_complement = rounded(1 - clipped, f);
        const clipped_width = rounded(clipped * clipped_complement, f);
        const dJ_dz = rounded(clipped_error / clipped_width, f);
        const clip_slope = z >= epsilon && z <= rounded(1 - epsilon, f) ? 1 : 0;
        const complement = rounded(1 - z, f);
        const slope = rounded(z * complement, f);
        const dJ_dz_through_clip = rounded(dJ_dz * clip_slope, f);
        const delta = rounded(dJ_dz_through_clip * slope, f);
        out[n] = z;
        out[count + n] = clipped;
        out[2 * count + n] = clipped_error;
        out[3 * count + n] = clipped_complement;
        out[4 * count + n] = clipped_width;
        out[5 * count + n] = dJ_dz;
        out[6 * count + n] = clip_slope;
        out[7 * count + n] = complement;
        out[8 * count + n] = slope;
        out[9 * count + n] = dJ_dz_through_clip;
        out[10 * count + n] = delta;
      }
    },
  },
  clip_both: {
    keepsSlope: false,
    display: DISPLAYS.clipped,
    steps: ["z", "clipped", "clipped_error", "clipped_complement", "clipped_width", "dJ_dz", "slope", "delta"],
    run(hs, ys, f, out, epsilon) {
      const count = hs.length;
      for (let n = 0, s = 0; n < count; n += 1, s = s + 1 === ys.length ? 0 : s + 1) {
        const h = hs[n];
        const y = ys[s];
        const growth_of_h = rounded(exp(-h), f);
        const z = rounded(1 / rounded(1 + growth_of_h, f), f);
        const clipped = Math.min(Math.max(z, epsilon), rounded(1 - epsilon, f));
        const clipped_error = rounded(clipped - y, f);
        const clipped_complement = rounded(1 - clipped, f);
        const clipped_width = rounded(clipped * clipped_complement, f);
        const dJ_dz = rounded(clipped_error / clipped_width, f);
        const slope = rounded(clipped * clipped_complement, f);
        const delta = rounded(dJ_dz * slope, f);
        out[n] = z;
        out[count + n] = clipped;
        out[2 * count + n] = clipped_error;
        out[3 * count + n] = clipped_complement;
        out[4 * count + n] = clipped_width;
        out[5 * count + n] = dJ_dz;
        out[6 * count + n] = slope;
        out[7 * count + n] = delta;
      }
    },
  },
  floor: {
    keepsSlope: false,
    display: DISPLAYS.floored,
    steps: ["z", "error", "complement", "width", "padded", "dJ_dz", "slope", "delta"],
    run(hs, ys, f, out, epsilon) {
      const count = hs.length;
      for (let n = 0, s = 0; n < count; n += 1, s = s + 1 === ys.length ? 0 : s + 1) {
        const h = hs[n];
        const y = ys[s];
        const growth_of_h = rounded(exp(-h), f);
        const z = rounded(1 / rounded(1 + growth_of_h, f), f);
        const error = rounded(z - y, f);
        const complement = rounded(1 - z, f);
        const width = rounded(z * complement, f);
        const padded = Math.max(width, epsilon);
        const dJ_dz = rounded(error / padded, f);
        const slope = rounded(z * complement, f);
        const delta = rounded(dJ_dz * slope, f);
        out[n] = z;
        out[count + n] = error;
        out[2 * count + n] = complement;
        out[3 * count + n] = width;
        out[4 * count + n] = padded;
        out[5 * count + n] = dJ_dz;
        out[6 * count + n] = slope;
        out[7 * count + n] = delta;
      }
    },
  },
  fused: {
    keepsSlope: false,
    display: DISPLAYS.stable,
    steps: ["z", "delta"],
    run(hs, ys, f, out) {
      const count = hs.length;
      for (let n = 0, s = 0; n < count; n += 1, s = s + 1 === ys.length ? 0 : s + 1) {
        const h = hs[n];
        const y = ys[s];
        const decay_of_h = rounded(exp(-Math.abs(h)), f);
        const above_one_of_h = rounded(1 + decay_of_h, f);
        const big_of_h = rounded(1 / above_one_of_h, f);
        const small_of_h = rounded(decay_of_h / above_one_of_h, f);
        const z = h >= 0 ? big_of_h : small_of_h;
        const delta = rounded(z - y, f);
        out[n] = z;
        out[count + n] = delta;
      }
    },
  },
  split: {
    keepsSlope: false,
    display: DISPLAYS.stable,
    steps: ["z", "mirrored", "pull_down", "pull_up", "delta"],
    run(hs, ys, f, out) {
      const count = hs.length;
      for (let n = 0, s = 0; n < count; n += 1, s = s + 1 === ys.length ? 0 : s + 1) {
        const h = hs[n];
        const y = ys[s];
        const decay_of_h = rounded(exp(-Math.abs(h)), f);
        const above_one_of_h = rounded(1 + decay_of_h, f);
        const big_of_h = rounded(1 / above_one_of_h, f);
        const small_of_h = rounded(decay_of_h / above_one_of_h, f);
        const z = h >= 0 ? big_of_h : small_of_h;
        const mirrored = h >= 0 ? small_of_h : big_of_h;
        const pull_down = rounded(rounded(1 - y, f) * z, f);
        const pull_up = rounded(y * mirrored, f);
        const delta = rounded(pull_down - pull_up, f);
        out[n] = z;
        out[count + n] = mirrored;
        out[2 * count + n] = pull_down;
        out[3 * count + n] = pull_up;
        out[4 * count + n] = delta;
      }
    },
  },
  logit_difference: {
    keepsSlope: false,
    display: DISPLAYS.stable,
    steps: ["z", "mirrored", "pull_down", "pull_up", "d", "pull", "share", "delta"],
    run(hs, ys, f, out) {
      const count = hs.length;
      for (let n = 0, s = 0; n < count; n += 1, s = s + 1 === ys.length ? 0 : s + 1) {
        const h = hs[n];
        const y = ys[s];
        const decay_of_h = rounded(exp(-Math.abs(h)), f);
        const above_one_of_h = rounded(1 + decay_of_h, f);
        const big_of_h = rounded(1 / above_one_of_h, f);
        const small_of_h = rounded(decay_of_h / above_one_of_h, f);
        const z = h >= 0 ? big_of_h : small_of_h;
        const mirrored = h >= 0 ? small_of_h : big_of_h;
        const pull_down = rounded(rounded(1 - y, f) * z, f);
        const pull_up = rounded(y * mirrored, f);
        const d = aboveLogit(h, y, f);
        const pull = d >= 0 ? pull_down : pull_up;
        const share = rounded(-Math.sign(d) * rounded(expm1(-Math.abs(d)), f), f);
        const delta = rounded(pull * share, f);
        out[n] = z;
        out[count + n] = mirrored;
        out[2 * count + n] = pull_down;
        out[3 * count + n] = pull_up;
        out[4 * count + n] = d;
        out[5 * count + n] = pull;
        out[6 * count + n] = share;
        out[7 * count + n] = delta;
      }
    },
  },
  quadratic: {
    keepsSlope: true,
    display: DISPLAYS["half square"],
    steps: ["z", "error", "slope", "delta"],
    run(hs, ys, f, out) {
      const count = hs.length;
      for (let n = 0, s = 0; n < count; n += 1, s = s + 1 === ys.length ? 0 : s + 1) {
        const h = hs[n];
        const y = ys[s];
        const decay_of_h = rounded(exp(-Math.abs(h)), f);
        const above_one_of_h = rounded(1 + decay_of_h, f);
        const big_of_h = rounded(1 / above_one_of_h, f);
        const small_of_h = rounded(decay_of_h / above_one_of_h, f);
        const z = h >= 0 ? big_of_h : small_of_h;
        const error = rounded(z - y, f);
        const slope = rounded(big_of_h * small_of_h, f);
        const delta = rounded(error * slope, f);
        out[n] = z;
        out[count + n] = error;
        out[2 * count + n] = slope;
        out[3 * count + n] = delta;
      }
    },
  },
};

/** The form and the cost that keep all digits of hard labels. */
export const TRUE_FORM = FORMS.split;
export const TRUE_COST = DISPLAYS.stable;
