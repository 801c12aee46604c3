// The way to Python that no fragment is in: what is said here runs the whole page. It is a state of
// this component's, so that what is said while there is no connection comes with the first message on
// the next one, whoever sends that: no server then takes the page for one that begins.

/** @import { Resumed } from "../stage/protocol" */

/** @typedef {(state: "resumed", said: Resumed) => void} Say */

/** @type {Say | null} */
let say = null;
document.addEventListener("backprop:resume", (event) => say?.("resumed", /** @type {CustomEvent} */ (event).detail));

/** @param {{setStateValue: Say}} component */
export default function mountConnection({ setStateValue }) {
  say = setStateValue;
  return () => {
    if (say === setStateValue) say = null;
  };
}
