// Room: the equation card keeps free what its tallest equation needs, so that nothing jumps while it
// plays, and the drawing takes what the window then leaves. Where that is too little, steps are folded.

import { formulaDigits } from "../../drawing/digits.js";
import { all, one, topOf } from "../../drawing/dom.js";
import { hasNumbers } from "./drawing.js";
import { farType, isFar } from "./far.js";
import { longestQuiet } from "./fault.js";
import { channelOf, valueAt } from "./recording.js";
import { channelOfSlot, fillPlaces, inPlace, writeEquation } from "./slots.js";
import { collectSteps, fitForms, kindOf } from "./steps.js";

/** @import { About, Kind, Player, Recording, Room } from "./player" */

const TYPICAL = "−4.8e−14"; // at least as wide as nine in ten of the numbers in an equation
const LEAST = 224; // pixels below which a drawing cannot be read
const LEAST_CARD = 96; // of an equation with its footer
const LEAST_CHART = 190; // with its title
const SCALES = [1.35, 1.2, 1.1]; // larger type for what has room for it
const ENLARGED = [2.6, 2.2, 1.9, 1.6, ...SCALES]; // alone on the whole screen
const MARGIN = 12; // below all
const VIEW_GAP = 6; // as in stage.css
const MOST_MEASURED = 500;

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
  const { isLaid } = player.paper;
  const size = [
    isLaid,
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
  const plan = isLaid ? "stacked" : planFor(root.clientWidth, isFar(player), layers);
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
  if (isLaid) root.style.setProperty("--drawing", pixels(heightOnPaper(player)));
  else if (root.dataset.enlarged === "view")
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

/** The least height from afar: numbers stand in a line where there is width for it, else above each other.
 * @param {Player} player */
function leastFar(player) {
  const [line, stacked] = [13, Math.min(4, mostUnits(player.recording.about)) * 3.6 + 3].map((n) => n * farType());
  if (hasNumbers(player, line)) return line;
  return hasNumbers(player, stacked) || player.root.clientWidth < 1000 ? stacked : line;
}

/** On a sheet each row has room, and where only more height gives every layer its numbers, they get that.
 * @param {Player} player */
function heightOnPaper(player) {
  const height = Math.max(LEAST, Math.min(480, 64 * mostUnits(player.recording.about) + 70));
  return [height, 480, 620].find((one) => one >= height && hasNumbers(player, one)) ?? height;
}

/** @param {number} length */
const pixels = (length) => `${Math.max(0, Math.floor(length))}px`;

/** @param {Kind} kind */
const heightOf = ({ rows, rest }) => Math.ceil(rows.reduce((sum, height) => sum + height, rest));

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

/** What each kind of equation takes in plain type, filled with numbers of typical width.
 * @param {Player} player @param {HTMLElement} box */
function measureCard(player, box) {
  const { room, recording, root } = player;
  const type = [box.clientWidth, getComputedStyle(box).fontSize, isFar(player), root.dataset.enlarged].join();
  if (room.type !== type || room.measured.size > MOST_MEASURED) room.measured.clear();
  room.type = type;
  room.examples = longest(recording.about.equations);
  const sheets = [...room.examples.values()].map((key) => sheetOf(player, box, key));
  const found = measured(room, box, sheets);
  room.kinds = new Map([...room.examples.keys()].map((kind, n) => [kind, found[n]]));
  room.scaled.clear();
}

/** The largest type in which a kind of equation still has room, in the same form: looked for when it is first
 * shown. @param {Player} player @param {string} kind */
export function scaleKind(player, kind) {
  const { room, root, paper } = player;
  const [plain, key] = [room.kinds.get(kind), room.examples.get(kind)];
  if (!plain || !key || room.scaled.has(kind) || !Number.isFinite(room.card) || paper.isLaid) return;
  room.scaled.add(kind);
  const steps = heightOf(plain) - plain.rest;
  const box = one(root, ".equation-box", HTMLElement);
  for (const scale of root.dataset.enlarged ? ENLARGED : SCALES) {
    if (plain.rest + steps * scale > room.card + 1) continue;
    const sheet = sheetOf(player, box, key);
    sheet.style.setProperty("--scale", String(scale));
    const [larger] = measured(room, box, [sheet]);
    if (larger.form !== plain.form || heightOf(larger) > room.card) continue;
    room.kinds.set(kind, larger);
    return;
  }
}

/** What sheets take, each measured once. @param {Room} room @param {HTMLElement} box @param {HTMLElement[]} sheets */
function measured(room, box, sheets) {
  const names = sheets.map((sheet) => sheet.outerHTML);
  const fresh = new Map(sheets.map((sheet, n) => [names[n], sheet]));
  for (const name of room.measured.keys()) fresh.delete(name);
  if (fresh.size) layOut(room, box, fresh);
  return names.map((name) => /** @type {Kind} */ (room.measured.get(name)));
}

/** The card of an equation, unseen. @param {Player} player @param {HTMLElement} box @param {string} key */
function sheetOf({ recording, questions }, box, key) {
  const { about } = recording;
  const sheet = document.createElement("div");
  const equation = document.createElement("div");
  const footer = /** @type {HTMLElement} */ (one(box, ".footer", HTMLElement).cloneNode(true));
  equation.className = "equation";
  const slots = writeEquation(equation, fillPlaces(about.equations[key].html, { u: 0, v: 0 }));
  for (const slot of slots) slot.textContent = inPlace(slot, widest(recording, channelOfSlot(slot)));
  for (const { terms, button } of collectSteps(equation).sums) {
    for (const { node } of terms.slice(4)) node.hidden = true;
    button.hidden = false;
    button.textContent = `+ … ${terms.length - 4} more`;
  }
  one(footer, "[data-part=note]", HTMLElement).textContent = longestNote(about.notes, key);
  one(footer, "[data-part=truth]", HTMLElement).textContent = key.startsWith("delta") ? LONG_TRUTH : "";
  one(footer, "[data-part=editor]", HTMLElement).hidden = !(questions.send && /^[Wbhz]\./.test(key));
  const title = /** @type {HTMLElement} */ (one(box, "h3", HTMLElement).cloneNode(true));
  one(title, "span", HTMLElement).textContent = `Selected: ${about.equations[key].title}, unit 1`;
  one(title, "[data-part=unselect]", HTMLElement).hidden = false;
  sheet.append(title, equation, footer);
  return sheet;
}

/** Lay sheets out together, and keep by their names what each takes.
 * @param {Room} room @param {HTMLElement} box @param {Map<string, HTMLElement>} sheets */
function layOut(room, box, sheets) {
  const probe = document.createElement("div");
  probe.className = "probe";
  probe.append(...sheets.values());
  box.append(probe);
  const equations = [...sheets.values()].map((sheet) => one(sheet, ".equation", HTMLElement));
  const forms = fitForms(equations);
  const high = (/** @type {Element} */ node) => node.getBoundingClientRect().height;
  [...sheets].forEach(([name, sheet], n) => {
    const rows = all(sheet, ".step", HTMLElement).map(high);
    const [rest, note] = [high(sheet) - high(equations[n]), high(one(sheet, ".note", HTMLElement))];
    const scale = Number(sheet.style.getPropertyValue("--scale") || 1);
    room.measured.set(name, { form: forms[n], rows, rest, note, scale });
    if (scale === 1) room.button = parseFloat(getComputedStyle(equations[n]).fontSize) * 1.5;
  });
  probe.remove();
}

/** The widest that a number of an equation becomes: of the constants and of the output's steps by some
 * updates of the recording, of others what is typical. @param {Recording} recording @param {string} channel */
function widest(recording, channel) {
  const { constants, known, fault } = recording.about;
  if (channel in constants) return formulaDigits(constants[channel]);
  const place = /^(step|cost|h_out|y)\./.test(channel) ? channelOf(recording, channel) : null;
  if (!place) return TYPICAL;
  const frames = Array.from({ length: 12 }, (_, n) => Math.round((n * known) / 11));
  if (fault) frames.push(fault.update);
  const texts = frames.map((frame) => formulaDigits(valueAt(recording, place, frame)));
  return texts.reduce((a, b) => (b.length > a.length ? b : a));
}

const LONG_TRUTH = "true value −4.80370173257752578e−14 · 7.61e15 ulp off · ε decides z (1 − z) + ε";

/** Of the equations of a kind, which differ only in their layer, the one with the most to show.
 * @param {About["equations"]} equations */
function longest(equations) {
  /** @type {Map<string, string>} */
  const found = new Map();
  for (const [key, { html }] of Object.entries(equations)) {
    const kind = kindOf(key, html);
    if (html.length > (equations[found.get(kind) ?? ""]?.html.length ?? 0)) found.set(kind, key);
  }
  return found;
}

/** @param {About["notes"]} notes @param {string} key */
function longestNote(notes, key) {
  const texts = Object.entries(notes)
    .filter(([name]) => name.startsWith(`${key}.`))
    .map(([, text]) => text.replace(/\{[^}]+\}/g, TYPICAL));
  return texts.sort((a, b) => b.length - a.length)[0] ?? "";
}

/** A card that once had to grow stays as high as that while it plays. @param {Player} player */
export function keepGrown({ root, selection, clock }) {
  const box = one(root, ".equation-box", HTMLElement);
  if (!selection.channel && clock.playing) root.style.setProperty("--grown", `${box.offsetHeight}px`);
}
