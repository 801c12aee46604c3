// A booklet inside the app;  the host calls again when the theme changes.

import { one } from "../drawing/dom.js";
import { openBooklet, redraw } from "./booklet.js";

/** @import { Book, Told } from "./book" */
/** @import { Scene } from "../stage/protocol" */

/** @type {WeakMap<Element, Book>} */
const opened = new WeakMap();

/** @param {{data: Told, parentElement: HTMLElement}} component */
export default function mountBooklet({ data, parentElement }) {
  const before = opened.get(parentElement);
  const { about, shared, scenes } = data;
  const sceneOf = (/** @type {number} */ n) => /** @type {Scene} */ ({ ...shared, ...scenes[n] });
  if (before && JSON.stringify(before.about) === JSON.stringify(about)) redraw(before);
  else {
    before?.close();
    opened.set(parentElement, openBooklet(one(parentElement, ".booklet", HTMLElement), about, sceneOf));
  }
  return () => {
    opened.get(parentElement)?.close();
    opened.delete(parentElement);
  };
}
