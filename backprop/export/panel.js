// "Change it": the controls beside the stage, from the same table of fields as the app's.

import { rowOf } from "../stage/player/moves.js";
import { change, changeData, followHand, setCells, takeBack } from "./changing.js";
import { listControl, numberControl, pointsControl, sliderOf, switchControl } from "./controls.js";
import { dataOf } from "./library.js";
import { isChangeable, shownIn } from "./showing.js";
import { writeNumber, writeRows } from "./words.js";

/** @import { Book, Control } from "./book" */
/** @import { Offer } from "./told" */

const PLACES = ["beside", "update", "operation", "selection"]; // nothing that was changed
const NARROW = 900; // pixels up to which the controls lie below the stage, as in booklet.css
const EDITED = { edits: "samples", weights: "weights and biases" };

/** Lay the controls; `paintPanel` fills them. @param {Book} book */
export function layPanel(book) {
  const { at, panel } = book;
  const { fields } = book.told.library.offers;
  const take = (/** @type {string} */ name) => (/** @type {string} */ word) => change(book, { [name]: word });
  const titleOf = (/** @type {string} */ name) => fields[name].title ?? name;
  const listed = (/** @type {string} */ name, taking = take(name)) => {
    const { options = [], titles = {} } = fields[name];
    return listControl(
      name,
      titleOf(name),
      options.map((word) => [word, titles[word] ?? word]),
      taking,
    );
  };
  const switched = (/** @type {string} */ name) => switchControl(name, titleOf(name), take(name));
  panel.fields = {
    ...(fields.units && {
      units: listed("units"),
      hidden: listed("hidden"),
      bias: switched("bias"),
      seed: listed("seed"),
      data: listed("data", (word) => chooseData(book, word)),
      rows: pointsControl(fields.rows, book.told.library.offers, (rows) => changeData(book, { rows })),
    }),
    format: listed("format"),
    clamp: listed("clamp"),
    epsilon: numbered(book, "epsilon"),
    sample: numbered(book, "sample"),
    learning_rate: numbered(book, "learning_rate"),
    updates: numbered(book, "updates"),
    scale: numbered(book, "scale"),
    output_bias: numbered(book, "output_bias"),
    zero_biases: switched("zero_biases"),
  };
  const boxes = Object.values(panel.fields).map(({ box }) => box);
  at("fields").append(...boxes);
  panel.fields.sample.box.after(at("cells"));
  at("change-switch").addEventListener("click", () => {
    openPanel(book, Boolean(at("change").hidden));
    if (book.root.clientWidth <= NARROW && !at("change").hidden) at("host").scrollIntoView();
  });
  at("take-back").addEventListener("click", () => takeBack(book));
  if (fields.units && book.root.clientWidth > NARROW) openPanel(book, true); // a playground is for that
}

/** Unfold the panel, or fold it. @param {Book} book @param {boolean} isOpen */
function openPanel({ at, root }, isOpen) {
  at("change").hidden = !isOpen;
  at("change-switch").setAttribute("aria-expanded", String(isOpen));
  root.dataset.changing = String(isOpen);
}

/** A field that is a number. @param {Book} book @param {string} name */
function numbered(book, name) {
  const { offers } = book.told.library;
  const offer = offers.fields[name];
  return numberControl(offers, {
    name,
    title: offer.title ?? name,
    offer: () => (name === "sample" ? upTo(offer, shownIn(book).X.length) : offer),
    slider: (value) => (name === "sample" ? { min: 1, max: shownIn(book).X.length, step: 1 } : sliderOf(offer, value)),
    move: (value) => followHand(value === null ? {} : { [name]: value }),
    take: (word) => change(book, { [name]: word }),
  });
}

/** A whole number that goes no further than there are samples. @param {Offer} offer @param {number} high @returns {Offer} */
const upTo = (offer, high) => ({ ...offer, high, required: offer.required.replace(/\d+$/, String(high)) });

/** What is shown stands in the controls; there are none before a lesson's question is answered.
 * @param {Book} book */
export function paintPanel(book) {
  const { at, words, panel } = book;
  const isOpen = isChangeable(book);
  at("change-switch").hidden = !isOpen;
  if (!isOpen) openPanel(book, false);
  const experiment = shownIn(book);
  for (const [name, control] of Object.entries(panel.fields)) control.paint(words[name]);
  panel.fields.output_bias.enable(experiment.bias);
  panel.fields.zero_biases.enable(experiment.bias);
  panel.fields.sample.box.hidden = experiment.X.length < 2;
  if (panel.fields.rows) panel.fields.rows.box.hidden = words.data !== "own";
  layCells(book);
  const row = rowOf(experiment, experiment.sample);
  for (const [column, cell] of panel.cells.entries()) cell.paint(writeNumber(row[column]));
  tellChanges(book);
}

/** Own points begin as those that are seen. @param {Book} book @param {string} data */
function chooseData(book, data) {
  const { library } = book.told;
  const { X, y } = shownIn(book).sizes.at(-1) === 1 ? shownIn(book) : library.data[book.given.data];
  const rows = data === "own" && !book.words.rows ? writeRows(X.map((x, n) => [...x, ...y[n]])) : book.words.rows;
  return changeData(book, { data, rows });
}

/** @param {Book} book */
const dataHere = ({ told, given, words }) => dataOf(told.library, given, words);

/** A control for each input and target of the shown sample. @param {Book} book */
function layCells(book) {
  const { at, panel } = book;
  const { X, y, features } = dataHere(book);
  const names = [...features, y[0].length].join();
  if (panel.names === names) return;
  const targets = y[0].map((_, k) => (y[0].length === 1 ? "Target y" : `Target y${"₁₂₃₄₅₆₇₈₉"[k] ?? k + 1}`));
  panel.names = names;
  panel.cells = [...features, ...targets].map((title, column) => cellOf(book, title, column, X[0].length));
  at("cells").replaceChildren(...panel.cells.map(({ box }) => box));
}

/** @param {Book} book @param {string} title @param {number} column @param {number} inputs @returns {Control} */
function cellOf(book, title, column, inputs) {
  const { offers } = book.told.library;
  const isInput = column < inputs;
  const name = isInput ? `x${column}` : `y${column - inputs}`;
  return numberControl(offers, {
    name,
    title,
    offer: () => offers.cells[isInput ? "input" : "target"],
    slider: (value) => {
      if (!isInput) return { min: 0, max: 1, step: 0.05 };
      const reach = dataHere(book).reach[column];
      const most = Math.max(reach, Math.abs(value));
      return { min: -most, max: most, step: 10 ** Math.floor(Math.log10(reach / 300)) };
    },
    move: (value) => followHand(value === null ? {} : { [name]: value }),
    take: (word) => setCells(book, shownIn(book).sample, [[column, Number(word)]]),
  });
}

/** What differs from what the page came with, and the way back to that. @param {Book} book */
function tellChanges({ at, words, base, told }) {
  const { fields } = told.library.offers;
  const changed = Object.keys(fields).filter((name) => words[name] !== base[name] && !PLACES.includes(name));
  const names = changed.map((name) => EDITED[/** @type {"edits"} */ (name)] ?? fields[name].title ?? name);
  at("changed").textContent = names.length ? `Changed: ${names.join(", ")}` : "";
  at("take-back").hidden = !names.length;
}
