// The places for numbers in an equation: filled for the playhead, and each a way to where it comes from.

import { formulaDigits, fullDigits, guarded } from "../../drawing/digits.js";
import { isKnown, lastOperation } from "./position.js";
import { channelOf, STATES, stateAt, valueAt } from "./recording.js";
import { nameOf } from "./words.js";

/** @import { Player, Recording } from "./player" */

const NOT_YET = { text: "–", title: "not computed yet", state: "unknown" };

/** A template's HTML for one unit and source. @param {string} html @param {{u: number, v: number}} place */
export const fillPlaces = (html, { u, v }) => html.replaceAll("{u}", String(u)).replaceAll("{v}", String(v));

/** Write an equation; its places for numbers. @param {HTMLElement} box @param {string} html */
export function writeEquation(box, html) {
  box.innerHTML = html;
  delete box.dataset.least;
  return [...box.querySelectorAll("[data-slot]")];
}

const nameIn = (/** @type {Element} */ slot) => slot.getAttribute("data-slot") ?? "";

/** A number as it stands in its place, with parentheses where it needs them.
 * @param {Element} slot @param {string} text */
export const inPlace = (slot, text) => guarded(text, nameIn(slot).slice(-1));

/** @param {Element} slot */
export const channelOfSlot = (slot) =>
  nameIn(slot)
    .replace(/[!?]$/, "")
    .replace(/@next$/, "");

/** A number in an equation leads to where it comes from: a click selects it.
 * @param {Recording} recording @param {Element} slot */
export function linkSlot(recording, slot) {
  const channel = channelOfSlot(slot);
  if (!isSelectable(recording, channel)) return;
  slot.setAttribute("tabindex", "0");
  slot.setAttribute("role", "button");
  slot.setAttribute("aria-label", nameOf(recording, channel));
  slot.closest("math")?.setAttribute("role", "group"); // role math would hide the buttons inside
}

/** Only what has an equation of its own can be selected. @param {Recording} recording @param {string} channel */
function isSelectable(recording, channel) {
  const [name, layer] = channel.split(".");
  return `${name}.${layer}` in recording.about.equations && channelOf(recording, channel) !== null;
}

/** @param {Player} player @param {Element} slot */
export function fillSlot(player, slot) {
  const { text, title, state } = slotText(player, channelOfSlot(slot), nameIn(slot).includes("@next"));
  const shown = inPlace(slot, text);
  if (slot.textContent !== shown) slot.textContent = shown;
  if (slot.getAttribute("data-state") !== state) slot.setAttribute("data-state", state);
  slot.setAttribute("title", title);
}

/** A number as an equation says it, of this update or of the next.
 * @param {Player} player @param {string} channel @param {boolean} next */
export function slotText({ recording, position, looks }, channel, next) {
  const { constants, known } = recording.about;
  const shown = Math.max(0, position.frame - (looks.compare === "before" ? 1 : 0));
  if (channel in constants) return say(constants[channel], 0);
  const place = channelOf(recording, channel);
  const frame = shown + (next ? 1 : 0);
  const isNextThere = frame <= known && position.operation >= lastOperation(recording, position.frame);
  const isThere = place && (next ? isNextThere : isKnown(position, place));
  return isThere ? say(valueAt(recording, place, frame), stateAt(recording, place, frame)) : NOT_YET;
}

/** @param {number} value @param {number} state */
const say = (value, state) => ({
  text: formulaDigits(value),
  title: fullDigits(value),
  state: STATES[state],
});
