// What is said of what the page has trained itself: the card of the fault, how it spreads, why the
// displayed cost is not finite, what lies ahead. cards.py says the same of a fault that is printed.

import { written } from "../../drawing/digits.js";
import { fill, marked } from "../../drawing/template.js";
import { costsOf } from "../engine/costs.js";
import { isDead, isWrong, trueErrors } from "../engine/dead.js";
import { decimal, nearest } from "../engine/exact/decimals.js";
import { DIGITS } from "../engine/exact/fifty.js";
import { COSTS } from "../engine/exact/records.js";
import { exactlyWritten } from "../engine/exact/sums.js";
import { firstCostFault, firstFault } from "../engine/faults.js";
import { rounded } from "../engine/formats.js";
import { valuesAt } from "../engine/operands.js";
import { passesOf } from "../engine/passes.js";
import { FORMS } from "../engine/records.js";
import { CARD, FORM_WORDS, LOOKS, OF_FORMAT } from "../engine/sentences.js";
import { FORMATS } from "../engine/tables.js";
import { causesOf } from "./causes.js";
import { subscript } from "./words.js";

/** @import { Experiment, ExperimentRunner, FaultPlace, FaultySteps, Run, Training } from "../engine/engine" */
/** @import { Causes } from "./causes" */

/** The card of a fault. The experiment has all runners; of them the training may have one only.
 * @param {Experiment} experiment @param {Training} training @param {Run} run @param {FaultPlace} place */
export function faultCardOf(experiment, training, run, place) {
  const causes = causesOf(training, run, place);
  const { at } = causes;
  const hasUnits = place.unit !== null && training.layout.sizes[place.layer] > 1;
  return fill(CARD.card, {
    update: String(place.update),
    layer: String(place.layer),
    unit: hasUnits ? String(Number(place.unit) + 1) : null,
    sample: place.sample === null ? null : String(place.sample + 1),
    y: at && written(at.y, experiment.format),
    why: whyOf(run.runner, causes, experiment.format),
    because: causes.because.map((step) => fill(CARD.because, { step: marked(step) })).join(""),
    others: at && othersAt(experiment, training.format, run, at),
  });
}

/** @param {ExperimentRunner} runner @param {Causes} causes @param {string} format */
function whyOf({ form }, { cause, at }, format) {
  if (!at || (at.z !== 0 && at.z !== 1))
    return `${marked(/^(the|a) /.test(cause) ? cause[0].toUpperCase() + cause.slice(1) : cause)}.`;
  const verdict = at.y === 0 || at.y === 1 ? CARD[at.y === at.z ? "right" : "wrong"] : "";
  const edge = at.z === 1 ? "one" : FORM_WORDS[form].zero;
  return fill(CARD[edge], { ...OF_FORMAT[format], h: written(at.h, format), verdict });
}

/** The true δ at this h and y, and that of every form.
 * @param {Experiment} experiment @param {number} f @param {Run} run @param {FaultySteps} at */
function othersAt({ runners, format }, f, run, { h, y }) {
  const exact = COSTS[run.runner.form](decimal(h), decimal(y), DIGITS).delta;
  const double = nearest(exact);
  const isLess = double === 0 && exact.c !== 0n; // than any double
  const chips = [fill(CARD.true, { delta: isLess ? exactlyWritten(exact) : written(double, "float64", 6) })];
  for (const { name, form, epsilon } of runners) {
    const { title, colour, soft } = LOOKS[name];
    if (soft && name !== run.runner.name && !(y > 0 && y < 1)) continue;
    const { delta } = valuesAt(FORMS[form], h, y, f, rounded(epsilon, f));
    chips.push(fill(CARD.delta, { title, colour, delta: marked(written(delta, format)) }));
  }
  return chips.join("");
}

/** How a fault spreads within its update; "" where it does not.
 * @param {Training} training @param {Run} run @param {number} update */
export function spreadOf(training, run, update) {
  const { layout, samples, h, z, delta, dW, output, form } = passesOf(training, run, update);
  const L = h.length;
  const count = (/** @type {Float64Array} */ values) => values.filter((value) => !Number.isFinite(value)).length;
  /** @type {string[]} */
  const held = [];
  const look = (
    /** @type {string} */ letter,
    /** @type {number} */ i,
    /** @type {number} */ bad,
    /** @type {number} */ size,
  ) => {
    const places = { letter, i: subscript(i), count: String(bad), size: String(size) };
    if (bad > 0) held.push(fill(CARD.held, places));
  };
  for (let i = 1; i <= L; i += 1) {
    const size = layout.sizes[i] * samples;
    const from = form.steps.indexOf("z") * size;
    look("h", i, count(h[i - 1]), size);
    look("z", i, count(i < L ? z[i].subarray(0, size) : output.subarray(from, from + size)), size);
  }
  for (let i = L; i >= 1; i -= 1) {
    const [units, sources] = [layout.sizes[i], layout.sizes[i - 1]];
    const width = dW[i - 1].length / units;
    look("δ", i, count(delta[i - 1]), units * samples);
    look("∂J/∂W", i, count(dW[i - 1].filter((_, n) => n % width < sources)), units * sources);
  }
  return held.length > 1 ? fill(CARD.spread, { held: held.join(" → ") }) : "";
}

/** Where and why the displayed cost is first not finite; null if the fault is to blame, or nothing.
 * @param {Training} training @param {Run} run @param {FaultPlace | null} fault */
export function costFaultOf(training, run, fault) {
  const place = firstCostFault(training, run);
  if (!place || JSON.stringify(place) === JSON.stringify(fault)) return null;
  return { update: place.update, cause: causesOf(training, run, place, "cost").cause };
}

/** What lies ahead, of a training that is over and has all runners; its `outcome` as HTML.
 * @param {Training} training @param {Run} run @param {string} outcome */
export function aheadOf(training, run, outcome) {
  const { title } = LOOKS[run.runner.name];
  const fault = firstFault(training, run);
  if (fault) return fill(CARD.fault, { title, update: String(fault.update) });
  const { shown } = costsOf(training, run);
  const bad = shown.findIndex((cost) => !Number.isFinite(cost));
  const others = training.runs.flatMap((other) => {
    const found = firstFault(training, other);
    const named = { title: LOOKS[other.runner.name].title };
    return found ? [fill(CARD.other, { ...named, update: String(found.update) })] : [];
  });
  others.push(...bestOf(training, run));
  return fill(CARD.end, {
    title,
    updates: `${training.updates} update${training.updates === 1 ? "" : "s"}`,
    outcome,
    update: bad < 0 ? null : String(bad),
    cost: bad < 0 ? null : marked(written(shown[bad], FORMATS[training.format].name)),
    others: others.length ? others.join("; ") : null,
  });
}

/** How many samples are not corrected although they are wrong, or else how many meet their targets.
 * @param {Training} training @param {Run} run */
export function outcomeOf(training, run) {
  const { dead, met, soft } = countsOf(training, run);
  const said = dead ? CARD.silent : soft ? CARD.soft : CARD.hard;
  return fill(said, { count: String(dead || met), samples: String(training.samples) });
}

/** At the end: the samples that are dead, and those that meet their targets, which for `soft` ones is to
 * come within 0.1 of them. @param {Training} training @param {Run} run */
function countsOf({ samples, y, updates, format }, { runner, hOut, epsilon }) {
  const { steps, run } = FORMS[runner.form];
  const h = hOut.subarray(updates * y.length, (updates + 1) * y.length);
  const output = new Float64Array(steps.length * y.length);
  run(h, y, format, output, epsilon);
  const delta = output.subarray(output.length - y.length);
  const errors = trueErrors(h, y);
  const soft = y.some((target) => target > 0 && target < 1);
  let [dead, met] = [0, 0];
  for (let s = 0; s < samples; s += 1) {
    const own = [];
    for (let n = s; n < y.length; n += samples) own.push(n);
    if (own.some((n) => isDead(errors[n], delta[n]))) dead += 1;
    if (own.every((n) => (soft ? !isWrong(errors[n]) : y[n] ? h[n] > 0 : h[n] < 0))) met += 1;
  }
  return { dead, met, soft };
}

/** What the best form comes to from the same start, if it is another one and meets every target.
 * @param {Training} training @param {Run} run @returns {string[]} */
function bestOf(training, { runner }) {
  const best = training.runs.find((other) => other.runner.form === FORM_WORDS[runner.form].best);
  if (!best || best.runner.form === runner.form || firstFault(training, best)) return [];
  const { dead, met } = countsOf(training, best);
  if (dead || met < training.samples) return [];
  const cost = written(costsOf(training, best, [training.updates]).true[0], "float64", 3);
  return [fill(CARD.best, { title: LOOKS[best.runner.name].title, cost })];
}
