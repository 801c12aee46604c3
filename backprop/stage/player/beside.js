// A second derivative beside the shown one: the same network, sample and operation, computed here, and
// drawn by a player of its own that has no wires and follows at every paint.

import { all, one } from "../../drawing/dom.js";
import { LOOKS } from "../engine/sentences.js";
import { paintNetwork } from "./cells.js";
import { computedBy, reach } from "./computing.js";
import { fitCanvases, forget, layDrawing, newDrawing } from "./drawing.js";
import { foldInputs, newFold } from "./fold.js";
import { newPosition } from "./position.js";
import { choose, newSelection } from "./selecting.js";
import { fillCost } from "./status.js";

/** @import { Player } from "./player" */

const SLICE_MS = 6; // of a frame

/** @returns {Player["other"]} */
export const newOther = () => ({ half: null, of: null, timer: 0 });

/** The runner that stands beside; undefined for none. @param {Player} player */
export const runnerBeside = ({ beside, recording: { experiment } }) =>
  experiment.runners.find(({ name }) => name === beside.name && name !== experiment.shown);

/** Open or close the second half. @param {Player} player */
export function openBeside(player) {
  const { at, root, other } = player;
  const isOpen = runnerBeside(player) !== undefined;
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
  choose(half, player.selection.channel);
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
  const { other, position } = player;
  const { half } = other;
  if (!half || !runnerBeside(player)) return;
  follow(player, half);
  const isThere = reach(half.recording, position.frame, SLICE_MS);
  half.root.dataset.waiting = String(!isThere);
  if (isThere) {
    half.position.frame = position.frame;
    half.position.operation = position.operation;
    paintNetwork(half);
  } else {
    other.timer ||= requestAnimationFrame(() => {
      other.timer = 0;
      paintBeside(player);
    });
  }
  entitle(player.at("half-name"), player);
  entitle(player.at("other-name"), half);
}

/** Whose half it is, and its cost. @param {HTMLElement} node @param {Player} half */
function entitle(node, half) {
  const [name, cost] = all(node, "b", HTMLElement);
  const { title, colour } = LOOKS[half.recording.experiment.shown];
  name.textContent = title;
  name.style.setProperty("--own", colour);
  fillCost(cost, half);
}
