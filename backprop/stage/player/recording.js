// A recording as the player reads it: bytes → numbers by channel. A channel is named as in
// "W.2.0.3" (layer, unit, source) or "step.width.3.0"; a frame is one update that was kept.

import { openEnvelope } from "../../drawing/envelope.js";

/** @import { About, Block, Place, Recording } from "./player" */

export const STATES = ["plain", "saturated", "dead", "nan", "plus-infinity", "minus-infinity"];
export const FIRST_BAD = 3;

/** The inverse of Scene.pack. @param {Uint8Array} data @returns {Recording} */
export function readRecording(data) {
  const { words, body } = openEnvelope(data);
  /** @type {About} */
  const about = words;
  const count = about.updates.length * about.channels;
  return {
    whole: null,
    about,
    values: new Float64Array(body.buffer, body.byteOffset, count),
    codes: body.subarray(8 * count, 9 * count),
    states: body.subarray(9 * count, 10 * count),
    strips: body.subarray(10 * count),
    ...indexBlocks(about),
  };
}

/** The blocks by name, and where the strip of each cell lies. @param {About} about */
function indexBlocks(about) {
  const blocks = new Map(about.blocks.map((block) => [`${block.name}.${block.layer}`, block]));
  /** @type {Map<string, number>} */
  const stripAt = new Map();
  for (const name of ["h", "z", "delta"]) {
    for (let i = 1; i <= about.layers; i += 1) {
      const [units] = blocks.get(`${name}.${i}`)?.shape ?? [0];
      for (let u = 0; u < units; u += 1) stripAt.set(`${name}.${i}.${u}`, stripAt.size);
    }
  }
  return { blocks, stripAt, /** @type {Map<string, Place | null>} */ places: new Map() };
}

/** Where a channel lies; null if there is none. @param {Recording} recording @param {string} channel */
export function channelOf(recording, channel) {
  let found = recording.places.get(channel);
  if (found === undefined) {
    found = findChannel(recording.blocks, channel);
    recording.places.set(channel, found);
  }
  return found;
}

/** The same of a channel that the drawing has, which is always there.
 * @param {Recording} recording @param {string} channel */
export function placeOf(recording, channel) {
  const found = channelOf(recording, channel);
  if (found) return found;
  throw new Error(`A channel of the recording is required, got ${channel}.`);
}

/** @param {Map<string, Block>} blocks @param {string} channel @returns {Place | null} */
function findChannel(blocks, channel) {
  const parts = channel.split(".");
  for (const places of [1, 2]) {
    const block = blocks.get(parts.slice(0, parts.length - places).join("."));
    if (block?.shape.length !== places) continue;
    const [u, v = 0] = parts.slice(parts.length - places).map((n) => (/^\d+$/.test(n) ? Number(n) : Infinity));
    const [units, sources = 1] = block.shape;
    if (u < units && v < sources) return { at: block.start + u * sources + v, block };
  }
  return null;
}

/** @param {Recording} recording @param {Place} place @param {number} frame */
export const valueAt = (recording, place, frame) => recording.values[frame * recording.about.channels + place.at];
/** @param {Recording} recording @param {Place} place @param {number} frame */
export const codeAt = (recording, place, frame) => recording.codes[frame * recording.about.channels + place.at];
/** @param {Recording} recording @param {Place} place @param {number} frame */
export const stateAt = (recording, place, frame) => recording.states[frame * recording.about.channels + place.at];
/** @param {Recording} recording @param {Place} place @param {number} frame */
export const isBad = (recording, place, frame) => stateAt(recording, place, frame) >= FIRST_BAD;

/** The frame that shows `update`: the last one kept up to there. @param {About} about @param {number} update */
export function frameOf({ updates }, update) {
  let frame = updates.length - 1;
  while (frame > 0 && updates[frame] > update) frame -= 1;
  return frame;
}

/** The strip of a cell, a code for each segment of samples (255: not finite); empty if it has none.
 * @param {Recording} recording @param {string} channel @param {number} frame */
export function stripOf({ about, stripAt, strips }, channel, frame) {
  const cell = stripAt.get(channel);
  if (cell === undefined) return strips.subarray(0, 0);
  const from = (frame * stripAt.size + cell) * about.striped;
  return strips.subarray(from, from + about.striped);
}

/** The segments of its strip, counted from 0, in which a cell is not finite at this frame.
 * @param {Recording} recording @param {string} channel @param {number} frame */
export function badSamples(recording, channel, frame) {
  const strip = stripOf(recording, channel, frame);
  return [...strip.keys()].filter((s) => strip[s] === 255);
}

/** Where samples share segments: the segment of a sample. @param {About} about @param {number} sample */
export const segmentOf = (about, sample) => Math.floor(((sample + 1) * about.striped - 1) / about.samples);
/** The first sample of a segment. @param {About} about @param {number} segment */
export const firstOf = (about, segment) => Math.floor((segment * about.samples) / about.striped);
