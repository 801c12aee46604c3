// Room: the equation card keeps free what its tallest equation needs, so that nothing jumps while
// it plays, and the drawing takes what the window then leaves.

const TYPICAL = "−4.8e−14"; // at least as wide as nine in ten of the numbers in an equation
const EDGE = 0; // pixels between the cards and the window's lower edge: all of it is needed at 1280 × 800
const LEAST = 250; // pixels below which a drawing cannot be read
const LEAST_FAR = 326; // the same from the last row, where its type must stay at 20 pixels

/** Measure again where the equations, the drawing's width or the window have changed. */
function fitRoom(player) {
  if (!player.about || player.about.glimpse) return;
  const { about, root } = player;
  const box = root.querySelector(".equation-box");
  const size = `${box.clientWidth} ${innerWidth} ${innerHeight} ${about.view.projector}`;
  if (!box.clientWidth || (player.roomy === size && player.roomyFor === equationsKey(about))) return;
  player.roomy = size;
  player.roomyFor = equationsKey(about);
  root.style.removeProperty("--grown");
  root.style.setProperty("--reserved", `${Math.ceil(tallestCard(player, box))}px`);
  const frame = root.querySelector(".drawing-frame");
  frame.classList.remove("crowded");
  fitDrawing(player);
  if (!keyIsCrowded(player)) return;
  frame.classList.add("crowded");
  fitDrawing(player);
}

const equationsKey = (about) => JSON.stringify([about.skeleton.length, Object.entries(about.equations).map(([key, { html }]) => [key, html.length])]);

/** The height of the tallest equation with its footer, filled with numbers of typical width. */
function tallestCard(player, box) {
  const probe = document.createElement("div");
  probe.className = "probe";
  const footer = box.querySelector(".footer");
  for (const key of longest(player.about.equations)) {
    const sheet = document.createElement("div");
    const equation = document.createElement("div");
    writeEquation(equation, fillPlaces(player.about.equations[key].html, { u: 0, v: 0 }));
    for (const slot of equation.querySelectorAll("[data-slot]")) slot.textContent = guarded(TYPICAL, slot.dataset.slot.at(-1));
    const beneath = footer.cloneNode(true);
    beneath.querySelector("[data-part=note]").textContent = longestNote(player.about.notes, key);
    beneath.querySelector("[data-part=editor]").hidden = !(player.send && /^[Wbhz]\./.test(key));
    sheet.append(equation, beneath);
    probe.append(sheet);
  }
  box.append(probe);
  const tallest = Math.max(...[...probe.children].map((sheet) => sheet.getBoundingClientRect().height));
  probe.remove();
  return tallest;
}

/** Of the equations that differ only in their layer, the one with the most to show. */
function longest(equations) {
  const found = new Map();
  for (const [key, { html }] of Object.entries(equations)) {
    const kind = key.split(".")[0] + html.split("data-slot=\"step").length;
    if (html.length > (equations[found.get(kind)]?.html.length ?? 0)) found.set(kind, key);
  }
  return found.values();
}

function longestNote(notes, key) {
  const texts = Object.entries(notes).filter(([name]) => name.startsWith(`${key}.`)).map(([, text]) => text.replace(/\{[^}]+\}/g, TYPICAL));
  return texts.sort((a, b) => b.length - a.length)[0] ?? "";
}

/** The drawing gives way first; then the card keeps nothing free below the window's lower edge. */
function fitDrawing(player) {
  const { root, stage } = player;
  const drawing = root.querySelector("svg.drawing").getBoundingClientRect().height;
  const room = innerHeight - EDGE - topOf(root) - (stage.getBoundingClientRect().height - drawing);
  const least = player.about.view.projector ? LEAST_FAR : LEAST;
  root.style.setProperty("--drawing", `${Math.max(least, Math.floor(room))}px`);
  const below = Math.min(least, drawing) - room;
  const last = root.querySelector(".equation-card").offsetWidth < 0.9 * stage.offsetWidth; // not so in one column
  if (last && below > 0) root.style.setProperty("--reserved", `${Math.max(0, Math.floor(parseFloat(root.style.getPropertyValue("--reserved")) - below))}px`);
}

/** Where an element begins on the page, as if nothing were scrolled. */
function topOf(element) {
  let { top } = element.getBoundingClientRect();
  for (let node = element; node; node = node.parentElement ?? node.getRootNode().host) top += node.scrollTop;
  return top;
}

/** Whether the key would lie over a cell or a target. */
function keyIsCrowded(player) {
  const key = player.root.querySelector(".key").getBoundingClientRect();
  return [...player.at("drawing").querySelectorAll(".cell, .target")].some((node) => {
    const box = node.getBoundingClientRect();
    return box.right > key.left - 4 && box.left < key.right && box.bottom > key.top - 2 && box.top < key.bottom;
  });
}

/** A card that once had to grow stays as high as that while it plays. */
function keepGrown(player) {
  const box = player.root.querySelector(".equation-box");
  if (!player.selected && player.playing) player.root.style.setProperty("--grown", `${box.offsetHeight}px`);
}
