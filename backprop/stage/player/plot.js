// The chart of the true cost over updates, drawn in the size that its box has: a logarithmic axis, a curve
// a derivative, ✕ at a first fault, and the names at the ends of the curves.

import { farType, isFar } from "./far.js";
import { textWidth } from "./pen.js";

/** @import { Chart, Curve, Player } from "./player" */

/** @typedef {{left: number, right: number, top: number, bottom: number, font: number, width: number, height: number}} Frame */

/** @returns {Player["plot"]} */
export const newPlot = () => ({ chart: null, width: 0, height: 0, font: 0, type: "" });

/** Measure its place, and draw it anew where that or the recording is another. @param {Player} player */
export function layChart(player) {
  const { at, plot, root } = player;
  const { clientWidth: width, clientHeight: height } = at("chart");
  const font = isFar(player) ? farType() : Math.max(11.5, Math.min(16, width / 32));
  const type = `800 ${font}px ${getComputedStyle(root).fontFamily}`;
  if (plot.width !== width || plot.height !== height || plot.type !== type)
    Object.assign(plot, { chart: null, width, height, font, type });
  drawChart(player);
}

/** Draw it anew where its curves are others, in the place that it has. @param {Player} player */
export function drawChart({ at, plot, recording }) {
  const { chart } = recording.about;
  const { width, height, font, type } = plot;
  if (!width || !height || plot.chart === chart) return;
  plot.chart = chart;
  const names = Math.max(0, ...chart.curves.map((curve) => textWidth(nameOfCurve(curve), type)));
  const frame = {
    ...{ width, height, font, left: font * 3.6, top: font * 0.7, bottom: height - font * 1.6 },
    right: width - names - 10,
  };
  at("chart").innerHTML = svgOf(chart, frame);
}

/** @param {Chart} chart @param {Frame} frame */
function svgOf(chart, frame) {
  const { left, right, top, bottom, width, height, font } = frame;
  const x = (/** @type {number} */ k) => left + ((right - left) * k) / Math.max(1, chart.last);
  const y = (/** @type {number} */ cost) => {
    const place = ((cost > 0 ? Math.log10(cost) : -Infinity) - chart.low) / (chart.high - chart.low);
    return bottom - (bottom - top) * Math.max(0, Math.min(1, place));
  };
  const text = (
    /** @type {string} */ kind,
    /** @type {number} */ at,
    /** @type {number} */ base,
    /** @type {string} */ said,
  ) => `<text class="tick ${kind}" x="${at.toFixed(1)}" y="${base.toFixed(1)}">${said}</text>`;
  const every = Math.ceil(
    (chart.high - chart.low) / Math.max(1, Math.min(4, Math.floor((bottom - top) / (font * 1.7)))),
  );
  let grid = "";
  for (let decade = Math.floor(chart.high); decade >= chart.low; decade -= every) {
    const level = y(10 ** decade);
    grid += `<path class="grid" d="M${left} ${level.toFixed(1)}H${right}"/>${text("end", left - 5, level + font * 0.36, decadeText(decade))}`;
  }
  const foot = height - font * 0.3;
  const curves = chart.curves.map((curve) => ({ curve, end: endOf(curve, y, top) }));
  const ends = apart(
    curves.filter(({ end }) => end !== null).map(({ curve, end }) => ({ curve, at: end ?? 0 })),
    frame,
  );
  return [
    `<svg class="chart" viewBox="0 0 ${width} ${height}" style="font-size:${font}px" role="img" aria-label="${chart.summary}" data-x0="${left}" data-x1="${right}">${grid}`,
    `<path class="axis" d="M${left} ${top}V${bottom}H${right}"/>`,
    text("", left, foot, "0"),
    right - left > font * 9 ? text("middle", (left + right) / 2, foot, "update") : "",
    text("end", right, foot, String(chart.last)),
    `<path class="playhead" d="M${left} ${top}V${bottom}"/>`,
    ...chart.curves.map((curve) => pathOf(curve, x, y)),
    `<svg x="${left}" y="${top}" width="${right - left}" height="${bottom - top}"><rect class="veil" width="${right - left}" height="${bottom - top}"/></svg>`,
    ...chart.curves.map((curve) => crossOf(curve, x, y, top)),
    ...ends.map(
      ({ curve, at }) =>
        `<text class="curve-name${curve.strong ? " strong" : ""}" data-curve-name="${curve.name}" x="${right + 6}" y="${(at + font * 0.36).toFixed(1)}" style="fill:${curve.colour}">${nameOfCurve(curve)}</text>`,
    ),
    chart.curves.length ? "" : text("middle", (left + right) / 2, (top + bottom) / 2, chart.summary),
    "</svg>",
  ].join("");
}

/** @param {Curve} curve */
const nameOfCurve = ({ title, fault }) => (fault === null ? title : `✕ ${title}`);

/** 0.001 to 1000 as such, else 1e−4. @param {number} decade */
const decadeText = (decade) => (Math.abs(decade) <= 3 ? String(10 ** decade) : `1e${decade}`.replace("-", "−"));

/** The point at which a curve meets its first fault, or the last before.
 * @param {Pick<Curve, "fault" | "points">} curve */
function faultPoint({ fault, points }) {
  const before = points.filter(([k]) => fault !== null && k <= fault);
  return before[before.length - 1] ?? null;
}

/** The height at which a curve is named: where it ends, or where it meets its first fault; null if it has
 * neither. @param {Curve} curve @param {(cost: number) => number} y @param {number} top */
function endOf(curve, y, top) {
  const point = curve.fault === null ? curve.points[curve.points.length - 1] : faultPoint(curve);
  if (point) return y(point[1]);
  return curve.fault === null ? null : top;
}

/** @param {Curve} curve @param {(k: number) => number} x @param {(cost: number) => number} y */
function pathOf({ name, colour, strong, points }, x, y) {
  const line = points.map(([k, cost]) => `${x(k).toFixed(1)} ${y(cost).toFixed(1)}`).join("L");
  if (!line) return "";
  return `<path class="curve${strong ? " strong" : ""}" data-curve="${name}" style="stroke:${colour}" d="M${line}${points.length > 1 ? "" : "h0"}"/>`;
}

/** @param {Curve} curve @param {(k: number) => number} x @param {(cost: number) => number} y @param {number} top */
function crossOf(curve, x, y, top) {
  if (curve.fault === null) return "";
  const [k, cost] = faultPoint(curve) ?? [curve.fault, null];
  const level = cost === null ? top : y(cost);
  return `<path class="fault-mark" data-fault="${curve.name}" d="M${(x(k) - 4).toFixed(1)} ${(level - 4).toFixed(1)}l8 8m0-8l-8 8"/>`;
}

/** Names as near to their curves as they can be: only those that would touch move, evenly up and down.
 * @param {{curve: Curve, at: number}[]} ends @param {Frame} frame */
export function apart(ends, { top, bottom, font }) {
  const gap = Math.min(font * 1.2, (bottom - top) / Math.max(1, ends.length - 1));
  /** @type {{names: Curve[], middle: number}[]} */
  const groups = [];
  for (const { curve, at } of [...ends].sort((a, b) => a.at - b.at)) {
    let group = { names: [curve], middle: at };
    for (;;) {
      const reach = ((group.names.length - 1) * gap) / 2;
      group.middle = Math.max(top + reach, Math.min(bottom - reach, group.middle));
      const above = groups[groups.length - 1];
      if (!above || above.middle + ((above.names.length - 1) * gap) / 2 + gap <= group.middle - reach) break;
      groups.pop();
      const count = above.names.length + group.names.length;
      const middle = (above.middle * above.names.length + group.middle * group.names.length) / count;
      group = { names: [...above.names, ...group.names], middle };
    }
    groups.push(group);
  }
  return groups.flatMap(({ names, middle }) =>
    names.map((curve, n) => ({ curve, at: middle + (n - (names.length - 1) / 2) * gap })),
  );
}
