// What lies in a page deflated and in base64.

import { one } from "../drawing/dom.js";

/** The text of the element with this id. @param {string} id */
export function inflated(id) {
  const text = one(document, `#${id}`, HTMLElement).textContent ?? "";
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"))).text();
}
