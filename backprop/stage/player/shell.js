// The stage before anything is on it: each element that the player writes into is a part by name.

const icon = (/** @type {string} */ d) => `<svg viewBox="0 0 20 20" aria-hidden="true"><path d="${d}"/></svg>`;
/** @param {string} part @param {string} label @param {string} d */
const button = (part, label, d) =>
  `<button type="button" data-part="${part}" aria-label="${label}" title="${label}">${icon(d)}</button>`;
const ENLARGE = "Enlarge (E, or a double click); Escape brings it back";
/** @param {string} part */
const enlarge = (part) =>
  `<button type="button" class="enlarge" data-part="${part}" aria-label="Enlarge" title="${ENLARGE}">${icon("M3 8V3h5v2H5v3zM12 3h5v5h-2V5h-3zM3 12h2v3h3v2H3zM15 12h2v5h-5v-2h3z")}</button>`;

const NETWORK = `<div class="drawing-box" data-part="drawing-box"><div class="layers"><canvas data-part="edges" aria-hidden="true"></canvas><div data-part="drawing"></div><canvas data-part="strips" aria-hidden="true"></canvas></div></div>`;
const NAME = "<b></b> <span>J = <b>–</b></span> <i>still being computed</i>";

export const SHELL = `
<div class="stage" data-part="stage" role="region" aria-label="The network, played">
  <div class="view" data-part="view" data-panel="view">
  <div class="bar top">
    <div class="cost"><button type="button" class="plain" data-part="cost-button" title="Show how the cost is computed">Cost J</button> <b data-part="cost" data-state="unknown">–</b> <span data-part="true-cost" title="The true cost, computed stably"></span></div>
    <div class="looks">
      <button type="button" data-part="before" title="Hold to see the numbers of the update before (B)">hold: before</button>
      <button type="button" data-part="change" aria-pressed="false" title="Show what changed since the update before (D)">Δ since before</button>
      <button type="button" data-part="samples" aria-pressed="false" title="A strip in every cell: the same quantity for all samples (S)">all samples</button>
    </div>
    <span class="position" data-part="position"></span>
  </div>
  <div class="drawing-frame">
    <div class="key"><span><i class="ramp signed"></i>− to + (δ: log scale)</span><span><i class="ramp unit"></i>0 to 1</span><span><i class="swatch saturated"></i>saturated</span><span><i class="swatch dead"></i>dead</span><span><i class="swatch bad"></i>NaN, ∞</span><b data-part="shown"></b></div>
    <div class="halves">
      <div class="half"><p class="half-name" data-part="half-name" hidden>${NAME}</p>${NETWORK}</div>
      <div class="half" data-part="other" hidden><p class="half-name" data-part="other-name">${NAME}</p>${NETWORK}</div>
    </div>
  </div>
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
    <select data-part="beside" aria-label="Beside" title="Another derivative beside this one, under the same playhead (V)"></select>
    <select data-part="speed" aria-label="Speed"></select>
    <span class="edits" data-part="edits" hidden><button type="button" data-part="undo" title="Undo the last edit">undo</button><button type="button" data-part="reset" title="Back to the start without edits">reset</button></span>
  </div>
  </div>
  <div class="tip" data-part="tip" hidden></div>
  <p class="disagreement" data-part="disagreement" role="alert" hidden>This browser and the server computed different numbers. Neither can be trusted; please report it, with this page’s link.</p>
  <div class="card fault" data-part="fault"><div class="told" data-part="told"></div> <button type="button" class="plain" data-part="ask-ahead" hidden>What lies ahead?</button></div>
  <div class="cards">
    <section class="card equation-card" data-part="equation-card" data-panel="equation">
      <div class="equation-box">
        <h3><span data-part="equation-title"></span> <button type="button" class="plain" data-part="unselect" title="Follow the playhead again (Esc)" hidden>unselect</button>${enlarge("enlarge-equation")}</h3>
        <div class="rows"><div class="equation" data-part="equation"></div><button type="button" class="unfold" data-part="fold-steps" hidden></button></div>
        <div class="footer">
        <p class="note"><span data-part="note"></span> <button type="button" class="plain" data-part="follow-back" title="Select what it came from (F)" hidden>follow it back</button></p>
        <p class="truth" data-part="truth"></p>
        <form class="editor" data-part="editor" hidden><label><span data-part="editor-label"></span> <input data-part="editor-value" inputmode="decimal" autocomplete="off" size="20"></label> <button type="submit">set</button> <span class="wrong" role="alert" data-part="editor-error"></span></form>
        </div>
      </div>
    </section>
    <section class="card data-card" data-part="data-card" data-panel="data" hidden>
      <h3><span>Data <span class="legend"><span data-part="plane-output"></span><i class="label one"></i>1 <i class="label zero"></i>0</span></span>${enlarge("enlarge-data")}</h3>
      <div class="plane-box"><canvas class="plane" data-part="plane" tabindex="0" role="slider" aria-orientation="vertical" aria-valuemin="1" aria-label="Data on the plane of both inputs"></canvas><span class="plane-counts" data-part="plane-counts"></span></div>
    </section>
    <section class="card chart-card" data-panel="chart"><h3><span>True cost, all derivatives from the same start</span>${enlarge("enlarge-chart")}</h3><div class="chart-box" data-part="chart"></div></section>
  </div>
  <div class="unseen" aria-live="polite" data-part="summary"></div>
</div>`;
