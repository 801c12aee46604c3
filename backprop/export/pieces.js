// Texts that lie in a page in pieces: pieces.py takes them apart.

const FIRST = 48;

/** A text put together again. @param {string[]} pieces @param {string} order a letter for each piece */
export const whole = (pieces, order) =>
  Array.from({ length: order.length }, (_, n) => pieces[order.charCodeAt(n) - FIRST]).join("");
