// The buttons and fields around the drawing.

import { all, around, one } from "../../drawing/dom.js";
import { submitEdit, typeOn } from "./editor.js";
import { toggleEnlarged } from "./enlarging.js";
import { toggleFold } from "./equation.js";
import { askAhead } from "./fault.js";
import { followBack, goToFault } from "./guide.js";
import { followWeight } from "./live.js";
import { compare, release, toggleChange, toggleStrips } from "./looks.js";
import { stepOperation, stepUpdate, toEnd, toStart, toUpdate } from "./moving.js";
import { halt, setPlaying, setSpeed } from "./playing.js";
import { SPEEDS } from "./position.js";
import { ask } from "./questions.js";
import { rest } from "./rest.js";
import { select } from "./selecting.js";
import { channelOfSlot } from "./slots.js";
import { standBeside } from "./splitting.js";

/** @import { Player } from "./player" */

/** @param {Player} player */
export function wireButtons(player) {
  const { at } = player;
  const click = (/** @type {string} */ part, /** @type {(p: Player) => void} */ act) =>
    at(part).addEventListener("click", () => act(player));
  const move = (/** @type {string} */ part, /** @type {(p: Player) => void} */ act) => click(part, (p) => halt(p, act));
  move("first", toStart);
  move("update-back", (p) => stepUpdate(p, -1));
  move("operation-back", (p) => stepOperation(p, -1));
  click("play", (p) => setPlaying(p, !p.clock.playing));
  move("operation-on", (p) => stepOperation(p, 1));
  move("update-on", (p) => stepUpdate(p, 1));
  move("end", toEnd);
  move("to-fault", goToFault);
  move("follow-back", followBack);
  click("fold-steps", toggleFold);
  click("enlarge-equation", (p) => toggleEnlarged(p, at("equation-card")));
  click("enlarge-data", (p) => toggleEnlarged(p, at("data-card")));
  click("enlarge-chart", (p) => toggleEnlarged(p, one(p.root, "[data-panel=chart]", HTMLElement)));
  for (const panel of all(player.root, "[data-panel]", HTMLElement))
    panel.addEventListener("dblclick", (event) => {
      if (!around(event, "button, input, select, form, [role=button], [role=slider], .edge, .body", Element))
        toggleEnlarged(player, panel);
    });
  click("unselect", (p) => select(p, null));
  click("ask-ahead", (p) => {
    askAhead(p);
    rest(p); // Python's verdict is wanted
  });
  click("cost-button", (p) => select(p, `cost.${p.recording.about.layers}.0`));
  click("samples", toggleStrips);
  click("change", toggleChange);
  click("undo", (p) => ask(p, { kind: "undo" }));
  click("reset", (p) => ask(p, { kind: "reset" }));
  wireBefore(player);
  const scrubber = at("scrubber");
  scrubber.addEventListener("input", () => halt(player, (p) => toUpdate(p, Number(scrubber.value))));
  const speed = at("speed");
  speed.innerHTML = SPEEDS.map(({ title }, n) => `<option value="${n}">${title}</option>`).join("");
  at("beside").addEventListener("change", () => standBeside(player, at("beside").value));
  speed.addEventListener("change", () => setSpeed(player, Number(speed.value)));
  wireEditor(player);
  at("equation").addEventListener("click", (event) => {
    if (around(event, ".unfold", HTMLButtonElement)) toggleFold(player);
    else followSlot(player, event);
  });
  at("equation").addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") followSlot(player, event);
  });
}

/** The stage follows a weight while it is typed; what is left without being set goes back, and Escape
 * leaves it as it leaves every selection. @param {Player} player */
function wireEditor(player) {
  const { at, editor } = player;
  const form = at("editor");
  at("editor-value").addEventListener("input", () => followWeight(player, editor.name, typeOn(player)));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submitEdit(player);
  });
  form.addEventListener("keydown", ({ key, target }) => {
    if (key !== "Escape" || !(target instanceof HTMLElement)) return;
    target.blur();
    select(player, null);
  });
  form.addEventListener("focusout", ({ relatedTarget }) => {
    const stays = relatedTarget instanceof Node && form.contains(relatedTarget);
    if (!stays && !editor.isSent) followWeight(player, editor.name, null);
  });
}

/** The update before is seen as long as its button is held. @param {Player} player */
function wireBefore(player) {
  const before = player.at("before");
  const hold = () => compare(player, "before");
  before.addEventListener("pointerdown", hold);
  for (const end of ["pointerup", "pointerleave", "pointercancel", "keyup"])
    before.addEventListener(end, () => release(player));
  before.addEventListener("keydown", ({ key }) => {
    if (key === " " || key === "Enter") hold();
  });
}

/** @param {Player} player @param {Event} event */
function followSlot(player, event) {
  const slot = around(event, "[data-slot][role=button]", Element);
  if (!slot) return;
  event.preventDefault();
  event.stopPropagation();
  select(player, channelOfSlot(slot));
}
