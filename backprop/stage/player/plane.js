// The plane of two inputs: the samples, what the network answers all over it, and which samples are
// dead or not finite. It follows the playhead, and every hand.

import { shortDigits } from "../../drawing/digits.js";
import { areaOf, pixelOf, placesOf } from "./area.js";
import { colourField, fillField, newField, paintField } from "./field.js";
import { layColours, paintMark, paintSample, radiusOf } from "./marks.js";
import { paletteOf } from "./palettes.js";
import { textWidth } from "./pen.js";
import { isKnown } from "./position.js";
import { BAD, countOf, DEAD, judge, newSamples, passSamples } from "./samples.js";

/** @import { Plane, Player, Recording, Scatter } from "./player" */

/** @returns {Plane} */
export const newPlane = () => ({ width: 0, height: 0, colours: null, scatter: null, fieldKey: "" });

/** All is drawn anew where the plane has another size, or the page other colours.
 * @param {Player} player @param {boolean} anew */
export function layPlane({ at, plane, drawing }, anew) {
  const canvas = at("plane");
  if (plane.width === canvas.clientWidth && plane.height === canvas.clientHeight && !anew) return;
  const ratio = window.devicePixelRatio || 1;
  plane.width = canvas.clientWidth;
  plane.height = canvas.clientHeight;
  canvas.width = Math.round(plane.width * ratio);
  canvas.height = Math.round(plane.height * ratio);
  canvas.getContext("2d")?.setTransform(ratio, 0, 0, ratio, 0, 0);
  plane.colours = layColours(canvas, paletteOf(drawing.theme, "unit"));
  plane.scatter = null;
  plane.fieldKey = "";
  at("plane-counts").textContent = ""; // their place is looked for again
}

/** @param {Player} player */
export function paintPlane(player) {
  const { at, plane, recording, position } = player;
  const { colours } = plane;
  const context = at("plane").getContext("2d");
  if (at("data-card").hidden || !plane.width || !plane.height || !colours || !context) return;
  const scatter = scatterOf(plane, recording);
  const { field, samples, places } = scatter;
  if (scatter.frame !== position.frame) {
    scatter.frame = position.frame;
    fillField(field, recording, position.frame);
    colourField(field, colours.palette);
    passSamples(samples, recording, position.frame);
  }
  judge(samples, recording, position);
  context.clearRect(0, 0, plane.width, plane.height);
  paintField(context, field, colours);
  paintNames(context, player);
  const radius = radiusOf(plane, places.length);
  const { sample } = recording.about;
  for (let s = 0; s < places.length; s += 1) if (s !== sample) paintOne(context, player, scatter, s, radius);
  paintOne(context, player, scatter, sample, radius);
  describePlane(player, scatter);
}

/** What is drawn of a recording, kept for the next frame. @param {Plane} plane @param {Recording} recording */
function scatterOf(plane, recording) {
  if (plane.scatter?.recording === recording) return plane.scatter;
  const { experiment } = recording;
  const area = areaOf(experiment, plane.width, plane.height);
  const { sizes, bias, hidden, format, shown } = experiment;
  const key = JSON.stringify([area, sizes, bias, hidden, format, shown]);
  const before = plane.fieldKey === key ? plane.scatter?.field : null;
  const places = placesOf(experiment);
  plane.fieldKey = key;
  plane.scatter = {
    recording,
    field: before ?? newField(recording, area),
    samples: newSamples(recording),
    places,
    pixels: places.map((place) => pixelOf(area, place)),
    frame: -1,
  };
  return plane.scatter;
}

/** @param {CanvasRenderingContext2D} context @param {Player} player @param {Scatter} scatter @param {number} s @param {number} radius */
function paintOne(context, { plane, recording }, { samples, pixels }, s, radius) {
  if (!plane.colours) return;
  const [x, y] = pixels[s];
  paintSample(context, plane.colours, x, y, radius, samples.network.y[s]);
  paintMark(context, plane.colours, x, y, radius, samples.states[s], s === recording.about.sample);
}

/** The inputs at the ends of their axes. @param {CanvasRenderingContext2D} context @param {Player} player */
function paintNames(context, { plane, recording }) {
  const { width, height, colours } = plane;
  const [right, up] = recording.about.features.map((name) => (name.length > 14 ? `${name.slice(0, 13)}…` : name));
  context.font = colours?.font ?? "";
  context.lineWidth = 3;
  context.strokeStyle = colours?.paper ?? "";
  context.fillStyle = colours?.ink ?? "";
  const write = (/** @type {string} */ text, /** @type {number} */ x, /** @type {number} */ y) => {
    context.strokeText(text, x, y);
    context.fillText(text, x, y);
  };
  context.textAlign = "right";
  context.textBaseline = "bottom";
  write(`${right} →`, width - 3, height - 2);
  context.textAlign = "left";
  context.textBaseline = "top";
  write(`↑ ${up}`, 3, 3);
}

/** Where on the plane words hide the fewest samples: low, in the middle or high, at its left.
 * @param {Plane} plane @param {Scatter} scatter @param {string} said */
function placeOf({ width, height, colours }, { pixels, places }, said) {
  const font = colours?.font ?? "";
  const line = 1.5 * parseFloat(font);
  const reach = radiusOf({ width, height }, places.length) + 3;
  const wide = textWidth(said, `600 ${font}`) + 12 + reach;
  const tops = { low: height - 1.8 * line - 4, middle: (height - line) / 2, high: 0.8 * line + 4 };
  const hidden = Object.entries(tops).map(([name, top]) => ({
    name,
    count: pixels.filter(([x, y]) => x < wide && y > top - reach && y < top + line + reach).length,
  }));
  return hidden.reduce((best, one) => (one.count < best.count ? one : best)).name;
}

/** The same in words: beneath the plane how many samples are marked, and on it the shown one.
 * @param {Player} player @param {Scatter} scatter */
function describePlane(player, scatter) {
  const { at, recording } = player;
  const { places, samples } = scatter;
  const { states } = samples;
  const all = places.length;
  at("plane-output").textContent = recording.training.y.length > all ? "y₁ " : ""; // of several outputs, the first
  const [bad, dead] = [countOf(states, BAD), countOf(states, DEAD)];
  const said = [bad ? `${bad} of ${all} NaN or ∞` : "", dead ? `${dead} of ${all} dead` : ""]
    .filter(Boolean)
    .join(", ");
  const counts = at("plane-counts");
  if (counts.textContent !== said) {
    counts.textContent = said;
    if (said) counts.dataset.place = placeOf(player.plane, scatter, said);
  }
  const plane = at("plane");
  if (player.clock.playing) return;
  plane.setAttribute("aria-valuemax", String(all));
  plane.setAttribute("aria-valuenow", String(recording.about.sample + 1));
  plane.setAttribute("aria-valuetext", `${wordsOf(player, recording.about.sample)}${said ? `; ${said}` : ""}`);
  plane.dataset.frame = String(player.position.frame);
}

/** What a sample is, and what the network says of it at the playhead.
 * @param {Player} player @param {number} s */
export function wordsOf({ plane, recording, position }, s) {
  const { scatter } = plane;
  if (!scatter) return "";
  const { about } = recording;
  const { network, states } = scatter.samples;
  const { y, form, output } = network;
  const all = scatter.places.length;
  const known = (/** @type {string} */ name) => {
    const block = recording.blocks.get(`${name}.${about.layers}`);
    return block !== undefined && isKnown(position, { at: 0, block });
  };
  const listed = (/** @type {ArrayLike<number>} */ values, /** @type {number} */ from) =>
    Array.from({ length: y.length / all }, (_, u) => shortDigits(values[from + u * all + s])).join(", ");
  const inputs = scatter.places[s].map((x, j) => `${about.features[j]} = ${shortDigits(x)}`);
  const parts = [`sample ${s + 1} of ${all}`, ...inputs, `y = ${listed(y, 0)}`];
  if (known("z")) parts.push(`z = ${listed(output, form.steps.indexOf("z") * y.length)}`);
  if (known("delta")) parts.push(`δ = ${listed(network.delta[about.layers - 1], 0)}`);
  if (states[s] !== BAD && states[s] !== DEAD) return parts.join("; ");
  return `${parts.join("; ")}; ${states[s] === BAD ? "not finite" : "dead: wrong, yet δ says almost nothing"}`;
}
