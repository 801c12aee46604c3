// Painting: the cells, the line above and the scrubber, for the update and operation at hand.

const unknown = { state: -1, code: -1, value: undefined };

function collectCells(player) {
  player.cells = [];
  player.edges = [];
  for (const node of player.at("drawing").querySelectorAll("[data-channel]")) {
    const { channel } = node.dataset;
    if (node.classList.contains("edge")) {
      player.edges.push({ node, channel, path: new Path2D(node.getAttribute("d")), state: "" });
      continue;
    }
    const body = node.classList.contains("body");
    player.cells.push({
      node, body, channel,
      fill: body ? node : node.querySelector(".fill"),
      text: body ? null : node.querySelector(".number"),
      letter: body ? null : node.querySelector(".letter"),
      shown: {},
    });
  }
  player.texts = [...player.at("drawing").querySelectorAll("[data-text]")];
  player.neurons = [...player.at("drawing").querySelectorAll("[data-neuron]")];
}

/** Nothing painted so far counts any more: the next paint sets everything. */
function forgetPaint(player) {
  for (const cell of player.cells) {
    cell.shown = {};
    cell.place = channelOf(player, cell.channel);
  }
  for (const edge of player.edges) edge.place = channelOf(player, edge.channel);
}

function paint(player) {
  const { about, frame, operation } = player;
  const current = about.operations[operation];
  const palettes = about.palettes[player.theme];
  for (const cell of player.cells) {
    const { block } = cell.place;
    const active = !!current && current.name === block.name && current.layer === block.layer;
    paintCell(player, cell, palettes[block.kind === "unit" ? "unit" : "signed"], active);
  }
  for (const node of player.texts) {
    const text = shortDigits(valueAt(player, channelOf(player, node.dataset.text)));
    if (node.textContent !== text) fitText(player, node, text);
  }
  paintEdges(player, current);
  paintStrips(player);
  paintStatus(player);
  paintCards(player);
  followAcross(player, current);
}

/** Where the drawing is wider than the window, the layer at work scrolls into view as it changes. */
function followAcross(player, current) {
  const layer = current ? current.layer : 0;
  if (player.followed === layer) return;
  player.followed = layer;
  const box = player.root.querySelector(".drawing-box");
  const cells = player.cells.filter((cell) => cell.place.block.layer === layer && cell.node.isConnected);
  if (!cells.length || box.scrollWidth <= box.clientWidth) return;
  const sides = cells.map((cell) => cell.node.getBoundingClientRect());
  const left = Math.min(...sides.map((side) => side.left));
  const right = Math.max(...sides.map((side) => side.right));
  const { left: edge, width } = box.getBoundingClientRect();
  box.scrollLeft += (left + right) / 2 - edge - width / 2;
}

/** What a cell shows: its value, the one before, or what changed between the two. */
function shownIn(player, cell) {
  const { place } = cell;
  if (!isKnown(player, place)) return unknown;
  const now = { state: stateAt(player, place), code: player.codes[player.frame * player.about.channels + place.at], value: valueAt(player, place) };
  if (player.compare === "now" || place.block.layer === 0) return now;
  const frame = player.frame - 1;
  if (frame < 0) return unknown;
  const before = { state: stateAt(player, place, frame), code: player.codes[frame * player.about.channels + place.at], value: valueAt(player, place, frame) };
  if (player.compare === "before") return before;
  return { ...now, value: now.value - before.value, change: true };
}

function paintCell(player, cell, palette, active) {
  const { state, code, value, change } = shownIn(player, cell);
  const { node, shown } = cell;
  if (shown.state === state && shown.code === code && Object.is(shown.value, value) && shown.active === active && shown.change === change) return;
  if (shown.state !== state) node.dataset.state = state < 0 ? "unknown" : STATES[state];
  if (shown.active !== active) node.classList.toggle("active", active);
  const plain = state >= 0 && state < FIRST_BAD;
  const [fill, ink] = plain ? palette[code] : ["", ""];
  if (shown.code !== code || shown.state !== state) {
    cell.fill.style.fill = fill;
    if (cell.text) cell.text.style.fill = ink;
    if (cell.letter) cell.letter.style.fill = ink;
  }
  if (!cell.body) {
    const digits = value === undefined ? "" : fullDigits(value);
    node.dataset.value = digits;
    if (cell.text) fitText(player, cell.text, value === undefined ? "–" : change ? changeDigits(value) : shortDigits(value));
    if (node.getAttribute("role") === "slider") {
      node.setAttribute("aria-valuenow", digits);
      node.setAttribute("aria-valuetext", digits);
    }
  }
  cell.shown = { state, code, value, active, change };
}

/** Write a number, narrower where its circle or box has no room for it. */
function fitText(player, node, text) {
  node.textContent = text;
  const room = Number(node.dataset.room);
  if (!room) return;
  const digit = player.about.view.projector ? 12.2 : 7.5;
  if (text.length * digit > room) {
    node.setAttribute("textLength", room);
    node.setAttribute("lengthAdjust", "spacingAndGlyphs");
  } else node.removeAttribute("textLength");
}

function paintStatus(player) {
  const { about, frame, operation, root } = player;
  const update = about.updates[frame];
  const current = about.operations[operation];
  player.stage.dataset.update = update;
  player.stage.dataset.operation = operationName(current);
  player.at("position").textContent = positionText(player);
  player.at("scrubber").value = update;
  player.at("scrubber").setAttribute("aria-valuetext", `update ${update} of ${about.last}`);
  const chart = player.playhead.ownerSVGElement.dataset;
  player.playhead.setAttribute("transform", `translate(${((chart.x1 - chart.x0) * update) / Math.max(1, about.last)} 0)`);
  paintCost(player);
  root.dataset.playing = player.playing;
  player.at("play").setAttribute("aria-label", player.playing ? "Pause" : "Play");
}

function positionText(player) {
  const { about, frame, operation } = player;
  const current = about.operations[operation];
  const shown = { before: " · shown: one update before", change: " · shown: change since the update before" }[player.compare] ?? "";
  return `update ${about.updates[frame]} / ${about.last} · ${current ? current.title : "inputs and weights"}${shown}`;
}

const operationName = (o) => (!o ? "start" : o.layer ? `${o.name}.${o.layer}` : o.name);

/** The displayed cost, and beside it the true one wherever the two differ. */
function paintCost(player) {
  const L = player.about.layers;
  const cost = channelOf(player, `J.${L}.0`);
  const known = isKnown(player, cost);
  const value = known ? valueAt(player, cost) : undefined;
  const state = known ? STATES[stateAt(player, cost)] : "unknown";
  const shown = player.at("cost");
  shown.textContent = known ? shortDigits(value, 4) : "–";
  shown.dataset.state = state;
  shown.title = known ? fullDigits(value) : "not computed yet";
  const truth = known ? valueAt(player, channelOf(player, `true_J.${L}.0`)) : NaN;
  const lies = Number.isFinite(truth) && (state !== "plain" || Math.abs(truth - value) > 1e-3 * Math.abs(truth));
  player.at("true-cost").textContent = lies ? `true cost ${shortDigits(truth, 4)}` : "";
}

/** One sentence for screen readers, only when the playhead rests. */
function announce(player) {
  if (player.playing || !player.about) return;
  const computed = player.cells.filter((cell) => !cell.body && isKnown(player, cell.place));
  const bad = computed.filter((cell) => isBad(player, cell.place)).length;
  const cost = player.at("cost").textContent;
  const text = `${positionText(player)}; ${bad} of ${computed.length} values are NaN or infinite; cost ${cost === "–" ? "not computed yet" : cost}.`;
  const region = player.at("summary");
  if (region.textContent !== text) region.textContent = text;
}
