// What can be chosen on a shelf, and what is chosen next: no page is needed here.

/** @import { ShelfTold as Told } from "./told" */

/** The words that can stand on an axis, if the axes before it say what they say.
 * @param {Told} told @param {string[]} words @param {number} axis */
export function choicesOf({ drawings }, words, axis) {
  const before = words.slice(0, axis).join(" ");
  const fitting = Object.keys(drawings).map((key) => key.split(" "));
  return [...new Set(fitting.filter((some) => some.slice(0, axis).join(" ") === before).map((some) => some[axis]))];
}

/** The words of a drawing that there is, as near to the wanted ones as can be: an axis whose word is not
 * there has its first one, or the last that is no further. @param {Told} told @param {(string | undefined)[]} wanted */
export function nearest(told, wanted) {
  /** @type {string[]} */
  const words = [];
  for (const axis of told.axes.keys()) {
    const choices = choicesOf(told, words, axis);
    const word = wanted[axis] ?? "";
    const below = choices.filter((choice) => told.axes[axis].walked && Number(choice) <= Number(word));
    words.push(choices.includes(word) ? word : (below.at(-1) ?? choices[0]));
  }
  return words;
}
