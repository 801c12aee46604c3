// The card of the fault, once the playhead has reached it. Until then it says what is there now, and
// what lies ahead to those who ask.

import { fill, marked } from "../../drawing/template.js";
import { CARD } from "../engine/sentences.js";
import { hasReachedFault, isAtEnd, operationNumber } from "./position.js";

/** @import { Player, Recording } from "./player" */

/** @returns {Player["ahead"]} */
export const newAhead = () => ({ asked: null, token: "" });

/** What the card is about. @param {Player} player */
function stateOf({ recording, position, ahead }) {
  const { about, whole } = recording;
  const reached = hasReachedFault(recording, position);
  const ends = !reached && about.ahead !== "" && isAtEnd(recording, position);
  const isSame = recording === ahead.asked || (!whole && about.view.token !== "" && about.view.token === ahead.token);
  return { reached, ends, asked: !reached && !ends && isSame };
}

/** Whether it is said what becomes of a training without a fault. @param {Player} player */
export function showsEnding(player) {
  const { ends, asked } = stateOf(player);
  return (ends || asked) && player.recording.about.fault === null;
}

/** @param {Player} player */
export function paintFault(player) {
  const { at, recording } = player;
  const { about } = recording;
  const { reached, ends, asked } = stateOf(player);
  const box = at("fault");
  at("disagreement").hidden = !about.disagrees;
  box.classList.toggle("faulty", reached);
  at("ask-ahead").hidden = reached || ends || asked || about.ahead === "";
  show(at("told"), reached ? about.faultCard : ends ? about.ahead : nowOf(player) + (asked ? ` ${about.ahead}` : ""));
}

/** What lies ahead is shown from now on, until there is another recording. @param {Player} player */
export function askAhead(player) {
  player.ahead.asked = player.recording;
  player.ahead.token = player.recording.whole ? "" : player.recording.about.view.token;
  paintFault(player);
}

/** Before the first fault: where the playhead is, and whether the displayed cost is lost by now.
 * @param {Player} player */
function nowOf({ recording, position }) {
  const { costFault, last, layers } = recording.about;
  const update = position.frame;
  const places = { update: String(update), last: String(last) };
  const isCostKnown = position.operation >= operationNumber(recording, `cost.${layers}`);
  const isLost = costFault && (update > costFault.update || (update === costFault.update && isCostKnown));
  if (position.opening) return CARD.opening;
  if (!isLost) return fill(CARD.quiet, { ...places, narration: narrationOf(recording, position.operation) });
  return fill(CARD.lost, { ...places, first: String(costFault.update), cause: marked(costFault.cause) });
}

/** What happens at an operation. @param {Recording} recording @param {number} operation */
function narrationOf({ about: { operations, layers } }, operation) {
  const { name, layer } = operations[operation] ?? { name: "start", layer: 0 };
  const which = name === "delta" && layer === layers ? "output" : name;
  return fill(CARD[`at_${which}`], { i: String(layer), above: String(layer + 1) });
}

/** The longest that the card says before a fault, with the question after it.
 * @param {Recording["about"]} about */
export function longestQuiet({ last, costFault }) {
  const narration = Object.keys(CARD)
    .filter((name) => name.startsWith("at_"))
    .map((name) => fill(CARD[name], { i: "6", above: "7" }))
    .reduce((a, b) => (a.length > b.length ? a : b));
  const quiet = fill(CARD.quiet, { update: String(last), last: String(last), narration });
  const cause = costFault && { first: String(costFault.update), cause: marked(costFault.cause) };
  const lost = cause ? [fill(CARD.lost, { update: String(last), last: String(last), ...cause })] : [];
  return [quiet, CARD.opening, ...lost].map((html) => html.replace("</p>", " What lies ahead?</p>"));
}

/** What was last laid into an element, so that the same is not laid again. @type {WeakMap<Element, string>} */
const laid = new WeakMap();

/** @param {Element} element @param {string} html */
function show(element, html) {
  if (laid.get(element) === html) return;
  element.innerHTML = html;
  laid.set(element, html);
}
