// The pointer and the keys of a race: charts are dragged through, curves and rows open the Live page.

import { fullDigits } from "../../drawing/digits.js";
import { around } from "../../drawing/dom.js";
import { isCount, moveTo, valueAt, writeValue } from "./playhead.js";
import { setPlaying, toNextFault } from "./playing.js";

/** @import { Race } from "./race" */

/** @returns {Race["hand"]} */
export const newHand = () => ({ drag: null, chosen: null });

/** @param {Race} race */
export function wire(race) {
  const { at, clock, hand, playhead } = race;
  at("play").addEventListener("click", () => setPlaying(race, !clock.playing));
  at("fault").addEventListener("click", () => toNextFault(race));
  at("scrub").addEventListener("input", () => {
    const k = Number(at("scrub").value);
    setPlaying(race, false);
    moveTo(race, k);
  });
  at("rows").addEventListener("click", (event) => {
    const link = around(event, "a", HTMLAnchorElement);
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    race.open("open", { runner: Number(link.dataset.live), update: playhead.k });
  });
  const charts = at("charts");
  charts.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    const svg = chartUnder(event);
    hand.drag = { svg, from: event.clientX, moved: false };
    setPlaying(race, false);
    if (svg && event.pointerType !== "touch") event.preventDefault();
  });
  charts.addEventListener("pointermove", (event) => hover(race, event));
  charts.addEventListener("pointerup", (event) => release(race, event));
  charts.addEventListener("pointerleave", () => {
    hand.drag = null;
    at("tip").hidden = true;
    emphasise(race, null);
  });
}

/** @param {Event} event */
const chartUnder = (event) => around(event, ".chart", SVGSVGElement);
/** @param {Event} event */
const curveUnder = (event) => around(event, "[data-runner]", SVGElement);

/** The update at a place in a chart. @param {Race} race @param {SVGSVGElement} svg @param {MouseEvent} event */
function updateUnder({ scene: { about }, drawn }, svg, event) {
  const { x0, x1 } = drawn.charts.find((chart) => chart.svg === svg) ?? { x0: 0, x1: 1 };
  const box = svg.getBoundingClientRect();
  const x = ((event.clientX - box.left) / box.width) * svg.viewBox.baseVal.width;
  return Math.max(0, Math.min(Math.round(((x - x0) / (x1 - x0)) * about.last), about.last));
}

/** @param {Race} race @param {PointerEvent} event */
function hover(race, event) {
  const { about } = race.scene;
  const { drag } = race.hand;
  const [svg, curve, tip] = [chartUnder(event), curveUnder(event), race.at("tip")];
  if (drag?.svg && Math.abs(event.clientX - drag.from) > 4) drag.moved = true;
  if (drag?.svg && drag.moved) moveTo(race, updateUnder(race, drag.svg, event));
  const shown = drag?.moved ? null : curve;
  tip.hidden = !shown;
  emphasise(race, shown?.dataset.runner ?? null);
  if (!shown || !svg) return;
  const [runner, channel, k] = [
    Number(shown.dataset.runner),
    Number(shown.dataset.channel),
    updateUnder(race, svg, event),
  ];
  const value = valueAt(race, runner, channel, k);
  const written = isCount(channel) ? writeValue(race, channel, value) : fullDigits(value);
  tip.innerHTML = `<b>${about.rows[runner].label}</b><br>update ${k}: ${about.names[channel]} ${written}<br>Click to open it on the Live page.`;
  const box = race.root.getBoundingClientRect();
  tip.style.left = `${Math.max(0, Math.min(event.clientX - box.left + 12, box.width - tip.offsetWidth))}px`;
  tip.style.top = `${event.clientY - box.top + 14}px`;
}

/** @param {Race} race @param {PointerEvent} event */
function release(race, event) {
  const { drag } = race.hand;
  race.hand.drag = null;
  const svg = chartUnder(event);
  if (!drag || drag.moved || !svg || svg !== drag.svg) return;
  const [curve, update] = [curveUnder(event), updateUnder(race, svg, event)];
  moveTo(race, update);
  if (curve) race.open("open", { runner: Number(curve.dataset.runner), update });
}

/** @param {Race} race @param {string | null} runner */
function emphasise({ root, hand }, runner) {
  if (hand.chosen === runner) return;
  hand.chosen = runner;
  root.classList.toggle("one", runner !== null);
  for (const part of root.querySelectorAll("[data-runner]"))
    part.classList.toggle("chosen", part.getAttribute("data-runner") === runner);
}

/** @param {Race} race @param {KeyboardEvent} event */
export function onKey(race, event) {
  const [node] = event.composedPath();
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !(node instanceof Element)) return;
  if (/^(INPUT|TEXTAREA|SELECT|BUTTON|A)$/.test(node.tagName) && node !== race.at("scrub")) return;
  if ((node instanceof HTMLElement && node.isContentEditable) || node.getAttribute("role")) return;
  const { k } = race.playhead;
  /** @type {Record<string, () => void>} */
  const moves = {
    " ": () => setPlaying(race, !race.clock.playing),
    ArrowLeft: () => moveTo(race, k - 1),
    ArrowRight: () => moveTo(race, k + 1),
    Home: () => moveTo(race, 0),
    End: () => moveTo(race, race.scene.about.last),
    n: () => toNextFault(race),
    N: () => toNextFault(race),
  };
  if (!moves[event.key]) return;
  event.preventDefault();
  moves[event.key]();
}
