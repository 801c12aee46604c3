// The line above the drawing and the scrubber beneath it: where the playhead is, and the cost there.

import { fullDigits, shortDigits } from "../../drawing/digits.js";
import { one } from "../../drawing/dom.js";
import { LOOKS } from "../engine/sentences.js";
import { isKnown, operationAt } from "./position.js";
import { isBad, placeOf, STATES, stateAt, valueAt } from "./recording.js";
import { operationName, positionText, SHOWN } from "./words.js";

/** @import { Player } from "./player" */

/** @param {Player} player */
export function paintStatus(player) {
  const { at, root, clock, recording, position } = player;
  const { about } = recording;
  const update = position.frame;
  at("stage").dataset.update = String(update);
  at("stage").dataset.operation = operationName(operationAt(recording, position));
  at("position").textContent = positionText(player);
  at("shown").textContent = SHOWN[player.looks.compare];
  at("scrubber").value = String(update);
  at("scrubber").setAttribute("aria-valuetext", `update ${update} of ${about.last}`);
  const chart = at("chart").querySelector(".chart");
  if (chart instanceof SVGElement) {
    const { x0, x1 } = chart.dataset;
    const shift = ((Number(x1) - Number(x0)) * update) / Math.max(1, about.last);
    one(chart, ".playhead", SVGElement).setAttribute("transform", `translate(${shift} 0)`);
    one(at("chart"), ".veil", SVGElement).setAttribute("transform", `translate(${shift} 0)`);
  }
  paintCost(player);
  root.dataset.playing = String(clock.playing);
  at("play").setAttribute("aria-label", clock.playing ? "Pause" : "Play");
}

/** The displayed cost at the playhead. @param {Pick<Player, "recording" | "position">} player */
function costOf({ recording, position }) {
  const place = placeOf(recording, `J.${recording.about.layers}.0`);
  const known = isKnown(position, place);
  const value = known ? valueAt(recording, place, position.frame) : NaN;
  const state = known ? STATES[stateAt(recording, place, position.frame)] : "unknown";
  return { value, known, state, text: known ? shortDigits(value, 4) : "–" };
}

/** Write it. @param {HTMLElement} node @param {Pick<Player, "recording" | "position">} player */
export function fillCost(node, player) {
  const cost = costOf(player);
  if (node.textContent !== cost.text) node.textContent = cost.text;
  node.dataset.state = cost.state;
  node.title = cost.known ? fullDigits(cost.value) : "not computed yet";
  return cost;
}

/** The displayed cost, and beside it the true one wherever the two differ. @param {Player} player */
function paintCost({ at, recording, position }) {
  const { value, known, state } = fillCost(at("cost"), { recording, position });
  const truth = known
    ? valueAt(recording, placeOf(recording, `true_J.${recording.about.layers}.0`), position.frame)
    : NaN;
  const lies = Number.isFinite(truth) && (state !== "plain" || Math.abs(truth - value) > 1e-3 * Math.abs(truth));
  at("true-cost").textContent = lies ? `true ${shortDigits(truth, 4)}` : "";
}

/** A sentence for screen readers, only when the playhead rests. @param {Player} player */
export function announce(player) {
  const { at, clock, looks, other } = player;
  if (clock.playing) return;
  const { half } = other;
  const beside = half ? ` Beside it ${LOOKS[half.recording.experiment.shown].title}: ${valuesOf(half)}.` : "";
  const shown = SHOWN[looks.compare];
  const text = `${positionText(player)}${shown && ` · ${shown}`}; ${valuesOf(player)}.${beside}`;
  const region = at("summary");
  if (region.textContent !== text) region.textContent = text;
}

/** How many values are not finite, and the cost. @param {Player} player */
function valuesOf({ recording, position, drawing }) {
  const computed = drawing.cells.filter((cell) => !cell.body && isKnown(position, cell.place));
  const bad = computed.filter((cell) => isBad(recording, cell.place, position.frame)).length;
  const { text } = costOf({ recording, position });
  return `${bad} of ${computed.length} values are NaN or infinite; cost ${text === "–" ? "not computed yet" : text}`;
}

/** The scrubber of another recording. @param {Player} player */
export function layStatus({ at, recording: { about } }) {
  at("scrubber").max = String(about.last);
  const mark = at("fault-tick");
  mark.hidden = !about.fault;
  if (about.fault) {
    mark.style.left = `calc(8px + ${about.fault.update / Math.max(1, about.last)} * (100% - 16px))`;
    mark.title = `first non-finite value: update ${about.fault.update}`;
  }
  at("to-fault").disabled = !about.fault;
  at("edits").hidden = !about.view.edited;
  at("samples").disabled = !about.striped;
  const shared = about.striped < about.samples;
  const fewer = `. ${about.striped} of ${about.samples} are drawn; a segment is marked as not finite if any sample beside its own is`;
  at("samples").title = `A strip in every cell: the same quantity for all samples (S)${shared ? fewer : ""}`;
}
