// A scene on the stage, and the toggle above it: whatever a booklet shows goes through here.

import { all, one } from "../drawing/dom.js";
import { LOOKS } from "../stage/engine/sentences.js";
import { begin } from "../stage/engine/start.js";
import mount from "../stage/player/mount.js";
import { dataOf, describedIn, experimentOf, sceneOf } from "./library.js";

/** @import { Experiment, Playhead, View } from "../stage/protocol" */
/** @import { Book, Words } from "./book" */
/** @import { Given, Told } from "./told" */

/** The words in which nobody sees what is computed. */
const LOOKED_AT = ["beside", "update", "operation", "selection"];

/** A scene of those that the page came with, its words whole. @param {Told} told @param {number} n @returns {Given} */
const givenOf = ({ scenes }, n) => ({ ...scenes[n], words: { ...scenes[0].words, ...scenes[n].words } });

/** Turn to a scene as the page came with it, the playhead at `place`, or to other words of it. Why these
 * cannot be computed; "" if they can. @param {Book} book @param {number} n @param {Playhead | null} place @param {Words} changes */
export function turnTo(book, n, place, changes = {}) {
  const { data } = book.given;
  book.given = givenOf(book.told, n);
  book.base = { ...book.given.words, ...(place && placeWords(place)) };
  book.undo = [];
  const words = { ...book.base, ...changes };
  if (data === book.given.data && isSame(words, book.words)) {
    book.words = words; // it is there already
    hold(book);
    book.follow();
  } else {
    const refused = show(book, words);
    if (refused) return refused;
  }
  lead(book, book.words);
  return "";
}

/** @param {Playhead} place @returns {Words} */
export const placeWords = ({ update, operation, selection }) => ({ update: String(update), operation, selection });

/** Whether two scenes compute and show the same, wherever the playhead is. @param {Words} one @param {Words} other */
const isSame = (one, other) => Object.keys(one).every((name) => LOOKED_AT.includes(name) || one[name] === other[name]);

/** Nothing can be changed before a lesson's question is answered. @param {Book} book */
export const isChangeable = ({ told, answer }) => !told.about.lesson || answer !== null;

/** Put a scene on the stage; the playhead stays where it is. Why it cannot be computed; "" if it can.
 * @param {Book} book @param {Words} words */
export function show(book, words) {
  const { given, at, told } = book;
  const scene = sceneOf(told.library, given, words, viewOf(book, words));
  const refused = refusalOf(scene.experiment);
  if (refused) return refused;
  book.words = { ...words, derivative: scene.experiment.shown, sample: String(scene.experiment.sample + 1) };
  paintToggle(book, scene.experiment);
  at("subtitle").textContent = told.about.subtitle || describedIn(told.library, scene.experiment);
  book.follow();
  book.dispose = mount({ data: scene, parentElement: at("host") }); // below what stands there by now
  hold(book);
  return "";
}

/** @param {Book} book @param {Words} words @returns {View} */
const viewOf = (book, words) => ({
  update: Number(words.update),
  operation: words.operation,
  selection: words.selection,
  projector: book.told.about.projector,
  visit: "",
  token: "",
  reach: isChangeable(book) ? dataOf(book.told.library, book.given, words).reach : [],
  edited: words.edits !== book.base.edits || words.weights !== book.base.weights,
  beside: words.beside,
});

/** Which number a format cannot hold. @param {Experiment} experiment */
function refusalOf(experiment) {
  try {
    begin({ ...experiment, updates: 0 });
    return "";
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
}

/** The same scene drawn again, in the colours of another theme. @param {Book} book */
export const redraw = (book) => show(book, book.words);

/** What is shown, as the engine takes it. @param {Book} book */
export const shownIn = ({ told, given, words }) => experimentOf(told.library, given, words);

/** @param {Book} book @param {Experiment} experiment */
function paintToggle({ at, choose }, { runners, shown }) {
  const bar = at("toggle");
  const names = runners.map(({ name }) => name);
  bar.hidden = names.length < 2;
  if (bar.dataset.names !== names.join()) {
    bar.dataset.names = names.join();
    bar.replaceChildren(...names.map((name) => choiceOf(name, choose)));
  }
  for (const button of all(bar, "button", HTMLButtonElement)) {
    const mine = button.dataset.name === shown;
    button.setAttribute("aria-checked", String(mine));
    button.tabIndex = mine ? 0 : -1;
  }
}

/** @param {string} name @param {Book["choose"]} choose */
function choiceOf(name, choose) {
  const button = document.createElement("button");
  button.type = "button";
  button.setAttribute("role", "radio");
  button.style.setProperty("--mine", LOOKS[name].colour);
  button.textContent = LOOKS[name].title;
  button.dataset.name = name;
  button.addEventListener("click", () => choose(name));
  button.addEventListener("keydown", (event) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    const buttons = all(/** @type {ParentNode} */ (button.parentNode), "button", HTMLButtonElement);
    const next = buttons[(buttons.indexOf(button) + by + buttons.length) % buttons.length];
    next.focus();
    next.click();
  });
  return button;
}

/** @param {Book} book @param {"backprop:go" | "backprop:hold" | "backprop:project"} name @param {object | null} detail */
const tellStage = ({ at }, name, detail) =>
  one(at("host"), ".stage-root", HTMLElement).dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));

/** Into projector mode, or out of it. @param {Book} book */
export const toggleProjector = (book) => tellStage(book, "backprop:project", null);

/** The playhead goes to a place. @param {Book} book @param {Words} words */
export const lead = (book, { update, operation, selection }) =>
  tellStage(book, "backprop:go", { update: Number(update), operation, selection });

/** Before the answer the playhead may not pass the furthest place that the steps have shown.
 * @param {Book} book */
function hold(book) {
  const { lesson } = book.told.about;
  if (!lesson) return;
  const before = book.answer === null ? lesson.steps.slice(0, lesson.after + 1) : [];
  const here = before.filter((step) => isSame(givenOf(book.told, step.scene).words, book.words));
  tellStage(book, "backprop:hold", (here.length ? here : before).at(-1) ?? null);
}
