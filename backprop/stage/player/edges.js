// The edges and the strips of all samples: two canvases, one beneath the cells and one above.
// The paths themselves lie unpainted in the drawing, to be clicked and hovered.

import { wipe } from "./drawing.js";
import { isFar } from "./far.js";
import { paletteOf } from "./palettes.js";
import { isKnown, operationAt } from "./position.js";
import { FIRST_BAD, frameAt, STATES, segmentOf, stateAt, stripOf } from "./recording.js";

/** @import { Edge, PassOperation, Player } from "./player" */

const BAD = 255; // the code of a segment that is not finite

/** @param {Player} player */
export function paintEdges(player) {
  const { at, recording, position, drawing, fold } = player;
  const { codes } = frameAt(recording, position.frame);
  const context = wipe(at("edges"));
  const palette = paletteOf(drawing.theme, "signed");
  const thick = isFar(player) ? 1.5 : 1;
  const current = operationAt(recording, position);
  let folded = false;
  for (const edge of drawing.edges) {
    const known = edgeState({ recording, position }, edge);
    const state = STATES[known];
    if (edge.page >= 0 && edge.page !== fold.page) {
      folded ||= known >= FIRST_BAD;
      continue;
    }
    if (edge.state !== state) edge.node.dataset.state = edge.state = state;
    if (state === "plain") {
      const code = codes[edge.place.at];
      const strength = Math.abs(code - 127) / 127;
      const active = isActive(current, edge.place.block.layer);
      context.globalAlpha = Math.min(1, 0.35 + 0.65 * strength + (active ? 0.15 : 0));
      context.strokeStyle = palette[code][0];
      context.lineWidth = (0.5 + 5 * strength * strength) * thick + (active ? 0.5 : 0);
      context.stroke(edge.path);
    } else {
      context.globalAlpha = 0.8;
      context.strokeStyle = drawing.colours.fault;
      context.lineWidth = 1.6 * thick;
      context.setLineDash([5, 4]);
      context.stroke(edge.path);
      context.setLineDash([]);
    }
  }
  // Whether anything that is folded away is not finite: then its row wears the hatch.
  const hatch = folded ? "nan" : "";
  if (fold.row?.dataset.state !== hatch) fold.row?.setAttribute("data-state", hatch);
}

/** Whether an operation goes along the edges that lead to a layer.
 * @param {PassOperation | undefined} current @param {number} layer */
const isActive = (current, layer) =>
  current !== undefined &&
  (current.name === "update" || (current.layer === layer && (current.name === "dW" || current.name === "h")));

/** An edge shows its weight; once ∂J/∂W holds a non-finite value, that it is contaminated.
 * @param {Pick<Player, "recording" | "position">} player @param {Edge} edge */
function edgeState({ recording, position }, { place }) {
  const weight = stateAt(recording, place, position.frame);
  const gradient = recording.blocks.get(`dW.${place.block.layer}`);
  if (!gradient || gradient.known > position.operation) return weight;
  const at = place.at + gradient.start - place.block.start;
  return Math.max(weight, stateAt(recording, { at, block: gradient }, position.frame));
}

/** Each cell's quantity for all samples, a segment each or for a few, in place of the number; that of the
 * shown sample is framed, and one that is not finite is crossed. @param {Player} player */
export function paintStrips({ at, recording, position, drawing, looks }) {
  const context = wipe(at("strips"));
  const { about } = recording;
  const n = about.striped;
  at("drawing").classList.toggle("striped", looks.striped && n > 0);
  if (!looks.striped || !n) return;
  const [signed, unit] = [paletteOf(drawing.theme, "signed"), paletteOf(drawing.theme, "unit")];
  const { fault, ink, line, white } = drawing.colours;
  for (const cell of drawing.cells) {
    if (cell.body || !isKnown(position, cell.place)) continue;
    const strip = stripOf(recording, cell.channel, position.frame);
    if (!strip.length) continue;
    const letter = cell.letter ? 1.2 * parseFloat(cell.letter.style.fontSize) : 0;
    const left = cell.box.x + letter;
    const { y, height } = cell.box;
    const step = (cell.box.width - letter) / n;
    const palette = cell.place.block.kind === "unit" ? unit : signed;
    const wide = Math.max(step - (n > 24 ? 0 : 0.8), 0.6);
    strip.forEach((code, s) => {
      context.fillStyle = code === BAD ? fault : palette[code][0];
      context.fillRect(left + s * step, y, wide, height);
      if (code !== BAD) return;
      context.strokeStyle = white; // for whoever does not see the colour
      context.lineWidth = 1;
      context.beginPath();
      context.moveTo(left + s * step, y + height);
      context.lineTo(left + s * step + wide, y);
      context.stroke();
    });
    context.strokeStyle = line;
    context.lineWidth = 0.6;
    context.strokeRect(left, y, cell.box.width - letter, height);
    context.strokeStyle = ink;
    context.lineWidth = 1.8;
    context.strokeRect(left + segmentOf(about, about.sample) * step, y + 0.9, Math.max(wide, 2), height - 1.8);
  }
}
