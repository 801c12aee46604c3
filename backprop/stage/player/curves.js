// The chart and the place of the fault, of what the page has trained itself.

import { written } from "../../drawing/digits.js";
import { costsOf } from "../engine/costs.js";
import { firstFault } from "../engine/faults.js";
import { LOOKS } from "../engine/sentences.js";
import { extremes } from "./extremes.js";
import { operationNumber } from "./position.js";

/** @import { FaultPlace, Training } from "../engine/engine" */
/** @import { Chart, Recording } from "./player" */

const POINTS = 300; // about so many stretches of updates are told apart

/** The true costs of all runners, the shown one last. @param {Training} training @returns {Chart} */
export function chartOf(training) {
  const trueCosts = training.runs.map((run) => costsOf(training, run).true);
  const decades = trueCosts.flatMap((cost) => [...cost].filter((J) => Number.isFinite(J) && J > 0).map(Math.log10));
  const [least, largest] = extremes(decades);
  const low = Math.max(Math.floor(least * 2) / 2, -18);
  const high = Math.max(Math.ceil(largest * 2) / 2, low + 0.5);
  const curves = training.runs.map((run, n) => {
    const { name } = run.runner;
    const { title, colour } = LOOKS[name];
    const fault = firstFault(training, run)?.update ?? null;
    return { name, title, colour, strong: name === training.experiment.shown, fault, points: pointsOf(trueCosts[n]) };
  });
  const ends = curves.map(({ title, fault }, n) => {
    const end = `${written(trueCosts[n][training.updates], "float64", 3)} at the end`;
    return `${title}: ${fault === null ? end : `not a number from update ${fault} on`}`;
  });
  const summary = `True cost over updates. ${ends.join("; ")}.`;
  curves.sort((a, b) => Number(a.strong) - Number(b.strong));
  return { last: training.updates, low, high, curves, summary };
}

/** Until the cost is not finite: the ends, and the extremes of each stretch of updates.
 * @param {Float64Array} cost @returns {[update: number, cost: number][]} */
function pointsOf(cost) {
  const first = cost.findIndex((J) => !Number.isFinite(J));
  const end = first < 0 ? cost.length : first;
  const stretch = Math.max(1, Math.floor(end / POINTS));
  const kept = new Set([0, end - 1]);
  for (let start = 0; start < end; start += stretch) {
    const part = cost.subarray(start, Math.min(end, start + stretch));
    kept.add(start + part.indexOf(part.reduce((a, b) => Math.min(a, b))));
    kept.add(start + part.indexOf(part.reduce((a, b) => Math.max(a, b))));
  }
  return end ? [...kept].sort((a, b) => a - b).map((k) => [k, cost[k]]) : [];
}

/** The update and the operation at which a fault appears, as `fault_place` in scenes.py.
 * @param {Recording} recording @param {FaultPlace} fault */
export function faultAt(recording, fault) {
  const name = { db: "dW", round: "h" }[fault.operation] ?? fault.operation;
  const shown = ["h", "z", "dW", "update"].includes(name) ? name : "delta";
  const called = shown === "update" ? shown : `${shown}.${fault.layer}`;
  return { update: fault.update, operation: operationNumber(recording, called), sample: fault.sample };
}
