// The player, which is large and the same at every change: a component of its own carries it, so that
// Streamlit sends it to a browser once, and not with every scene.

import mountStage from "../stage/player/mount.js";

/** window.backpropPlayer: the stage's style, and what puts a scene on it.
 * @typedef {{style: string, mount: typeof mountStage}} WindowPlayer */

const holder = /** @type {Window & {backpropPlayer?: WindowPlayer}} */ (window);

/** @param {{data: string}} component `data` is the style of the stage. */
export default function carryPlayer({ data }) {
  holder.backpropPlayer = { style: data, mount: mountStage };
  document.dispatchEvent(new CustomEvent("backprop:player"));
}
