// The words of a lesson beside the stage: where they are more than the window holds they scroll by
// themselves, so that the stage stays in sight.

import { parentOf, topOf } from "../drawing/dom.js";

/** @import { Book } from "./book" */

const MARGIN = 12; // pixels below the words
const LEAST = 240; // of them, however low the window is

/** @param {Book} book @param {AbortSignal} signal */
export function watchWords(book, signal) {
  const fit = () => fitWords(book);
  const size = new ResizeObserver(fit);
  for (let node = /** @type {Element | null} */ (book.root); node; node = parentOf(node)) size.observe(node);
  addEventListener("resize", fit, { signal });
  signal.addEventListener("abort", () => size.disconnect());
}

/** How high the words may become. @param {Book} book */
function fitWords({ root, at }) {
  const free = innerHeight - topOf(at("panel")) - MARGIN;
  root.style.setProperty("--reading", `${Math.max(LEAST, Math.floor(free))}px`);
}

/** The words of another step are read from their beginning. @param {Book} book */
export function rewind({ at }) {
  const panel = at("panel");
  panel.scrollTop = 0;
  const isBeside = getComputedStyle(panel).maxHeight !== "none";
  if (isBeside && panel.getBoundingClientRect().top < 0) panel.scrollIntoView();
}
