// Fitting the stage into its place: room for the cards, then the drawing and the chart in what is left.

import { all, one } from "../../drawing/dom.js";
import { layBeside, openBeside } from "./beside.js";
import { fitCanvases, layDrawing } from "./drawing.js";
import { foldInputs } from "./fold.js";
import { closeInputs } from "./inputs.js";
import { layPlane } from "./plane.js";
import { layChart } from "./plot.js";
import { fitRoom } from "./room.js";
import { choose } from "./selecting.js";

/** @import { Player } from "./player" */

/** Whether the drawing has been drawn anew and is to be painted.
 * @param {Player} player @param {boolean} [anew] draw it in any case, as for another theme */
export function fit(player, anew = false) {
  const { at, root, selection } = player;
  at("data-card").hidden = player.recording.training.layout.sizes[0] !== 2;
  openBeside(player);
  fitRoom(player);
  layBeside(player, anew);
  layPlane(player, anew);
  const drawing = at("drawing");
  const focused = selectorOf(drawing.querySelector(":focus"));
  const isDrawn = layDrawing(player, anew);
  layChart(player); // last, because it is written at every move of a hand, and all of them are measured
  if (!isDrawn) return false;
  fitCanvases(player);
  closeInputs(player);
  foldInputs(player);
  choose(player, selection.channel);
  const [again] = focused ? all(drawing, focused, SVGElement) : []; // gone where the network has another shape
  (again ?? drawing.querySelector(".input"))?.setAttribute("tabindex", "0"); // one stop for Tab
  again?.focus({ preventScroll: true });
  one(root, ".drawing-box", HTMLElement).classList.toggle(
    "wide",
    drawing.offsetWidth > at("drawing-box").clientWidth + 1,
  );
  return true;
}

/** A selector of what can have the focus in a drawing, and in the one that takes its place; "" for nothing.
 * @param {Element | null} node */
function selectorOf(node) {
  if (!(node instanceof SVGElement)) return "";
  const { channel, select } = node.dataset;
  if (select) return `[data-select="${select}"]`;
  return channel ? `.cell[data-channel="${channel}"]` : ".fold";
}
