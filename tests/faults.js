// What the page's scripts say: numbers, sums and sentences as they are, faults of experiments.

import { written } from "../backprop/drawing/digits.js";
import { fill, marked } from "../backprop/drawing/template.js";
import { exactAverage, exactlyWritten, exactProduct } from "../backprop/stage/engine/exact/sums.js";
import { firstCostFault, firstFault } from "../backprop/stage/engine/faults.js";
import { runOf } from "../backprop/stage/engine/training.js";
import { causesOf } from "../backprop/stage/player/causes.js";
import { aheadOf, costFaultOf, faultCardOf, outcomeOf, spreadOf } from "../backprop/stage/player/telling.js";
import { train } from "./scripts/engine.js";

const SPECIAL = { NaN: NaN, Infinity: Infinity, "-Infinity": -Infinity, "-0.0": -0 };

export const numbers = (given) =>
  given.map(([text, format, digits]) => written(SPECIAL[text] ?? Number(text), format, digits ?? undefined));

export const sums = (given) =>
  given.map(({ products, divisor }) =>
    exactlyWritten(
      exactAverage(
        products.map((factors) => exactProduct(factors.map(Number))),
        divisor,
      ),
    ),
  );

export const sentences = (given) =>
  given.map(([template, places]) => {
    try {
      return marked(fill(template, places));
    } catch (error) {
      return error.message;
    }
  });

/** Of every experiment what is said of its shown run. */
export const faults = (given) =>
  given.map((experiment) => {
    const training = train(experiment);
    const run = runOf(training, experiment.shown);
    const fault = firstFault(training, run);
    const costFault = costFaultOf(training, run, fault);
    const { cause, because } = fault ? causesOf(training, run, fault) : {};
    return {
      cause,
      because,
      card: fault && faultCardOf(experiment, training, run, fault),
      spread: fault ? spreadOf(training, run, fault.update) : "",
      costFault,
      cost: costFault && causesOf(training, run, firstCostFault(training, run), "cost").because,
      ahead: aheadOf(training, run, outcomeOf(training, run)),
    };
  });
