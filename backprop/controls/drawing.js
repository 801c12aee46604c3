// HTML on a page, replaced at once.

import { one } from "../drawing/dom.js";

/** @param {{data: {html: string, style: string}, parentElement: HTMLElement}} component */
export default function mountDrawing({ data, parentElement }) {
  const place = one(parentElement, ".drawn", HTMLElement);
  const style = document.createElement("style");
  style.textContent = data.style;
  place.innerHTML = data.html;
  place.prepend(style);
}
