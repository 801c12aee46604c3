// The chart and the place of the fault, of what the page has trained itself.

import { costsOf } from "../engine/costs.js";
import { firstFault } from "../engine/faults.js";
import { operationNumber } from "./position.js";

/** @import { FaultPlace, Training } from "../engine/engine" */
/** @import { Chart } from "../protocol" */
/** @import { Recording } from "./player" */

const POINTS = 300; // about so many stretches of updates are told apart

/** The curves of a training in the looks of a chart of before.
 * @param {Training} training @param {Chart} before @returns {Chart} */
export function chartOf(training, before) {
  const trueCosts = training.runs.map((run) => costsOf(training, run).true);
  const shown = trueCosts.flatMap((cost) => [...cost].filter((J) => Number.isFinite(J) && J > 0));
  const decades = shown.length ? shown.map(Math.log10) : [0];
  const low = Math.max(Math.floor(least(decades) * 2) / 2, -18);
  const curves = before.curves.map((curve) => {
    const at = training.runs.findIndex(({ runner }) => runner.name === curve.name);
    const fault = firstFault(training, training.runs[at])?.update ?? null;
    return { ...curve, fault, points: pointsOf(trueCosts[at]) };
  });
  const high = Math.max(Math.ceil(-least(decades.map((d) => -d)) * 2) / 2, low + 0.5);
  return { ...before, last: training.updates, low, high, curves };
}

/** @param {number[]} numbers */
const least = (numbers) => numbers.reduce((a, b) => Math.min(a, b));

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
  return { update: fault.update, operation: operationNumber(recording, called) };
}
