// What a hand does to Streamlit's widgets before Streamlit tells Python: read from the page, a frame
// at a time, and said to the stage as "backprop:move". Streamlit's page is no contract: a widget that
// does not look as expected says nothing, and its value is heard once it is let go.

import { keptOf } from "../drawing/address.js";
import { numberWithin, typedPlainly } from "../drawing/digits.js";

/** @import { Moves, Watched, Word } from "../stage/protocol" */

/** @type {Record<string, Watched>} */
let followed = {};
/** What a typed field showed by Python's word before the last, until it shows anything else: Streamlit is
 * late to fill such a one, which is no act of a hand. @type {Record<string, Word>} */
const late = {};
/** @type {string | null} */
let lastMoves = "{}";
let awaited = 0;

/** @param {{data: {watched: Record<string, Watched>}}} component */
export default function mountFollowing({ data }) {
  for (const [key, { value }] of Object.entries(followed)) if (data.watched[key]?.value !== value) late[key] ??= value;
  followed = data.watched;
  lastMoves = null; // Python has spoken: it is said anew, also that nothing has moved since
  keep({});
  const stop = new AbortController();
  const look = new MutationObserver(lookSoon);
  look.observe(document.body, { subtree: true, childList: true, attributeFilter: ["value", "aria-checked"] });
  document.addEventListener("input", lookSoon, { capture: true, signal: stop.signal });
  lookSoon();
  return () => {
    look.disconnect();
    stop.abort();
    cancelAnimationFrame(awaited);
    awaited = 0;
    keep(null);
  };
}

/** For a server that comes anew. @param {Moves | null} moves */
function keep(moves) {
  const kept = keptOf();
  if (kept) kept.moves = moves;
}

function lookSoon() {
  awaited ||= requestAnimationFrame(() => {
    awaited = 0;
    tellMoves();
  });
}

function tellMoves() {
  /** @type {Moves} */
  const moves = {};
  for (const [key, widget] of Object.entries(followed)) {
    const value = readWidget(key, widget);
    if (value !== undefined && value !== widget.value) moves[widget.name] = value;
  }
  const said = JSON.stringify(moves);
  if (said === lastMoves) return;
  lastMoves = said;
  keep(moves);
  document.dispatchEvent(new CustomEvent("backprop:move", { detail: moves }));
}

/** What a widget says now; undefined if it is not there. @param {string} key @param {Watched} widget */
function readWidget(key, { value, options, labels, limits }) {
  const box = document.querySelector(`.st-key-${key.replace(/[^a-zA-Z0-9_-]/g, "-")}`);
  const input = box?.querySelector("input");
  if (!box) return undefined;
  if (!input) {
    const choices = [...box.querySelectorAll("[role=radio]")];
    return options[choices.findIndex((choice) => choice.getAttribute("aria-checked") === "true")];
  }
  if (input.type === "checkbox") return input.checked;
  if (labels.length) return options[labels.indexOf(input.value)];
  if (limits && Number.isNaN(numberWithin(limits, typedPlainly(input.value)))) return undefined; // Python says why
  if (input.type === "range") return options.length ? options[input.valueAsNumber] : unrounded(input, Number(value));
  const typed = typeof value === "string" ? input.value : input.valueAsNumber;
  if (typed === late[key] || Number.isNaN(typed)) return undefined;
  delete late[key];
  return typed;
}

/** The number of a slider, which stands on its nearest stop: until it moves it means what Python said.
 * @param {HTMLInputElement} input @param {number} said */
function unrounded(input, said) {
  const shown = input.valueAsNumber;
  return Math.abs(shown - said) <= 0.5001 * Number(input.step) ? said : shown;
}
