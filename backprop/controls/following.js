// What a hand does to Streamlit's widgets before Streamlit tells Python: read from the page, a frame
// at a time, and said to the stage as "backprop:move". Streamlit's page is no contract: a widget that
// does not look as expected says nothing, and its value is heard once it is let go.

import { keptOf } from "../drawing/address.js";

/** @import { Moves, Watched } from "../stage/protocol" */

/** @type {Record<string, Watched>} */
let followed = {};
let lastMoves = "{}";
let awaited = 0;

/** @param {{data: {watched: Record<string, Watched>}}} component */
export default function mountFollowing({ data }) {
  followed = data.watched;
  lastMoves = "{}"; // Python has spoken: whatever the stage shows is said anew
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
function readWidget(key, { value, options, labels }) {
  const box = document.querySelector(`.st-key-${key.replace(/[^a-zA-Z0-9_-]/g, "-")}`);
  const input = box?.querySelector("input");
  if (!box) return undefined;
  if (!input) {
    const choices = [...box.querySelectorAll("[role=radio]")];
    return options[choices.findIndex((choice) => choice.getAttribute("aria-checked") === "true")];
  }
  if (input.type === "checkbox") return input.checked;
  if (labels.length) return options[labels.indexOf(input.value)];
  if (typeof value === "string") return input.value;
  return options.length ? options[input.valueAsNumber] : unrounded(input, Number(value));
}

/** The number of a slider, which stands on its nearest stop: until it moves it means what Python said.
 * @param {HTMLInputElement} input @param {number} said */
function unrounded(input, said) {
  const shown = input.valueAsNumber;
  return Math.abs(shown - said) <= 0.5001 * Number(input.step) ? said : shown;
}
