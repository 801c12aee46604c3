// A recording as the player reads it: numbers by channel. A channel is named as in "W.2.0.3" (layer,
// unit, source) or "step.width.3.0"; a frame is one update.

/** @import { About, Block, Place, Recording, Spoken } from "./player" */

const MOST_FRAMES = 300;

export const STATES = ["plain", "saturated", "dead", "nan", "plus-infinity", "minus-infinity"];
export const FIRST_BAD = 3;

/** The blocks by name, and where the strip of each cell lies. @param {Spoken} about */
export function indexBlocks(about) {
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

/** An update, packed; of those that were looked at some are kept. @param {Recording} recording @param {number} frame */
export function frameAt({ frames, packer }, frame) {
  let found = frames.get(frame);
  if (!found) {
    if (frames.size >= MOST_FRAMES) frames.clear();
    found = packer.frameAt(frame);
    frames.set(frame, found);
  }
  return found;
}

/** @param {Recording} recording @param {Place} place @param {number} frame */
export const valueAt = (recording, place, frame) => frameAt(recording, frame).values[place.at];
/** @param {Recording} recording @param {Place} place @param {number} frame */
export const codeAt = (recording, place, frame) => frameAt(recording, frame).codes[place.at];
/** @param {Recording} recording @param {Place} place @param {number} frame */
export const stateAt = (recording, place, frame) => frameAt(recording, frame).states[place.at];
/** @param {Recording} recording @param {Place} place @param {number} frame */
export const isBad = (recording, place, frame) => stateAt(recording, place, frame) >= FIRST_BAD;

/** Unit and source of a block's first number that is not finite; null if all are.
 * @param {Recording} recording @param {Block} block @param {number} frame */
export function firstBadOf(recording, block, frame) {
  const [units, sources = 1] = block.shape;
  const { states } = frameAt(recording, frame);
  const n = states.subarray(block.start, block.start + units * sources).findIndex((state) => state >= FIRST_BAD);
  return n < 0 ? null : { u: Math.floor(n / sources), v: n % sources };
}

/** The strip of a cell, a code for each segment of samples (255: not finite); empty if it has none.
 * @param {Recording} recording @param {string} channel @param {number} frame */
export function stripOf(recording, channel, frame) {
  const cell = recording.stripAt.get(channel) ?? Infinity;
  const { striped } = recording.about;
  return frameAt(recording, frame).strips.subarray(cell * striped, (cell + 1) * striped);
}

/** The segments of its strip, counted from 0, in which a cell is not finite at this frame.
 * @param {Recording} recording @param {string} channel @param {number} frame */
export function badSamples(recording, channel, frame) {
  const strip = stripOf(recording, channel, frame);
  return [...strip.keys()].filter((s) => strip[s] === 255);
}

/** Where samples share segments: the segment of a sample. @param {About} about @param {number} sample */
export const segmentOf = (about, sample) => Math.floor(((sample + 1) * about.striped - 1) / about.samples);
