// The microscope's player: it sends what was dragged, pressed or typed, and paints Python's answer.
// One request is under way at a time; while it is, only the latest wish is kept.

const PATIENCE = 4000; // an answer that is lost must not lock the slider
const lenses = new WeakMap();

export default function mount({ data, parentElement, setStateValue }) {
  let lens = lenses.get(parentElement);
  if (!lens) {
    lens = createLens(parentElement.querySelector(".lens-root"));
    lens.home = location.pathname;
    lenses.set(parentElement, lens);
  }
  lens.send = (wish) => { if (!window.backpropAddress?.left(lens.home)) setStateValue("asked", wish); };
  paint(lens, data);
  return () => {
    clearInterval(lens.watch);
    for (const marker of document.querySelectorAll(".h-marker")) marker.remove();
    lenses.delete(parentElement);
  };
}

function createLens(root) {
  root.innerHTML = SHELL;
  const at = (name) => root.querySelector(`[data-part="${name}"]`);
  const lens = { root, at, count: Date.now(), waiting: 0, wish: null, held: false, typed: false };
  const slider = at("slider");
  slider.addEventListener("input", () => ask(lens, { place: Number(slider.value), held: true, seen: beneathIsSeen() }));
  slider.addEventListener("change", () => ask(lens, { place: Number(slider.value) }));
  slider.addEventListener("pointerdown", () => { lens.held = true; });
  for (const end of ["pointerup", "pointercancel", "change", "blur"]) {
    slider.addEventListener(end, () => { lens.held = false; });
  }
  const field = at("field");
  field.addEventListener("input", () => { lens.typed = true; });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") ask(lens, { text: field.value });
    if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      event.preventDefault();
      ask(lens, { floats: event.key === "ArrowUp" ? 1 : -1 });
    }
    event.stopPropagation(); // letters typed here are no shortcuts of the app
  });
  field.addEventListener("blur", () => { if (lens.typed) ask(lens, { text: field.value }); });
  root.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const { go, floats, by } = button.dataset;
    if (go !== undefined) ask(lens, { text: go });
    else if (floats !== undefined) ask(lens, { floats: Number(floats) });
    else if (by !== undefined) ask(lens, { by: Number(by) });
  });
  lens.watch = setInterval(() => mark(lens), 300);
  return lens;
}

/** Whether what stands beneath the charts is on the screen; if not, it follows once h is let go. */
function beneathIsSeen() {
  const beneath = document.querySelector(".st-key-microscope_readings");
  return !beneath || beneath.getBoundingClientRect().top < innerHeight;
}

/** Send a wish, or keep it until the answer to the last one is here. Steps add up meanwhile. */
function ask(lens, wish) {
  if (lens.waiting && performance.now() - lens.since < PATIENCE) {
    if (wish.floats && lens.wish?.floats) wish = { floats: wish.floats + lens.wish.floats };
    lens.wish = wish;
    return;
  }
  lens.count += 1;
  lens.waiting = lens.count;
  lens.since = performance.now();
  lens.wish = null;
  lens.send({ ...wish, count: lens.count });
}

function paint(lens, data) {
  lens.data = data;
  const { at, root } = lens;
  lay(data.buttons, at("buttons"));
  lay(data.ticks, at("ticks"));
  lay(data.body, at("body"));
  at("message").textContent = data.message;
  at("field").setAttribute("aria-invalid", String(data.message !== ""));
  if (!data.message && !(lens.wish && "text" in lens.wish)) {
    at("field").value = data.text;
    lens.typed = false;
  } else if (data.message) {
    at("field").value = data.typed;
    lens.typed = false;
  }
  if (!lens.held) at("slider").value = data.place;
  at("slider").setAttribute("aria-valuetext", `h = ${data.text}`);
  at("track").style.setProperty("--now", data.place);
  for (const button of at("buttons").querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(button.dataset.go === data.exact));
  }
  root.dataset.h = data.exact;
  root.dataset.count = data.count;
  root.dataset.projector = data.projector;
  mark(lens);
  if (data.count === lens.waiting || !lens.waiting) {
    lens.waiting = 0;
    if (lens.wish) ask(lens, lens.wish);
  }
}

/** The position of h on the charts: a line over each, kept there when the chart is drawn anew. */
function mark(lens) {
  for (const plot of document.querySelectorAll(".st-key-microscope_charts .js-plotly-plot")) {
    const layout = plot._fullLayout;
    if (!layout?.xaxis?.l2p || !lens.data) continue;
    let line = plot.querySelector(":scope .h-marker");
    if (!line) {
      line = document.createElement("div");
      line.className = "h-marker";
      line.style.cssText =
        "position:absolute;width:0;border-left:2px solid currentColor;opacity:.75;pointer-events:none;z-index:2";
      (plot.querySelector(".svg-container") ?? plot).append(line);
      plot.on("plotly_afterplot", () => mark(lens));
      plot.on("plotly_click", ({ points }) => ask(lens, { place: points[0].x }));
    }
    const x = layout.xaxis.l2p(lens.data.place);
    const inside = x >= 0 && x <= layout.xaxis._length;
    line.style.display = inside ? "block" : "none";
    line.style.left = `${layout.xaxis._offset + x - 1}px`;
    line.style.top = `${layout.yaxis._offset}px`;
    line.style.height = `${layout.yaxis._length}px`;
    line.dataset.place = lens.data.place;
  }
}

const SHELL = `
<div class="lens">
  <div class="control">
    <div class="entry">
      <label class="letter" for="lens-h">h</label>
      <input id="lens-h" data-part="field" type="text" inputmode="decimal" spellcheck="false" autocomplete="off"
        aria-describedby="lens-message" title="Any number from −1000 to 1000. Enter takes it; ↑ and ↓ go to the next float.">
      <span class="steps" role="group" aria-label="Steps of h">
        <button type="button" data-by="-0.1" title="h − 0.1">−0.1</button>
        <button type="button" data-floats="-1" title="The next smaller number of the format">◂ previous float</button>
        <button type="button" data-floats="1" title="The next larger number of the format">next float ▸</button>
        <button type="button" data-by="0.1" title="h + 0.1">+0.1</button>
      </span>
      <span id="lens-message" class="message" data-part="message" role="alert"></span>
    </div>
    <div class="track" data-part="track">
      <input data-part="slider" type="range" min="-5.992" max="5.992" step="0.002" aria-label="h, from −1000 to 1000, finest around 0">
      <span class="ticks" data-part="ticks" aria-hidden="true"></span>
    </div>
    <div class="cliffs" data-part="buttons" role="group" aria-label="Cliffs of the format"></div>
  </div>
  <div data-part="body"></div>
</div>`;
