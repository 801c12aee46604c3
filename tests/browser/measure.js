// Where the ink of two texts meets, where ink lies outside the box of its card or of the window, and
// where type is smaller than `least` (indices: 70 % of it). A text's ink is the height of its glyphs
// as a canvas measures them: lines of text may share their leading.
([tolerance, least]) => {
  const stage = (function find(node) {
    for (const e of node.querySelectorAll("*")) {
      if (e.matches(".stage")) return e;
      const inner = e.shadowRoot && find(e.shadowRoot);
      if (inner) return inner;
    }
    return null;
  })(document.body);
  const root = stage.querySelector(":popover-open") ?? stage; // what is alone on the window covers the rest
  const pen = document.createElement("canvas").getContext("2d");
  const inks = [];
  const faults = [];
  const isIndex = (node) => {
    if (/^(sub|sup)$/.test(node.localName)) return true;
    if (/^m(sub|sup|subsup)$/.test(node.parentElement?.localName ?? "")) return node.previousElementSibling !== null;
    return node.localName !== "math" && node.parentElement !== null && isIndex(node.parentElement);
  };
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode;
    const owner = text.parentElement;
    const all = { opacityProperty: true, visibilityProperty: true };
    if (!text.data.trim() || !owner.checkVisibility(all)) continue;
    if (owner.closest(".unseen, option, select, .tip")) continue;
    const style = getComputedStyle(owner);
    pen.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    const size = pen.measureText(text.data.trim());
    const range = document.createRange();
    range.selectNodeContents(text);
    const svg = owner.closest("svg");
    const type = parseFloat(style.fontSize);
    if (type < least * (isIndex(owner) ? 0.7 : 1) - 0.2)
      faults.push(`“${text.data.trim()}” is of ${type.toFixed(1)} px`);
    const boxes = svg ? [owner.getBoundingClientRect()] : range.getClientRects();
    for (const box of boxes) {
      if (box.width < 1) continue;
      const scale = box.height / (size.fontBoundingBoxAscent + size.fontBoundingBoxDescent);
      const zoom = svg ? scale : 1;
      inks.push({
        text: text.data.trim(),
        owner,
        left: box.left,
        right: box.right,
        top: box.top + (size.fontBoundingBoxAscent - size.actualBoundingBoxAscent) * zoom,
        bottom: box.bottom - (size.fontBoundingBoxDescent - size.actualBoundingBoxDescent) * zoom,
      });
    }
  }
  const box = stage.querySelector(".drawing-box").getBoundingClientRect();
  for (const ink of inks) {
    // what is scrolled out of a wide drawing prints over nothing
    if (ink.owner.closest(".drawing")) {
      ink.left = Math.max(ink.left, box.left);
      ink.right = Math.min(ink.right, box.right);
    }
  }
  for (const { text, left, right, owner } of inks)
    if (!owner.closest(".drawing") && (left < -tolerance || right > innerWidth + tolerance))
      faults.push(`“${text}” leaves the window`);
  for (const [n, a] of inks.entries())
    for (const b of inks.slice(n + 1)) {
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (wide > tolerance && high > tolerance && a.owner !== b.owner)
        faults.push(`“${a.text}” over “${b.text}” by ${Math.round(Math.min(wide, high))} px`);
    }
  for (const card of root.querySelectorAll(".card")) {
    const edge = card.getBoundingClientRect();
    for (const ink of inks.filter(({ owner }) => card.contains(owner))) {
      const across = Math.max(ink.right - edge.right, edge.left - ink.left);
      const past = Math.max(across, ink.bottom - edge.bottom, edge.top - ink.top);
      if (past > tolerance) faults.push(`“${ink.text}” leaves its card by ${Math.round(past)} px`);
    }
    for (const node of [card, ...card.querySelectorAll("*")]) {
      const cuts = getComputedStyle(node).overflow !== "visible" && !node.closest("svg, input");
      const high = node.scrollHeight - node.clientHeight;
      const more = Math.max(high, node.scrollWidth - node.clientWidth);
      if (cuts && node.clientHeight && more > 1) faults.push(`“${node.className}” scrolls`);
    }
  }
  return { faults, texts: inks.length };
};
