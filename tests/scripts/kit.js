// What the unit tests share: a small recording, packed by hand as Python packs it.

import { readRecording } from "../../backprop/stage/player/recording.js";

const NAMES = ["h", "z", "cost", "delta", "dW", "update"];

/** One input, one unit: blocks of one cell each, W a matrix. */
const BLOCKS = ["z.0", "W.1", "b.1", "h.1", "z.1", "delta.1", "dW.1", "J.1", "true_J.1", "y.1"];

export const packed = (words, body) => {
  let text = JSON.stringify(words);
  text += " ".repeat((8 - ((Buffer.byteLength(text) + 4) % 8)) % 8);
  const size = Buffer.alloc(4);
  size.writeUInt32LE(Buffer.byteLength(text));
  return new Uint8Array(Buffer.concat([size, Buffer.from(text), Buffer.from(body)]));
};

/** Updates 0 to `last`, the value of channel c in frame f is 100 f + c; three segments of strips. */
export function scene({
  last = 4,
  updates = [...Array(last + 1).keys()],
  fault = null,
  bad = {},
  samples = 3,
  ...more
} = {}) {
  const about = {
    blocks: BLOCKS.map((name, start) => ({
      name: name.split(".")[0],
      layer: Number(name.split(".")[1]),
      start,
      columns: 1,
      matrix: name.startsWith("W") || name.startsWith("dW"),
      size: 1,
      kind: "signed",
    })),
    channels: BLOCKS.length,
    operations: NAMES.map((name) => ({ name, layer: name === "update" ? 0 : 1, title: name })),
    layers: 1,
    updates,
    last,
    fault,
    features: ["height"],
    samples,
    sample: 0,
    striped: 3,
    ...more,
  };
  const count = updates.length * BLOCKS.length;
  const values = Float64Array.from(
    { length: count },
    (_, n) => 100 * Math.floor(n / BLOCKS.length) + (n % BLOCKS.length),
  );
  const states = new Uint8Array(count);
  for (const n of Object.keys(bad)) states[n] = bad[n];
  const strips = new Uint8Array(updates.length * 3 * 3).map((_, n) => n);
  return packed(about, Buffer.concat([Buffer.from(values.buffer), new Uint8Array(count).fill(7), states, strips]));
}

export const recorded = (options) => readRecording(scene(options));
