// Where everything of the drawing lies, in pixels of the box that it has.
//
// A column for each layer; each unit a circle with its h, z and δ in cells: above each other where its
// row is high enough, else in a line, else as chips without numbers. A few inputs with short names are
// circles, others boxes behind their names; where there are more than rows, the last row stands for
// those that are not drawn. The type is the largest that fits between `least` and `most`; where even the
// least does not, the drawing is wider than its box.

import { fitNames } from "./names.js";

/** @import { Column, Geometry, InputColumn, Sheet } from "./player" */

const MOST_CIRCLES = 5; // so many inputs have room for circles that hold a number
const LONG_NAME = 6; // a name of more letters has no room beside a circle
const STACKED = 7; // the width of a cell in heights of its type: a letter and −5.3e−14
const CLOSE = 6.3; // the same where a deep network has no other room
const IN_LINE = 5.9; // the same of each of three in a line
const GAP = 2.1; // the least between two columns, in heights of the type; less where all is compact
const EVEN = 1.25; // so much larger than the smallest type of a column is that of another, at most
const SHARES = 0.6; // the gap before the target, as a share of those between columns

/** @typedef {{lines: boolean, compact: boolean, cell: number}} Style in lines where rows are low; compact, with
 * small circles; the width of a cell that is above others */
/** @typedef {Sheet & Style & {font: number, heading: number, top: number, usable: number}} Room */

const WIDE = { lines: true, compact: false, cell: STACKED };
const COMPACT = { ...WIDE, compact: true };
const ABOVE = { ...COMPACT, lines: false };
const CLOSEST = { ...ABOVE, cell: CLOSE };

/** @param {Sheet} sheet @returns {Geometry} */
export function layOut(sheet) {
  const deep = sheet.sizes.length > 5;
  for (const style of [...(deep ? [] : [WIDE]), COMPACT, ABOVE, CLOSEST]) {
    for (let font = sheet.most; font >= sheet.least; font -= 0.5) {
      const found = attempt(sheet, font, style);
      const even = Math.min(...found.columns.map(({ font: size }) => size || font)) * EVEN;
      if (found.needed <= sheet.width && (font <= even || font - 0.5 < sheet.least)) return placed(found, sheet.width);
    }
  }
  const narrow = attempt(sheet, sheet.least, ABOVE);
  return placed(narrow, narrow.needed);
}

/** Everything at one size of type, and the width that this needs.
 * @param {Sheet} sheet @param {number} font @param {Style} style */
function attempt(sheet, font, style) {
  const { sizes, least, height } = sheet;
  const { compact } = style;
  const heading = Math.max(least, Math.min(font * 0.9, 26));
  const roomBelow = (/** @type {number} */ top) => ({
    ...sheet,
    ...style,
    ...{ font, heading, top, usable: height - top - 5 },
  });
  const blocksIn = (/** @type {Room} */ room) => sizes.slice(1).map((n, i) => blockOf(room, n, i + 1));
  let room = roomBelow(heading * 1.2 + 7);
  let columns = blocksIn(room);
  if (columns.some(({ mode }) => mode === "chips")) {
    room = roomBelow(heading * 1.2 + 7 + least * 1.25); // the letters of the chips stand above them
    columns = blocksIn(room);
  }
  const inputs = inputsOf(room);
  const target = targetOf(room);
  const taken = inputs.right + columns.reduce((sum, { width }) => sum + width, 0) + target.width + 6;
  return {
    room,
    inputs,
    columns,
    target,
    taken,
    needed: taken + (compact ? 0.6 * GAP : GAP) * Math.max(12, font) * (columns.length + SHARES),
  };
}

/** The columns side by side, what is left shared out between them.
 * @param {ReturnType<typeof attempt>} found @param {number} width @returns {Geometry} */
function placed({ room, inputs, columns, target, taken }, width) {
  const { height, font, heading, top, least } = room;
  const gap = (width - taken) / (columns.length + SHARES);
  let right = inputs.right;
  const shifted = columns.map((column) => {
    const left = right + gap;
    right = left + column.width;
    return { ...column, x: left + column.radius, cellX: right - column.cellWidth, right };
  });
  return {
    ...{ width, height, font, heading, top, least, inputs },
    columns: shifted,
    target: { ...target, x: right + gap * SHARES },
  };
}

/** The centres of n rows of that height, about the middle of what lies below the headings.
 * @param {Room} room @param {number} n @param {number} row */
const rowsOf = ({ top, usable }, n, row) =>
  Array.from({ length: n }, (_, u) => top + usable / 2 + (u - (n - 1) / 2) * row);

/** @param {Room} room @param {number} n @param {number} layer @returns {Column} */
function blockOf(room, n, layer) {
  const { font, least, usable, compact, lines, cell } = room;
  const row = Math.min(usable / n, font * 7);
  const ys = rowsOf(room, n, row);
  const stackedHeight = Math.min(font * 1.5, (row - 4) / 3 - 1.2);
  const size = Math.min(font, stackedHeight * 0.88);
  if (size >= least) {
    const radius = Math.max(6, Math.min(font * (compact ? 1 : 1.6), row * 0.3));
    return block("stacked", layer, ys, radius, size * cell, stackedHeight, size);
  }
  const radius = Math.max(3, Math.min(row * 0.42, 9));
  const lineSize = Math.min(font, (row - 3) / 1.2);
  if (lines && lineSize >= least)
    return block("line", layer, ys, radius, 3 * lineSize * IN_LINE, lineSize * 1.2, lineSize);
  return block("chips", layer, ys, radius, 3 * Math.max(least * 0.8, 16), Math.max(3, Math.min(16, row - 3)), 0);
}

/** @param {Column["mode"]} mode @param {number} layer @param {number[]} ys @param {number} radius
 * @param {number} cellWidth @param {number} cellHeight @param {number} font @returns {Column} */
const block = (mode, layer, ys, radius, cellWidth, cellHeight, font) => ({
  ...{ mode, layer, ys, radius, cellWidth, cellHeight, font },
  ...{ x: 0, cellX: 0, right: 0, width: 2 * radius + 6 + cellWidth },
});

/** @param {Room} room @returns {InputColumn} */
function inputsOf(room) {
  const { sizes, names, font, least, usable, measure, compact } = room;
  const [n] = sizes;
  const row = Math.min(usable / n, font * 7);
  const radius = Math.max(6, Math.min(Math.max(least / 0.66, font * (compact ? 1.3 : 1.6)), row * 0.46));
  const short = names.every((name) => name.length <= LONG_NAME);
  if (n <= MOST_CIRCLES && short && radius * 0.66 > least - 0.1) {
    const beside = Math.max(...names.map((name) => measure(name, font))) + 14;
    const x = beside + radius;
    const lines = names.map((name) => [name]);
    return {
      ...{
        boxed: false,
        x,
        ys: rowsOf(room, n, row),
        radius,
        cellX: 0,
        cellWidth: 0,
        cellHeight: 0,
        right: x + radius,
      },
      ...{ font: Math.max(least, Math.min(font, radius * 0.66)), names: lines, nameFont: font, smallFont: font },
    };
  }
  const cellHeight = font * 1.45;
  const rows = Math.max(1, Math.min(n, Math.floor(usable / (cellHeight + 5))));
  const ys = rowsOf(room, rows, Math.min(usable / rows, font * 3.2));
  const cellWidth = font * 4.5;
  const small = Math.max(least, font * 0.88);
  const most = font * (sizes.length > 5 ? 6 : 9.8);
  const fitted = fitNames(names, most, font, 2 * small <= usable / rows ? small : 0, measure);
  const fold = rows < n ? measure(`${n} more inputs`, font) + 2 * font - cellWidth : 0; // what its row says
  const cellX = Math.max(fitted.width, fold) + 14;
  return {
    ...{ boxed: true, x: cellX + cellWidth / 2, ys, radius: cellWidth / 2, cellX, cellWidth, cellHeight },
    ...{
      right: cellX + cellWidth,
      font: Math.max(least, font * 0.92),
      names: fitted.lines,
      nameFont: font,
      smallFont: small,
    },
  };
}

/** @param {Room} room @returns {Geometry["target"]} */
function targetOf({ sizes, font, least, usable }) {
  const half = Math.max(3, Math.min(font * 1.3, usable / sizes[sizes.length - 1] / 2 - 1.5));
  const size = Math.min(font, half * 1.6);
  return { x: 0, width: font * 2.7, half, font: size >= least ? size : 0 };
}

/** x, y, width and height of the cell of h (row 0), z (1) or δ (2).
 * @param {Column} column @param {number} unit @param {number} row */
export function cellBox({ mode, ys, cellX, cellWidth, cellHeight }, unit, row) {
  const y = ys[unit];
  if (mode === "stacked")
    return { x: cellX, y: y + (row - 1.5) * (cellHeight + 1.2), width: cellWidth, height: cellHeight };
  const width = cellWidth / 3;
  return { x: cellX + row * width, y: y - cellHeight / 2, width: width - 1.5, height: cellHeight };
}

/** Which inputs are drawn together, by turns; on each page as they stand in the data.
 * @param {number[]} order @param {number} rows */
export function pagesOf(order, rows) {
  const sorted = (/** @type {number[]} */ some) => [...some].sort((a, b) => a - b);
  if (order.length <= rows) return [sorted(order)];
  const most = Math.max(1, rows - 1);
  return Array.from({ length: Math.ceil(order.length / most) }, (_, page) =>
    sorted(order.slice(page * most, (page + 1) * most)),
  );
}
