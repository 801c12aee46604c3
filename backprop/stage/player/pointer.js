// The pointer in the drawing: clicks select, inputs are dragged, and a tip says what is hovered.

import { fullDigits } from "../../drawing/digits.js";
import { around } from "../../drawing/dom.js";
import { beginAnew, startDrag } from "./hand.js";
import { toggleInputs } from "./inputs.js";
import { isKnown } from "./position.js";
import { badSamples, placeOf, STATES, stateAt, valueAt } from "./recording.js";
import { select } from "./selecting.js";
import { nameOf } from "./words.js";

/** @import { Player } from "./player" */

/** @type {Record<string, string>} */
const SPECIAL = {
  saturated: " (saturated: exactly this)",
  dead: " (dead: the sample is wrong, yet δ says almost nothing)",
};

/** A drawing of the player's, in which `half` of it is seen. @param {Player} player @param {HTMLElement} drawing
 * @param {() => Player | null} half */
export function wirePointer(player, drawing, half) {
  drawing.addEventListener("click", (event) => {
    const node = around(event, "[data-channel], [data-select], .fold", SVGElement);
    if (node?.matches(".fold")) toggleInputs(player);
    else if (node && !player.hand.dropped) {
      select(player, node.dataset.select ?? node.dataset.channel);
      // Where a screen is small, what is said of it may lie below.
      if (isTap(event)) player.at("equation").scrollIntoView({ block: "nearest" });
    }
  });
  drawing.addEventListener("pointerdown", (event) => {
    const input = around(event, ".input", SVGElement);
    beginAnew(player);
    if (input) startDrag(player, event, input);
  });
  drawing.addEventListener("pointermove", (event) => hover(player, half(), event));
  drawing.addEventListener("pointerleave", () => {
    player.at("tip").hidden = true;
  });
}

/** @param {MouseEvent} event */
const isTap = (event) => event instanceof PointerEvent && event.pointerType === "touch";

/** @param {Player} player @param {Player | null} half @param {PointerEvent} event */
function hover(player, half, event) {
  const tip = player.at("tip");
  const node = player.hand.drag ? null : around(event, "[data-channel]", SVGElement);
  tip.hidden = !node || !half;
  if (!node || !half) return;
  tip.textContent = describe(half, node.dataset.channel ?? "");
  const box = player.at("stage").getBoundingClientRect();
  tip.style.left = `${Math.max(0, Math.min(event.clientX - box.left + 14, box.width - tip.offsetWidth - 4))}px`;
  tip.style.top = `${event.clientY - box.top + 16}px`;
}

/** @param {Player} player @param {string} channel */
function describe({ recording, position }, channel) {
  const { about } = recording;
  const { frame } = position;
  const place = placeOf(recording, channel);
  const name = nameOf(recording, channel);
  if (!isKnown(position, place)) return `${name}: not computed yet`;
  const words = SPECIAL[STATES[stateAt(recording, place, frame)]] ?? "";
  const bad = place.block.layer === 0 ? [] : badSamples(recording, channel, frame);
  const all = about.striped < about.samples ? `${about.striped} groups of` : about.samples;
  const samples = bad.length ? `\nnot finite in ${bad.length} of ${all} samples` : "";
  const gradient = place.block.name === "W" ? `\n∂J/∂W = ${gradientText({ recording, position }, channel)}` : "";
  return `${name} = ${fullDigits(valueAt(recording, place, frame))}${words}${samples}${gradient}`;
}

/** @param {Pick<Player, "recording" | "position">} player @param {string} channel */
function gradientText({ recording, position }, channel) {
  const place = placeOf(recording, `d${channel}`);
  return isKnown(position, place) ? fullDigits(valueAt(recording, place, position.frame)) : "not computed yet";
}
