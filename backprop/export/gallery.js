// The gallery: search as one types, "/" to the search field, arrows from card to card.

function openGallery(root, onOpen) {
  const search = root.querySelector('[data-gallery="search"]');
  const count = root.querySelector('[data-gallery="count"]');
  const cards = [...root.querySelectorAll("[data-words]")];
  const shown = () => cards.filter((card) => !card.hidden);
  search.addEventListener("input", () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const card of cards) card.hidden = !words.every((word) => card.dataset.words.includes(word));
    const left = shown().length;
    count.textContent = words.length ? (left ? `${left} of ${cards.length} lessons` : "No lesson speaks of that: try fewer words") : "";
  });
  root.addEventListener("click", (event) => {
    const link = event.target.closest("[data-lesson-id]");
    if (!link || !onOpen || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    onOpen(link.dataset.lessonId);
  });
  const onKey = (event) => galleryKey(event, root, search, shown);
  document.addEventListener("keydown", onKey);
  return () => document.removeEventListener("keydown", onKey);
}

function galleryKey(event, root, search, shown) {
  if (!root.isConnected || event.ctrlKey || event.metaKey || event.altKey) return;
  const target = event.composedPath()[0];
  if (event.key === "/" && !target.closest?.("input, textarea")) {
    event.preventDefault();
    search.focus();
    return;
  }
  const links = shown().map((card) => card.querySelector("a"));
  const at = links.indexOf(target);
  if (target === search && event.key === "Escape") search.blur();
  if (target === search && event.key === "ArrowDown") at === -1 && links[0]?.focus();
  else if (at < 0) return;
  else {
    const wide = links.filter((link) => Math.abs(link.getBoundingClientRect().top - links[0].getBoundingClientRect().top) < 2).length;
    const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: wide, ArrowUp: -wide }[event.key];
    if (!by) return;
    if (at + by < 0) search.focus();
    else links[Math.min(at + by, links.length - 1)].focus();
  }
  event.preventDefault();
}
