// Room: the equation card keeps free what its tallest equation needs, so that nothing jumps while
// it plays, and the drawing takes what the window then leaves.

import { one } from "../../drawing/dom.js";
import { fillPlaces, inPlace, writeEquation } from "./slots.js";

/** @import { About, Player } from "./player" */

const TYPICAL = "−4.8e−14"; // at least as wide as nine in ten of the numbers in an equation
const LEAST = 250; // pixels below which a drawing cannot be read
const LEAST_FAR = 326; // the same from the last row, where its type must stay at 20 pixels

/** @returns {Player["room"]} */
export const newRoom = () => ({ size: "", equations: "" });

/** Measure again where the equations, the drawing's width or the window have changed. @param {Player} player */
export function fitRoom(player) {
  const { recording, root, room } = player;
  const { about, whole } = recording;
  if (whole) return;
  const box = one(root, ".equation-box", HTMLElement);
  const size = `${box.clientWidth} ${innerWidth} ${innerHeight} ${about.view.projector}`;
  if (!box.clientWidth || (room.size === size && room.equations === equationsKey(about))) return;
  room.size = size;
  room.equations = equationsKey(about);
  root.style.removeProperty("--grown");
  root.style.setProperty("--reserved", `${Math.ceil(tallestCard(player, box))}px`);
  const frame = one(root, ".drawing-frame", HTMLElement);
  frame.classList.remove("crowded");
  fitDrawing(player);
  if (!keyIsCrowded(player)) return;
  frame.classList.add("crowded");
  fitDrawing(player);
}

/** @param {About} about */
const equationsKey = (about) =>
  JSON.stringify([about.skeleton.length, Object.entries(about.equations).map(([key, { html }]) => [key, html.length])]);

/** The height of the tallest equation with its footer, filled with numbers of typical width.
 * @param {Player} player @param {Element} box */
function tallestCard({ recording: { about }, questions }, box) {
  const probe = document.createElement("div");
  probe.className = "probe";
  const footer = one(box, ".footer", HTMLElement);
  for (const key of longest(about.equations)) {
    const sheet = document.createElement("div");
    const equation = document.createElement("div");
    const slots = writeEquation(equation, fillPlaces(about.equations[key].html, { u: 0, v: 0 }));
    for (const slot of slots) slot.textContent = inPlace(slot, TYPICAL);
    sheet.append(equation, footer.cloneNode(true));
    one(sheet, "[data-part=note]", HTMLElement).textContent = longestNote(about.notes, key);
    one(sheet, "[data-part=editor]", HTMLElement).hidden = !(questions.send && /^[Wbhz]\./.test(key));
    probe.append(sheet);
  }
  box.append(probe);
  const tallest = Math.max(...[...probe.children].map((sheet) => sheet.getBoundingClientRect().height));
  probe.remove();
  return tallest;
}

/** Of the equations that differ only in their layer, the one with the most to show.
 * @param {About["equations"]} equations */
function longest(equations) {
  /** @type {Map<string, string>} */
  const found = new Map();
  for (const [key, { html }] of Object.entries(equations)) {
    const kind = key.split(".")[0] + html.split('data-slot="step').length;
    if (html.length > (equations[found.get(kind) ?? ""]?.html.length ?? 0)) found.set(kind, key);
  }
  return found.values();
}

/** @param {About["notes"]} notes @param {string} key */
function longestNote(notes, key) {
  const texts = Object.entries(notes)
    .filter(([name]) => name.startsWith(`${key}.`))
    .map(([, text]) => text.replace(/\{[^}]+\}/g, TYPICAL));
  return texts.sort((a, b) => b.length - a.length)[0] ?? "";
}

/** The drawing gives way first; then the card keeps nothing free below the window's lower edge.
 * @param {Player} player */
function fitDrawing({ root, at, recording }) {
  const stage = at("stage");
  const drawing = one(root, "svg.drawing", SVGElement).getBoundingClientRect().height;
  const room = innerHeight - topOf(root) - (stage.getBoundingClientRect().height - drawing);
  const least = recording.about.view.projector ? LEAST_FAR : LEAST;
  root.style.setProperty("--drawing", `${Math.max(least, Math.floor(room))}px`);
  const below = Math.min(least, drawing) - room;
  const last = one(root, ".equation-card", HTMLElement).offsetWidth < 0.9 * stage.offsetWidth; // not so in one column
  if (last && below > 0)
    root.style.setProperty(
      "--reserved",
      `${Math.max(0, Math.floor(parseFloat(root.style.getPropertyValue("--reserved")) - below))}px`,
    );
}

/** Where an element begins on the page, as if nothing were scrolled. @param {Element} element */
function topOf(element) {
  let { top } = element.getBoundingClientRect();
  /** @type {Element | null} */
  let node = element;
  while (node) {
    top += node.scrollTop;
    const tree = node.getRootNode();
    node = node.parentElement ?? (tree instanceof ShadowRoot ? tree.host : null);
  }
  return top;
}

/** Whether the key would lie over a cell or a target. @param {Player} player */
function keyIsCrowded({ root, at }) {
  const key = one(root, ".key", HTMLElement).getBoundingClientRect();
  return [...at("drawing").querySelectorAll(".cell, .target")].some((node) => {
    const box = node.getBoundingClientRect();
    return box.right > key.left - 4 && box.left < key.right && box.bottom > key.top - 2 && box.top < key.bottom;
  });
}

/** A card that once had to grow stays as high as that while it plays. @param {Player} player */
export function keepGrown({ root, selection, clock }) {
  const box = one(root, ".equation-box", HTMLElement);
  if (!selection.channel && clock.playing) root.style.setProperty("--grown", `${box.offsetHeight}px`);
}
