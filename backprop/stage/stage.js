// The player. It holds a position (frame, operation; −1: only inputs and weights are known), paints what is known there, and moves it.
// It knows blocks of channels, not networks: no arithmetic of the network happens here.

const STATES = ["plain", "saturated", "dead", "nan", "plus-infinity", "minus-infinity"];
const SPEEDS = [
  { title: "guided", operations: 0 },
  { title: "1 operation/s", operations: 1 },
  { title: "3 operations/s", operations: 3 },
  { title: "10 operations/s", operations: 10 },
  { title: "3 updates/s", updates: 3 },
  { title: "10 updates/s", updates: 10 },
  { title: "30 updates/s", updates: 30 },
  { title: "60 updates/s", updates: 60 },
];
const players = new WeakMap();

export default function mount({ data, parentElement }) {
  let player = players.get(parentElement);
  if (!player) {
    player = createPlayer(parentElement.querySelector(".stage-root"));
    players.set(parentElement, player);
  }
  load(player, data);
  return () => {
    cancelAnimationFrame(player.timer);
    document.removeEventListener("keydown", player.onKey);
    document.removeEventListener("click", releaseChoice, true);
    players.delete(parentElement);
  };
}

function createPlayer(root) {
  root.innerHTML = SHELL;
  const player = {
    root, frame: 0, operation: -1, playing: false, speed: 0, credit: 0, last: 0, timer: 0,
    selected: null, passedFault: false, about: null, painted: [],
    at: (name) => root.querySelector(`[data-part="${name}"]`),
  };
  player.stage = root.querySelector(".stage");
  wireControls(player);
  player.onKey = (event) => onKey(player, event);
  document.addEventListener("keydown", player.onKey);
  document.addEventListener("click", releaseChoice, true);
  return player;
}

// ---- loading a recording ------------------------------------------------------------------

function load(player, data) {
  const before = player.about;
  Object.assign(player, unpack(data));
  const { about } = player;
  player.blocks = new Map(about.blocks.map((block) => [`${block.name}.${block.layer}`, block]));
  player.theme = themeOf(player.root);
  player.root.dataset.theme = player.theme;
  const fresh = !before || before.skeleton !== about.skeleton;
  if (fresh) {
    player.at("drawing").innerHTML = about.skeleton;
    collectCells(player);
    wireDrawing(player);
  }
  player.at("chart").innerHTML = about.chart;
  player.playhead = player.at("chart").querySelector(".playhead");
  if (player.selected && !player.blocks.has(`${player.selected.name}.${player.selected.layer}`)) player.selected = null;
  for (const cell of player.cells) cell.index = channelOf(player, cell.channel);
  player.painted = [];
  knownFrom(player);
  setUpScrubber(player);
  player.frame = Math.min(player.frame, about.updates.length - 1);
  player.operation = Math.min(player.operation, lastOperation(player));
  player.passedFault = reachedFault(player);
  player.equationKey = null;
  paint(player);
  announce(player);
}

/** The inverse of Scene.pack: the length of the JSON, the JSON, then values, codes and states. */
function unpack(data) {
  const bytes = data.slice();
  const size = new DataView(bytes.buffer).getUint32(0, true);
  const about = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + size)));
  const count = about.updates.length * about.channels;
  const at = 4 + size;
  return {
    about,
    values: new Float64Array(bytes.buffer, at, count),
    codes: bytes.subarray(at + 8 * count, at + 9 * count),
    states: bytes.subarray(at + 9 * count, at + 10 * count),
  };
}

/** Where each block becomes known: −1 before any operation, else the operation's number. */
function knownFrom(player) {
  const order = new Map(player.about.operations.map((o, n) => [`${o.name}.${o.layer}`, n]));
  const L = player.about.layers;
  const cost = order.get(`cost.${L}`);
  for (const block of player.about.blocks) {
    const { name, layer } = block;
    if (name === "W" || name === "b" || name === "y" || layer === 0) block.known = -1;
    else if (name === "J" || name === "true_J" || name.startsWith("cost.")) block.known = cost;
    else if (name.startsWith("step.") || name === "true_delta") block.known = order.get(`delta.${L}`);
    else if (name === "h_out") block.known = order.get(`h.${L}`);
    else if (name === "slope" || name === "weighted") block.known = order.get(`delta.${layer}`);
    else if (name === "db" || name === "product") block.known = order.get(`dW.${layer}`);
    else block.known = order.get(`${name}.${layer}`);
  }
}

/** The number of a channel such as "W.2.0.3" or "step.width.3.0": its block, then its place. */
function channelOf(player, channel) {
  const parts = channel.split(".");
  for (const places of [1, 2]) {
    const block = player.blocks.get(parts.slice(0, parts.length - places).join("."));
    if (!block) continue;
    const [u, v] = parts.slice(parts.length - places).map(Number);
    const place = places === 2 ? u * block.columns + v : u;
    if (place < block.size && (places === 2) === block.matrix) {
      return { at: block.start + place, block };
    }
  }
  return null;
}

function collectCells(player) {
  const cells = [];
  for (const node of player.at("drawing").querySelectorAll("[data-channel]")) {
    const kind = node.classList.contains("edge") ? "edge" : node.classList.contains("body") ? "body" : "cell";
    cells.push({
      node, kind, channel: node.dataset.channel,
      fill: kind === "cell" ? node.querySelector(".fill") : node,
      text: node.querySelector?.(".number") ?? null,
      letter: node.querySelector?.(".letter") ?? null,
    });
  }
  player.cells = cells;
  player.texts = [...player.at("drawing").querySelectorAll("[data-text]")];
}

function themeOf(root) {
  const [r, g, b] = (getComputedStyle(root).getPropertyValue("--st-background-color").match(/[0-9a-f]{2}/gi) ?? ["ff", "ff", "ff"])
    .slice(0, 3).map((x) => parseInt(x, 16));
  return 0.3 * r + 0.6 * g + 0.1 * b < 110 ? "dark" : "light";
}

// ---- painting -----------------------------------------------------------------------------

const valueAt = (player, place, frame = player.frame) => player.values[frame * player.about.channels + place.at];
const stateAt = (player, place, frame = player.frame) => player.states[frame * player.about.channels + place.at];
const isKnown = (player, place) => place.block.known <= player.operation;

function paint(player) {
  const { about, frame, operation } = player;
  const base = frame * about.channels;
  const current = about.operations[operation];
  player.cells.forEach((cell, n) => {
    const place = cell.index;
    const known = place.block.known <= operation;
    let at = place.at;
    if (cell.kind === "edge") at = edgeShows(player, cell, known);
    const state = known ? player.states[base + at] : -1;
    const code = known ? player.codes[base + at] : -1;
    const value = known ? player.values[base + at] : undefined;
    const active = isActive(cell, current);
    const before = player.painted[n];
    if (before && before.state === state && before.code === code && Object.is(before.value, value) && before.active === active) return;
    player.painted[n] = { state, code, value, active };
    paintCell(player, cell, place.block.kind, state, code, value, active);
  });
  for (const node of player.texts) {
    node.textContent = shortDigits(valueAt(player, channelOf(player, node.dataset.text)));
  }
  paintStatus(player);
  paintCards(player);
}

/** An edge shows its weight; once ∂J/∂W holds a non-finite value, that it is contaminated. */
function edgeShows(player, cell, known) {
  const gradient = player.blocks.get(`dW.${cell.index.block.layer}`);
  if (!known || gradient.known > player.operation) return cell.index.at;
  const at = gradient.start + (cell.index.at - cell.index.block.start);
  return player.states[player.frame * player.about.channels + at] >= 3 ? at : cell.index.at;
}

function isActive(cell, operation) {
  if (!operation) return false;
  const { block } = cell.index;
  if (cell.kind === "edge") return operation.name === "update" || (operation.layer === block.layer && (operation.name === "dW" || operation.name === "h"));
  return operation.name === block.name && operation.layer === block.layer;
}

function paintCell(player, cell, kind, state, code, value, active) {
  const palette = player.about.palettes[player.theme][kind === "unit" ? "unit" : "signed"];
  const { node } = cell;
  node.dataset.state = state < 0 ? "unknown" : STATES[state];
  node.classList.toggle("active", active);
  const plain = state >= 0 && state < 3;
  if (cell.kind === "edge") {
    const strength = Math.abs(code - 127) / 127;
    node.style.stroke = plain ? palette[code][0] : "";
    node.style.strokeWidth = `${plain ? 0.5 + 5 * strength * strength : 1.6}`;
    node.style.opacity = plain ? `${0.35 + 0.65 * strength}` : "";
    return;
  }
  cell.fill.style.fill = plain ? palette[code][0] : "";
  if (cell.kind === "body") return;
  node.dataset.value = value === undefined ? "" : fullDigits(value);
  if (cell.text) {
    cell.text.textContent = value === undefined ? "–" : shortDigits(value);
    cell.text.style.fill = plain ? palette[code][1] : "";
  }
  if (cell.letter) cell.letter.style.fill = plain ? palette[code][1] : "";
}

function paintStatus(player) {
  const { about, frame, operation, root } = player;
  const update = about.updates[frame];
  const current = about.operations[operation];
  player.stage.dataset.update = update;
  player.stage.dataset.operation = current ? (current.layer ? `${current.name}.${current.layer}` : current.name) : "start";
  player.at("position").textContent = `update ${update} / ${about.last} · ${current ? current.title : "inputs and weights"}`;
  player.at("scrubber").value = frame;
  player.at("scrubber").setAttribute("aria-valuetext", `update ${update} of ${about.last}`);
  const chart = player.playhead.ownerSVGElement.dataset;
  const x = Number(chart.x0) + ((chart.x1 - chart.x0) * update) / Math.max(1, about.last);
  player.playhead.setAttribute("transform", `translate(${x - Number(chart.x0)} 0)`);
  const cost = channelOf(player, `J.${about.layers}.0`);
  const shown = player.at("cost");
  const known = isKnown(player, cost);
  const state = known ? STATES[stateAt(player, cost)] : "unknown";
  shown.textContent = known ? shortDigits(valueAt(player, cost), 4) : "–";
  shown.dataset.state = state;
  shown.title = known ? fullDigits(valueAt(player, cost)) : "not computed yet";
  const truth = channelOf(player, `true_J.${about.layers}.0`);
  const lies = known && Math.abs(valueAt(player, truth) - valueAt(player, cost)) > 1e-3 * Math.abs(valueAt(player, truth));
  const finite = known && Number.isFinite(valueAt(player, truth));
  player.at("true-cost").textContent = known && finite && (lies || state !== "plain") ? `true cost ${shortDigits(valueAt(player, truth), 4)}` : "";
  root.dataset.playing = player.playing;
  player.at("play").setAttribute("aria-label", player.playing ? "Pause" : "Play");
}

function paintCards(player) {
  const reached = reachedFault(player);
  const card = player.at("fault");
  const html = reached ? player.about.faultCard : player.about.quietCard;
  card.classList.toggle("faulty", reached);
  card.dataset.ahead = player.about.fault !== null; // keeps its height, so that nothing jumps
  if (card.shown !== html) card.innerHTML = card.shown = html;
  paintEquation(player);
}

function reachedFault(player) {
  const { fault, updates } = player.about;
  const update = updates[player.frame];
  return fault !== null && (update > fault.update || (update === fault.update && player.operation >= fault.operation));
}

/** The equation of the selection, or of the operation under the playhead, its numbers filled in. */
function paintEquation(player) {
  const target = player.selected ?? followed(player);
  const template = player.about.equations[`${target.name}.${target.layer}`];
  const card = player.at("equation");
  const key = JSON.stringify(target) + (player.selected ? "!" : "");
  if (player.equationKey !== key) {
    player.equationKey = key;
    const html = template ? fillPlaces(template.html, target) : "";
    card.innerHTML = html;
    card.classList.toggle("steps-card", card.childElementCount > 3);
    player.slots = [...card.querySelectorAll("[data-slot]")];
    player.at("equation-title").textContent = template ? titleOf(player, target, template) : "";
    player.at("unselect").hidden = !player.selected;
  }
  for (const slot of player.slots) fillSlot(player, slot);
}

function titleOf(player, target, template) {
  const units = player.blocks.get(`h.${target.layer}`)?.size ?? 1;
  const unit = target.layer && units > 1 ? `, unit ${target.u + 1}` : "";
  const from = target.name === "dW" ? ` from ${target.layer === 1 ? "input" : "unit"} ${target.v + 1}` : "";
  return `${player.selected ? "Selected" : "This step"}: ${template.title.charAt(0).toLowerCase()}${template.title.slice(1)}${unit}${from}`;
}

const fillPlaces = (html, target) =>
  html.replaceAll("{u}", target.u).replaceAll("{v}", target.v).replaceAll("{i}", target.i ?? target.layer);

/** With nothing selected, the first unit of the layer at work (of the last layer for an update). */
function followed(player) {
  const operation = player.about.operations[player.operation];
  if (!operation) return { name: "h", layer: 1, u: 0, v: 0 };
  return { name: operation.name, layer: operation.layer, u: 0, v: 0, i: player.about.layers };
}

function fillSlot(player, slot) {
  let name = slot.dataset.slot;
  const guarded = name.endsWith("!");
  if (guarded) name = name.slice(0, -1);
  const next = name.endsWith("@next");
  if (next) name = name.slice(0, -5);
  const { text, title, state } = slotText(player, name, next);
  slot.textContent = guarded && text.startsWith("−") ? `(${text})` : text;
  slot.setAttribute("data-state", state);
  slot.setAttribute("title", title);
}

function slotText(player, name, next) {
  if (name in player.about.constants) return say(player.about.constants[name], 0);
  const place = channelOf(player, name);
  const frame = player.frame + (next ? 1 : 0);
  const known = place && (next ? player.operation >= lastOperation(player) && frame < player.about.updates.length : isKnown(player, place));
  return known ? say(valueAt(player, place, frame), stateAt(player, place, frame)) : { text: "–", title: "not computed yet", state: "unknown" };
}

const say = (value, state) => ({ text: shortDigits(value, 4), title: fullDigits(value), state: STATES[state] });

// ---- moving -------------------------------------------------------------------------------

function lastOperation(player) {
  const last = player.about.operations.length - 1;
  return player.frame === player.about.updates.length - 1 ? last - 1 : last; // the last pass has no update
}

function moveTo(player, frame, operation) {
  player.frame = Math.max(0, Math.min(frame, player.about.updates.length - 1));
  player.operation = Math.max(-1, Math.min(operation, lastOperation(player)));
  player.passedFault = reachedFault(player);
  paint(player);
}

function stepOperation(player, by) {
  const next = player.operation + by;
  if (next < -1 && player.frame > 0) return moveTo(player, player.frame - 1, Infinity);
  if (by > 0 && player.operation >= lastOperation(player) && player.frame < player.about.updates.length - 1) return moveTo(player, player.frame + 1, 0);
  moveTo(player, player.frame, next);
}

const stepUpdate = (player, by) => moveTo(player, player.frame + by, player.operation < 0 ? Infinity : player.operation);
const toStart = (player) => moveTo(player, 0, -1);
const toEnd = (player) => moveTo(player, Infinity, Infinity);

function toFault(player) {
  const { fault, updates } = player.about;
  if (fault) moveTo(player, updates.indexOf(fault.update), fault.operation);
}

const atEnd = (player) => player.frame === player.about.updates.length - 1 && player.operation >= lastOperation(player);

function setPlaying(player, playing) {
  if (playing && atEnd(player)) toStart(player);
  player.playing = playing;
  player.credit = playing ? 1 : 0;
  player.last = performance.now();
  cancelAnimationFrame(player.timer);
  if (playing) player.timer = requestAnimationFrame((now) => tick(player, now));
  paintStatus(player);
  announce(player);
}

function tick(player, now) {
  const pace = paceHere(player);
  const rate = pace.operations || pace.updates;
  player.credit = Math.min(player.credit + (Math.min(now - player.last, 250) / 1000) * rate, 4);
  player.last = now;
  let moved = false;
  while (player.credit >= 1 && player.playing) {
    player.credit -= 1;
    moved = true;
    advance(player, pace);
  }
  if (moved) paint(player);
  if (player.playing) player.timer = requestAnimationFrame((later) => tick(player, later));
}

/** One operation or one update on; stops at the first fault the first time, and at the end. */
function advance(player, pace) {
  const { updates, fault } = player.about;
  if (pace.updates) {
    const last = updates.length - 1;
    if (player.frame < last) player.frame += 1;
    player.operation = lastOperation(player);
  } else if (player.operation < lastOperation(player)) player.operation += 1;
  else if (player.frame < updates.length - 1) {
    player.frame += 1;
    player.operation = 0;
  }
  if (!player.passedFault && reachedFault(player)) {
    player.passedFault = true;
    player.frame = updates.indexOf(fault.update);
    player.operation = fault.operation;
    stop(player);
  } else if (atEnd(player)) stop(player);
}

function stop(player) {
  player.playing = false;
  player.root.dataset.playing = false;
  announce(player);
}

/** Guided: the first update and the one that breaks operation by operation, the rest by updates. */
function paceHere(player) {
  const chosen = SPEEDS[player.speed];
  if (chosen.operations !== 0) return chosen;
  const { fault, updates, operations } = player.about;
  const update = updates[player.frame];
  const next = player.operation >= operations.length - 1;
  if (update === 0 && !next) return { operations: 3 };
  if (fault && !player.passedFault && (update === fault.update || (update + 1 === fault.update && next))) return { operations: 2 };
  if (fault && player.passedFault && update === fault.update) return { operations: 2 };
  return { updates: fault && !player.passedFault ? 5 : 12 };
}

// ---- controls -----------------------------------------------------------------------------

function setUpScrubber(player) {
  const { about } = player;
  const scrubber = player.at("scrubber");
  scrubber.max = about.updates.length - 1;
  const mark = player.at("fault-tick");
  mark.hidden = !about.fault;
  if (about.fault) {
    const share = about.updates.indexOf(about.fault.update) / Math.max(1, about.updates.length - 1);
    mark.style.left = `calc(8px + ${share} * (100% - 16px))`;
    mark.title = `first non-finite value: update ${about.fault.update}`;
  }
  player.at("to-fault").disabled = !about.fault;
}

function wireControls(player) {
  const click = (part, act) => player.at(part).addEventListener("click", () => { act(); announce(player); });
  click("first", () => halt(player, toStart));
  click("update-back", () => halt(player, (p) => stepUpdate(p, -1)));
  click("operation-back", () => halt(player, (p) => stepOperation(p, -1)));
  click("play", () => setPlaying(player, !player.playing));
  click("operation-on", () => halt(player, (p) => stepOperation(p, 1)));
  click("update-on", () => halt(player, (p) => stepUpdate(p, 1)));
  click("end", () => halt(player, toEnd));
  click("to-fault", () => halt(player, toFault));
  click("unselect", () => select(player, null));
  player.at("scrubber").addEventListener("input", (event) => {
    halt(player, (p) => moveTo(p, Number(event.target.value), p.operation < 0 ? Infinity : p.operation));
  });
  player.at("scrubber").addEventListener("change", () => announce(player));
  const speed = player.at("speed");
  speed.innerHTML = SPEEDS.map((s, n) => `<option value="${n}">${s.title}</option>`).join("");
  speed.addEventListener("change", () => { player.speed = Number(speed.value); });
}

function halt(player, act) {
  if (player.playing) setPlaying(player, false);
  act(player);
}

function onKey(player, event) {
  if (!player.root.isConnected || event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
  const key = event.key === " " ? "Space" : event.key;
  const act = {
    Space: () => setPlaying(player, !player.playing),
    ArrowRight: () => halt(player, (p) => (event.shiftKey ? stepUpdate(p, 1) : stepOperation(p, 1))),
    ArrowLeft: () => halt(player, (p) => (event.shiftKey ? stepUpdate(p, -1) : stepOperation(p, -1))),
    Home: () => halt(player, toStart),
    End: () => halt(player, toEnd),
    n: () => halt(player, toFault),
    N: () => halt(player, toFault),
    Escape: () => select(player, null),
  }[key];
  if (!act) return;
  event.preventDefault();
  act();
  announce(player);
}

/** A choice made with the mouse gives the keys back to the stage; one made by keyboard keeps them. */
function releaseChoice(event) {
  const choice = event.detail > 0 && event.target instanceof Element && event.target.closest("[role=radio]");
  if (choice) setTimeout(() => document.activeElement?.closest("[role=radio]")?.blur(), 60);
}

/** Keys belong to whatever takes them: text takes all, sliders and choices what moves them. */
function isTyping(event) {
  const target = event.composedPath()[0];
  if (!(target instanceof Element)) return false;
  const text = "textarea, select, [contenteditable], [role=combobox], [role=grid], [role=dialog], [role=listbox], input:not([type=range], [type=radio], [type=checkbox])";
  if (target.closest(text)) return true;
  if (event.key === "n" || event.key === "N" || event.key === "Escape") return false;
  if (event.key !== " ") return !!target.closest("input, [role=slider], [role=radiogroup]");
  const settled = target.closest("[aria-checked=true], [type=range]"); // Space does nothing there
  return !settled && !!target.closest("input, button, a, summary, [role=button], [role=slider], [tabindex='0']");
}

function wireDrawing(player) {
  const svg = player.at("drawing").querySelector("svg");
  svg.addEventListener("click", (event) => {
    const cell = event.target.closest("[data-channel]");
    if (cell) select(player, targetOf(player, cell.dataset.channel));
  });
  svg.addEventListener("pointermove", (event) => hover(player, event));
  svg.addEventListener("pointerleave", () => hover(player, null));
}

function targetOf(player, channel) {
  const { block } = channelOf(player, channel);
  const [u, v] = channel.split(".").slice(2).map(Number);
  if (block.name === "W") return { name: "dW", layer: block.layer, u, v };
  return block.layer === 0 ? null : { name: block.name, layer: block.layer, u, v: 0 };
}

function select(player, target) {
  player.selected = target;
  for (const cell of player.cells) {
    const mine = target && cell.kind !== "body" && JSON.stringify(targetOf(player, cell.channel)) === JSON.stringify(target);
    cell.node.classList.toggle("selected", !!mine);
  }
  paintEquation(player);
}

function hover(player, event) {
  const tip = player.at("tip");
  const node = event?.target.closest("[data-channel]");
  tip.hidden = !node;
  if (!node) return;
  const place = channelOf(player, node.dataset.channel);
  tip.textContent = describe(player, node.dataset.channel, place);
  const box = player.stage.getBoundingClientRect();
  tip.style.left = `${Math.min(event.clientX - box.left + 14, box.width - 250)}px`;
  tip.style.top = `${event.clientY - box.top + 16}px`;
}

function describe(player, channel, place) {
  const [u, v] = channel.split(".").slice(2).map(Number);
  const { name, layer } = place.block;
  const letter = { delta: "δ", W: "W" }[name] ?? name;
  const where = name === "W" ? `layer ${layer}, unit ${u + 1} from ${v + 1}` : layer ? `layer ${layer}, unit ${u + 1}` : `input ${u + 1}`;
  if (!isKnown(player, place)) return `${letter}, ${where}: not computed yet`;
  const words = { saturated: " (saturated: exactly this)", dead: " (dead: the sample is wrong, yet δ says almost nothing)" }[STATES[stateAt(player, place)]] ?? "";
  const gradient = name === "W" ? `\n∂J/∂W = ${gradientText(player, layer, u, v)}` : "";
  return `${letter}, ${where} = ${fullDigits(valueAt(player, place))}${words}${gradient}`;
}

function gradientText(player, layer, u, v) {
  const place = channelOf(player, `dW.${layer}.${u}.${v}`);
  return isKnown(player, place) ? fullDigits(valueAt(player, place)) : "not computed yet";
}

/** One sentence for screen readers, only when the playhead rests. */
function announce(player) {
  if (player.playing || !player.about) return;
  let computed = 0;
  let bad = 0;
  for (const cell of player.cells) {
    if (cell.kind !== "cell" || !isKnown(player, cell.index)) continue;
    computed += 1;
    bad += stateAt(player, cell.index) >= 3;
  }
  const text = `${player.at("position").textContent}; ${bad} of ${computed} values are NaN or infinite.`;
  const region = player.at("summary");
  if (region.textContent !== text) region.textContent = text;
}

const icon = (d) => `<svg viewBox="0 0 20 20" aria-hidden="true"><path d="${d}"/></svg>`;
const button = (part, label, d) => `<button type="button" data-part="${part}" aria-label="${label}" title="${label}">${icon(d)}</button>`;
const SHELL = `
<div class="stage" role="region" aria-label="The network, played">
  <div class="bar top">
    <div class="cost"><span class="cost-name">Cost J</span> <b data-part="cost" data-state="unknown">–</b> <span data-part="true-cost"></span></div>
    <span class="position" data-part="position"></span>
  </div>
  <div class="drawing-frame">
    <div class="drawing-box"><div data-part="drawing"></div></div>
    <div class="key" aria-hidden="true"><span><i class="ramp signed"></i>− to +</span><span><i class="ramp unit"></i>0 to 1</span><span><i class="swatch saturated"></i>saturated</span><span><i class="swatch dead"></i>dead</span><span><i class="swatch bad"></i>NaN, ∞</span></div>
  </div>
  <div class="tip" data-part="tip" hidden></div>
  <div class="bar transport">
    ${button("first", "To the start (Home)", "M4 4h2v12H4zM16 4v12L7 10z")}
    ${button("update-back", "One update back (Shift + ←)", "M10 4v12L2 10zM18 4v12l-8-6z")}
    ${button("operation-back", "One operation back (←)", "M14 4v12L5 10z")}
    <button type="button" class="play" data-part="play" aria-label="Play" title="Play or pause (Space)"><svg viewBox="0 0 20 20" aria-hidden="true"><path class="when-paused" d="M5 3v14l12-7z"/><path class="when-playing" d="M4 3h4v14H4zM12 3h4v14h-4z"/></svg></button>
    ${button("operation-on", "One operation on (→)", "M6 4v12l9-6z")}
    ${button("update-on", "One update on (Shift + →)", "M2 4v12l8-6zM10 4v12l8-6z")}
    ${button("end", "To the end (End)", "M14 4h2v12h-2zM4 4v12l9-6z")}
    <button type="button" class="to-fault" data-part="to-fault" title="Jump to the first non-finite value (N)">NaN</button>
    <div class="track"><input type="range" min="0" value="0" step="1" data-part="scrubber" aria-label="Update"><i class="fault-tick" data-part="fault-tick" hidden></i></div>
    <select data-part="speed" aria-label="Speed"></select>
  </div>
  <div class="card fault" data-part="fault"></div>
  <div class="cards">
    <section class="card"><h3><span data-part="equation-title"></span> <button type="button" class="plain" data-part="unselect" hidden>follow the playhead</button></h3><div class="equation" data-part="equation" tabindex="0" role="group" aria-label="Equation"></div></section>
    <section class="card"><h3>True cost, all derivatives from the same start</h3><div data-part="chart"></div></section>
  </div>
  <div class="unseen" aria-live="polite" data-part="summary"></div>
</div>`;
