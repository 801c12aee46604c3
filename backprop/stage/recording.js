// A recording as the player reads it: bytes → numbers by channel. A channel is named as in
// "W.2.0.3" (layer, unit, source) or "step.width.3.0"; a frame is one update that was kept.

const STATES = ["plain", "saturated", "dead", "nan", "plus-infinity", "minus-infinity"];
const FIRST_BAD = 3;

/** The inverse of Scene.pack: the length of the JSON, the JSON, values, codes, states, strips. */
function unpack(data, before) {
  const bytes = data.slice();
  const size = new DataView(bytes.buffer).getUint32(0, true);
  const told = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + size)));
  const about = told.glimpse ? { ...before, ...told } : { glimpse: false, ...told };
  const count = about.updates.length * about.channels;
  const at = 4 + size;
  return {
    about,
    values: new Float64Array(bytes.buffer, at, count),
    codes: bytes.subarray(at + 8 * count, at + 9 * count),
    states: bytes.subarray(at + 9 * count, at + 10 * count),
    strips: bytes.subarray(at + 10 * count),
  };
}

/** The blocks by name, and from which operation on each is known (−1: before any). */
function indexBlocks(player) {
  const { about } = player;
  const order = new Map(about.operations.map((o, n) => [`${o.name}.${o.layer}`, n]));
  const L = about.layers;
  player.blocks = new Map(about.blocks.map((block) => [`${block.name}.${block.layer}`, block]));
  player.places = new Map();
  for (const block of about.blocks) {
    const { name, layer } = block;
    if (name === "W" || name === "b" || name === "y" || layer === 0) block.known = -1;
    else if (name === "J" || name === "true_J" || name.startsWith("cost.")) block.known = order.get(`cost.${L}`);
    else if (name.startsWith("step.") || name === "true_delta") block.known = order.get(`delta.${L}`);
    else if (name === "h_out") block.known = order.get(`h.${L}`);
    else if (name === "slope" || name === "weighted") block.known = order.get(`delta.${layer}`);
    else if (name === "db" || name === "product") block.known = order.get(`dW.${layer}`);
    else block.known = order.get(`${name}.${layer}`);
  }
  player.stripAt = new Map();
  let cell = 0;
  for (const name of ["h", "z", "delta"]) {
    for (let i = 1; i <= L; i += 1) {
      const { size } = player.blocks.get(`${name}.${i}`);
      for (let u = 0; u < size; u += 1) player.stripAt.set(`${name}.${i}.${u}`, cell++);
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
    if (!block || block.matrix !== (places === 2)) continue;
    const [u, v] = parts.slice(parts.length - places).map(Number);
    if (u >= block.size / block.columns || v >= block.columns) continue;
    return { at: block.start + (places === 2 ? u * block.columns + v : u), block };
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
  const parts = channel.split(".");
  const [name, layer, u, v] = parts.length > 4 ? [parts[0], ...parts.slice(2)] : parts;
  const letter = { delta: "δ", dW: "∂J/∂W", db: "∂J/∂b", cost: "J", J: "J", true_J: "J" }[name] ?? name;
  if (letter === "J") return "the cost J";
  if (name === "z" && layer === "0") return `input ${player.about.features[u] ?? Number(u) + 1}`;
  const from = v === undefined ? "" : ` from ${layer === "1" ? "input" : "unit"} ${Number(v) + 1}`;
  return `${letter}${subscript(layer)} of unit ${Number(u) + 1}${from}`;
}

const subscript = (n) => String(n).replace(/\d/g, (d) => "₀₁₂₃₄₅₆₇₈₉"[d]);
