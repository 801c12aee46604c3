// The drawing in the size of its box: its cells, edges and texts with their places, the canvases, and
// the colours of the page around it.

import { all, one } from "../../drawing/dom.js";
import { themeOf } from "../../drawing/theme.js";
import { farType, isFar } from "./far.js";
import { layOut } from "./layout.js";
import { contextOf, textWidth } from "./pen.js";
import { operationAt } from "./position.js";
import { placeOf } from "./recording.js";
import { skeletonOf } from "./skeleton.js";

/** @import { About, Cell, Drawing, Edge, Player, Recording } from "./player" */

/** @returns {Drawing} */
export const newDrawing = () => ({
  theme: "",
  key: "",
  cells: [],
  edges: [],
  texts: [],
  colours: { fault: "", ink: "", line: "", white: "" },
  followed: -1,
});

/** Wear the theme of the page around; whether it is another one now. @param {Player} player */
export function dress({ root, drawing, paper }) {
  const before = drawing.theme;
  drawing.theme = paper.isLaid ? "light" : themeOf(root);
  root.dataset.theme = drawing.theme;
  return drawing.theme !== before;
}

/** Draw the network for the box that it has, if anything of that is new or `anew` says so; whether it
 * was. @param {Player} player @param {boolean} anew */
export function layDrawing(player, anew) {
  const { at, recording, drawing } = player;
  const { about } = recording;
  const { clientWidth: width, clientHeight: height } = at("drawing-box");
  const sheet = sheetOf(player, width, height);
  const { sizes, least, most } = sheet;
  const key = JSON.stringify([width, height, least, most, sizes, about.features, about.order]);
  if (!width || !height || (drawing.key === key && !anew)) return false;
  drawing.key = key;
  const geometry = layOut(sheet);
  at("drawing").innerHTML = skeletonOf(geometry, sizes, about);
  collect(player);
  drawing.followed = -1; // what was in view may not be
  return true;
}

/** Whether at this height every layer has its numbers, and none lies outside of the box.
 * @param {Player} player @param {number} height */
export function hasNumbers(player, height) {
  const { clientWidth } = player.at("drawing-box");
  const { width, columns } = layOut(sheetOf(player, clientWidth, height));
  return width <= clientWidth && columns.every(({ mode }) => mode !== "chips");
}

/** What the network is drawn on. @param {Player} player @param {number} width @param {number} height */
function sheetOf(player, width, height) {
  const { about } = player.recording;
  const { root } = player;
  const isHalf = root.closest("[data-beside=true]") !== null;
  const least = isFar(player) ? farType() * (isHalf ? 0.7 : 1) : isHalf ? 10 : 11;
  const most = Math.max(least * 1.3, Math.min(root.dataset.enlarged ? 44 : 26, height / 28));
  return { width, height, sizes: sizesOf(about), names: about.features, least, most, measure: measureIn(root) };
}

/** The units of every layer, inputs first. @param {About} about */
const sizesOf = ({ blocks, layers, features }) => [
  features.length,
  ...Array.from(
    { length: layers },
    (_, i) => blocks.find(({ name, layer }) => name === "h" && layer === i + 1)?.shape[0] ?? 1,
  ),
];

/** The width of a name in the type of names. @param {Element} root */
function measureIn(root) {
  const family = getComputedStyle(root).getPropertyValue("--letters");
  return (/** @type {string} */ text, /** @type {number} */ font) =>
    textWidth(text, `italic ${font}px ${family}`) * 1.02;
}

/** The parts of a drawing that is there. @param {Player} player */
function collect({ at, recording, drawing }) {
  const nodes = all(at("drawing"), "[data-channel]", SVGElement);
  drawing.cells = nodes.filter((node) => !node.classList.contains("edge")).map((node) => cellOf(node, recording));
  drawing.edges = nodes.filter((node) => node.classList.contains("edge")).map((node) => edgeOf(node, recording));
  drawing.texts = all(at("drawing"), "[data-text]", SVGElement);
}

const channelIn = (/** @type {SVGElement} */ node) => node.dataset.channel ?? "";

/** @param {SVGElement} node @param {Recording} recording @returns {Cell} */
function cellOf(node, recording) {
  const body = node.classList.contains("body");
  const fill = body ? node : one(node, ".fill", SVGElement);
  const side = (/** @type {string} */ name) => (fill instanceof SVGRectElement ? Number(fill.getAttribute(name)) : 0);
  const text = (/** @type {string} */ name) =>
    /** @type {SVGElement | null} */ (body ? null : node.querySelector(name));
  return {
    node,
    body,
    channel: channelIn(node),
    place: placeOf(recording, channelIn(node)),
    fill,
    text: text(".number"),
    letter: text(".letter"),
    box: { x: side("x"), y: side("y"), width: side("width"), height: side("height") },
    shown: {},
  };
}

/** @param {SVGElement} node @param {Recording} recording @returns {Edge} */
const edgeOf = (node, recording) => ({
  node,
  channel: channelIn(node),
  place: placeOf(recording, channelIn(node)),
  path: new Path2D(node.getAttribute("d") ?? ""),
  state: "",
  page: Number(node.closest(".page")?.getAttribute("data-page") ?? -1),
});

/** Nothing painted so far counts any more: the next paint sets everything. @param {Player} player */
export function forget({ drawing, recording }) {
  for (const cell of drawing.cells) {
    cell.shown = {};
    cell.place = placeOf(recording, cell.channel);
  }
  for (const edge of drawing.edges) edge.place = placeOf(recording, edge.channel);
}

/** Lay the canvases over the drawing, in the same coordinates. @param {Player} player */
export function fitCanvases({ at, root, drawing }) {
  const svg = one(at("drawing"), "svg", SVGSVGElement);
  const box = svg.getBoundingClientRect();
  const { width, height } = svg.viewBox.baseVal;
  const scale = Math.min(box.width / width, box.height / height);
  const ratio = window.devicePixelRatio || 1;
  for (const canvas of [at("edges"), at("strips")]) {
    canvas.width = Math.round(box.width * ratio);
    canvas.height = Math.round(box.height * ratio);
    canvas.style.width = `${box.width}px`;
    canvas.style.height = `${box.height}px`;
    const context = contextOf(canvas);
    const left = (box.width - width * scale) / 2;
    const top = (box.height - height * scale) / 2;
    context.setTransform(ratio * scale, 0, 0, ratio * scale, ratio * left, ratio * top);
    context.lineCap = "round";
  }
  const probe = root.appendChild(document.createElement("i")); // a canvas knows no light-dark()
  const colour = (/** @type {string} */ name) => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  drawing.colours = {
    fault: colour("--fault"),
    ink: colour("--ink"),
    line: colour("--quiet"),
    white: colour("--white"),
  };
  probe.remove();
}

/** An empty canvas to paint on. @param {HTMLCanvasElement} canvas */
export function wipe(canvas) {
  const context = contextOf(canvas);
  context.save();
  context.resetTransform();
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.restore();
  return context;
}

/** Where the drawing is wider than the window, the layer at work scrolls into view as it changes.
 * @param {Player} player */
export function followAcross({ root, recording, position, drawing }) {
  const layer = operationAt(recording, position)?.layer ?? 0;
  if (drawing.followed === layer) return;
  drawing.followed = layer;
  const box = one(root, ".drawing-box", HTMLElement);
  const cells = drawing.cells.filter((cell) => cell.place.block.layer === layer && cell.node.isConnected);
  if (!cells.length || box.scrollWidth <= box.clientWidth) return;
  const sides = cells.map((cell) => cell.node.getBoundingClientRect());
  const left = Math.min(...sides.map((side) => side.left));
  const right = Math.max(...sides.map((side) => side.right));
  const { left: edge, width } = box.getBoundingClientRect();
  box.scrollLeft += (left + right) / 2 - edge - width / 2;
}
