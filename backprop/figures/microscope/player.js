// The microscope's player: it sends what was dragged, pressed or typed, and paints Python's answer.
// One request is under way at a time; while it is, only the latest wish is kept.

import { around, one } from "../../drawing/dom.js";
import { untilLeft } from "../../drawing/leaving.js";
import { lay } from "./morph.js";
import { SHELL } from "./shell.js";

/** @import { Wish } from "../../stage/protocol" */

/** @typedef {Omit<Wish, "count">} NewWish
 * @typedef {{buttons: string, ticks: string, body: string, message: string, text: string, typed: string, exact: string, place: number, count: number}} Picture
 * @typedef {{slider: HTMLInputElement, field: HTMLInputElement, [name: string]: HTMLElement}} Parts
 * @typedef {{root: HTMLElement, at: <Name extends keyof Parts>(name: Name) => Parts[Name], data: Picture | null,
 *   count: number, waiting: number, since: number, wish: NewWish | null, held: boolean, typed: boolean,
 *   watch: number, home: string, send: (wish: Wish) => void}} Player */

const PATIENCE = 4000; // ms; an answer that is lost must not lock the slider
/** @type {WeakMap<Element, Player>} */
const players = new WeakMap();

/** @param {{data: Picture, parentElement: HTMLElement, setStateValue: (name: "asked", wish: Wish) => void}} component */
export default function mount({ data, parentElement, setStateValue }) {
  const player = players.get(parentElement) ?? createPlayer(one(parentElement, ".microscope-root", HTMLElement));
  players.set(parentElement, player);
  player.send = untilLeft(player.home, (wish) => setStateValue("asked", wish));
  paint(player, data);
  return () => {
    clearInterval(player.watch);
    for (const marker of document.querySelectorAll(".h-marker")) marker.remove();
    players.delete(parentElement);
  };
}

/** @param {HTMLElement} root */
function createPlayer(root) {
  root.innerHTML = SHELL;
  /** @type {Player["at"]} */
  const at = (name) => one(root, `[data-part="${name}"]`, /** @type {any} */ (HTMLElement));
  /** @type {Player} */
  const player = {
    root,
    at,
    data: null,
    count: Date.now(),
    waiting: 0,
    since: 0,
    wish: null,
    held: false,
    typed: false,
    watch: setInterval(() => mark(player), 300),
    home: location.pathname,
    send: () => {},
  };
  const slider = at("slider");
  slider.addEventListener("input", () =>
    ask(player, { place: Number(slider.value), held: true, seen: beneathIsSeen() }),
  );
  slider.addEventListener("change", () => ask(player, { place: Number(slider.value) }));
  slider.addEventListener("pointerdown", () => {
    player.held = true;
  });
  for (const end of ["pointerup", "pointercancel", "change", "blur"]) {
    slider.addEventListener(end, () => {
      player.held = false;
    });
  }
  const field = at("field");
  field.addEventListener("input", () => {
    player.typed = true;
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") ask(player, { text: field.value });
    if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      event.preventDefault();
      ask(player, { floats: event.key === "ArrowUp" ? 1 : -1 });
    }
    event.stopPropagation(); // letters typed here are no shortcuts of the app
  });
  field.addEventListener("blur", () => {
    if (player.typed) ask(player, { text: field.value });
  });
  root.addEventListener("click", (event) => {
    const button = around(event, "button", HTMLButtonElement);
    if (!button) return;
    const { go, floats, by } = button.dataset;
    if (go !== undefined) ask(player, { text: go });
    else if (floats !== undefined) ask(player, { floats: Number(floats) });
    else if (by !== undefined) ask(player, { by: Number(by) });
  });
  return player;
}

/** Whether what stands beneath the charts is on the screen; if not, it follows once h is let go. */
function beneathIsSeen() {
  const beneath = document.querySelector(".st-key-microscope_readings");
  return !beneath || beneath.getBoundingClientRect().top < innerHeight;
}

/** Send a wish, or keep it until the answer to the last one is here. Steps add up meanwhile.
 * @param {Player} player @param {NewWish} wish */
function ask(player, wish) {
  if (player.waiting && performance.now() - player.since < PATIENCE) {
    const more = wish.floats && player.wish?.floats;
    player.wish = more ? { floats: (wish.floats ?? 0) + more } : wish;
    return;
  }
  player.count += 1;
  player.waiting = player.count;
  player.since = performance.now();
  player.wish = null;
  player.send({ ...wish, count: player.count });
}

/** @param {Player} player @param {Picture} data */
function paint(player, data) {
  player.data = data;
  const { at, root } = player;
  lay(data.buttons, at("buttons"));
  lay(data.ticks, at("ticks"));
  lay(data.body, at("body"));
  at("message").textContent = data.message;
  at("field").setAttribute("aria-invalid", String(data.message !== ""));
  if (!data.message && !(player.wish && "text" in player.wish)) {
    at("field").value = data.text;
    player.typed = false;
  } else if (data.message) {
    at("field").value = data.typed;
    player.typed = false;
  }
  if (!player.held) at("slider").value = String(data.place);
  at("slider").setAttribute("aria-valuetext", `h = ${data.text}`);
  at("track").style.setProperty("--now", String(data.place));
  for (const button of at("buttons").querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(button.dataset.go === data.exact));
  }
  root.dataset.h = data.exact;
  root.dataset.count = String(data.count);
  mark(player);
  if (data.count === player.waiting || !player.waiting) {
    player.waiting = 0;
    if (player.wish) ask(player, player.wish);
  }
}

/** The position of h on the charts: a line over each, kept there when the chart is drawn anew.
 * @param {Player} player */
function mark(player) {
  for (const plot of /** @type {NodeListOf<any>} */ (
    document.querySelectorAll(".st-key-microscope_charts .js-plotly-plot")
  )) {
    const layout = plot._fullLayout;
    if (!layout?.xaxis?.l2p || !player.data) continue;
    let line = plot.querySelector(":scope .h-marker");
    if (!line) {
      line = document.createElement("div");
      line.className = "h-marker";
      line.style.cssText =
        "position:absolute;width:0;border-left:2px solid currentColor;opacity:.75;pointer-events:none;z-index:2";
      (plot.querySelector(".svg-container") ?? plot).append(line);
      plot.on("plotly_afterplot", () => mark(player));
      plot.on("plotly_click", (/** @type {{points: {x: number}[]}} */ { points }) =>
        ask(player, { place: points[0].x }),
      );
    }
    const x = layout.xaxis.l2p(player.data.place);
    const inside = x >= 0 && x <= layout.xaxis._length;
    line.style.display = inside ? "block" : "none";
    line.style.left = `${layout.xaxis._offset + x - 1}px`;
    line.style.top = `${layout.yaxis._offset}px`;
    line.style.height = `${layout.yaxis._length}px`;
    line.dataset.place = player.data.place;
  }
}
