// What the network answers all over the plane, on a lattice: z as a soft colour between paper and
// indigo, the line where z is ½, and the hatch where the answer is not a number.

import { codeOf } from "../engine/colours.js";
import { forward, load as loadParameters } from "../engine/passes.js";
import { networkOfPoints } from "../engine/plane.js";
import { runOf } from "../engine/training.js";
import { placeAt } from "./area.js";

/** @import { Field, PlaneArea, Recording } from "./player" */

const WORK = 2.5e6; // products of a weight and a source, each about a nanosecond, that a frame may take
const ACTIVATION = 50; // so many products take as long as one activation
const NARROW = 110; // the same in 16 bits
const [FEWEST, MOST_NODES] = [400, 2600];
const SOFT = 150; // of 255: the samples stand out

/** A lattice that covers the area, edges included, as fine as a frame allows.
 * @param {Recording} recording @param {PlaneArea} area @returns {Field} */
export function newField({ training, experiment }, area) {
  const { sizes, numbers } = training.layout;
  const activations = sizes.slice(1, -1).reduce((a, b) => a + b, 0);
  const each = numbers + activations * (training.format > 1 ? NARROW : ACTIVATION);
  const nodes = Math.max(FEWEST, Math.min(MOST_NODES, WORK / each));
  const columns = Math.max(2, Math.round(Math.sqrt((nodes * area.width) / area.height)));
  const rows = Math.max(2, Math.round(nodes / columns));
  const points = new Float64Array(2 * columns * rows);
  for (let r = 0, n = 0; r < rows; r += 1) {
    for (let c = 0; c < columns; c += 1, n += 1) {
      const [x1, x2] = placeAt(area, (c * area.width) / (columns - 1), (r * area.height) / (rows - 1));
      points[n] = x1;
      points[columns * rows + n] = x2;
    }
  }
  const image = document.createElement("canvas");
  image.width = columns;
  image.height = rows;
  const network = networkOfPoints(training, runOf(training, experiment.shown), points);
  return { columns, rows, area, network, h: new Float64Array(columns * rows), image };
}

/** Ask the network of a frame. @param {Field} field @param {Recording} recording @param {number} frame */
export function fillField({ network, h }, { training, experiment }, frame) {
  loadParameters(network, runOf(training, experiment.shown).parameters, frame);
  h.set(forward(network).subarray(0, h.length)); // of the first output
}

/** Its colours; what is not a number stays clear. @param {Field} field @param {[string, string][]} palette */
export function colourField({ image, h }, palette) {
  const context = image.getContext("2d");
  if (!context) return;
  const picture = context.createImageData(image.width, image.height);
  const colours = palette.map(([fill]) => Number.parseInt(fill.slice(1), 16));
  for (let n = 0; n < h.length; n += 1) {
    if (Number.isNaN(h[n])) continue;
    const rgb = colours[codeOf("unit", 1 / (1 + Math.exp(-h[n])))];
    picture.data.set([rgb >> 16, (rgb >> 8) & 255, rgb & 255, SOFT], 4 * n);
  }
  context.putImageData(picture, 0, 0);
}

/** @param {CanvasRenderingContext2D} context @param {Field} field
 * @param {{line: string, hatch: CanvasPattern | string}} colours */
export function paintField(context, field, { line, hatch }) {
  const { columns, rows, area, h, image } = field;
  const [dx, dy] = [area.width / (columns - 1), area.height / (rows - 1)];
  context.imageSmoothingEnabled = true;
  context.drawImage(image, -dx / 2, -dy / 2, area.width + dx, area.height + dy);
  context.fillStyle = hatch;
  for (let r = 0, n = 0; r < rows; r += 1) {
    let from = -1; // the first column of a stretch that is not a number
    for (let c = 0; c <= columns; c += 1, n += 1) {
      const bad = c < columns && Number.isNaN(h[n]);
      if (bad && from < 0) from = c;
      if (bad || from < 0) continue;
      const [left, right] = [from - 0.5, c - 0.5].map((column) => Math.round(column * dx)); // whole pixels leave no seam
      const [top, bottom] = [r - 0.5, r + 0.5].map((row) => Math.round(row * dy));
      context.fillRect(left, top, right - left, bottom - top);
      from = -1;
    }
    n -= 1;
  }
  context.strokeStyle = line;
  context.lineWidth = 1.6;
  context.beginPath();
  for (const [x0, y0, x1, y1] of halves(field)) {
    context.moveTo(x0 * dx, y0 * dy);
    context.lineTo(x1 * dx, y1 * dy);
  }
  context.stroke();
}

/** Where h changes its sign, z is ½: the line, cell by cell of the lattice, as its segments.
 * @param {Pick<Field, "columns" | "rows" | "h">} field */
export function halves({ columns, rows, h }) {
  /** @type {[x0: number, y0: number, x1: number, y1: number][]} */
  const segments = [];
  for (let r = 0; r + 1 < rows; r += 1) {
    for (let c = 0; c + 1 < columns; c += 1) {
      const n = r * columns + c;
      const above =
        Number(h[n] >= 0) + Number(h[n + 1] >= 0) + Number(h[n + columns] >= 0) + Number(h[n + columns + 1] >= 0);
      if (above % 4 !== 0) segments.push(...segmentsIn(c, r, h[n], h[n + 1], h[n + columns + 1], h[n + columns]));
    }
  }
  return segments;
}

/** The line in one cell, of which h is known at the corners, clockwise.
 * @param {number} c @param {number} r @param {number[]} corners @returns {[number, number, number, number][]} */
function segmentsIn(c, r, ...corners) {
  if (corners.some(Number.isNaN)) return [];
  const crossings = [0, 1, 2, 3].flatMap((edge) => {
    const [from, to] = [corners[edge], corners[(edge + 1) % 4]];
    if (from >= 0 === to >= 0) return [];
    const t = share(from, to);
    return [
      [c + t, r],
      [c + 1, r + t],
      [c + 1 - t, r + 1],
      [c, r + 1 - t],
    ].slice(edge, edge + 1);
  });
  const [[x0, y0], [x1, y1], ...others] = crossings;
  const [[x2, y2], [x3, y3]] = others.length ? others : crossings;
  return others.length
    ? [
        [x0, y0, x1, y1],
        [x2, y2, x3, y3],
      ]
    : [[x0, y0, x1, y1]];
}

/** How far from a to b a straight line meets 0. @param {number} a @param {number} b */
function share(a, b) {
  const t = a / 2 / (a / 2 - b / 2);
  return Number.isFinite(t) ? t : 0.5;
}
