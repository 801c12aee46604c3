// A booklet inside the app: its bytes come at once, and the host calls again when the theme changes.

import { one } from "../drawing/dom.js";
import { openEnvelope } from "../drawing/envelope.js";
import { openBooklet, redraw } from "./booklet.js";

/** @import { About, Book } from "./book" */

/** @type {WeakMap<Element, Book>} */
const opened = new WeakMap();

/** The inverse of Booklet.pack. @param {Uint8Array} data */
function unpackBooklet(data) {
  const { words, body } = openEnvelope(data);
  const about = /** @type {About} */ (words);
  let end = 0;
  const scenes = (about.lengths ?? []).map((length) => {
    end += length;
    return body.subarray(end - length, end);
  });
  return { about, sceneOf: (/** @type {number} */ n) => scenes[n] };
}

/** What is said of a booklet, whatever its scenes look like. @param {About} about */
const wordsOf = ({ lengths, ...words }) => JSON.stringify(words);

/** How each place tells Python that the whole page is to be enlarged. @type {WeakMap<Element, () => void>} */
const projecting = new WeakMap();

/** @param {{data: Uint8Array, parentElement: HTMLElement, setTriggerValue: (name: "project", on: true) => void}} component */
export default function mountBooklet({ data, parentElement, setTriggerValue }) {
  const before = opened.get(parentElement);
  const { about, sceneOf } = unpackBooklet(data);
  if (before && wordsOf(before.about) === wordsOf(about)) {
    before.sceneOf = sceneOf;
    redraw(before);
  } else {
    before?.close();
    opened.set(parentElement, openBooklet(one(parentElement, ".booklet", HTMLElement), about, sceneOf));
  }
  if (!projecting.has(parentElement)) parentElement.addEventListener("backprop:project", projectAll, true);
  projecting.set(parentElement, () => setTriggerValue("project", true));
  return () => {
    opened.get(parentElement)?.close();
    opened.delete(parentElement);
  };
}

/** @param {Event} event */
function projectAll(event) {
  event.stopPropagation(); // or the stage alone would be enlarged
  const place = event.currentTarget;
  if (place instanceof Element) projecting.get(place)?.();
}
