// The drawing without its numbers: every neuron, cell and edge as SVG, each with its channel. Inputs that
// have no room take turns: each page of them is a group with its edges, and only one is shown.

import { cellBox, pagesOf } from "./layout.js";

/** @import { About, Column, Geometry, InputColumn } from "./player" */

const QUANTITIES = [
  ["h", "h"],
  ["z", "z"],
  ["delta", "δ"],
];
const DEFS = `<defs>
  <pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="hatch-ground" width="7" height="7"/><rect class="hatch-line" width="2.6" height="7"/></pattern>
  <pattern id="dots" width="5" height="5" patternUnits="userSpaceOnUse"><rect class="dots-ground" width="5" height="5"/><circle class="dots-dot" cx="2.5" cy="2.5" r="1.1"/></pattern>
</defs>`;

const px = (/** @type {number} */ x) => x.toFixed(1);

/** @param {string} text */
const escaped = (text) => text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);

/** A box as attributes. @param {{x: number, y: number, width: number, height: number}} box @param {number} round */
const rectOf = ({ x, y, width, height }, round) =>
  `x="${px(x)}" y="${px(y)}" width="${px(width)}" height="${px(height)}" rx="${px(round)}"`;

/** @param {string} kind @param {number} x @param {number} y @param {number} size @param {string} text @param {string} [more] */
const textAt = (kind, x, y, size, text, more = "") =>
  `<text class="${kind}" x="${px(x)}" y="${px(y + size * 0.36)}" style="font-size:${px(size)}px"${more}>${text}</text>`;

/** The SVG of a network, by its sizes, the names of its inputs and the order in which they get room.
 * @param {Geometry} geometry @param {number[]} sizes @param {Pick<About, "features" | "order">} about */
export function skeletonOf(geometry, sizes, { features, order }) {
  const { width, height, inputs, columns } = geometry;
  const turns = pagesOf(order, inputs.ys.length);
  const left = [{ ...inputs, layer: 0 }, ...columns];
  return [
    `<svg class="drawing" viewBox="0 0 ${px(width)} ${px(height)}" role="group" aria-label="The network: ${sizes.join(" – ")} units" style="width:${px(width)}px;height:${px(height)}px">${DEFS}`,
    ...left.map((column) => headingOf(geometry, column)),
    ...turns.map(
      (shown, page) =>
        `<g class="page" data-page="${page}">${edgesOf(inputs, columns[0], shown)}${shown
          .map((input, n) => inputOf(inputs, features[input], input, n))
          .join("")}</g>`,
    ),
    turns.length > 1 ? foldOf(inputs, columns[0], order.length - turns[0].length) : "",
    ...columns.slice(1).map((column, i) => edgesOf(columns[i], column, [...columns[i].ys.keys()])),
    ...columns.flatMap((column) => column.ys.map((_, u) => neuronOf(column, u))),
    ...columns[columns.length - 1].ys.map((y, u, all) => targetIn(geometry, y, u, all.length)),
    "</svg>",
  ].join("");
}

/** What a column is, and above chips which of them is which.
 * @param {Geometry} geometry @param {Column | (InputColumn & {layer: number})} column */
function headingOf({ heading, columns, top, least, inputs }, column) {
  const i = column.layer;
  const text = i === 0 ? "input z₀" : i === columns.length ? `output L = ${i}` : `layer ${i}`;
  const middle = "mode" in column ? (column.x - column.radius + column.right) / 2 : inputs.x;
  const half = text.length * heading * 0.27; // about half of its width: the first must not leave the sheet
  const title = `<text class="heading" x="${px(Math.max(middle, half))}" y="${px(heading * 1.15)}" style="font-size:${px(heading)}px" data-heading="${i}">${text}</text>`;
  if (!("mode" in column) || column.mode !== "chips") return title;
  const letters = QUANTITIES.map(([, letter], row) => {
    const { x, width } = cellBox(column, 0, row);
    return textAt("heading letter", x + width / 2, top - least * 0.55, least, letter);
  });
  return title + letters.join("");
}

/** An edge's path, from a place at height y0 of a layer to one at y1 of the next.
 * @param {{right: number}} before @param {Column} column @param {number} y0 @param {number} y1 */
function curve({ right }, column, y0, y1) {
  const end = column.x - column.radius;
  const bend = (end - right) / 2;
  return `M${px(right)} ${px(y0)}C${px(right + bend)} ${px(y0)} ${px(end - bend)} ${px(y1)} ${px(end)} ${px(y1)}`;
}

/** The edges from `sources`, which are drawn at the first places of the layer before.
 * @param {Column | InputColumn} before @param {Column} column @param {number[]} sources */
function edgesOf(before, column, sources) {
  const paths = column.ys.flatMap((y1, u) =>
    sources.map((v, n) => {
      const channel = `W.${column.layer}.${u}.${v}`;
      return `<path class="edge" id="${channel}" data-channel="${channel}" data-state="" d="${curve(before, column, before.ys[n], y1)}"/>`;
    }),
  );
  return `<g class="edges" data-edges="${column.layer}">${paths.join("")}</g>`;
}

/** @param {Column} column @param {number} u */
function neuronOf(column, u) {
  const { layer, x, ys, radius, font, cellHeight } = column;
  const cells = QUANTITIES.map(([quantity, letter], row) => {
    const box = cellBox(column, u, row);
    const rect = rectOf(box, 2.5);
    const corner = cellHeight * 0.42;
    const middle = box.y + box.height / 2;
    const start = font * 1.15; // where the number's room begins, after the letter
    const written = font
      ? textAt("letter", box.x + font * 0.35, middle, font, letter) +
        textAt(
          "number",
          box.x + box.width - font * 0.25,
          middle,
          font,
          "–",
          ` data-room="${px(box.width - start - font * 0.25)}"`,
        )
      : "";
    return `<g class="cell" data-channel="${quantity}.${layer}.${u}" tabindex="-1" role="button" aria-label="${letter}, layer ${layer}, unit ${u + 1}" data-layer="${layer}" data-unit="${u}" data-quantity="${quantity}" data-value=""><rect class="fill" ${rect}/><rect class="mark" ${rect}/><path class="corner" d="M${px(box.x + box.width)} ${px(box.y)}v${px(corner)}l-${px(corner)} -${px(corner)}z"/>${written}</g>`;
  });
  return `<g class="neuron"><circle class="body" data-channel="z.${layer}.${u}" cx="${px(x)}" cy="${px(ys[u])}" r="${px(radius)}"/>${cells.join("")}</g>`;
}

/** @param {InputColumn} inputs @param {string} feature @param {number} input @param {number} row */
function inputOf(inputs, feature, input, row) {
  const { boxed, x, ys, radius, cellX, cellWidth, cellHeight, font, names, nameFont, smallFont } = inputs;
  const y = ys[row];
  const lines = names[input];
  const size = lines.length > 1 ? smallFont : nameFont;
  const left = boxed ? cellX : x - radius;
  const box = { x: cellX, y: y - cellHeight / 2, width: cellWidth, height: cellHeight };
  const shape = boxed
    ? `<rect class="fill" ${rectOf(box, cellHeight / 2)}/><rect class="mark" ${rectOf(box, cellHeight / 2)}/>`
    : `<circle class="fill" cx="${px(x)}" cy="${px(y)}" r="${px(radius)}"/>`;
  const name = lines.map((line, at) =>
    textAt("name", left - 6, y + size * (at - (lines.length - 1) / 2), size, escaped(line)),
  );
  const room = ` data-room="${px(2 * radius - font * 0.5)}"`;
  return `<g class="cell input" data-channel="z.0.${input}" tabindex="-1" role="slider" aria-label="${escaped(feature)} on the stage" data-layer="0" data-unit="${input}" data-quantity="z" data-value="">${shape}${name.join("")}${textAt("number middle", x, y, font, "–", room)}</g>`;
}

/** The place of the inputs that are not drawn: how many, and that they come in all the same.
 * @param {InputColumn} inputs @param {Column} after @param {number} folded */
function foldOf(inputs, after, folded) {
  const y = inputs.ys[inputs.ys.length - 1];
  const text = `${folded} more input${folded > 1 ? "s" : ""}`;
  const lines = after.ys.map((unit) => `<path class="more" d="${curve(inputs, after, y, unit)}"/>`);
  const box = { x: 6, y: y - inputs.cellHeight / 2, width: inputs.right - 6, height: inputs.cellHeight };
  return `${lines.join("")}<g class="cell fold" tabindex="-1" role="button" aria-haspopup="dialog" aria-expanded="false" aria-label="${text}: list all" data-layer="0" data-unit="" data-quantity="more" data-value=""><rect class="fill" ${rectOf(box, inputs.cellHeight / 2)}/>${textAt("fold-text", (6 + inputs.right) / 2, y, inputs.font, text)}</g>`;
}

/** @param {Geometry} geometry @param {number} y @param {number} u @param {number} count */
function targetIn({ target, columns, heading, top }, y, u, count) {
  const { x, width, half, font } = target;
  const last = columns[columns.length - 1];
  const channel = `y.${last.layer}.${u}`;
  const box = { x, y: y - half, width, height: 2 * half };
  const above = Math.max(top - heading * 0.9, y - half - heading * 0.75);
  const name = u === 0 ? textAt("heading", x + width / 2, above, heading, "y") : "";
  const number = font
    ? textAt("number middle", x + width / 2, y, font, "–", ` data-room="${px(width - 5)}" data-text="${channel}"`)
    : "";
  const label = `target y${count > 1 ? `, output ${u + 1}` : ""}`;
  return `<g class="target" data-select="${channel}" tabindex="-1" role="button" aria-label="${label}"><line x1="${px(last.right)}" x2="${px(x)}" y1="${px(y)}" y2="${px(y)}"/><rect ${rectOf(box, 5)}/>${name}${number}</g>`;
}
