// How a sample looks on the plane: its label as shape and colour (● 1, ■ 0, ◆ between), whether it is
// dead or not finite, and which one the stage shows.

import { codeOf } from "../engine/colours.js";
import { BAD, DEAD } from "./samples.js";

/** @import { PlaneColours } from "./player" */

const CORNERS = [
  [-1, -1],
  [1, -1],
  [1, 1],
  [-1, 1],
];

/** The page's colours, as a canvas takes them. @param {HTMLCanvasElement} canvas
 * @param {[fill: string, ink: string][]} palette @returns {PlaneColours} */
export function layColours(canvas, palette) {
  const style = getComputedStyle(canvas);
  const named = (/** @type {string} */ name) => {
    canvas.style.color = `var(--${name})`;
    const { color } = style;
    canvas.style.color = "";
    return color;
  };
  const ink = named("ink");
  return {
    palette,
    ink,
    line: ink,
    paper: named("paper"),
    fault: named("fault"),
    shown: named("accent"),
    font: `${style.fontSize} ${style.fontFamily}`,
    hatch: hatchOf(named("fault-ground"), named("fault-line")),
  };
}

/** @param {string} ground @param {string} line */
function hatchOf(ground, line) {
  const tile = document.createElement("canvas");
  tile.width = tile.height = 8;
  const context = tile.getContext("2d");
  if (!context) return ground;
  context.fillStyle = ground;
  context.fillRect(0, 0, 8, 8);
  context.strokeStyle = line;
  context.lineWidth = 2;
  context.beginPath();
  for (const shift of [-8, 0, 8]) {
    context.moveTo(shift, 8);
    context.lineTo(shift + 8, 0);
  }
  context.stroke();
  return context.createPattern(tile, "repeat") ?? ground;
}

/** Half the width of a sample: the less the more there are. @param {{width: number, height: number}} plane @param {number} count */
export function radiusOf({ width, height }, count) {
  const size = Math.sqrt(Math.min(width, height) / 150);
  return Math.max(1, Math.min(2.4, size)) * (count <= 12 ? 5 : count <= 120 ? 3.6 : 2.4);
}

/** @param {CanvasRenderingContext2D} context @param {PlaneColours} colours
 * @param {number} x @param {number} y @param {number} radius @param {number} label */
export function paintSample(context, { palette, ink, paper }, x, y, radius, label) {
  context.beginPath();
  if (label === 1) context.arc(x, y, radius, 0, 2 * Math.PI);
  else if (label === 0) context.rect(x - radius * 0.89, y - radius * 0.89, radius * 1.78, radius * 1.78);
  else {
    context.moveTo(x, y - radius * 1.3);
    for (const [right, down] of [
      [1.3, 0],
      [0, 1.3],
      [-1.3, 0],
    ])
      context.lineTo(x + right * radius, y + down * radius);
    context.closePath();
  }
  context.fillStyle = palette[codeOf("unit", label)][0];
  context.strokeStyle = label === 1 ? paper : ink;
  context.lineWidth = Math.max(1, radius / 4);
  context.fill();
  context.stroke();
}

/** Four arms of a cross where anything is not finite, a broken ring and a stroke where the sample is dead, a ring
 * around the one that is shown. @param {CanvasRenderingContext2D} context @param {PlaneColours} colours
 * @param {number} x @param {number} y @param {number} radius @param {number} state @param {boolean} shown */
export function paintMark(context, { ink, paper, fault, shown: accent }, x, y, radius, state, shown) {
  if (state === BAD) {
    twice(context, paper, fault, Math.max(2, radius * 0.5), () => {
      for (const [right, down] of CORNERS) {
        context.moveTo(x + right * radius * 0.9, y + down * radius * 0.9);
        context.lineTo(x + right * radius * 1.6, y + down * radius * 1.6);
      }
    });
  } else if (state === DEAD) {
    twice(context, paper, ink, 1.5, () => {
      context.moveTo(x - radius * 1.9, y);
      context.lineTo(x + radius * 1.9, y);
    });
    context.setLineDash([2.5, 2]);
    twice(context, paper, ink, 1.3, () => context.arc(x, y, radius * 1.5, 0, 2 * Math.PI));
    context.setLineDash([]);
  }
  if (shown) twice(context, paper, accent, 2.4, () => context.arc(x, y, radius * 1.9 + 3, 0, 2 * Math.PI));
}

/** A line on a wider one of paper, so that it is seen on any ground.
 * @param {CanvasRenderingContext2D} context @param {string} paper @param {string} colour @param {number} width @param {() => void} draw */
function twice(context, paper, colour, width, draw) {
  context.beginPath();
  draw();
  context.strokeStyle = paper;
  context.lineWidth = width + 2.4;
  context.stroke();
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.stroke();
}
