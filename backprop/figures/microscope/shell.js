// The microscope's controls before anything is painted: each element that is written into is a part by name.

export const SHELL = `
<div class="microscope">
  <div class="control">
    <div class="entry">
      <label class="letter" for="microscope-h">h</label>
      <input id="microscope-h" data-part="field" type="text" inputmode="decimal" spellcheck="false" autocomplete="off"
        aria-describedby="microscope-message" title="Any number from −1000 to 1000. Enter takes it; ↑ and ↓ go to the next float.">
      <span class="steps" role="group" aria-label="Steps of h">
        <button type="button" data-by="-0.1" title="h − 0.1">−0.1</button>
        <button type="button" data-floats="-1" title="The next smaller number of the format">◂ previous float</button>
        <button type="button" data-floats="1" title="The next larger number of the format">next float ▸</button>
        <button type="button" data-by="0.1" title="h + 0.1">+0.1</button>
      </span>
      <span id="microscope-message" class="message" data-part="message" role="alert"></span>
    </div>
    <div class="track" data-part="track">
      <input data-part="slider" type="range" min="-5.992" max="5.992" step="0.002" aria-label="h, from −1000 to 1000, finest around 0">
      <span class="ticks" data-part="ticks" aria-hidden="true"></span>
    </div>
    <div class="cliffs" data-part="buttons" role="group" aria-label="Cliffs of the format"></div>
  </div>
  <div data-part="body"></div>
</div>`;
