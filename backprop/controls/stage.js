// The stage: an experiment is put on it as soon as the player and the words for it are there.

import { one } from "../drawing/dom.js";
import { onceBrought } from "./staging.js";

/** @import { Staged } from "../stage/protocol" */

/** Who waits at each place. @type {WeakMap<HTMLElement, AbortController>} */
const waiting = new WeakMap();

/** @param {{data: Staged, parentElement: HTMLElement}} component */
export default function mountStage({ data, parentElement }) {
  waiting.get(parentElement)?.abort(); // for what belongs to an older experiment
  const left = new AbortController();
  waiting.set(parentElement, left);
  let leave = () => {};
  onceBrought(left.signal, ({ name, library, style, mount }) => {
    if (name !== data.library || !library || !mount) return;
    left.abort();
    const dressed = one(parentElement, ".stage-style", HTMLStyleElement);
    if (dressed.textContent !== style) dressed.textContent = style;
    leave = mount({ data: { ...data, library }, parentElement });
  });
  return () => {
    left.abort();
    leave();
  };
}
