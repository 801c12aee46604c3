// The gallery: search as one types, "/" to the search field, arrows from card to card.

import { all, around, one } from "../drawing/dom.js";

/** Returns how to stop listening. @param {HTMLElement} root
 * @param {(id: string) => void} [onOpen] what a card does; without it cards are links */
export function openGallery(root, onOpen) {
  const search = one(root, '[data-gallery="search"]', HTMLInputElement);
  const count = one(root, '[data-gallery="count"]', HTMLElement);
  const cards = all(root, "[data-words]", HTMLElement);
  const shown = () => cards.filter((card) => !card.hidden);
  search.addEventListener("input", () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const card of cards) card.hidden = !words.every((word) => card.dataset.words?.includes(word));
    const left = shown().length;
    const found = left ? `${left} of ${cards.length} lessons` : "No lesson speaks of that: try fewer words";
    count.textContent = words.length ? found : "";
  });
  root.addEventListener("click", (event) => {
    const link = around(event, "[data-lesson-id]", HTMLElement);
    if (!link || !onOpen || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    onOpen(link.dataset.lessonId ?? "");
  });
  const listening = new AbortController();
  const links = () => shown().map((card) => one(card, "a", HTMLAnchorElement));
  document.addEventListener("keydown", (event) => galleryKey(event, root, search, links), { signal: listening.signal });
  return () => listening.abort();
}

/** @param {KeyboardEvent} event @param {HTMLElement} root @param {HTMLInputElement} search
 * @param {() => HTMLAnchorElement[]} linksOf */
function galleryKey(event, root, search, linksOf) {
  if (!root.isConnected || event.ctrlKey || event.metaKey || event.altKey) return;
  const [target] = event.composedPath();
  const typing = target instanceof Element && target.closest("input, textarea") !== null;
  const links = linksOf();
  const at = links.findIndex((link) => link === target);
  if (event.key === "/" && !typing) search.focus();
  else if (target === search && event.key === "Escape") search.blur();
  else if (target === search && event.key === "ArrowDown") links[0]?.focus();
  else {
    const topOf = (/** @type {Element} */ link) => link.getBoundingClientRect().top;
    const wide = links.filter((link) => Math.abs(topOf(link) - topOf(links[0])) < 2).length;
    const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: wide, ArrowUp: -wide }[event.key];
    if (at < 0 || !by) return;
    if (at + by < 0) search.focus();
    else links[Math.min(at + by, links.length - 1)].focus();
  }
  event.preventDefault();
}
