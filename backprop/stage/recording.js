// A recording as the player reads it: bytes → numbers by channel. A channel is named as in
// "W.2.0.3" (layer, unit, source) or "step.width.3.0"; a frame is one update that was kept.

const STATES = ["plain", "saturated", "dead", "nan", "plus-infinity", "minus-infinity"];
const FIRST_BAD = 3;

/** The inverse of Scene.pack; a glimpse lacks what it shares with the scene `before`. */
function unpack(data, before) {
  const { words, body } = openEnvelope(data);
  const about = words.glimpse ? { ...before, ...words } : words;
  const count = about.updates.length * about.channels;
  return {
    about,
    values: new Float64Array(body.buffer, body.byteOffset, count),
    codes: body.subarray(8 * count, 9 * count),
    states: body.subarray(9 * count, 10 * count),
    strips: body.subarray(10 * count),
  };
}

/** The blocks by name, and where the strip of each cell lies. */
function indexBlocks(player) {
  const { about } = player;
  player.blocks = new Map(about.blocks.map((block) => [`${block.name}.${block.layer}`, block]));
  player.places = new Map();
  player.stripAt = new Map();
  let cell = 0;
  for (const name of ["h", "z", "delta"]) {
    for (let i = 1; i <= about.layers; i += 1) {
      const [units] = player.blocks.get(`${name}.${i}`).shape;
      for (let u = 0; u < units; u += 1) player.stripAt.set(`${name}.${i}.${u}`, cell++);
    }
  }
  player.stripCells = cell;
}

/** Where a channel lies: its place in a frame, and its block. Null if there is none. */
function channelOf(player, channel) {
  let found = player.places.get(channel);
  if (found === undefined) player.places.set(channel, (found = findChannel(player, channel)));
  return found;
}

function findChannel(player, channel) {
  const parts = channel.split(".");
  for (const places of [1, 2]) {
    const block = player.blocks.get(parts.slice(0, parts.length - places).join("."));
    if (block?.shape.length !== places) continue;
    const [u, v = 0] = parts.slice(parts.length - places).map(Number);
    const [units, sources = 1] = block.shape;
    if (u >= units || v >= sources) continue;
    return { at: block.start + u * sources + v, block };
  }
  return null;
}

const valueAt = (player, place, frame = player.frame) => player.values[frame * player.about.channels + place.at];
const stateAt = (player, place, frame = player.frame) => player.states[frame * player.about.channels + place.at];
const isBad = (player, place, frame = player.frame) => stateAt(player, place, frame) >= FIRST_BAD;
const isKnown = (player, place) => place.block.known <= player.operation;

/** The frame that shows `update`: the last one kept up to there. */
function frameOf(player, update) {
  const { updates } = player.about;
  let frame = updates.length - 1;
  while (frame > 0 && updates[frame] > update) frame -= 1;
  return frame;
}

/** The segments of its strip, counted from 0, in which a cell is not finite at this frame. */
function badSamples(player, channel, frame = player.frame) {
  const n = player.about.striped;
  const cell = player.stripAt.get(channel);
  if (!n || cell === undefined) return [];
  const from = (frame * player.stripCells + cell) * n;
  return [...player.strips.subarray(from, from + n).keys()].filter((s) => player.strips[from + s] === 255);
}

/** Where samples share segments: the first sample of a segment, and the segment of a sample. */
const firstOf = (about, segment) => Math.floor((segment * about.samples) / about.striped);
const segmentOf = (about, sample) => Math.floor(((sample + 1) * about.striped - 1) / about.samples);

/** A segment in words: "sample 4", or "a sample from 33 to 64" where several share it. */
function samplesOf(about, segment) {
  const [first, last] = [firstOf(about, segment) + 1, firstOf(about, segment + 1)];
  return first === last ? `sample ${first}` : `a sample from ${first} to ${last}`;
}

/** A quantity in words: "δ₂ of unit 1", "W₁ of unit 2 from input 1". */
function nameOf(player, channel) {
  const place = channelOf(player, channel);
  if (!place || place.block.letter === "J") return "the cost J";
  const { letter, layer, shape } = place.block;
  const [u, v] = channel.split(".").slice(-shape.length).map(Number);
  if (letter === "z" && layer === 0) return `input ${player.about.features[u]}`;
  const from = v === undefined ? "" : ` from ${layer === 1 ? "input" : "unit"} ${v + 1}`;
  return `${letter}${subscript(layer)} of unit ${u + 1}${from}`;
}

const subscript = (n) => String(n).replace(/\d/g, (d) => "₀₁₂₃₄₅₆₇₈₉"[d]);
