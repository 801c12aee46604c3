// The end of a page's address says what is seen, in the words of a link: what differs from what the page
// came with.

import { fill } from "../drawing/template.js";
import { read } from "./words.js";

/** @import { Words } from "./book" */
/** @import { Offers } from "./told" */

/** The words in such an end, and a sentence for each that was refused.
 * @param {Offers} offers @param {string} text @returns {{words: Words, problems: string[]}} */
export function readHash({ fields, problem, strange }, text) {
  /** @type {Words} */
  const words = {};
  /** @type {string[]} */
  const problems = [];
  for (const [name, got] of new URLSearchParams(text)) {
    const offer = Object.hasOwn(fields, name) ? fields[name] : null;
    const reading = offer && read(offer, got);
    if (!reading) {
      problems.push(fill(strange, { name: brief(name), required: `It knows: ${Object.keys(fields).join(", ")}.` }));
    } else if (reading.word === undefined) {
      problems.push(fill(problem, { name, required: reading.required, got: brief(got) }));
    } else words[name] = reading.word;
  }
  return { words, problems };
}

/** @param {string} text */
const brief = (text) => (text.length > 40 ? `${text.slice(0, 40)}…` : text);

/** The words that differ, as such an end has them. @param {Offers} offers @param {Words} words @param {Words} base */
export function writeHash({ fields }, words, base) {
  const names = Object.keys(fields).filter((name) => words[name] !== base[name]);
  return queryOf(names.map((name) => [name, words[name]]));
}

/** Words as an address has them, readable for people. @param {string[][]} words */
export const queryOf = (words) =>
  new URLSearchParams(words).toString().replaceAll("%3A", ":").replaceAll("%7E", "~").replaceAll("%2C", ",");
