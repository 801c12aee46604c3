// Room: the equation card keeps free what its tallest equation needs, so that nothing jumps while it
// plays, and the drawing takes what the window then leaves. Where that is too little, steps are folded.

import { all, one } from "../../drawing/dom.js";
import { farType, isFar } from "./far.js";
import { longestQuiet } from "./fault.js";
import { heightOf, measureCard } from "./sheets.js";

/** @import { About, Player, Room } from "./player" */

const LEAST = 224; // pixels below which a drawing cannot be read
const LEAST_CARD = 96; // of an equation with its footer
const LEAST_CHART = 190; // with its title
const MARGIN = 12; // below all
const VIEW_GAP = 6; // as in stage.css

/** @returns {Room} */
export const newRoom = () => ({
  size: "",
  equations: "",
  told: "",
  fault: 0,
  card: Infinity,
  button: 0,
  kinds: new Map(),
  examples: new Map(),
  scaled: new Set(),
  type: "",
  measured: new Map(),
});

/** What was measured counts no more. @param {Player} player */
export function measureAgain({ room }) {
  room.size = "";
}

/** Measure again where the equations, the stage's width or the window have changed; whether they have.
 * @param {Player} player */
export function fitRoom(player) {
  const { recording, root, room, at } = player;
  const { about, whole } = recording;
  if (whole?.about.equations === about.equations) return false;
  const asking = root.closest("[data-asking]")?.getAttribute("data-asking"); // a lesson, which hides the fault
  const size = [
    root.clientWidth,
    innerWidth,
    innerHeight,
    isFar(player),
    root.dataset.enlarged,
    root.dataset.beside,
    asking,
    at("data-card").hidden,
    chromeOf(player),
    Math.round(topOf(root)),
  ].join();
  const equations = equationsKey(about);
  const told = [about.ahead, about.room, about.faultCard].map((html) => html?.length ?? 0).join();
  const isSame = room.size === size && room.equations === equations;
  if (!root.clientWidth || (isSame && room.told === told)) return false;
  const layers = about.layers * (root.dataset.beside === "true" ? 2 : 1);
  const plan = planFor(root.clientWidth, isFar(player), layers);
  root.dataset.plan = plan;
  const fault = tallestFault(player);
  room.told = told;
  if (isSame && fault <= room.fault) return false; // what has been told since has room
  Object.assign(room, { size, equations, fault, card: Infinity });
  root.style.removeProperty("--grown");
  root.style.setProperty("--fault-height", pixels(room.fault));
  const box = one(root, ".equation-box", HTMLElement);
  measureCard(player, box);
  const tallest = Math.max(...[...room.kinds.values()].map(heightOf));
  const free = freeHeight(player);
  const least = isFar(player) ? leastFar(player) : LEAST;
  const cards = one(root, ".cards", HTMLElement);
  let card = tallest;
  if (root.dataset.enlarged === "view")
    root.style.setProperty("--drawing", pixels(innerHeight - 24 - chromeOf(player)));
  else if (root.dataset.enlarged) card = innerHeight - 2 * MARGIN - chromeOfCard(player, box);
  else if (plan === "single")
    root.style.setProperty("--drawing", pixels(Math.max(least, Math.min(480, 46 * mostUnits(about) + 70))));
  else if (plan === "beside") {
    const left = free - chromeOf(player) - at("fault").offsetHeight - 8;
    root.style.setProperty("--drawing", pixels(Math.max(least, left)));
    const others = [...cards.children].filter((one) => one !== at("equation-card") && one.checkVisibility()).length;
    const chart = isFar(player) ? 1.5 * LEAST_CHART : LEAST_CHART;
    card = Math.max(LEAST_CARD, Math.min(tallest, free - chromeOfCard(player, box) - others * (chart + 10)));
    root.style.setProperty("--column", pixels(Math.max(free, least + chromeOf(player))));
  } else {
    const left = free - chromeOf(player) - at("fault").offsetHeight - 16 - chromeOfCard(player, box);
    card = Math.max(LEAST_CARD, Math.min(tallest, left - least));
    root.style.setProperty("--drawing", pixels(Math.max(least, left - card)));
  }
  root.style.setProperty("--reserved", pixels(card));
  room.card = Math.floor(card);
  return true;
}

/** From afar numbers stand in a line where there is width for it, else above each other. @param {Player} player */
const leastFar = ({ root, recording: { about } }) =>
  farType() * (root.clientWidth < 1000 ? Math.min(4, mostUnits(about)) * 3.9 + 3 : 13);

/** @param {number} length */
const pixels = (length) => `${Math.max(0, Math.floor(length))}px`;

/** Where things stand: under each other, the cards beside the drawing, or all in one column.
 * @param {number} width @param {boolean} far @param {number} layers */
function planFor(width, far, layers) {
  if (far ? width >= 1700 && layers < 5 : width >= 1300) return "beside";
  return width <= (far ? 900 : 760) ? "single" : "stacked";
}

/** @param {About} about */
const equationsKey = (about) =>
  JSON.stringify(Object.entries(about.equations).map(([key, { html }]) => [key, html.length]));

/** @param {About} about */
const mostUnits = ({ blocks }) => Math.max(...blocks.filter(({ name }) => name === "h").map(({ shape }) => shape[0]));

/** The window's height below where the stage begins. @param {Player} player */
const freeHeight = ({ root }) => innerHeight - topOf(root) - MARGIN;

/** What stands around the drawing: the line above, the key, the transport. @param {Player} player */
const chromeOf = ({ at }) =>
  all(at("view"), ":scope > *", HTMLElement).reduce(
    (sum, { offsetHeight }) => sum + offsetHeight + VIEW_GAP,
    -VIEW_GAP,
  ) - at("drawing-box").clientHeight;

/** @param {Player} player @param {HTMLElement} box */
const chromeOfCard = ({ at }, box) => at("equation-card").offsetHeight - box.offsetHeight;

/** The height of the higher of the cards that speak of the fault, before it and after. @param {Player} player */
function tallestFault({ at, questions, recording: { about } }) {
  const toCome = questions.send ? about.room : "";
  const probes = [about.ahead, toCome, about.faultCard, ...longestQuiet(about)].map((html) => {
    const probe = document.createElement("div");
    probe.className = "card fault probe";
    probe.style.minHeight = "0"; // not what was reserved before
    probe.innerHTML = html;
    return probe;
  });
  at("fault").after(...probes); // all at once, to be laid out once
  const heights = probes.map(({ offsetHeight }) => offsetHeight);
  for (const probe of probes) probe.remove();
  return Math.max(...heights);
}

/** Where an element begins on the page, as if nothing were scrolled. @param {Element} element */
function topOf(element) {
  let { top } = element.getBoundingClientRect();
  /** @type {Element | null} */
  let node = element;
  while (node) {
    top += node.scrollTop;
    node = parentOf(node);
  }
  return top;
}

/** What surrounds an element, also across the border of a shadow tree. @param {Element} node */
export function parentOf(node) {
  const tree = node.getRootNode();
  return node.parentElement ?? (tree instanceof ShadowRoot ? tree.host : null);
}

/** A card that once had to grow stays as high as that while it plays. @param {Player} player */
export function keepGrown({ root, selection, clock }) {
  const box = one(root, ".equation-box", HTMLElement);
  if (!selection.channel && clock.playing) root.style.setProperty("--grown", `${box.offsetHeight}px`);
}
