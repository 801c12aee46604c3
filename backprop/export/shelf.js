// A page of drawings made beforehand: one of them is shown, and the address says which.

import { one } from "../drawing/dom.js";
import { wearTheme } from "../drawing/theme.js";
import { choicesOf, nearest } from "./choosing.js";
import { inflated } from "./inflate.js";
import { whole } from "./pieces.js";

/** @import { ShelfTold as Told } from "./told" */

/** @type {Told} */
const told = JSON.parse(await inflated("told"));
const place = one(document, "main", HTMLElement);
place.innerHTML = `
<header class="shelf-head"><div><h1></h1></div><span class="shelf-tools"><a>All lessons</a><button type="button"></button></span></header>
<div class="shelf-lead"></div>
<div class="shelf-choices"></div>
<div class="shelf-drawing" role="region" aria-live="polite"></div>`;
one(place, "h1", HTMLElement).textContent = told.title;
one(place, ".shelf-lead", HTMLElement).innerHTML = told.lead;
one(place, "a", HTMLAnchorElement).href = told.home;
wearTheme(one(place, "button", HTMLButtonElement));
const drawing = one(place, ".shelf-drawing", HTMLElement);
drawing.classList.add(told.root);

let words = wantedWords();
const lists = told.axes.map(({ title, walked, name }, axis) => {
  const label = document.createElement("label");
  const list = document.createElement("select");
  label.textContent = title;
  list.dataset.axis = name;
  list.addEventListener("change", () => go(axis, list.value));
  label.append(list);
  const row = one(place, ".shelf-choices", HTMLElement);
  row.append(label);
  if (walked) row.append(walker(axis, -1, "Back"), walker(axis, 1, "Next"));
  return list;
});

/** @param {number} axis @param {number} by @param {string} title */
function walker(axis, by, title) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = title;
  button.dataset.by = String(by);
  button.addEventListener("click", () => walk(axis, by));
  return button;
}

/** To the next one on an axis, if there is one. @param {number} axis @param {number} by */
function walk(axis, by) {
  const choices = choicesOf(told, words, axis);
  const next = choices[choices.indexOf(words[axis]) + by];
  if (next !== undefined) go(axis, next);
}

/** @param {number} axis @param {string} word */
function go(axis, word) {
  words = nearest(
    told,
    words.map((before, n) => (n === axis ? word : before)),
  );
  show();
}

function wantedWords() {
  const query = new URLSearchParams(location.hash.slice(1));
  return nearest(
    told,
    told.axes.map(({ name }) => query.get(name) ?? undefined),
  );
}

function show() {
  for (const [axis, list] of lists.entries()) {
    const { options } = told.axes[axis];
    const choices = choicesOf(told, words, axis);
    list.replaceChildren(...choices.map((word) => new Option(options[word] ?? word, word)));
    list.value = words[axis];
    for (const button of list.parentElement?.parentElement?.querySelectorAll("button") ?? [])
      if (told.axes[axis].walked)
        button.disabled = choices[choices.indexOf(words[axis]) + Number(button.dataset.by)] === undefined;
  }
  drawing.innerHTML = told.drawings[words.join(" ")].map((n) => whole(told.pieces, told.blocks[n])).join("");
  const shown = drawing.querySelector("[data-show]");
  const row = shown?.parentElement;
  if (row && shown instanceof HTMLElement)
    row.scrollLeft = shown.offsetLeft - (row.clientWidth - shown.offsetWidth) / 2;
  const address = new URLSearchParams(told.axes.map(({ name }, axis) => [name, words[axis]]));
  history.replaceState(history.state, "", `#${address}`);
}

addEventListener("hashchange", () => {
  words = wantedWords();
  show();
});
addEventListener("keydown", (event) => {
  const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const axis = told.axes.findIndex(({ walked }) => walked);
  if (!by || axis < 0 || event.target instanceof HTMLSelectElement || event.ctrlKey || event.metaKey || event.altKey)
    return;
  event.preventDefault();
  walk(axis, by);
});
show();
