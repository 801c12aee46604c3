// A booklet inside the app: its bytes come at once, and the host calls again when the theme changes.

import { one } from "../drawing/dom.js";
import { openEnvelope } from "../drawing/envelope.js";
import { leaveLesson, openBooklet, redraw } from "./booklet.js";

/** @import { About, Book } from "./book" */

/** @type {WeakMap<Element, Book>} */
const opened = new WeakMap();

/** The inverse of Booklet.pack. @param {Uint8Array} data */
function unpackBooklet(data) {
  const { words, body } = openEnvelope(data);
  const about = /** @type {About} */ (words);
  let end = 0;
  const parts = (about.lengths ?? []).map((length) => {
    end += length;
    return body.subarray(end - length, end);
  });
  return { about, sceneOf: (/** @type {number} */ n) => parts[n] };
}

/** @param {{data: Uint8Array, parentElement: HTMLElement}} component */
export default function mountBooklet({ data, parentElement }) {
  const before = opened.get(parentElement);
  const { about, sceneOf } = unpackBooklet(data);
  if (before && JSON.stringify(before.about) === JSON.stringify(about)) redraw(before);
  else {
    before?.close();
    opened.set(parentElement, openBooklet(one(parentElement, ".booklet", HTMLElement), about, sceneOf));
  }
  return () => {
    const book = opened.get(parentElement);
    book?.close();
    if (book) leaveLesson(book);
    opened.delete(parentElement);
  };
}
