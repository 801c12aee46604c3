// One control for one word: a slider beside a field in which it can be typed, a list, or a box to tick.
// What cannot be taken stays typed, and the reason stands beside it.

import { typedPlainly } from "../drawing/digits.js";
import { fill } from "../drawing/template.js";
import { read, writeNumber } from "./words.js";

/** @import { Control, NumberControl } from "./book" */
/** @import { Offer, Offers } from "./told" */

/** The box of a control. @param {string} name @param {string} title */
function boxOf(name, title) {
  const box = document.createElement("div");
  box.className = "book-field";
  box.dataset.field = name;
  box.innerHTML = '<span class="book-name"></span><p class="book-wrong" role="alert"></p>';
  const [label, wrong] = /** @type {HTMLElement[]} */ ([...box.children]);
  label.textContent = title;
  return { box, wrong };
}

/** A number: `slider` gives where its slider goes now, `move` is heard while a hand moves it, `take` takes
 * the word and says why not. @param {Offers} offers @param {NumberControl} options @returns {Control} */
export function numberControl({ refused }, { name, title, offer, slider, move, take }) {
  const { box, wrong } = boxOf(name, title);
  const [text, range] = [document.createElement("input"), document.createElement("input")];
  let [word, stops] = ["", /** @type {number[]} */ ([])];
  text.inputMode = "decimal";
  text.autocomplete = "off";
  text.maxLength = 40;
  text.setAttribute("aria-label", title);
  range.type = "range";
  range.setAttribute("aria-label", `${title}, slider`);
  box.insertBefore(text, wrong);
  box.insertBefore(range, wrong);
  const place = (/** @type {string} */ at) => {
    const { min, max, step, stops: some } = slider(Number(at));
    stops = some ?? [];
    const [low, high, by] = some ? [0, some.length - 1, 1] : [min, max, step];
    Object.assign(range, { min: String(low), max: String(high), step: String(by) });
    range.value = some ? String(some.indexOf(Number(at))) : at;
    range.setAttribute("aria-valuetext", at);
  };
  const commit = (/** @type {string} */ got) => {
    const reading = read(offer(), typedPlainly(got));
    const said =
      reading.word === undefined ? fill(refused, { required: reading.required, text: got, shown: word }) : "";
    wrong.textContent = said || take(reading.word ?? "");
    if (!said && !wrong.textContent) show(word);
    return wrong.textContent === "";
  };
  const show = (/** @type {string} */ now) => {
    word = text.value = now;
    wrong.textContent = "";
    place(word);
  };
  range.addEventListener("input", () => {
    text.value = writeNumber(stops.length ? stops[range.valueAsNumber] : range.valueAsNumber);
    range.setAttribute("aria-valuetext", text.value);
    wrong.textContent = "";
    move(Number(text.value));
  });
  range.addEventListener("change", () => commit(text.value) || place(word));
  text.addEventListener("input", () => {
    const reading = read(offer(), typedPlainly(text.value));
    move(reading.word === undefined ? null : Number(reading.word));
  });
  text.addEventListener("change", () => commit(text.value) || move(null));
  text.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") {
      show(word);
      move(null);
    }
    if (key === "Enter" || key === "Escape") text.blur(); // the keys are the player's again
  });
  const paint = (/** @type {string} */ now) => {
    if (now !== word) show(now);
  };
  const enable = (/** @type {boolean} */ on) => {
    text.disabled = range.disabled = !on;
  };
  return { box, paint, enable };
}

/** A choice from a list, each option by its title. @param {string} name @param {string} title @param {[word: string, title: string][]} options
 * @param {(word: string) => string} take @returns {Control} */
export function listControl(name, title, options, take) {
  const { box, wrong } = boxOf(name, title);
  const list = document.createElement("select");
  list.setAttribute("aria-label", title);
  list.append(...options.map(([word, called]) => new Option(called, word)));
  box.insertBefore(list, wrong);
  let shown = "";
  list.addEventListener("change", () => {
    wrong.textContent = take(list.value);
    if (wrong.textContent) list.value = shown;
  });
  const paint = (/** @type {string} */ word) => {
    if (word !== shown) wrong.textContent = "";
    list.value = shown = word;
  };
  return {
    box,
    paint,
    enable: (on) => {
      list.disabled = !on;
    },
  };
}

/** On or off. @param {string} name @param {string} title @param {(word: string) => string} take @returns {Control} */
export function switchControl(name, title, take) {
  const { box, wrong } = boxOf(name, title);
  const tick = document.createElement("input");
  tick.type = "checkbox";
  tick.setAttribute("aria-label", title);
  box.prepend(tick);
  tick.addEventListener("change", () => {
    wrong.textContent = take(tick.checked ? "on" : "off");
  });
  return {
    box,
    paint: (word) => {
      tick.checked = word === "on";
      wrong.textContent = "";
    },
    enable: (on) => {
      tick.disabled = !on;
    },
  };
}

/** Own points as a table: a line each, its two inputs and its target.
 * @param {Offer} offer @param {Offers} offers @param {(rows: string) => string} take @returns {Control} */
export function pointsControl(offer, { refused }, take) {
  const { box, wrong } = boxOf("rows", "Points: x₁; x₂; y, one a line");
  const text = document.createElement("textarea");
  text.rows = 5;
  text.setAttribute("aria-label", "Points");
  box.insertBefore(text, wrong);
  let shown = "";
  text.addEventListener("change", () => {
    const lines = text.value.split("\n").filter((line) => line.trim());
    const cells = lines.map((line) =>
      line
        .split(/[;\t]|\s+/)
        .map(typedPlainly)
        .filter(Boolean),
    );
    const got = cells.map((row) => row.join("_")).join("~");
    const reading = read(offer, got);
    const said = reading.word ? take(reading.word) : "";
    wrong.textContent = reading.word
      ? said
      : fill(refused, { required: offer.required, text: text.value, shown: "0.5; -1; 1" });
  });
  const paint = (/** @type {string} */ rows) => {
    if (rows === shown) return;
    shown = rows;
    text.value = rows.replaceAll("~", "\n").replaceAll("_", "; ");
    wrong.textContent = "";
  };
  return {
    box,
    paint,
    enable: (on) => {
      text.disabled = !on;
    },
  };
}

/** Where the slider of a field goes, in even steps or from stop to stop; a value beyond makes it longer.
 * @param {Offer} offer @param {number} value */
export function sliderOf({ low = 0, high = 1, stops, reach }, value) {
  if (stops) return { stops: [...new Set([...stops, value])].sort((a, b) => a - b), min: 0, max: 0, step: 1 };
  if (!reach) return { min: low, max: high, step: 1 };
  const most = Math.max(reach[0], Math.abs(value));
  return { min: Math.max(low, -most), max: Math.min(high, most), step: reach[1] };
}
