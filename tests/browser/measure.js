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
  const styles = new Map();
  const styleOf = (e) => {
    if (!styles.has(e)) styles.set(e, getComputedStyle(e));
    return styles.get(e);
  };
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
  // a drawing or a table may be wider than the box that scrolls it
  const scroller = (owner) =>
    around(owner).find((e) => /auto|scroll/.test(styleOf(e).overflowX) && e.querySelector("table, svg text"));
  const pastOf = ({ left, right, top, bottom }, edge) => ({
    x: Math.max(right - edge.right, edge.left - left),
    y: Math.max(bottom - edge.bottom, edge.top - top),
  });
  const cut = (ink) => {
    for (const e of around(ink.owner)) {
      const { overflowX, overflowY, display } = styleOf(e);
      if (display === "inline" || display === "contents" || (e.closest("svg") && e.localName !== "svg")) continue;
      const past = pastOf(ink, e.getBoundingClientRect());
      for (const [over, by] of [
        [overflowX, past.x],
        [overflowY, past.y],
      ]) {
        if (over === "visible" || by <= tolerance) continue;
        const how = /hidden|clip/.test(over) ? "is cut" : "is reached by scrolling";
        return [`“${ink.text}” ${how}, by ${Math.round(by)} px`];
      }
    }
    return [];
  };
  const colour = (css) => {
    const [r, g, b, share = 1] = css.match(/[\d.]+/g).map(Number);
    return { rgb: css.startsWith("color(") ? [255 * r, 255 * g, 255 * b] : [r, g, b], share };
  };
  const light = (rgb) => {
    const linear = rgb.map((c) => (c <= 10.3 ? c / 3294.6 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  };
  const faint = (ink) => {
    const chain = around(ink.owner);
    if (ink.owner.closest("svg, math, :disabled")) return [];
    const ground = [...chain, document.querySelector(".stApp")].find((e) => {
      const { x, y } = pastOf(ink, e.getBoundingClientRect());
      const { backgroundColor, backgroundImage } = styleOf(e);
      return Math.max(x, y) < 4 && (backgroundImage !== "none" || colour(backgroundColor).share > 0.95);
    });
    if (!ground || styleOf(ground).backgroundImage !== "none") return [];
    const [type, paper] = [colour(styleOf(ink.owner).color), colour(styleOf(ground).backgroundColor).rgb];
    const share = chain.reduce((product, e) => product * Number(styleOf(e).opacity), type.share);
    const mixed = paper.map((c, n) => c + (type.rgb[n] - c) * share);
    const [high, low] = [light(mixed), light(paper)].sort((a, b) => b - a);
    const contrast = (high + 0.05) / (low + 0.05);
    const least = parseFloat(styleOf(ink.owner).fontSize) >= 24 ? 3 : 4.45;
    return contrast < least ? [`“${ink.text}” has a contrast of ${contrast.toFixed(1)}`] : [];
  };
  const pen = document.createElement("canvas").getContext("2d");
  const inks = [];
  const faults = [];
  const indices = (a, b) => a.closest("math") === b.closest("math") && a.closest("math") && (isIndex(a) || isIndex(b));
  const isIndex = (node) => {
    if (/^(sub|sup)$/.test(node.localName)) return true;
    if (/^m(sub|sup|subsup)$/.test(node.parentElement?.localName ?? "")) return node.previousElementSibling !== null;
    return node.localName !== "math" && node.parentElement !== null && isIndex(node.parentElement);
  };
  for (const text of texts(root)) {
    const owner = text.parentElement;
    const all = { opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true };
    if (!text.data.replace(/[\s\u200b]/g, "") || !owner?.checkVisibility(all)) continue;
    if (owner.closest(".unseen, option, select, .tip, style, title, .modebar")) continue;
    const style = styleOf(owner);
    if (/Material/.test(style.fontFamily)) continue; // an icon
    if (whole && around(owner).some((e) => styleOf(e).clipPath.startsWith("inset(50%"))) continue;
    pen.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    const size = pen.measureText(text.data.trim());
    const range = document.createRange();
    range.selectNodeContents(text);
    const svg = owner.closest("svg");
    const drawn = whole && svg && !owner.closest("foreignObject") ? owner.getScreenCTM() : { a: 1, b: 0 };
    const type = parseFloat(style.fontSize) * Math.hypot(drawn.a, drawn.b);
    if (!type) continue; // not written at all, as digits where a bit has no room for one
    const small = isIndex(owner) || (owner.localName === "tspan" && owner.hasAttribute("dy"));
    if (type < least * (small ? 0.7 : 1) - 0.2) faults.push(`“${text.data.trim()}” is of ${type.toFixed(1)} px`);
    const boxes = svg && owner.localName !== "tspan" ? [owner.getBoundingClientRect()] : range.getClientRects();
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
  const wide = (e) => (whole ? scroller(e) : e.closest(".drawing") && stage.querySelector(".drawing-box"));
  for (const ink of inks) {
    const box = wide(ink.owner)?.getBoundingClientRect();
    if (whole) faults.push(...faint(ink));
    if (box) {
      // what is scrolled out of it prints over nothing
      ink.left = Math.max(ink.left, box.left);
      ink.right = Math.min(ink.right, box.right);
      if (whole) ink.bottom = Math.min(ink.bottom, box.bottom);
    } else if (ink.left < -tolerance || ink.right > innerWidth + tolerance)
      faults.push(`“${ink.text}” leaves the window`);
    if (whole && !box) faults.push(...cut(ink));
  }
  for (const [n, a] of inks.entries())
    for (const b of inks.slice(n + 1)) {
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (wide <= tolerance || high <= tolerance) continue;
      const inside = a.owner.contains(b.owner) || b.owner.contains(a.owner);
      if (!inside && !(whole && indices(a.owner, b.owner) && Math.min(wide, high) < 5))
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
