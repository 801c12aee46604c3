// The step at which a lesson was left for another page, in this tab of the browser. Who comes back goes on
// there; who opens the lesson from the gallery begins it.

import { keep, kept } from "../drawing/kept.js";

const NAME = "backprop.step";
const BEGUN = "backprop.begun";

/** @param {string} place such as "wrong-label:3"; none is forgotten */
export const keepStep = (place) => keep(NAME, place);

/** The lesson begins when it is opened next, wherever it was left; the browser may say that it was left
 * only after this. @param {string} lesson */
export const begin = (lesson) => keep(BEGUN, lesson);

/** Where a lesson goes on that is opened, such as "wrong-label:3"; "" where it begins. @param {string} lesson */
export function takeStep(lesson) {
  if (kept(BEGUN) === lesson) keepStep("");
  begin("");
  const place = kept(NAME);
  return place.startsWith(`${lesson}:`) ? place : "";
}
