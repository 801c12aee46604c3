// The way to Python that no fragment is in: what is said here runs the whole page.

/** @import { Resumed } from "../stage/protocol" */

/** @typedef {(event: "resumed", said: Resumed) => void} Say */

/** @type {Say | null} */
let say = null;
document.addEventListener("backprop:resume", (event) => say?.("resumed", /** @type {CustomEvent} */ (event).detail));

/** @param {{setTriggerValue: Say}} component */
export default function mountConnection({ setTriggerValue }) {
  say = setTriggerValue;
  return () => {
    if (say === setTriggerValue) say = null;
  };
}
