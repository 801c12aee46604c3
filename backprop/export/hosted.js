// A booklet inside the app;  the host calls again when the theme changes.

import { one } from "../drawing/dom.js";
import { leaveLesson, openBooklet, redraw } from "./booklet.js";
import { sceneOf } from "./told.js";

/** @import { Book, Told } from "./book" */

/** @type {WeakMap<Element, Book>} */
const opened = new WeakMap();

/** @param {{data: Told, parentElement: HTMLElement}} component */
export default function mountBooklet({ data, parentElement }) {
  const before = opened.get(parentElement);
  const { about } = data;
  if (before && JSON.stringify(before.about) === JSON.stringify(about)) redraw(before);
  else {
    before?.close();
    opened.set(
      parentElement,
      openBooklet(one(parentElement, ".booklet", HTMLElement), about, (n) => sceneOf(data, n)),
    );
  }
  return () => {
    const book = opened.get(parentElement);
    book?.close();
    if (book) leaveLesson(book);
    opened.delete(parentElement);
  };
}
