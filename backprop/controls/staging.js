// What the stage is made of comes in components of their own, in any order, and meets here.

/** @import { WindowStage } from "../stage/protocol" */

const holder = /** @type {Window & {backpropStage?: WindowStage}} */ (window);

/** @param {Partial<WindowStage>} part */
export function bring(part) {
  holder.backpropStage = { name: "", library: null, style: "", mount: null, ...holder.backpropStage, ...part };
  document.dispatchEvent(new CustomEvent("backprop:brought"));
}

/** Say what is there, now and at each arrival, until `left`.
 * @param {AbortSignal} left @param {(stage: WindowStage) => void} hear */
export function onceBrought(left, hear) {
  const tell = () => holder.backpropStage && hear(holder.backpropStage);
  document.addEventListener("backprop:brought", tell, { signal: left });
  tell();
}
