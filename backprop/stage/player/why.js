// Why a value is special: what contaminated it, or what it says when it is saturated or dead.

import { shortDigits } from "../../drawing/digits.js";
import { passesOf } from "../engine/passes.js";
import { runOf } from "../engine/training.js";
import { isKnown } from "./position.js";
import { badSamples, channelOf, isBad, STATES, stateAt, valueAt } from "./recording.js";
import { fillPlaces, slotText } from "./slots.js";
import { nameOf } from "./words.js";

/** @import { Player, Recording, Source, Target, Template } from "./player" */

/** A sentence beneath the equation ("" for none), and the source that a non-finite value came from.
 * @param {Player} player @param {Target} at @param {string} channel @param {Template | undefined} template
 * @returns {{text: string, source: Source | null}} */
export function explain(player, at, channel, template) {
  const { recording, position, selection } = player;
  const { about } = recording;
  const place = channelOf(recording, channel);
  if (!place || !isKnown(position, place)) return { text: "", source: null };
  const value = valueAt(recording, place, position.frame);
  if (isBad(recording, place, position.frame)) {
    const source = sourceOf(player, channel, template);
    if (source) return { text: `${shortDigits(value)} because ${source.words}.`, source };
    const first = about.fault?.update === position.frame;
    if (first && !selection.channel) return { text: "", source }; // the card of the fault says it
    const born = `${shortDigits(value)} was born here, the end of the trail: every number it was made from is finite.`;
    return { text: born + (first ? ` ${about.spread}` : ""), source };
  }
  const state = STATES[stateAt(recording, place, position.frame)];
  return { text: state === "plain" ? "" : noteOf(player, at, state, value), source: null };
}

/** @param {Player} player @param {Target} at @param {string} state @param {number} value */
function noteOf(player, at, state, value) {
  const note = player.recording.about.notes[`${at.name}.${at.layer}.${state === "dead" ? "dead" : value}`] ?? "";
  return note.replace(/\{([^}]+)\}/g, (_, channel) => slotText(player, channel.replace("[u]", at.u), false).text);
}

/** The first operand of a non-finite value that is itself not finite.
 * @param {Player} player @param {string} channel @param {Template | undefined} template @returns {Source | null} */
function sourceOf({ recording, position }, channel, template) {
  const [, , u, v] = channel.split(".").map(Number);
  for (const operand of template?.operands ?? []) {
    const [pattern, where] = operand.split("@");
    const from = fillPlaces(pattern, { u, v });
    const place = channelOf(recording, from);
    if (!place) continue;
    if (where === "samples") {
      const own = isBad(recording, place, position.frame);
      const samples = badSamples(recording, from, position.frame);
      if (own || samples.length) return sampled(recording, from, position.frame, own);
    } else {
      const frame = position.frame - (where === "before" ? 1 : 0);
      if (frame < 0 || !isBad(recording, place, frame)) continue;
      const when = where === "before" ? ` in update ${frame}` : "";
      const words = `${nameOf(recording, from)} was ${shortDigits(valueAt(recording, place, frame))}${when}`;
      return { channel: from, frame, words };
    }
  }
  return null;
}

/** In which sample an operand is not finite: in the shown one, or else in the first.
 * @param {Recording} recording @param {string} channel @param {number} frame @param {boolean} own */
function sampled(recording, channel, frame, own) {
  const sample = own ? recording.about.sample : firstBadSample(recording, channel, frame);
  const others = own ? ", and the average takes all samples in" : "";
  const words = `${nameOf(recording, channel)} is not finite in sample ${sample + 1}${others}`;
  return { channel, frame, sample, words };
}

/** @param {Recording} recording @param {string} channel of h, z of a hidden layer or δ @param {number} frame */
function firstBadSample({ training, experiment }, channel, frame) {
  const network = passesOf(training, runOf(training, experiment.shown), frame);
  const [name, i, u] = channel.split(".");
  const layer = Number(i);
  const all = name === "z" ? network.z[layer] : network[name === "h" ? "h" : "delta"][layer - 1];
  const first = Number(u) * training.samples;
  return all.subarray(first, first + training.samples).findIndex((value) => !Number.isFinite(value));
}
