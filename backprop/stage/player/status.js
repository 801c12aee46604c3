// The line above the drawing and the scrubber beneath it: where the playhead is, and the cost there.

import { fullDigits, shortDigits } from "../../drawing/digits.js";
import { one } from "../../drawing/dom.js";
import { isKnown } from "./position.js";
import { isBad, placeOf, STATES, stateAt, valueAt } from "./recording.js";
import { operationName, positionText, SHOWN } from "./words.js";

/** @import { Player } from "./player" */

/** @param {Player} player */
export function paintStatus(player) {
  const { at, root, clock, recording, position } = player;
  const { about } = recording;
  const update = about.updates[position.frame];
  at("stage").dataset.update = String(update);
  at("stage").dataset.operation = operationName(about.operations[position.operation]);
  at("position").textContent = positionText(player);
  at("shown").textContent = SHOWN[player.looks.compare];
  at("scrubber").value = String(update);
  at("scrubber").setAttribute("aria-valuetext", `update ${update} of ${about.last}`);
  const chart = at("chart").querySelector(".chart");
  if (chart instanceof SVGElement) {
    const { x0, x1 } = chart.dataset;
    const shift = ((Number(x1) - Number(x0)) * update) / Math.max(1, about.last);
    one(chart, ".playhead", SVGElement).setAttribute("transform", `translate(${shift} 0)`);
  }
  paintCost(player);
  root.dataset.playing = String(clock.playing);
  at("play").setAttribute("aria-label", clock.playing ? "Pause" : "Play");
}

/** The displayed cost, and beside it the true one wherever the two differ. @param {Player} player */
function paintCost({ at, recording, position: { frame, operation } }) {
  const L = recording.about.layers;
  const cost = placeOf(recording, `J.${L}.0`);
  const known = isKnown({ operation }, cost);
  const value = known ? valueAt(recording, cost, frame) : NaN;
  const state = known ? STATES[stateAt(recording, cost, frame)] : "unknown";
  const shown = at("cost");
  shown.textContent = known ? shortDigits(value, 4) : "–";
  shown.dataset.state = state;
  shown.title = known ? fullDigits(value) : "not computed yet";
  const truth = known ? valueAt(recording, placeOf(recording, `true_J.${L}.0`), frame) : NaN;
  const lies = Number.isFinite(truth) && (state !== "plain" || Math.abs(truth - value) > 1e-3 * Math.abs(truth));
  at("true-cost").textContent = lies ? `true ${shortDigits(truth, 4)}` : "";
}

/** One sentence for screen readers, only when the playhead rests. @param {Player} player */
export function announce(player) {
  const { at, recording, position, drawing, clock, looks } = player;
  if (clock.playing) return;
  const computed = drawing.cells.filter((cell) => !cell.body && isKnown(position, cell.place));
  const bad = computed.filter((cell) => isBad(recording, cell.place, position.frame)).length;
  const cost = at("cost").textContent;
  const shown = SHOWN[looks.compare];
  const text = `${positionText(player)}${shown && ` · ${shown}`}; ${bad} of ${computed.length} values are NaN or infinite; cost ${cost === "–" ? "not computed yet" : cost}.`;
  const region = at("summary");
  if (region.textContent !== text) region.textContent = text;
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
