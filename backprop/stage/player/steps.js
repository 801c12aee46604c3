// The steps of an equation, a row each, and the terms of its sums. Where there is no room for all,
// some are folded: never the answer, nor the step that made a fault or lost the digits; of a sum the
// largest terms stay.

import { all, one } from "../../drawing/dom.js";
import { channelOf, FIRST_BAD, stateAt, valueAt } from "./recording.js";
import { channelOfSlot } from "./slots.js";

/** @import { Card, Player, Recording, Room, Step, Sum } from "./player" */

const MOST_TERMS = 4;

/** The rows of an equation that has been written, and its sums.
 * @param {HTMLElement} box @returns {Pick<Card, "steps" | "sums">} */
export function collectSteps(box) {
  const steps = all(box, ".step", HTMLElement).map((node) => ({
    node,
    name: node.dataset.step ?? "",
    numbers: channelsIn(one(node, ".numbers", HTMLElement)),
    value: channelsIn(one(node, ".value", HTMLElement))[0] ?? "",
  }));
  const sums = all(box, ".sum", HTMLElement)
    .map((node) => ({
      button: one(node, ".unfold", HTMLButtonElement),
      terms: all(node, ".term", HTMLElement).map((term) => ({ node: term, factors: channelsIn(term) })),
    }))
    .filter(({ terms }) => terms.length > MOST_TERMS);
  return { steps, sums };
}

/** @param {Element} node */
const channelsIn = (node) => [...node.querySelectorAll("[data-slot]")].map(channelOfSlot);

/** Mark what happened in which step, and fold what has no room. Its form is looked for unless it was found for
 * this very shape, which is given back. @param {Player} player @param {string} fitted */
export function layEquation(player, fitted) {
  const { card, room, at } = player;
  for (const step of card.steps) {
    const mark = markOf(player, step);
    if (step.node.dataset.mark !== mark) step.node.dataset.mark = mark;
  }
  for (const sum of card.sums) foldSum(player, sum);
  const { form = 0, scale = 1 } = room.kinds.get(card.kind) ?? {};
  at("equation").style.setProperty("--scale", String(card.open ? 1 : scale));
  const shape = `${room.size} ${form} ${scale} ${card.open} ${shapeOf(card)}`;
  if (shape !== fitted) fitForm(at("equation"), Math.max(form, Number(at("equation").dataset.least ?? 0)));
  const shown = card.open ? card.steps : roomFor(card, room);
  const folded = card.steps.length - shown.length;
  for (const step of card.steps) setHidden(step.node, !shown.includes(step));
  const button = at("fold-steps");
  setHidden(button, !folded && !(card.open && isFolded(card, room)));
  const text = folded ? `… ${folded} more step${folded > 1 ? "s" : ""}` : "fewer steps";
  if (button.textContent !== text) button.textContent = text;
  return shape;
}

const FORMS = ["columns", "lines", "pieces"]; // beside each other; numbers below symbols; all below each other

/** Firefox keeps the rows of a subgrid as high as they were when its columns change with the numbers,
 * until the width of the whole does. */
const KEEPS_ROWS = CSS.supports("-moz-appearance", "none");

/** The first form, from `least` on, in which nothing is wider than the equation has room: its number.
 * @param {HTMLElement} equation @param {number} least */
const fitForm = (equation, least) => fitForms([equation], least)[0];

/** What an equation is as wide as, for digits are all of one width.
 * @param {Card} card */
const shapeOf = ({ slots, sums }) =>
  JSON.stringify([
    slots.map(({ textContent }) => textContent?.replace(/\d/g, "0")),
    sums.map(({ terms }) => terms.map(({ node }) => node.hidden)),
  ]);

/** The same of many, which are laid out together. @param {HTMLElement[]} equations @param {number} [least] */
export function fitForms(equations, least = 0) {
  if (KEEPS_ROWS) {
    for (const { style } of equations) style.width = "99%";
    void equations[0]?.offsetHeight;
    for (const { style } of equations) style.width = "";
  }
  const last = FORMS.length - 1;
  let wide = equations;
  for (let form = least; form <= last && wide.length; form += 1) {
    for (const { dataset } of wide) {
      if (dataset.form !== FORMS[form]) dataset.form = FORMS[form];
      dataset.least = String(form); // so that it does not come and go with the numbers
    }
    if (form < last) wide = wide.filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1);
  }
  return equations.map(({ dataset }) => Number(dataset.least));
}

/** Whether some steps would be folded if the card were not open. @param {Card} card @param {Room} room */
const isFolded = (card, room) => roomFor(card, room).length < card.steps.length;

/** @param {HTMLElement} node @param {boolean} hidden */
function setHidden(node, hidden) {
  if (node.hidden !== hidden) node.hidden = hidden;
}

/** "born": a non-finite value out of finite numbers; "lost": where the digits went, if that is known.
 * @param {Player} player @param {Step} step */
function markOf({ recording, position: { frame }, card: { lost } }, { numbers, value }) {
  const bad = (/** @type {string} */ channel) => {
    const place = channelOf(recording, channel);
    return place !== null && stateAt(recording, place, frame) >= FIRST_BAD;
  };
  if (bad(value) && !numbers.some(bad)) return "born";
  return lost.includes(value) ? "lost" : "";
}

/** The steps that have room, by the heights that they take with the widest numbers.
 * @param {Card} card @param {Room} room */
function roomFor({ steps, kind, noted }, room) {
  const { rows = [], rest = 0, note = 0 } = room.kinds.get(kind) ?? {};
  const taken = noted ? rest : rest - note;
  const total = rows.reduce((sum, height) => sum + height, taken);
  if (total <= room.card || steps.length < 4) return steps;
  const last = steps.length - 1;
  /** @param {Step} step @param {number} n */
  const rank = (step, n) => (n === last ? 0 : step.node.dataset.mark ? 1 : 2 + last - n); // the latest first
  const order = [...steps.keys()].sort((a, b) => rank(steps[a], a) - rank(steps[b], b));
  let left = room.card - taken - room.button;
  const kept = order.filter((n) => {
    const must = rank(steps[n], n) < 2;
    if (!must && rows[n] > left) left = 0;
    else left -= rows[n];
    return must || left > 0;
  });
  return steps.filter((_, n) => kept.includes(n));
}

/** What equations have in common that take the same room. @param {string} key @param {string} html */
export const kindOf = (key, html) => key.split(".")[0] + html.split('data-slot="step').length;

/** A long sum shows its largest terms, in the order in which they are added; all once it is opened.
 * @param {Player} player @param {Sum} sum */
function foldSum({ recording, position: { frame }, card: { open } }, { button, terms }) {
  const sizes = terms.map(({ factors }) => sizeOf(recording, factors, frame));
  const largest = [...terms.keys()].sort((a, b) => sizes[b] - sizes[a]).slice(0, MOST_TERMS);
  let first = true;
  terms.forEach(({ node }, n) => {
    const hidden = !open && !largest.includes(n);
    setHidden(node, hidden);
    if (hidden) return;
    sign(node, first ? "=" : "+");
    first = false;
  });
  setHidden(button, false);
  const text = open ? "fewer" : `+ … ${terms.length - MOST_TERMS} more`;
  if (button.textContent !== text) button.textContent = text;
}

/** @param {HTMLElement} term @param {string} text */
function sign(term, text) {
  const mo = one(term, "mo", Element);
  if (mo.textContent !== text) mo.textContent = text;
}

/** How much a term counts; what is not finite counts most.
 * @param {Recording} recording @param {string[]} factors @param {number} frame */
function sizeOf(recording, factors, frame) {
  let size = 1;
  for (const factor of factors) {
    const place = channelOf(recording, factor);
    if (place) size *= Math.abs(valueAt(recording, place, frame));
  }
  return Number.isNaN(size) ? Infinity : size;
}
