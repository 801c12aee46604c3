// Words and bytes in one piece, as `envelope` in Python puts them: four bytes (little-endian) with
// the length of the JSON, the JSON, and the body, which begins at a multiple of eight.

/** @param {Uint8Array} data @returns {{words: any, body: Uint8Array<ArrayBuffer>}} */
export function openEnvelope(data) {
  const bytes = data.slice();
  const size = new DataView(bytes.buffer).getUint32(0, true);
  const words = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + size)));
  return { words, body: bytes.subarray(4 + size) };
}
