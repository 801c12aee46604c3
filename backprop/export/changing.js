// What a hand changes: by a control, by the toggle, or on the stage, whose questions the page answers.

import { one } from "../drawing/dom.js";
import { rowOf } from "../stage/player/moves.js";
import { dataOf } from "./library.js";
import { lead, placeWords, show, shownIn, toggleProjector } from "./showing.js";
import { writeEdits, writeNumber, writeWeights } from "./words.js";

/** @import { Asked, Question } from "../stage/protocol" */
/** @import { Book, Words } from "./book" */

const MOST_UNDO = 100;

/** Other words for what is shown; why they were refused, "" if they were not.
 * @param {Book} book @param {Words} changes */
export function change(book, changes) {
  const { edits, weights } = book.words;
  const refused = show(book, { ...book.words, ...changes });
  const isEdit = edits !== book.words.edits || weights !== book.words.weights;
  if (isEdit) book.undo = [...book.undo.slice(1 - MOST_UNDO), { edits, weights }];
  if (refused) followHand({}); // the stage goes back to what is there
  return refused;
}

/** The stage follows a control that is being moved. @param {Record<string, number>} moves */
export const followHand = (moves) => document.dispatchEvent(new CustomEvent("backprop:move", { detail: moves }));

/** Another derivative; with the one that stands beside it, it changes places. @param {Book} book @param {string} name */
export function choose(book, name) {
  const { derivative, beside } = book.words;
  change(book, { derivative: name, beside: name === beside ? derivative : beside });
}

/** Everything as the page came with it. @param {Book} book */
export function takeBack(book) {
  book.undo = [];
  show(book, book.base);
  lead(book, book.base);
}

/** Other samples, with a learning rate at which they are learned, unless another one was chosen; edits of
 * samples are forgotten. @param {Book} book @param {Words} wanted */
export function changeData(book, wanted) {
  const { given, told, words } = book;
  const rate = (/** @type {Words} */ of) => writeNumber(dataOf(told.library, given, of).rate ?? 1);
  const isChosen = words.learning_rate !== rate(words);
  const next = { ...words, ...wanted, edits: "" };
  return change(book, { ...next, learning_rate: isChosen ? words.learning_rate : rate(next) });
}

/** A sample with other numbers in some columns. @param {Book} book @param {number} sample @param {[column: number, value: number][]} cells */
export function setCells(book, sample, cells) {
  const experiment = shownIn(book);
  const before = rowOf(experiment, sample);
  const row = [...before];
  for (const [column, value] of cells) row[column] = value;
  const isEdit = row.some((value, n) => !Object.is(value, before[n]));
  const others = experiment.edits.filter(([index]) => index !== sample);
  const edits = isEdit ? writeEdits([...others, [sample, row]]) : book.words.edits;
  return change(book, { edits, sample: String(sample + 1) });
}

/** @param {Book} book @param {string} name @param {number} value */
function setWeight(book, name, value) {
  const others = shownIn(book).weights.filter(([other]) => other !== name);
  return change(book, { weights: writeWeights([...others, [name, value]]) });
}

/** The samples and weights as the page came with them. @param {Book} book */
const unedited = ({ base: { edits, weights } }) => ({ edits, weights });

/** The last edit goes; edits that an address brought have no history and go at once. @param {Book} book */
function undo(book) {
  const before = book.undo.at(-1) ?? unedited(book);
  const rest = book.undo.slice(0, -1);
  const refused = change(book, before);
  book.undo = rest;
  return refused;
}

/** The stage asks; the page answers itself. @param {Book} book */
export function answerStage(book) {
  one(book.root, ".stage-root", HTMLElement).addEventListener("backprop:ask", (event) => {
    event.stopPropagation(); // nobody else is asked
    answer(book, /** @type {CustomEvent<Question & Asked>} */ (event).detail);
  });
}

/** @param {Book} book @param {Question & Asked} question */
function answer(book, question) {
  if (question.kind === "beside") look(book, { beside: question.name });
  else if (question.kind === "rest") look(book, placeWords({ ...question, operation: question.operation || "start" }));
  else if (question.kind === "projector") toggleProjector(book);
  else book.at("notice").textContent = edit(book, question);
}

/** Why what was edited on the stage is refused; "" if it is not.
 * @param {Book} book @param {Exclude<Question & Asked, {kind: "beside" | "rest"}>} question */
function edit(book, question) {
  if (question.kind === "drop") return drop(book, question.sample, question.inputs);
  if (question.kind === "edit") return setWeight(book, question.name, question.value);
  if (question.kind === "sample") return change(book, { sample: String(question.sample + 1) });
  return question.kind === "undo" ? undo(book) : change(book, unedited(book));
}

/** Nothing is computed anew: the player shows it by itself. @param {Book} book @param {Words} words */
function look(book, words) {
  book.words = { ...book.words, ...words };
  book.follow();
}

/** @param {Book} book @param {number} sample @param {{input: number, value: number}[]} inputs */
function drop(book, sample, inputs) {
  const { reach } = dataOf(book.told.library, book.given, book.words);
  const kept = (/** @type {number} */ input, /** @type {number} */ value) =>
    Math.max(-reach[input], Math.min(reach[input], value));
  return setCells(
    book,
    sample,
    inputs.map(({ input, value }) => [input, kept(input, value)]),
  );
}
