// The field in the equation card for the starting value of the selected weight or bias.

import { fullDigits, typedNumber } from "../../drawing/digits.js";
import { ask } from "./questions.js";
import { placeOf, valueAt } from "./recording.js";
import { nameOf } from "./words.js";

/** @import { Player, Target } from "./player" */

const MOST = 1e6;

/** @returns {Player["editor"]} */
export const newEditor = () => ({ name: "", isSent: false });

/** @param {Player} player @param {Target} target */
export function openEditor(player, target) {
  const { at, editor, recording } = player;
  const channel = editable(player, target);
  at("editor").hidden = !channel;
  at("editor-error").textContent = "";
  if (!channel) return;
  editor.name = channel.replace(".", ""); // as Python knows a parameter: "W1.0.2", "b2.1"
  at("editor-label").textContent = `${nameOf(recording, channel)} at the start`;
  at("editor-value").value = fullDigits(valueAt(recording, placeOf(recording, channel), 0));
}

/** The channel of the weight or the bias that the target shows; "" if none can be changed.
 * @param {Player} player @param {Target} target */
function editable({ questions, selection, recording }, { name, layer, u, v }) {
  if (!questions.send || !selection.channel) return "";
  if (name === "W") return `W.${layer}.${u}.${v}`;
  const bias = recording.about.bias && layer > 0 && ["b", "h", "z", "delta"].includes(name);
  return bias ? `b.${layer}.${u}` : "";
}

/** What is typed, if it can be a weight; else null. @param {Player} player */
function typedWeight({ at }) {
  const value = typedNumber(at("editor-value").value.trim());
  return value === null || Math.abs(value) > MOST ? null : value;
}

/** The same while it is being typed: nobody has set it yet. @param {Player} player */
export function typeOn(player) {
  player.editor.isSent = false;
  return typedWeight(player);
}

/** @param {Player} player */
export function submitEdit(player) {
  const { at, editor } = player;
  const value = typedWeight(player);
  const text = at("editor-value").value.trim().slice(0, 20);
  const said = `A number from −${MOST} to ${MOST} is needed, got “${text}”. Try 0.5.`;
  at("editor-error").textContent = value === null ? said : "";
  editor.isSent = value !== null;
  if (value !== null) ask(player, { kind: "edit", name: editor.name, value });
}
