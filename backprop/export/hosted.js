// A booklet inside the app; the host calls again when the theme changes.

import { one } from "../drawing/dom.js";
import { leaveLesson, openBooklet, returnToLesson } from "./booklet.js";
import { redraw } from "./showing.js";

/** @import { Book } from "./book" */
/** @import { Told } from "./told" */

/** @type {WeakMap<Element, Book>} */
const opened = new WeakMap();

/** How each place, a shadow tree, tells Python that the whole page is to be enlarged.
 * @type {WeakMap<EventTarget, () => void>} */
const projecting = new WeakMap();

/** @param {{data: Told, parentElement: HTMLElement, setTriggerValue: (name: "project", on: true) => void}} component */
export default function mountBooklet({ data, parentElement, setTriggerValue }) {
  const before = opened.get(parentElement);
  if (before && isAlike(before.told, data)) {
    before.told = data;
    redraw(before);
  } else {
    before?.close();
    returnToLesson(data);
    opened.set(parentElement, openBooklet(one(parentElement, ".booklet", HTMLElement), data));
  }
  if (!projecting.has(parentElement)) parentElement.addEventListener("backprop:project", projectAll, true);
  projecting.set(parentElement, () => setTriggerValue("project", true));
  return () => {
    const book = opened.get(parentElement);
    book?.close();
    if (book) leaveLesson(book);
    opened.delete(parentElement);
  };
}

/** Whether it is the same booklet, perhaps looked at from elsewhere. @param {Told} one @param {Told} other */
const isAlike = (one, other) =>
  JSON.stringify({ ...one.about, projector: false }) === JSON.stringify({ ...other.about, projector: false }) &&
  JSON.stringify(one.scenes) === JSON.stringify(other.scenes);

/** @param {Event} event */
function projectAll(event) {
  event.stopPropagation(); // or the stage alone would be enlarged
  if (event.currentTarget) projecting.get(event.currentTarget)?.();
}
