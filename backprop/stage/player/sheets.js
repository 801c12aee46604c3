// What the equations take: the card of each kind, filled with the widest numbers and laid out unseen.

import { formulaDigits } from "../../drawing/digits.js";
import { all, one } from "../../drawing/dom.js";
import { isFar } from "./far.js";
import { channelOf, valueAt } from "./recording.js";
import { channelOfSlot, fillPlaces, inPlace, writeEquation } from "./slots.js";
import { collectSteps, fitForms, kindOf } from "./steps.js";

/** @import { About, Kind, Player, Recording, Room } from "./player" */

const TYPICAL = "−4.8e−14"; // at least as wide as nine in ten of the numbers in an equation
const LONG_TRUTH = "true value −4.80370173257752578e−14 · 7.61e15 ulp off · ε decides z (1 − z) + ε";
const SCALES = [1.35, 1.2, 1.1]; // larger type for what has room for it
const ENLARGED = [2.6, 2.2, 1.9, 1.6, ...SCALES]; // alone on the whole screen
const MOST_MEASURED = 500;

/** @param {Kind} kind */
export const heightOf = ({ rows, rest }) => Math.ceil(rows.reduce((sum, height) => sum + height, rest));

/** What each kind of equation takes in plain type, filled with numbers of typical width.
 * @param {Player} player @param {HTMLElement} box */
export function measureCard(player, box) {
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
  const { room, root } = player;
  const [plain, key] = [room.kinds.get(kind), room.examples.get(kind)];
  if (!plain || !key || room.scaled.has(kind) || !Number.isFinite(room.card)) return;
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
