// Keys, clicks and hovers.

function wireControls(player) {
  const click = (part, act) => player.at(part).addEventListener("click", () => act(player));
  click("first", (p) => halt(p, toStart));
  click("update-back", (p) => halt(p, (q) => stepUpdate(q, -1)));
  click("operation-back", (p) => halt(p, (q) => stepOperation(q, -1)));
  click("play", (p) => setPlaying(p, !p.playing));
  click("operation-on", (p) => halt(p, (q) => stepOperation(q, 1)));
  click("update-on", (p) => halt(p, (q) => stepUpdate(q, 1)));
  click("end", (p) => halt(p, toEnd));
  click("to-fault", (p) => halt(p, toFault));
  click("unselect", (p) => select(p, null));
  click("follow-back", (p) => halt(p, followBack));
  click("cost-button", (p) => select(p, `cost.${p.about.layers}.0`));
  click("samples", toggleStrips);
  click("change", (p) => compare(p, p.compare === "change" ? "now" : "change"));
  click("undo", (p) => ask(p, { kind: "undo" }));
  click("reset", (p) => ask(p, { kind: "reset" }));
  const before = player.at("before");
  before.addEventListener("pointerdown", () => compare(player, "before"));
  for (const end of ["pointerup", "pointerleave", "pointercancel"]) before.addEventListener(end, () => release(player));
  before.addEventListener("keydown", (e) => { if (e.key === " " || e.key === "Enter") compare(player, "before"); });
  before.addEventListener("keyup", () => release(player));
  const scrubber = player.at("scrubber");
  scrubber.addEventListener("input", () => halt(player, (p) => toUpdate(p, Number(scrubber.value))));
  const speed = player.at("speed");
  speed.innerHTML = SPEEDS.map((s, n) => `<option value="${n}">${s.title}</option>`).join("");
  speed.addEventListener("change", () => { player.speed = Number(speed.value); });
  player.at("editor").addEventListener("submit", (event) => {
    event.preventDefault();
    submitEdit(player);
  });
  player.at("equation").addEventListener("click", (event) => followSlot(player, event));
  player.at("equation").addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === " ") followSlot(player, event); });
}

function followSlot(player, event) {
  const slot = event.target.closest?.("[data-slot][role=button]");
  if (!slot) return;
  event.preventDefault();
  event.stopPropagation();
  select(player, channelOfSlot(slot));
}

function halt(player, act) {
  if (player.playing) setPlaying(player, false);
  act(player);
}

function compare(player, how) {
  player.compare = how;
  player.at("change").setAttribute("aria-pressed", how === "change");
  player.stage.dataset.compare = how;
  paint(player);
  announce(player);
}

const release = (player) => { if (player.compare === "before") compare(player, "now"); };

function toggleStrips(player) {
  player.striped = !player.striped;
  player.at("samples").setAttribute("aria-pressed", player.striped);
  paint(player);
}

// ---- keys -------------------------------------------------------------------------------------

function onKey(player, event) {
  if (!player.root.isConnected || isTaken(event)) return;
  const node = event.composedPath()[0];
  const cell = node instanceof Element ? node.closest(".drawing [role=button], .drawing [role=slider]") : null;
  if (cell && onCellKey(player, event, cell)) {
    event.preventDefault();
    return;
  }
  const key = event.key === " " ? "Space" : event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const act = {
    Space: () => setPlaying(player, !player.playing),
    ArrowRight: () => halt(player, (p) => (event.shiftKey ? stepUpdate(p, 1) : stepOperation(p, 1))),
    ArrowLeft: () => halt(player, (p) => (event.shiftKey ? stepUpdate(p, -1) : stepOperation(p, -1))),
    Home: () => halt(player, toStart),
    End: () => halt(player, toEnd),
    n: () => halt(player, toFault),
    b: () => { if (!event.repeat) compare(player, "before"); },
    d: () => compare(player, player.compare === "change" ? "now" : "change"),
    s: () => toggleStrips(player),
    p: () => ask(player, { kind: "projector" }),
    f: () => halt(player, followBack),
    Escape: () => select(player, null),
  }[key];
  if (!act) return;
  takeKey(event);
  act();
}

function onKeyUp(player, event) {
  if (event.key === "b" || event.key === "B") release(player);
}

/** With the focus in the drawing: arrows move it from cell to cell, Enter selects, ↑ and ↓ change an input. */
function onCellKey(player, event, node) {
  const input = node.classList.contains("input");
  if (node === player.fold && (event.key === "Enter" || event.key === " ")) openInputs(player);
  else if (event.key === "Enter") select(player, node.dataset.channel ?? node.dataset.select);
  else if (input && (event.key === "ArrowUp" || event.key === "ArrowDown")) nudge(player, node, event.key === "ArrowUp" ? 1 : -1);
  else if (event.key === "ArrowUp" || event.key === "ArrowDown" || event.key === "PageUp" || event.key === "PageDown") focusNext(player, node, event.key);
  else return false;
  return true;
}

/** ↑ and ↓ go through a column's cells, Page keys to the next column. */
function focusNext(player, node, key) {
  const all = [...player.at("drawing").querySelectorAll(".cell, .target")];
  const layerOf = (n) => (n.dataset.layer ?? String(player.about.layers + 1));
  const by = key === "ArrowDown" || key === "PageDown" ? 1 : -1;
  let at = all.indexOf(node) + by;
  if (key.startsWith("Page")) while (all[at] && layerOf(all[at]) === layerOf(node)) at += by;
  const next = all[at];
  if (!next) return;
  for (const other of all) other.setAttribute("tabindex", other === next ? "0" : "-1");
  next.focus();
}

// ---- pointer ----------------------------------------------------------------------------------

function wireDrawing(player) {
  const svg = player.at("drawing").querySelector("svg");
  svg.addEventListener("click", (event) => {
    const node = event.target.closest("[data-channel], [data-select]");
    if (node && !player.dropped) select(player, node.dataset.select ?? node.dataset.channel);
  });
  svg.addEventListener("pointerdown", (event) => {
    const input = event.target.closest(".input");
    if (input) startDrag(player, event, input);
  });
  svg.addEventListener("pointermove", (event) => hover(player, event));
  svg.addEventListener("pointerleave", () => hover(player, null));
  const first = svg.querySelector(".input");
  first?.setAttribute("tabindex", "0");
}

/** How far each input can be moved, for those who do not see it. */
function limitInputs(player) {
  for (const input of player.at("drawing").querySelectorAll(".input")) {
    const reach = player.about.view.reach[Number(input.dataset.unit)] ?? 0;
    input.setAttribute("aria-valuemin", -reach);
    input.setAttribute("aria-valuemax", reach);
  }
}

function select(player, channel) {
  player.selected = channel;
  markSelected(player);
  paintEquation(player);
  rest(player);
}

function markSelected(player) {
  showSelected(player);
  for (const cell of player.cells) cell.node.classList.toggle("selected", !cell.body && cell.channel === player.selected);
  const weight = player.selected?.replace(/^dW\./, "W."); // a gradient is seen at its weight
  for (const edge of player.edges) edge.node.classList.toggle("selected", edge.channel === weight);
}

function hover(player, event) {
  const tip = player.at("tip");
  const node = player.drag ? null : event?.target.closest("[data-channel]");
  tip.hidden = !node;
  if (!node) return;
  tip.textContent = describe(player, node.dataset.channel);
  const box = player.stage.getBoundingClientRect();
  tip.style.left = `${Math.max(0, Math.min(event.clientX - box.left + 14, box.width - tip.offsetWidth - 4))}px`;
  tip.style.top = `${event.clientY - box.top + 16}px`;
}

function describe(player, channel) {
  const place = channelOf(player, channel);
  const name = nameOf(player, channel);
  if (!isKnown(player, place)) return `${name}: not computed yet`;
  const words = { saturated: " (saturated: exactly this)", dead: " (dead: the sample is wrong, yet δ says almost nothing)" }[STATES[stateAt(player, place)]] ?? "";
  const bad = place.block.layer === 0 ? [] : badSamples(player, channel);
  const { samples: all, striped } = player.about;
  const samples = bad.length ? `\nnot finite in ${bad.length} of ${striped < all ? `${striped} groups of` : all} samples` : "";
  const gradient = place.block.name === "W" ? `\n∂J/∂W = ${gradientText(player, channel)}` : "";
  return `${name} = ${fullDigits(valueAt(player, place))}${words}${samples}${gradient}`;
}

function gradientText(player, channel) {
  const place = channelOf(player, `d${channel}`);
  return isKnown(player, place) ? fullDigits(valueAt(player, place)) : "not computed yet";
}
