// The race: one playhead for all charts. It holds an update, moves the line there and writes the
// read-outs of that update; clicks on a curve ask for the Live page. No arithmetic of the network.

const PLAY_SECONDS = 8;
const ASK_EVERY = 120;
const races = new WeakMap();

export default function mount({ data, parentElement, setStateValue, setTriggerValue }) {
  let race = races.get(parentElement);
  if (!race) {
    race = { root: parentElement.querySelector(".race-root"), k: null, packed: null, home: location.pathname };
    races.set(parentElement, race);
    race.onKey = (event) => onKey(race, event);
    document.addEventListener("keydown", race.onKey);
    race.root.innerHTML = SHELL;
    race.at = (name) => race.root.querySelector(`[data-part="${name}"]`);
    wire(race);
  }
  race.say = (...words) => { if (!window.backpropAddress?.left(race.home)) setStateValue(...words); };
  race.open = setTriggerValue;
  load(race, data);
  return () => {
    cancelAnimationFrame(race.timer);
    clearTimeout(race.asking);
    document.removeEventListener("keydown", race.onKey);
    races.delete(parentElement);
  };
}

const ICONS = {
  play: '<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M4 2.5v11l9-5.5z"/></svg>',
  pause: '<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M3.5 2.5h3v11h-3zM9.5 2.5h3v11h-3z"/></svg>',
};
const SHELL = `
  <div class="transport">
    <button data-part="play" aria-label="Play (Space)">${ICONS.play}</button>
    <button data-part="fault" title="Next first fault (N)">✕ <span>Fault</span></button>
    <div class="track"><input type="range" data-part="scrub" min="0" step="1" aria-label="Update">
      <div data-part="ticks"></div></div>
    <span class="position" data-part="position"></span>
  </div>
  <div class="readouts"><table><thead data-part="heads"></thead><tbody data-part="rows"></tbody></table></div>
  <p class="hint">Drag in a chart, or press ← →, to move the playhead; click a curve to open that update on the Live page. <span class="bad">✕</span> is a first fault.</p>
  <div class="charts" data-part="charts"></div>
  <div class="tip" data-part="tip" hidden></div>`;

// ---- loading --------------------------------------------------------------------------------

function load(race, data) {
  const { words: { visit, at }, body: scene } = openEnvelope(data);
  const { words: about, body } = openEnvelope(scene);
  race.root.dataset.theme = themeOf(race.root);
  const text = JSON.stringify(about);
  const begins = race.visit !== visit;
  race.visit = visit;
  if (race.packed === text) {
    if (begins) moveTo(race, at, false);
    return;
  }
  Object.assign(race, { about, packed: text, values: new Float64Array(body.buffer, body.byteOffset) });
  race.at("charts").innerHTML = about.charts;
  race.charts = [...race.at("charts").querySelectorAll(".chart")].map((svg) => ({
    svg, line: svg.querySelector(".playhead"), x0: Number(svg.dataset.x0), x1: Number(svg.dataset.x1),
  }));
  drawTable(race);
  race.faults = [...new Set(about.rows.map((row) => row.fault).filter((fault) => fault !== null))].sort((a, b) => a - b);
  race.at("fault").disabled = race.faults.length === 0;
  race.at("scrub").max = about.last;
  race.at("ticks").innerHTML = race.faults
    .map((fault) => `<i class="fault-tick" style="left:${(100 * fault) / Math.max(about.last, 1)}%"></i>`).join("");
  moveTo(race, begins ? at : race.k, false);
}

function drawTable(race) {
  const { about } = race;
  const shown = shownChannels(about);
  race.at("heads").innerHTML = `<tr><th scope="col">Runner</th>${shown.map((c) => `<th scope="col">${about.names[c]}</th>`).join("")}<th scope="col">At the end</th></tr>`;
  race.at("rows").innerHTML = about.rows.map((row, r) =>
    `<tr data-runner="${r}"><th scope="row">${row.swatch}<a href="#" data-live="${r}">${row.label}</a></th>` +
    shown.map((c) => `<td data-channel="${c}"></td>`).join("") + `<td class="${row.kind}">${row.verdict}</td></tr>`).join("");
  race.cells = [...race.at("rows").querySelectorAll("td[data-channel]")].map((cell) => ({
    cell, runner: Number(cell.parentElement.dataset.runner), channel: Number(cell.dataset.channel), value: null,
  }));
  race.links = [...race.at("rows").querySelectorAll("a")];
}

/** All but the norms between the first and the last layer, which the charts show. */
const shownChannels = (about) => about.names.map((_, c) => c).filter((c) => c < 6 || c === about.names.length - 1);

function themeOf(root) {
  const [r, g, b] = (getComputedStyle(root).getPropertyValue("--st-background-color").match(/[0-9a-f]{2}/gi) ?? ["ff", "ff", "ff"])
    .slice(0, 3).map((x) => parseInt(x, 16));
  return 0.3 * r + 0.6 * g + 0.1 * b < 110 ? "dark" : "light";
}

// ---- the playhead -----------------------------------------------------------------------------

const valueAt = (race, runner, channel, k = race.k) =>
  race.values[(runner * (race.about.last + 1) + k) * race.about.channels + channel];

function moveTo(race, k, ask = true) {
  const { about } = race;
  race.k = Math.max(0, Math.min(Math.round(k), about.last));
  race.root.dataset.update = race.k;
  race.at("scrub").value = race.k;
  race.at("scrub").setAttribute("aria-valuetext", `update ${race.k} of ${about.last}`);
  race.at("position").textContent = `update ${race.k} of ${about.last}`;
  for (const { line, x0, x1 } of race.charts)
    line.setAttribute("transform", `translate(${(x0 + ((x1 - x0) * race.k) / Math.max(about.last, 1)).toFixed(2)})`);
  for (const place of race.cells) {
    const value = valueAt(race, place.runner, place.channel);
    if (Object.is(value, place.value)) continue;
    place.value = value;
    place.cell.textContent = write(race, place.channel, value);
    place.cell.dataset.value = place.cell.title = fullDigits(value);
    place.cell.classList.toggle("bad", !Number.isFinite(value) || (place.channel === 4 && value > 0));
    place.cell.classList.toggle("dead", place.channel === 3 && value > 0);
  }
  race.links.forEach((link, r) => (link.href = liveAddress(race, r)));
  if (ask) later(race);
}

const write = (race, channel, value) =>
  channel >= 2 && channel <= 4 ? `${value} of ${race.about.samples}` : shortDigits(value, 4);

function liveAddress(race, runner) {
  const { query } = race.about.rows[runner];
  return `./?${query}${query ? "&" : ""}update=${race.k}`;
}

/** Python is told, at most every ASK_EVERY ms: the boundaries and the address follow. */
function later(race) {
  if (race.asking) return;
  race.asking = setTimeout(() => {
    race.asking = 0;
    if (race.asked === race.k) return;
    race.asked = race.k;
    race.say("at", { at: race.k, visit: race.visit });
  }, ASK_EVERY);
}

function setPlaying(race, playing) {
  if (playing && race.k === race.about.last) moveTo(race, 0);
  race.playing = playing;
  race.at("play").innerHTML = playing ? ICONS.pause : ICONS.play;
  race.at("play").setAttribute("aria-label", playing ? "Pause (Space)" : "Play (Space)");
  cancelAnimationFrame(race.timer);
  if (!playing) return;
  const [from, start] = [race.k, performance.now()];
  const pace = Math.max(race.about.last / PLAY_SECONDS, 8) / 1000;
  const tick = (now) => {
    moveTo(race, from + Math.max(now - start, 0) * pace);
    if (race.k >= race.about.last) setPlaying(race, false);
    else race.timer = requestAnimationFrame(tick);
  };
  race.timer = requestAnimationFrame(tick);
}

function toNextFault(race) {
  setPlaying(race, false);
  moveTo(race, race.faults.find((fault) => fault > race.k) ?? race.faults[0] ?? race.k);
}

// ---- hands --------------------------------------------------------------------------------------

function wire(race) {
  race.at("play").onclick = () => setPlaying(race, !race.playing);
  race.at("fault").onclick = () => toNextFault(race);
  race.at("scrub").oninput = (event) => {
    setPlaying(race, false);
    moveTo(race, Number(event.target.value));
  };
  race.at("rows").onclick = (event) => {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    openLive(race, Number(link.dataset.live), race.k);
  };
  const charts = race.at("charts");
  charts.onpointerdown = (event) => {
    if (event.button !== 0) return;
    race.drag = { svg: event.target.closest(".chart"), from: event.clientX, moved: false };
    setPlaying(race, false);
    if (race.drag.svg && event.pointerType !== "touch") event.preventDefault();
  };
  charts.onpointermove = (event) => hover(race, event);
  charts.onpointerup = (event) => release(race, event);
  charts.onpointerleave = () => { race.drag = null; race.at("tip").hidden = true; emphasise(race, null); };
}

function updateUnder(race, svg, event) {
  const chart = race.charts.find((one) => one.svg === svg);
  const box = svg.getBoundingClientRect();
  const x = ((event.clientX - box.left) / box.width) * svg.viewBox.baseVal.width;
  const k = Math.round(((x - chart.x0) / (chart.x1 - chart.x0)) * race.about.last);
  return Math.max(0, Math.min(k, race.about.last));
}

function hover(race, event) {
  const svg = event.target.closest(".chart");
  const curve = event.target.closest("[data-runner]");
  if (race.drag?.svg && Math.abs(event.clientX - race.drag.from) > 4) race.drag.moved = true;
  if (race.drag?.moved) moveTo(race, updateUnder(race, race.drag.svg, event));
  const tip = race.at("tip");
  tip.hidden = !curve || Boolean(race.drag?.moved);
  emphasise(race, tip.hidden ? null : curve.dataset.runner);
  if (tip.hidden) return;
  const [runner, channel, k] = [Number(curve.dataset.runner), Number(curve.dataset.channel), updateUnder(race, svg, event)];
  const value = valueAt(race, runner, channel, k);
  const written = channel >= 2 && channel <= 4 ? write(race, channel, value) : fullDigits(value);
  tip.innerHTML = `<b>${race.about.rows[runner].label}</b><br>update ${k}: ${race.about.names[channel]} ${written}<br>Click to open it on the Live page.`;
  const box = race.root.getBoundingClientRect();
  tip.style.left = `${Math.max(0, Math.min(event.clientX - box.left + 12, box.width - 250))}px`;
  tip.style.top = `${event.clientY - box.top + 14}px`;
}

function release(race, event) {
  const { drag } = race;
  race.drag = null;
  const svg = event.target.closest(".chart");
  if (!drag || drag.moved || !svg || svg !== drag.svg) return;
  const [curve, k] = [event.target.closest("[data-runner]"), updateUnder(race, svg, event)];
  moveTo(race, k);
  if (curve) openLive(race, Number(curve.dataset.runner), k);
}

function emphasise(race, runner) {
  if (race.emphasised === runner) return;
  race.emphasised = runner;
  race.root.classList.toggle("one", runner !== null);
  for (const part of race.root.querySelectorAll("[data-runner]")) part.classList.toggle("chosen", part.dataset.runner === runner);
}

const openLive = (race, runner, update) => race.open("open", { runner, update });

function onKey(race, event) {
  const at = event.composedPath()[0];
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !race.about) return;
  if (/^(INPUT|TEXTAREA|SELECT|BUTTON|A)$/.test(at.tagName) && at !== race.at("scrub")) return;
  if (at.isContentEditable || at.getAttribute?.("role")) return;
  const moves = {
    " ": () => setPlaying(race, !race.playing),
    ArrowLeft: () => moveTo(race, race.k - 1),
    ArrowRight: () => moveTo(race, race.k + 1),
    Home: () => moveTo(race, 0),
    End: () => moveTo(race, race.about.last),
    n: () => toNextFault(race),
    N: () => toNextFault(race),
  };
  if (!moves[event.key]) return;
  event.preventDefault();
  moves[event.key]();
}
