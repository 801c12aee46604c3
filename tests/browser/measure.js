// Where the ink of two texts meets, where ink lies outside the box of its card or of the window, and
// where type is smaller than `least` (indices: 70 % of it). A text's ink is the height of its glyphs
// as a canvas measures them: lines of text may share their leading. What is measured is the stage,
// or the `whole` page beside its sidebar: there also what is cut, what is only reached by scrolling
// inside a box (but a drawing or a table may be wider than it), and what is too faint.
([tolerance, least, whole]) => {
  const find = (node, what) => {
    for (const e of node.querySelectorAll("*")) {
      if (e.matches(what)) return e;
      const inner = e.shadowRoot && find(e.shadowRoot, what);
      if (inner) return inner;
    }
    return null;
  };
  const stage = find(document.body, whole ? "[data-testid=stMain]" : ".stage");
  const root = stage.querySelector(":popover-open") ?? stage; // what is alone on the window covers the rest
  const above = (e) => e.assignedSlot ?? e.parentElement ?? e.getRootNode().host ?? null;
  const around = (e) => (e && e !== stage ? [e, ...around(above(e))] : []);
  const texts = (node) => {
    const found = [];
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    while (walker.nextNode()) {
      const { currentNode: at } = walker;
      if (at.nodeType === Node.TEXT_NODE) found.push(at);
      else if (at.shadowRoot) found.push(...texts(at.shadowRoot));
    }
    return found;
  };
  const cut = ({ text, owner, left, right, top, bottom }) => {
    for (const e of around(owner)) {
      const style = getComputedStyle(e);
      if (e.closest("svg") && e.localName !== "svg") continue;
      const edge = e.getBoundingClientRect();
      const past = {
        x: Math.max(right - edge.right, edge.left - left),
        y: Math.max(bottom - edge.bottom, edge.top - top),
      };
      for (const [axis, over] of [
        ["x", style.overflowX],
        ["y", style.overflowY],
      ]) {
        if (over === "visible" || past[axis] <= tolerance) continue;
        const how = /hidden|clip/.test(over) ? "is cut" : "is reached by scrolling";
        return [`“${text}” ${how}, by ${Math.round(past[axis])} px`];
      }
    }
    return [];
  };
  const colour = (css) => css.match(/[\d.]+/g).map(Number);
  const light = (rgb) => {
    const linear = rgb.slice(0, 3).map((c) => (c <= 10.3 ? c / 3294.6 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  };
  const faint = ({ text, owner }) => {
    const chain = around(owner);
    const ground = [...chain, document.querySelector(".stApp")].find((e) => {
      const { backgroundColor, backgroundImage } = getComputedStyle(e);
      return backgroundImage !== "none" || (colour(backgroundColor)[3] ?? 1) > 0.95;
    });
    const { color, fontSize } = getComputedStyle(owner);
    const { backgroundColor, backgroundImage } = getComputedStyle(ground);
    if (owner.closest("svg, math, :disabled") || backgroundImage !== "none") return [];
    const [ink, paper] = [colour(color), colour(backgroundColor)];
    const share = chain.reduce((product, e) => product * Number(getComputedStyle(e).opacity), ink[3] ?? 1);
    const mixed = paper.map((c, n) => c + (ink[n] - c) * share);
    const [high, low] = [light(mixed), light(paper)].sort((a, b) => b - a);
    const contrast = (high + 0.05) / (low + 0.05);
    return contrast < (parseFloat(fontSize) >= 24 ? 3 : 4.45)
      ? [`“${text}” has a contrast of ${contrast.toFixed(1)}`]
      : [];
  };
  const pen = document.createElement("canvas").getContext("2d");
  const inks = [];
  const faults = [];
  const isIndex = (node) => {
    if (/^(sub|sup)$/.test(node.localName)) return true;
    if (/^m(sub|sup|subsup)$/.test(node.parentElement?.localName ?? "")) return node.previousElementSibling !== null;
    return node.localName !== "math" && node.parentElement !== null && isIndex(node.parentElement);
  };
  for (const text of texts(root)) {
    const owner = text.parentElement;
    const all = { opacityProperty: true, visibilityProperty: true };
    if (!text.data.trim() || !owner?.checkVisibility(all)) continue;
    if (owner.closest(".unseen, option, select, .tip, style, title, .modebar")) continue;
    const style = getComputedStyle(owner);
    if (/Material/.test(style.fontFamily)) continue; // an icon
    if (whole && around(owner).some((e) => getComputedStyle(e).clipPath.startsWith("inset(50%"))) continue;
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
  // what is scrolled out of a wide drawing or table prints over nothing
  const wide = (e) =>
    whole
      ? around(e).find((a) => /auto|scroll/.test(getComputedStyle(a).overflowX) && a.querySelector("svg, table"))
      : e.closest(".drawing") && stage.querySelector(".drawing-box");
  for (const ink of inks) {
    const box = wide(ink.owner)?.getBoundingClientRect();
    if (box) {
      ink.left = Math.max(ink.left, box.left);
      ink.right = Math.min(ink.right, box.right);
      if (whole) ink.bottom = Math.min(ink.bottom, box.bottom);
    } else if (ink.left < -tolerance || ink.right > innerWidth + tolerance)
      faults.push(`“${ink.text}” leaves the window`);
    if (whole && !box) faults.push(...cut(ink));
  }
  if (whole) for (const ink of inks) faults.push(...faint(ink));
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
