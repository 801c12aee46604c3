// A booklet inside the app;  the host calls again when the theme changes.

import { one } from "../drawing/dom.js";
import { leaveLesson, openBooklet, redraw } from "./booklet.js";
import { sceneOf } from "./told.js";

/** @import { Book, Told } from "./book" */

/** @type {WeakMap<Element, Book>} */
const opened = new WeakMap();

/** How each place tells Python that the whole page is to be enlarged. @type {WeakMap<Element, () => void>} */
const projecting = new WeakMap();

/** @param {{data: Told, parentElement: HTMLElement, setTriggerValue: (name: "project", on: true) => void}} component */
export default function mountBooklet({ data, parentElement, setTriggerValue }) {
  const before = opened.get(parentElement);
  const { about } = data;
  if (before && JSON.stringify(before.about) === JSON.stringify(about)) {
    before.sceneOf = (n) => sceneOf(data, n);
    redraw(before);
  } else {
    before?.close();
    opened.set(
      parentElement,
      openBooklet(one(parentElement, ".booklet", HTMLElement), about, (n) => sceneOf(data, n)),
    );
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

/** @param {Event} event */
function projectAll(event) {
  event.stopPropagation(); // or the stage alone would be enlarged
  const place = event.currentTarget;
  if (place instanceof Element) projecting.get(place)?.();
}
