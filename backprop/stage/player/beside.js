// A second derivative beside the shown one: the same network, sample and operation, computed here, and
// drawn by a player of its own that has no wires and follows at every paint.

import { fullDigits, shortDigits } from "../../drawing/digits.js";
import { all, one } from "../../drawing/dom.js";
import { paintNetwork } from "./cells.js";
import { computedBy, reach } from "./computing.js";
import { fitCanvases, forget, layDrawing, newDrawing } from "./drawing.js";
import { foldInputs, newFold } from "./fold.js";
import { isKnown, newPosition } from "./position.js";
import { placeOf, STATES, stateAt, valueAt } from "./recording.js";
import { choose, newSelection } from "./selecting.js";

/** @import { Curve, Player } from "./player" */

const SLICE_MS = 6; // of a frame

/** @returns {Player["other"]} */
export const newOther = () => ({ half: null, of: null, timer: 0 });

/** The runner that stands beside; undefined for none. @param {Player} player @returns {Curve | undefined} */
export const curveBeside = ({ beside, recording: { about, experiment } }) =>
  about.chart.curves.find(({ name }) => name === beside.name && name !== experiment.shown);

/** Open or close the second half. @param {Player} player */
export function openBeside(player) {
  const { at, root, other } = player;
  const isOpen = curveBeside(player) !== undefined;
  root.dataset.beside = String(isOpen);
  at("other").hidden = at("half-name").hidden = !isOpen;
  if (!isOpen) other.half = other.of = null;
  else other.half ??= halfOf(player);
}

/** Draw it for the box that it has, if anything of that is new. @param {Player} player @param {boolean} anew */
export function layBeside(player, anew) {
  const { half } = player.other;
  if (!half) return;
  follow(player, half);
  half.drawing.theme = player.drawing.theme;
  if (!layDrawing(half, anew)) return;
  fitCanvases(half);
  foldInputs(half);
  half.selection.channel = null; // nothing is marked yet
  for (const node of all(half.at("drawing"), "[tabindex]", SVGElement)) node.setAttribute("tabindex", "-1");
}

/** @param {Player} player @returns {Player} */
function halfOf(player) {
  const root = player.at("other");
  return {
    ...player,
    root,
    at: (name) => one(root, `[data-part="${name}"]`, /** @type {any} */ (HTMLElement)),
    position: newPosition(),
    selection: newSelection(),
    drawing: newDrawing(),
    fold: newFold(),
  };
}

/** The other's recording, of what the first shows. @param {Player} player @param {Player} half */
function follow(player, half) {
  const { beside, other, recording } = player;
  if (other.of === recording && half.recording.experiment.shown === beside.name) return;
  other.of = recording;
  half.recording = computedBy(recording, beside.name);
  forget(half);
}

/** @param {Player} player */
export function paintBeside(player) {
  const { other, position, selection } = player;
  const { half } = other;
  const curve = curveBeside(player);
  if (!half || !curve) return;
  follow(player, half);
  const isThere = reach(half.recording, position.frame, SLICE_MS);
  half.at("drawing-box").style.visibility = isThere ? "" : "hidden";
  name(
    player,
    player,
    player.recording.about.chart.curves.find(({ strong }) => strong),
  );
  if (isThere) {
    half.position.frame = position.frame;
    half.position.operation = position.operation;
    if (half.selection.channel !== selection.channel) choose(half, selection.channel);
    paintNetwork(half);
    name(player, half, curve);
  } else {
    player.at("other-name").textContent = `${curve.title}: still being computed`;
    other.timer ||= requestAnimationFrame(() => {
      other.timer = 0;
      paintBeside(player);
    });
  }
}

/** Whose half it is, and its cost. @param {Player} player @param {Player} half @param {Curve | undefined} curve */
function name(player, half, curve) {
  const node = player.at(half === player ? "half-name" : "other-name");
  const { recording, position } = half;
  const place = placeOf(recording, `J.${recording.about.layers}.0`);
  const known = isKnown(position, place);
  const value = known ? valueAt(recording, place, position.frame) : NaN;
  const cost = known ? shortDigits(value, 4) : "–";
  const state = known ? STATES[stateAt(recording, place, position.frame)] : "unknown";
  const key = `${curve?.title} ${cost}`;
  if (node.dataset.key === key) return;
  node.dataset.key = key;
  const [title, number] = [document.createElement("b"), document.createElement("span")];
  title.textContent = curve?.title ?? "";
  title.style.setProperty("--own", curve?.colour ?? "");
  number.textContent = `J = ${cost}`;
  number.title = known ? fullDigits(value) : "not computed yet";
  number.dataset.state = state;
  node.replaceChildren(title, number);
}
