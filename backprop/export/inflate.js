// What lies in a page deflated, in digits of base 85.

import { one } from "../drawing/dom.js";

/** As Python's b85encode has them; three that HTML would need to escape have others in their place. */
const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%:()*+-;,=.?@^_`{|}~";

/** The text of the element with this id. @param {string} id */
export function inflated(id) {
  const bytes = bytesOf(one(document, `#${id}`, HTMLElement).textContent ?? "");
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"))).text();
}

/** Five digits are four bytes. @param {string} text */
function bytesOf(text) {
  const values = new Uint8Array(128);
  for (let n = 0; n < DIGITS.length; n += 1) values[DIGITS.charCodeAt(n)] = n;
  const words = new DataView(new ArrayBuffer(4 * Math.ceil(text.length / 5)));
  const whole = text.padEnd(words.byteLength * 1.25, "~");
  for (let at = 0, n = 0; n < whole.length; at += 4, n += 5) {
    let word = 0;
    for (let k = n; k < n + 5; k += 1) word = word * 85 + values[whole.charCodeAt(k)];
    words.setUint32(at, word); // modulo 2³², for the last one
  }
  return words.buffer.slice(0, words.byteLength - (whole.length - text.length));
}
