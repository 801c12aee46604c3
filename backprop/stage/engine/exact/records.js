// Written by `python -m backprop.stage.javascript` from the records of activations, forms, costs.

import { crossEntropy, quadratic, reluAndSlope, sigmoidAndSlope, tanhAndSlope } from "./fifty.js";

/** @import { ExactActivation, ExactCost } from "../engine" */

/** @type {Record<string, ExactActivation>} */
export const ACTIVATIONS = { sigmoid: sigmoidAndSlope, tanh: tanhAndSlope, relu: reluAndSlope };

/** By the key of a form. @type {Record<string, ExactCost>} */
export const COSTS = {
  naive: crossEntropy,
  denominator: crossEntropy,
  clip: crossEntropy,
  clip_both: crossEntropy,
  floor: crossEntropy,
  fused: crossEntropy,
  split: crossEntropy,
  logit_difference: crossEntropy,
  quadratic: quadratic,
};
