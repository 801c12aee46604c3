// The race before anything is drawn: each element that the player writes into is a part by name.

export const ICONS = {
  play: '<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M4 2.5v11l9-5.5z"/></svg>',
  pause: '<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M3.5 2.5h3v11h-3zM9.5 2.5h3v11h-3z"/></svg>',
};

export const SHELL = `
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
