/** The words that came with some bytes, and the bytes as `body`. */
function openEnvelope(data) {
  const size = new DataView(data.buffer, data.byteOffset).getUint32(0, true);
  const words = JSON.parse(new TextDecoder().decode(data.subarray(4, 4 + size)));
  return { ...words, body: data.subarray(4 + size) };
}
