// HTML on a page, replaced at once; what is to be shown is brought into the view of its row.

import { one } from "../drawing/dom.js";

/** @param {{data: {html: string, style: string}, parentElement: HTMLElement}} component */
export default function mountDrawing({ data, parentElement }) {
  const place = one(parentElement, ".drawn", HTMLElement);
  const style = document.createElement("style");
  style.textContent = data.style;
  place.innerHTML = data.html;
  place.prepend(style);
  const shown = place.querySelector("[data-show]");
  const row = shown?.parentElement;
  if (row && shown instanceof HTMLElement)
    row.scrollLeft = shown.offsetLeft - (row.clientWidth - shown.offsetWidth) / 2;
}
