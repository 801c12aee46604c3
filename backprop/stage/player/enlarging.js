// One card, the chart or the stage alone on the whole window, for the last row.

import { all } from "../../drawing/dom.js";

/** @import { Player } from "./player" */

/** Enlarge what the pointer or the focus is in, or else the equation; bring it back if something is.
 * @param {Player} player @param {Element} [panel] */
export function toggleEnlarged(player, panel) {
  const { root, at } = player;
  if (root.dataset.enlarged) return bringBack(player);
  const panels = all(root, "[data-panel]", HTMLElement);
  const chosen = panel ?? panels.find((one) => one.matches(":hover, :focus-within")) ?? at("equation-card");
  if (!(chosen instanceof HTMLElement)) return;
  root.dataset.enlarged = chosen.dataset.panel;
  chosen.popover = "manual"; // in the top layer nothing around it cuts it
  chosen.showPopover();
}

/** Whether something was enlarged. @param {Player} player */
export function bringBack({ root }) {
  const { enlarged } = root.dataset;
  if (!enlarged) return false;
  delete root.dataset.enlarged;
  for (const panel of all(root, `[data-panel="${enlarged}"]`, HTMLElement)) {
    panel.hidePopover();
    panel.popover = null;
  }
  return true;
}
