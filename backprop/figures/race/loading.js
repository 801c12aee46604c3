// Putting a race on the page: its charts, the table of its read-outs, the marks of first faults.

import { all, one } from "../../drawing/dom.js";
import { openEnvelope } from "../../drawing/envelope.js";
import { themeOf } from "../../drawing/theme.js";
import { moveTo } from "./playhead.js";

/** @import { Race } from "./race" */
/** @import { About } from "./scene" */

/** @returns {Pick<Race, "scene" | "drawn">} */
export const newScene = () => ({
  scene: {
    about: { rows: [], names: [], charts: "", last: 0, channels: 0, samples: 0 },
    text: "",
    values: new Float64Array(),
    faults: [],
    visit: "",
  },
  drawn: { charts: [], cells: [], links: [] },
});

/** A new visit begins where Python says; otherwise the playhead stays.
 * @param {Race} race @param {Uint8Array} data */
export function load(race, data) {
  const { at, root, scene, playhead } = race;
  const { words, body } = openEnvelope(data);
  const packed = openEnvelope(body);
  const text = JSON.stringify(packed.words);
  const begins = scene.visit !== words.visit;
  const isNew = scene.text !== text;
  root.dataset.theme = themeOf(root);
  scene.visit = words.visit;
  if (isNew) {
    scene.text = text;
    scene.about = packed.words;
    scene.values = new Float64Array(packed.body.buffer, packed.body.byteOffset);
    scene.faults = faultsOf(scene.about);
    at("charts").innerHTML = scene.about.charts;
    race.drawn = { charts: chartsIn(at("charts")), ...drawTable(race) };
    at("fault").disabled = scene.faults.length === 0;
    at("scrub").max = String(scene.about.last);
    at("ticks").innerHTML = scene.faults
      .map((fault) => `<i class="fault-tick" style="left:${(100 * fault) / Math.max(scene.about.last, 1)}%"></i>`)
      .join("");
  }
  if (isNew || begins) moveTo(race, begins ? words.at : playhead.k, false);
}

/** @param {About} about */
const faultsOf = ({ rows }) =>
  [...new Set(rows.flatMap(({ fault }) => (fault === null ? [] : [fault])))].sort((a, b) => a - b);

/** @param {HTMLElement} root */
const chartsIn = (root) =>
  all(root, ".chart", SVGSVGElement).map((svg) => ({
    svg,
    line: one(svg, ".playhead", SVGElement),
    x0: Number(svg.dataset.x0),
    x1: Number(svg.dataset.x1),
  }));

/** @param {Race} race @returns {Pick<Race["drawn"], "cells" | "links">} */
function drawTable({ at, scene: { about } }) {
  const shown = shownChannels(about);
  const heads = shown.map((channel) => `<th scope="col">${about.names[channel]}</th>`).join("");
  at("heads").innerHTML = `<tr><th scope="col">Runner</th>${heads}<th scope="col">At the end</th></tr>`;
  const blanks = shown
    .map((channel) => `<td data-channel="${channel}" data-column="${about.names[channel]}"></td>`)
    .join("");
  at("rows").innerHTML = about.rows
    .map(
      ({ swatch, label, kind, verdict }, runner) =>
        `<tr data-runner="${runner}"><th scope="row">${swatch}<a href="#" data-live="${runner}">${label}</a></th>` +
        `${blanks}<td class="${kind}">${verdict}</td></tr>`,
    )
    .join("");
  const cells = all(at("rows"), "td[data-channel]", HTMLElement).map((cell) => ({
    cell,
    runner: Number(cell.parentElement?.dataset.runner),
    channel: Number(cell.dataset.channel),
    value: NaN,
  }));
  return { cells, links: all(at("rows"), "a", HTMLAnchorElement) };
}

/** All but the norms between the first and the last layer, which the charts show. @param {About} about */
const shownChannels = ({ names }) => [...names.keys()].filter((c) => c < 6 || c === names.length - 1);
