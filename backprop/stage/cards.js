// The cards: the fault in words, and the equation of what is selected or under the playhead.

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

const atFault = (player) => player.about.fault?.update === player.about.updates[player.frame];

// ---- the equation -----------------------------------------------------------------------------

/** The template and the place that the card speaks of. */
function target(player) {
  if (player.selected) {
    const [name, layer, u = 0, v = 0] = player.selected.split(".");
    return { name, layer: Number(layer), u: Number(u), v: Number(v) };
  }
  const operation = player.about.operations[player.operation];
  if (!operation) return { name: "h", layer: 1, u: 0, v: 0 };
  return { name: operation.name, layer: operation.layer, u: 0, v: 0 };
}

/** The channel of a target: that whose value is the answer of its equation. */
function answerOf(player, { name, layer, u, v }) {
  const L = player.about.layers;
  if (name === "cost") return `J.${L}.0`;
  if (name === "update") return `W.${L}.${u}.${v}`;
  const matrix = name === "W" || name === "dW";
  return matrix ? `${name}.${layer}.${u}.${v}` : `${name}.${layer}.${u}`;
}

function paintEquation(player) {
  const at = target(player);
  const template = player.about.equations[`${at.name}.${at.layer}`];
  const card = player.at("equation");
  const key = `${JSON.stringify(at)}${player.selected ?? ""}`;
  if (player.equationKey !== key) {
    player.equationKey = key;
    writeEquation(card, template ? fillPlaces(template.html, at) : "");
    player.slots = [...card.querySelectorAll("[data-slot]")];
    for (const slot of player.slots) linkSlot(player, slot);
    player.at("equation-title").textContent = template ? titleOf(player, at, template) : "";
    player.at("unselect").hidden = !player.selected;
    openEditor(player, at);
  }
  for (const slot of player.slots) fillSlot(player, slot);
  paintNote(player, at, template);
  paintTruth(player, answerOf(player, at));
}

/** Many short steps may stand in two columns where the card is wide. */
function writeEquation(card, html) {
  card.innerHTML = html;
  card.className = card.childElementCount > 6 ? "equation many" : "equation";
}

function titleOf(player, at, template) {
  const units = player.blocks.get(`h.${at.layer}`)?.shape[0] ?? 1;
  const unit = at.layer && units > 1 ? `, unit ${at.u + 1}` : "";
  const from = at.name === "dW" || at.name === "W" ? ` from ${at.layer === 1 ? "input" : "unit"} ${at.v + 1}` : "";
  const title = template.title.charAt(0).toLowerCase() + template.title.slice(1);
  return `${player.selected ? "Selected" : "This step"}: ${title}${unit}${from}`;
}

const fillPlaces = (html, { u, v }) => html.replaceAll("{u}", u).replaceAll("{v}", v);

/** A number in an equation leads to where it comes from: a click selects it. */
function linkSlot(player, slot) {
  const channel = channelOfSlot(slot);
  if (!isSelectable(player, channel)) return;
  slot.setAttribute("tabindex", "0");
  slot.setAttribute("role", "button");
  slot.setAttribute("aria-label", nameOf(player, channel));
  slot.closest("math")?.setAttribute("role", "group"); // role math would hide the buttons inside
}

const channelOfSlot = (slot) => slot.dataset.slot.replace(/[!?]$/, "").replace(/@next$/, "");

/** Only what has an equation of its own can be selected. */
function isSelectable(player, channel) {
  const [name, layer] = channel.split(".");
  return channelOf(player, channel) !== null && `${name}.${layer}` in player.about.equations;
}

function fillSlot(player, slot) {
  const next = slot.dataset.slot.includes("@next");
  const { text, title, state } = slotText(player, channelOfSlot(slot), next);
  const shown = guarded(text, slot.dataset.slot.at(-1));
  if (slot.textContent !== shown) slot.textContent = shown;
  if (slot.getAttribute("data-state") !== state) slot.setAttribute("data-state", state);
  slot.setAttribute("title", title);
}

function slotText(player, channel, next) {
  if (channel in player.about.constants) return say(player.about.constants[channel], 0);
  const place = channelOf(player, channel);
  const frame = player.frame + (next ? 1 : 0);
  const follows = player.about.updates[frame] === player.about.updates[player.frame] + 1;
  const known = place && (next ? player.operation >= lastOperation(player) && follows : isKnown(player, place));
  return known ? say(valueAt(player, place, frame), stateAt(player, place, frame)) : { text: "–", title: "not computed yet", state: "unknown" };
}

const say = (value, state) => ({ text: formulaDigits(value), title: fullDigits(value), state: STATES[state] });

// ---- why a value is special -------------------------------------------------------------------

/** Beneath the equation: what contaminated a value, or why it is saturated or dead. */
function paintNote(player, at, template) {
  const note = player.at("note");
  const channel = answerOf(player, at);
  const place = channelOf(player, channel);
  const known = place && isKnown(player, place);
  const state = known ? STATES[stateAt(player, place)] : "unknown";
  const source = known && isBad(player, place) ? sourceOf(player, channel, template) : null;
  let text = "";
  if (source) text = `${said(player, place)} because ${source.words}.`;
  else if (known && isBad(player, place) && (player.selected || !atFault(player))) text = `${said(player, place)} was born here: every number it was made from is finite.${atFault(player) ? ` ${player.about.spread}` : ""}`;
  else if (state === "saturated" || state === "dead") text = noteOf(player, at, state, valueAt(player, place));
  if (note.shown !== text) note.textContent = note.shown = text;
  const back = player.at("follow-back");
  back.hidden = !source;
  player.source = source;
}

const said = (player, place) => shortDigits(valueAt(player, place));

function noteOf(player, at, state, value) {
  const note = player.about.notes[`${at.name}.${at.layer}.${state === "dead" ? "dead" : value}`] ?? "";
  return note.replace(/\{([^}]+)\}/g, (_, channel) => slotText(player, channel.replace("[u]", at.u), false).text);
}

/** The first operand of a non-finite value that is itself not finite: its channel, when, and words. */
function sourceOf(player, channel, template) {
  if (!template) return null;
  const [, , u, v] = channel.split(".");
  for (const operand of template.operands) {
    const [pattern, where] = operand.split("@");
    const from = fillPlaces(pattern, { u, v });
    const place = channelOf(player, from);
    if (!place) continue;
    if (where === "samples") {
      const own = isBad(player, place);
      const samples = badSamples(player, from);
      if (own || samples.length) return sampled(player, from, own, samples);
    } else {
      const frame = player.frame - (where === "before" ? 1 : 0);
      if (frame >= 0 && isBad(player, place, frame)) {
        const when = where === "before" ? ` in update ${player.about.updates[frame]}` : "";
        return { channel: from, frame, words: `${nameOf(player, from)} was ${shortDigits(valueAt(player, place, frame))}${when}` };
      }
    }
  }
  return null;
}

function sampled(player, channel, own, samples) {
  const { about } = player;
  const where = own ? `sample ${about.sample + 1}` : samplesOf(about, samples[0]);
  const shared = !own && about.striped < about.samples; // then nobody here knows which one it is
  const sample = own || shared ? about.sample : samples[0];
  const others = own ? "" : `, and the average takes all samples in`;
  return { channel, frame: player.frame, sample, words: `${nameOf(player, channel)} is not finite in ${where}${others}` };
}

/** One step back along the chain of contamination, in the drawing and in time. */
function followBack(player) {
  const { source } = player;
  if (!source) return;
  const place = channelOf(player, source.channel);
  select(player, source.channel);
  player.operation = Math.min(Math.max(place.block.known, 0), lastOperation(player));
  moveTo(player, source.frame, source.frame < player.frame ? Infinity : Math.max(place.block.known, -1));
  if (source.sample !== undefined && source.sample !== player.about.sample) ask(player, { kind: "sample", sample: source.sample });
}

// ---- the true value ---------------------------------------------------------------------------

/** The true value and the distance from it, where somebody computed it for this update. */
function paintTruth(player, channel) {
  const line = player.at("truth");
  const place = channelOf(player, channel);
  const truth = player.truth;
  const fits = truth && truth.token === player.about.view.token && truth.update === player.about.updates[player.frame] && truth.sample === player.about.sample;
  const entry = fits && place && isKnown(player, place) ? truth.values[channel] : undefined;
  const text = entry ? `true value ${entry[0]}${entry[1] ? ` · ${entry[1]}` : ""}` : "";
  if (line.shown !== text) line.textContent = line.shown = text;
}
