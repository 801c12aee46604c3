// The edges and the strips of all samples: two canvases, one beneath the cells and one above.
// The paths themselves lie unpainted in the drawing, to be clicked and hovered.

function fitCanvases(player) {
  const svg = player.at("drawing").querySelector("svg");
  const box = svg.getBoundingClientRect();
  const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
  const scale = Math.min(box.width / width, box.height / height);
  const ratio = window.devicePixelRatio || 1;
  for (const name of ["edges", "strips"]) {
    const canvas = player.at(name);
    canvas.width = Math.round(box.width * ratio);
    canvas.height = Math.round(box.height * ratio);
    canvas.style.width = `${box.width}px`;
    canvas.style.height = `${box.height}px`;
    const context = canvas.getContext("2d");
    const left = (box.width - width * scale) / 2;
    const top = (box.height - height * scale) / 2;
    context.setTransform(ratio * scale, 0, 0, ratio * scale, ratio * left, ratio * top);
    context.lineCap = "round";
  }
  const style = getComputedStyle(player.root);
  player.fault = style.getPropertyValue("--fault").trim();
  player.ink = style.getPropertyValue("--ink").trim();
  player.line = style.getPropertyValue("--quiet").trim();
}

function wipe(player, name) {
  const context = player.at(name).getContext("2d");
  context.save();
  context.resetTransform();
  context.clearRect(0, 0, context.canvas.width, context.canvas.height);
  context.restore();
  return context;
}

function paintEdges(player, current) {
  const context = wipe(player, "edges");
  const { about, frame } = player;
  const base = frame * about.channels;
  const palette = about.palettes[player.theme].signed;
  const thick = about.view.projector ? 1.5 : 1;
  let folded = false;
  for (const edge of player.edges) {
    const { at, block } = edge.place;
    const known = edgeState(player, edge, base + at);
    const state = STATES[known];
    if (edge.page >= 0 && edge.page !== player.page) {
      folded ||= known >= FIRST_BAD;
      continue;
    }
    if (edge.state !== state) edge.node.dataset.state = edge.state = state;
    if (state === "plain") {
      const strength = Math.abs(player.codes[base + at] - 127) / 127;
      const active = current && (current.name === "update" || (current.layer === block.layer && (current.name === "dW" || current.name === "h")));
      context.globalAlpha = Math.min(1, 0.35 + 0.65 * strength + (active ? 0.15 : 0));
      context.strokeStyle = palette[player.codes[base + at]][0];
      context.lineWidth = (0.5 + 5 * strength * strength) * thick + (active ? 0.5 : 0);
      context.stroke(edge.path);
    } else {
      context.globalAlpha = 0.8;
      context.strokeStyle = player.fault;
      context.lineWidth = 1.6 * thick;
      context.setLineDash([5, 4]);
      context.stroke(edge.path);
      context.setLineDash([]);
    }
  }
  paintFold(player, folded);
}

/** An edge shows its weight; once ∂J/∂W holds a non-finite value, that it is contaminated. */
function edgeState(player, edge, at) {
  const { block } = edge.place;
  const gradient = player.blocks.get(`dW.${block.layer}`);
  if (gradient.known > player.operation) return player.states[at];
  return Math.max(player.states[at], player.states[at + gradient.start - block.start]);
}

/** Each cell's quantity for all samples, one segment a sample or a few, that of the shown one marked. */
function paintStrips(player) {
  const context = wipe(player, "strips");
  const n = player.about.striped;
  if (!player.striped || !n) return;
  const { signed, unit } = player.about.palettes[player.theme];
  for (const cell of player.cells) {
    const row = player.stripAt.get(cell.channel);
    if (cell.body || row === undefined || !isKnown(player, cell.place)) continue;
    const { x, y, width, height } = cell.box;
    const tall = Math.min(3.4, height * 0.3);
    const step = width / n;
    const from = (player.frame * player.stripCells + row) * n;
    const palette = cell.place.block.kind === "unit" ? unit : signed;
    for (let s = 0; s < n; s += 1) {
      const bad = player.strips[from + s] === 255;
      context.fillStyle = bad ? player.fault : palette[player.strips[from + s]][0];
      const rise = bad ? tall : 0; // taller too, for whoever does not see the colour
      context.fillRect(x + s * step, y + height - tall - rise, Math.max(step - (n > 24 ? 0 : 0.8), 0.6), tall + rise);
    }
    context.strokeStyle = player.line;
    context.lineWidth = 0.6;
    context.strokeRect(x, y + height - tall, width, tall);
    context.fillStyle = player.ink;
    context.fillRect(x + segmentOf(player.about, player.about.sample) * step, y + height - 0.2, Math.max(step - 0.8, 1.2), 1.6);
  }
}

function measureCells(player) {
  for (const cell of player.cells) {
    if (cell.body || !cell.fill.width) continue;
    const read = (name) => cell.fill[name].baseVal.value;
    cell.box = { x: read("x"), y: read("y"), width: read("width"), height: read("height") };
  }
}
