// A booklet inside the app; the host calls again when the theme changes.

import { one } from "../drawing/dom.js";
import { switchProjector } from "../drawing/switch.js";
import { leaveLesson, openBooklet, returnToLesson } from "./booklet.js";
import { redraw } from "./showing.js";

/** @import { Book } from "./book" */
/** @import { Told } from "./told" */

/** @type {WeakMap<Element, Book>} */
const opened = new WeakMap();

/** @param {{data: Told, parentElement: HTMLElement}} component */
export default function mountBooklet({ data, parentElement }) {
  const before = opened.get(parentElement);
  if (before && isAlike(before.told, data)) {
    before.told = data;
    redraw(before);
  } else {
    before?.close();
    returnToLesson(data);
    opened.set(parentElement, openBooklet(one(parentElement, ".booklet", HTMLElement), data));
  }
  parentElement.addEventListener("backprop:project", projectAll, true); // once, however often it is said
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
  switchProjector();
}
