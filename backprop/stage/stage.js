// The player. It holds a position in a recording, paints what is known there, and moves it.
// It knows blocks of channels, not networks: no arithmetic of the network happens here.

const players = new WeakMap();

/** `data` is a packed scene. Questions go out as "backprop:ask", answers come as "backprop:answer". */
export default function mount({ data, parentElement }) {
  let player = players.get(parentElement);
  if (!player) {
    player = createPlayer(parentElement.querySelector(".stage-root"));
    players.set(parentElement, player);
  }
  player.whole = data;
  load(player, data);
  return () => {
    dispose(player);
    players.delete(parentElement);
  };
}

function createPlayer(root) {
  root.innerHTML = SHELL;
  const player = {
    root, frame: 0, operation: -1, playing: false, speed: 0, credit: 0, last: 0, timer: 0,
    selected: null, passedFault: false, about: null, compare: "now", striped: false,
    visit: null, truth: null, hold: null, drag: null, waiting: false, next: null, source: null,
    at: (name) => root.querySelector(`[data-part="${name}"]`),
  };
  player.stage = root.querySelector(".stage");
  wireControls(player);
  beLed(player);
  player.listeners = [
    [document, "keydown", (event) => onKey(player, event), true],
    [document, "keyup", (event) => onKeyUp(player, event)],
    [window, "pagehide", () => keepPlace(player)],
    [document, "backprop:answer", (event) => onAnswer(player, event.detail)],
    [window, "resize", () => fitRoom(player)],
  ];
  for (const [where, ...what] of player.listeners) where.addEventListener(...what);
  player.sizes = new ResizeObserver(() => {
    if (!player.about) return;
    fitCanvases(player);
    paint(player);
  });
  player.sizes.observe(player.at("drawing"));
  player.rooms = new ResizeObserver(() => {
    fitRoom(player);
    keepGrown(player);
  });
  player.rooms.observe(root.querySelector(".equation-box"));
  return player;
}

function dispose(player) {
  keepPlace(player);
  cancelAnimationFrame(player.timer);
  clearTimeout(player.settling);
  closeInputs(player);
  player.sizes.disconnect();
  player.rooms.disconnect();
  for (const [where, ...what] of player.listeners) where.removeEventListener(...what);
}

/** Put a recording, or a glimpse of one, on the stage; the playhead stays unless a link moves it. */
function load(player, data) {
  const before = player.about;
  const update = before ? before.updates[player.frame] : 0;
  Object.assign(player, unpack(data, before));
  const { about } = player;
  player.send = about.view.reach.length ? sendQuestion : null; // none where nobody would answer
  const theme = themeOf(player.root);
  const redrawn = !before || before.skeleton !== about.skeleton || player.theme !== theme;
  player.theme = theme;
  player.root.dataset.theme = theme;
  player.root.classList.toggle("projector", about.view.projector);
  player.root.dataset.editable = !!player.send;
  if (!about.glimpse) indexBlocks(player);
  if (redrawn) draw(player);
  limitInputs(player);
  player.at("chart").innerHTML = about.chart;
  player.playhead = player.at("chart").querySelector(".playhead");
  if (!about.glimpse) forgetPaint(player);
  setUpScrubber(player);
  player.frame = frameOf(player, update);
  enterVisit(player);
  if (player.selected && !drawn(player, player.selected)) player.selected = null;
  player.operation = Math.min(player.operation, lastOperation(player));
  player.passedFault = reachedFault(player);
  player.equationKey = about.glimpse ? player.equationKey : null;
  player.at("edits").hidden = !about.view.edited;
  player.at("samples").disabled = !about.striped;
  player.at("samples").title = `A strip in every cell: the same quantity for all samples (S)${about.striped < about.samples ? `. ${about.striped} of ${about.samples} are drawn; a segment is marked as not finite if any sample beside its own is` : ""}`;
  markSelected(player);
  paint(player);
  fitRoom(player);
  rest(player);
  answered(player);
}

function draw(player) {
  player.at("drawing").innerHTML = player.about.skeleton;
  collectCells(player);
  measureCells(player);
  fitCanvases(player);
  wireDrawing(player);
  foldInputs(player);
  const { classList } = player.root.querySelector(".drawing-frame");
  classList.toggle("crowded", player.at("drawing").querySelectorAll(".target").length > 4); // no room for the key
  classList.toggle("named", !!player.at("drawing").querySelector(".input rect")); // names need room on a phone
}

const drawn = (player, channel) => channel.startsWith("cost.") || channelOf(player, channel) !== null;

const sendQuestion = (question) => document.dispatchEvent(new CustomEvent("backprop:ask", { detail: question }));

function onAnswer(player, { truth, glimpse }) {
  if (glimpse && player.drag) load(player, glimpse);
  if (!truth && !glimpse) rest(player); // somebody listens from now on
  if (truth) {
    player.truth = truth;
    if (player.about && !player.playing) paintEquation(player);
  }
}

function themeOf(root) {
  const [r, g, b] = (getComputedStyle(root).getPropertyValue("--st-background-color").match(/[0-9a-f]{2}/gi) ?? ["ff", "ff", "ff"])
    .slice(0, 3).map((x) => parseInt(x, 16));
  return 0.3 * r + 0.6 * g + 0.1 * b < 110 ? "dark" : "light";
}

const icon = (d) => `<svg viewBox="0 0 20 20" aria-hidden="true"><path d="${d}"/></svg>`;
const button = (part, label, d) => `<button type="button" data-part="${part}" aria-label="${label}" title="${label}">${icon(d)}</button>`;
const SHELL = `
<div class="stage" role="region" aria-label="The network, played">
  <div class="bar top">
    <div class="cost"><button type="button" class="plain" data-part="cost-button" title="Show how the cost is computed">Cost J</button> <b data-part="cost" data-state="unknown">–</b> <span data-part="true-cost"></span></div>
    <div class="looks">
      <button type="button" data-part="before" title="Hold to see the numbers of the update before (B)">before</button>
      <button type="button" data-part="change" aria-pressed="false" title="Show what changed since the update before (D)">change</button>
      <button type="button" data-part="samples" aria-pressed="false" title="A strip in every cell: the same quantity for all samples (S)">samples</button>
    </div>
    <span class="position" data-part="position"></span>
  </div>
  <div class="drawing-frame">
    <div class="drawing-box"><div class="layers"><canvas data-part="edges" aria-hidden="true"></canvas><div data-part="drawing"></div><canvas data-part="strips" aria-hidden="true"></canvas></div></div>
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
    <span class="edits" data-part="edits" hidden><button type="button" data-part="undo" title="Undo the last edit">undo</button><button type="button" data-part="reset" title="Back to the start without edits">reset</button></span>
  </div>
  <div class="card fault" data-part="fault"></div>
  <div class="cards">
    <section class="card equation-card">
      <h3><span data-part="equation-title"></span> <button type="button" class="plain" data-part="unselect" hidden>follow the playhead</button></h3>
      <div class="equation-box" tabindex="0" role="group" aria-label="Equation">
        <div class="equation" data-part="equation"></div>
        <div class="footer">
        <p class="note"><span data-part="note"></span> <button type="button" class="plain" data-part="follow-back" title="Select what it came from (F)" hidden>follow it back</button></p>
        <p class="truth" data-part="truth"></p>
        <form class="editor" data-part="editor" hidden><label><span data-part="editor-label"></span> <input data-part="editor-value" inputmode="decimal" autocomplete="off" size="12"></label> <button type="submit">set</button> <span class="wrong" role="alert" data-part="editor-error"></span></form>
        </div>
      </div>
    </section>
    <section class="card"><h3>True cost, all derivatives from the same start</h3><div data-part="chart"></div></section>
  </div>
  <div class="unseen" aria-live="polite" data-part="summary"></div>
</div>`;
