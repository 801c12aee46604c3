// The card of the equation: that of what is selected or else under the playhead, with its numbers,
// why the value is special, and its true value once that is computed.

import { openEditor } from "./editor.js";
import { hasReachedFault, isKnown, operationAt } from "./position.js";
import { channelOf, firstBadOf } from "./recording.js";
import { scaleKind } from "./room.js";
import { fillPlaces, fillSlot, linkSlot, writeEquation } from "./slots.js";
import { collectSteps, kindOf, layEquation } from "./steps.js";
import { explain } from "./why.js";

/** @import { About, Card, Player, Position, Recording, Target, Template } from "./player" */

/** @returns {Card} */
export const newCard = () => ({
  key: null,
  kind: "",
  noted: false,
  slots: [],
  fitted: "",
  steps: [],
  sums: [],
  open: false,
  lost: [],
  source: null,
  truth: null,
});

/** The place that the card speaks of. @param {Player} player @returns {Target} */
function target({ recording, position, selection }) {
  if (!selection.channel) return workedOn(recording, position);
  const [name, layer, u = 0, v = 0] = selection.channel.split(".");
  return { name, layer: Number(layer), u: Number(u), v: Number(v) };
}

/** What the operation at work computes, of the first unit; once there is a fault, of the first that broke.
 * @param {Recording} recording @param {Position} position @returns {Target} */
function workedOn(recording, position) {
  const { name, layer } = operationAt(recording, position) ?? { name: "h", layer: 1 };
  const { blocks, known } = recording.about;
  const computed = name === "update" ? ["W", "b"] : [name];
  const frame = position.frame + (name === "update" ? 1 : 0); // what an update gives is of the next
  if (hasReachedFault(recording, position) && frame <= known)
    for (const block of blocks.filter((one) => computed.includes(one.name) && (!layer || one.layer === layer))) {
      const bad = firstBadOf(recording, block, frame);
      if (bad) return { name: block.name, layer: block.layer, ...bad };
    }
  return { name, layer, u: 0, v: 0 };
}

/** The channel whose value is the answer of a target's equation. @param {About} about @param {Target} at */
function answerOf({ layers }, { name, layer, u, v }) {
  if (name === "cost") return `J.${layers}.0`;
  if (name === "update") return `W.${layers}.${u}.${v}`;
  return `${name}.${layer}.${u}${name === "W" || name === "dW" ? `.${v}` : ""}`;
}

/** @param {Player} player */
export function paintEquation(player) {
  const { at, card, recording, selection } = player;
  const { about } = recording;
  const it = target(player);
  const template = about.equations[`${it.name}.${it.layer}`];
  const key = `${JSON.stringify(it)}${selection.channel ?? ""}${player.looks.compare}`;
  if (card.key !== key) {
    card.key = key;
    card.slots = writeEquation(at("equation"), template ? fillPlaces(template.html, it) : "");
    const kind = kindOf(`${it.name}.${it.layer}`, template?.html ?? "");
    Object.assign(card, collectSteps(at("equation")), { open: false, fitted: "", kind });
    for (const slot of card.slots) linkSlot(recording, slot);
    at("equation-title").textContent = template ? titleOf(player, it, template) : "";
    at("unselect").hidden = !selection.channel;
    openEditor(player, it);
  }
  for (const slot of card.slots) fillSlot(player, slot);
  const known = truthHere(player);
  card.lost = Object.keys(known).filter((channel) => known[channel].length > 2);
  const channel = answerOf(about, it);
  const { text, source } = explain(player, it, channel, template);
  card.noted = text !== "";
  scaleKind(player, card.kind);
  card.fitted = layEquation(player, card.fitted);
  card.source = source;
  write(at("note"), text);
  at("follow-back").hidden = !source;
  write(at("truth"), truthText(player, channel));
}

/** @param {Element} node @param {string} text */
function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Open what is folded, or fold it again. @param {Player} player */
export function toggleFold(player) {
  const { card } = player;
  card.open = !card.open;
  card.fitted = layEquation(player, card.fitted);
}

/** The card is written anew for another recording. @param {Player} player */
export function forgetEquation({ card }) {
  card.key = null;
}

/** The place of the card is another: its form is looked for again. @param {Player} player */
export function unfitEquation({ card }) {
  card.fitted = "";
}

/** The true values of an update are computed. @param {Player} player @param {Card["truth"]} truth */
export function learnTruth(player, truth) {
  player.card.truth = truth;
  paintEquation(player);
}

/** Whether they are of this very picture. @param {Player} player */
export const isTruthHere = ({ recording, position, card: { truth } }) =>
  truth?.of === recording && truth.update === position.frame;

/** @param {Player} player @param {Target} at @param {Template} template */
function titleOf({ recording, selection, looks }, at, template) {
  const units = recording.blocks.get(`h.${at.layer}`)?.shape[0] ?? 1;
  const unit = at.layer && units > 1 ? `, unit ${at.u + 1}` : "";
  const from = at.name === "dW" || at.name === "W" ? ` from ${at.layer === 1 ? "input" : "unit"} ${at.v + 1}` : "";
  const title = template.title.charAt(0).toLowerCase() + template.title.slice(1);
  const what = { now: "", before: ", one update before", change: ", its numbers now" }[looks.compare];
  return `${selection.channel ? "Selected" : "This step"}${what}: ${title}${unit}${from}`;
}

/** What is known of the true values. @param {Player} player */
const truthHere = (player) => (isTruthHere(player) && player.card.truth?.values) || {};

/** The true value and the distance from it, and where the digits went.
 * @param {Player} player @param {string} channel */
function truthText(player, channel) {
  const { recording, position, card } = player;
  const place = channelOf(recording, channel);
  if (!place || !isKnown(position, place)) return "";
  const known = truthHere(player);
  const [value, distance] = known[channel] ?? [];
  if (!value) return "";
  const lost = card.steps.filter(({ node }) => node.dataset.mark === "lost").map((step) => known[step.value][2]);
  const where = lost.length ? ` · ${lost.find((words) => words.startsWith("ε")) ?? lost.at(-1)}` : "";
  return `true value ${value}${distance ? ` · ${distance}` : ""}${where}`;
}
