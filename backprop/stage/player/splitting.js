// Who stands beside the shown derivative: chosen in a list, by the key V, or by a link.

import { FORM_WORDS, LOOKS } from "../engine/sentences.js";
import { runnerBeside } from "./beside.js";
import { fit } from "./fitting.js";
import { paint } from "./painting.js";
import { ask } from "./questions.js";

/** @import { Player } from "./player" */

/** @returns {Player["beside"]} */
export const newBeside = () => ({ name: "", said: "", last: "" });

/** The others that are computed. @param {Player} player */
const othersOf = ({ recording: { experiment } }) =>
  experiment.runners.map(({ name }) => name).filter((name) => name !== experiment.shown);

/** What a scene says of it, once; and the list for its runners. @param {Player} player */
export function hearBeside(player) {
  const { at, beside, recording } = player;
  const { about, experiment, whole } = recording;
  const isShown = about.view.beside === experiment.shown; // chosen, it changes places with the one before
  const said = whole && isShown ? whole.experiment.shown : about.view.beside;
  if (beside.said !== said) beside.name = beside.said = said;
  const others = othersOf(player);
  const choices = at("beside");
  choices.hidden = !others.length;
  const key = others.join();
  if (choices.dataset.key !== key) {
    const options = others.map((name) => new Option(`beside ${LOOKS[name].title}`, name));
    choices.replaceChildren(new Option("beside …", ""), ...options);
    choices.dataset.key = key;
  }
  choices.value = runnerBeside(player)?.name ?? "";
}

/** @param {Player} player @param {string} name "" for none */
export function standBeside(player, name) {
  const { at, beside } = player;
  beside.last = beside.name || beside.last;
  beside.name = beside.said = name;
  at("beside").value = name;
  fit(player);
  paint(player);
  ask(player, { kind: "beside", name });
}

/** The one that stood there last comes, or goes; at first it is the most accurate one. @param {Player} player */
export function toggleBeside(player) {
  const others = othersOf(player);
  const [{ form }] = player.recording.experiment.runners;
  const wanted = [player.beside.last, FORM_WORDS[form].best, ...others].find((name) => others.includes(name));
  if (wanted) standBeside(player, runnerBeside(player) ? "" : wanted);
}
