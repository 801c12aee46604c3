// Where the stage is: it gives what Python says to the player as soon as that is there.

import { one } from "../drawing/dom.js";

/** @import { Scene } from "../stage/protocol" */
/** @import { WindowPlayer } from "./player.js" */

const holder = /** @type {Window & {backpropPlayer?: WindowPlayer}} */ (window);

/** @param {{data: Scene, parentElement: HTMLElement}} component */
export default function mountStaged(component) {
  const { backpropPlayer } = holder;
  if (backpropPlayer) return enter(component, backpropPlayer);
  const left = new AbortController();
  let leave = () => {};
  const arrive = () => {
    if (holder.backpropPlayer) leave = enter(component, holder.backpropPlayer);
  };
  document.addEventListener("backprop:player", arrive, { once: true, signal: left.signal });
  return () => {
    left.abort();
    leave();
  };
}

/** @param {{data: Scene, parentElement: HTMLElement}} component @param {WindowPlayer} player */
function enter(component, { style, mount }) {
  const dressed = one(component.parentElement, ".stage-style", HTMLStyleElement);
  if (dressed.textContent !== style) dressed.textContent = style;
  return mount(component);
}
