// Sentences with places, filled by the rules of engine/faults/words.py: {name}, with "!" or "?" for
// its parentheses, and ⟦…⟧ for what is left out if a place in it has nothing to fill it.

import { guarded } from "./digits.js";

/** @typedef {Record<string, string | null | undefined>} Places */

const PLACE = /\{(\w+)([!?]?)\}/g;

/** A sentence with its places filled; an Error for one that is missing and not left out.
 * @param {string} template @param {Places} places */
export function fill(template, places) {
  return template
    .replace(/⟦([^⟧]*)⟧/g, (_, part) =>
      [...part.matchAll(PLACE)].every(([, name]) => typeof places[name] === "string") ? part : "",
    )
    .replace(PLACE, (_, name, guard) => {
      const text = places[name];
      if (typeof text === "string") return guarded(text, guard);
      throw new Error(`Something to fill {${name}} is required in “${template}”.`);
    });
}

/** @type {Record<string, string>} */
const ESCAPED = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;" };

/** A text as HTML, what is not finite in it marked. @param {string} text */
export function marked(text) {
  const html = text.replace(/[&<>"']/g, (sign) => ESCAPED[sign]);
  return html.replace(/NaN|−∞|∞/g, "<em>$&</em>");
}
