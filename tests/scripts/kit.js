// What the unit tests share: a small recording, put together by hand.

import { indexBlocks } from "../../backprop/stage/player/recording.js";

const NAMES = ["h", "z", "cost", "delta", "dW", "update"];

/** Two inputs, one unit: blocks with their letters, shapes, and the operation from which on each is known. */
const BLOCKS = [
  ["z.0", "z", [2], -1],
  ["W.1", "W", [1, 2], -1],
  ["b.1", "b", [1], -1],
  ["h.1", "h", [1], 0],
  ["z.1", "z", [1], 1],
  ["delta.1", "δ", [1], 3],
  ["dW.1", "∂J/∂W", [1, 2], 4],
  ["J.1", "J", [1], 2],
  ["step.width.1", "width", [1], 3],
];
const CHANNELS = 12;

export const packed = (words, body) => {
  let text = JSON.stringify(words);
  text += " ".repeat((8 - ((Buffer.byteLength(text) + 4) % 8)) % 8);
  const size = Buffer.alloc(4);
  size.writeUInt32LE(Buffer.byteLength(text));
  return new Uint8Array(Buffer.concat([size, Buffer.from(text), Buffer.from(body)]));
};

/** Updates 0 to `last`, the value of channel c in frame f is 100 f + c; three segments of strips.
 * `bad` are states of channels in frame 1, `known` the last update that has been computed. */
export function recorded({ last = 4, known = last, fault = null, bad = {}, ...more } = {}) {
  let start = 0;
  const blocks = BLOCKS.map(([at, letter, shape, known]) => {
    const [, name, layer] = /^(.*)\.(\d+)$/.exec(at);
    const block = { name, layer: Number(layer), start, shape, kind: "signed", known, letter };
    start += shape.reduce((a, b) => a * b);
    return block;
  });
  const operations = NAMES.map((name) => ({ name, layer: name === "update" ? 0 : 1, title: name }));
  const about = { blocks, operations, layers: 1, known, last, fault };
  const shown = { features: ["height", "weight"], samples: 3, sample: 0, striped: 3 };
  const frameAt = (update) => ({
    values: Float64Array.from({ length: CHANNELS }, (_, n) => 100 * update + n),
    codes: new Uint8Array(CHANNELS).fill(7),
    states: Uint8Array.from({ length: CHANNELS }, (_, n) => (update === 1 && bad[n]) || 0),
    strips: Uint8Array.from({ length: 9 }, (_, n) => 9 * update + n),
  });
  const said = { ...about, ...shown, ...more };
  return { whole: null, about: said, frames: new Map(), packer: { frameAt }, ...indexBlocks(said) };
}
