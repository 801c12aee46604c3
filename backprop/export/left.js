// The step at which a lesson was left for another page, in this tab of the browser. Who comes back goes on
// there; who opens the lesson from the gallery begins it.

import { keep, kept } from "../drawing/kept.js";

const NAME = "backprop.step";

/** @param {string} place such as "wrong-label:3"; none is forgotten */
export const keepStep = (place) => keep(NAME, place);

export const keptStep = () => kept(NAME);
