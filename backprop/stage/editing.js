// Changing things on the stage: inputs are dragged, weights and biases typed. Python answers; while
// something is dragged one question is under way at a time, and the latest value wins.

const PATIENCE = 1500; // an answer that says nothing new never arrives

/** Ask Python for something; `answered` is called by the next scene that arrives. */
function ask(player, question) {
  if (!player.send) return;
  if (player.waiting && question.kind === "drag") {
    player.next = question;
    return;
  }
  player.waiting = question.kind === "drag";
  clearTimeout(player.patience);
  if (player.waiting) player.patience = setTimeout(() => answered(player), PATIENCE);
  player.asked = (player.asked ?? 0) + 1;
  player.send({ ...question, update: player.about.updates[player.frame], number: player.asked, token: player.about.view.token });
}

function answered(player) {
  player.waiting = false;
  clearTimeout(player.patience);
  const { next } = player;
  player.next = null;
  if (next) ask(player, next);
}

// ---- inputs -----------------------------------------------------------------------------------

function startDrag(player, event, node) {
  const reach = player.about.view.reach[Number(node.dataset.unit)];
  if (!player.send || !reach || event.button) return;
  const start = Number(node.dataset.value);
  player.drag = { unit: Number(node.dataset.unit), reach, start, y: event.clientY, value: start, moved: false };
  node.setPointerCapture(event.pointerId);
  node.classList.add("dragged");
  const move = (e) => {
    if (Math.abs(e.clientY - player.drag.y) < 3 && !player.drag.moved) return;
    dragTo(player, start + ((player.drag.y - e.clientY) / 150) * reach);
  };
  const end = () => {
    node.removeEventListener("pointermove", move);
    node.removeEventListener("pointerup", end);
    node.removeEventListener("pointercancel", end);
    node.classList.remove("dragged");
    player.dropped = player.drag?.moved; // so that the click which ends a drag selects nothing
    if (player.dropped) drop(player);
    player.drag = null;
  };
  node.addEventListener("pointermove", move);
  node.addEventListener("pointerup", end);
  node.addEventListener("pointercancel", end);
}

function dragTo(player, value) {
  const { drag } = player;
  const step = 10 ** Math.floor(Math.log10(drag.reach / 300)); // as the slider's
  const even = Number((Math.round(value / step) * step).toPrecision(12));
  const kept = Math.max(-drag.reach, Math.min(drag.reach, even));
  if (kept === drag.value) return;
  drag.value = kept;
  drag.moved = true;
  ask(player, { kind: "drag", input: drag.unit, value: kept });
}

function drop(player) {
  player.next = null;
  // Dropped where it was taken up, nothing new would come: the picture of before returns.
  setTimeout(() => { if (player.about.glimpse && !player.drag) load(player, player.whole); }, PATIENCE);
  ask(player, { kind: "drop", input: player.drag.unit, value: player.drag.value });
}

/** ↑ and ↓ on an input: the same in small steps, dropped when the keys rest. */
function nudge(player, node, by) {
  const unit = Number(node.dataset.unit);
  const reach = player.about.view.reach[unit];
  if (!player.send || !reach) return;
  player.drag ??= { unit, reach, value: Number(node.dataset.value) };
  dragTo(player, player.drag.value + (by * reach) / 60);
  clearTimeout(player.resting);
  player.resting = setTimeout(() => { drop(player); player.drag = null; }, 500);
}

// ---- weights and biases -----------------------------------------------------------------------

/** The field in the equation card for the starting value of the selected weight or bias. */
function openEditor(player, at) {
  const box = player.at("editor");
  const name = editable(player, at);
  box.hidden = !name;
  player.at("editor-error").textContent = "";
  if (!name) return;
  const [letter, layer, ...place] = name.replace(/^(.)(\d)/, "$1.$2").split(".");
  const channel = `${letter}.${layer}.${place.join(".")}`;
  player.editing = name;
  player.at("editor-label").textContent = `${nameOf(player, channel)} at the start`;
  player.at("editor-value").value = fullDigits(player.values[channelOf(player, channel).at]);
}

/** The name that Python knows a parameter by ("W1.0.2", "b2.1"), or "" if this is none. */
function editable(player, { name, layer, u, v }) {
  if (!player.send || !player.selected) return "";
  if (name === "W") return `W${layer}.${u}.${v}`;
  const bias = player.about.bias && layer > 0 && ["b", "h", "z", "delta"].includes(name);
  return bias ? `b${layer}.${u}` : "";
}

function submitEdit(player) {
  const text = player.at("editor-value").value.trim().replace("−", "-");
  const value = Number(text);
  const wrong = text === "" || !Number.isFinite(value) || Math.abs(value) > 1e6;
  player.at("editor-error").textContent = wrong ? `A number from −1000000 to 1000000 is needed, got “${text.slice(0, 20)}”. Try 0.5.` : "";
  if (!wrong) ask(player, { kind: "edit", name: player.editing, value });
}
