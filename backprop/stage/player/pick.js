// A sample in the hand: a click on the plane chooses it, a drag moves both of its inputs, ↑ and ↓ choose
// the one before or after.

import { kept, placeAt } from "./area.js";
import { dragTo, follow, isMovable, letGo, settle, takeUp } from "./hand.js";
import { followSample } from "./live.js";
import { wordsOf } from "./plane.js";
import { ask } from "./questions.js";

/** @import { Player } from "./player" */

const NEAR = 14; // pixels from its middle at which a sample is meant
const NEAR_FINGER = 26;

/** @returns {Player["pick"]} */
export const newPick = () => ({ timer: 0 });

/** @param {Player} player */
export function wirePlane(player) {
  const plane = player.at("plane");
  plane.addEventListener("pointerdown", (event) => press(player, event));
  plane.addEventListener("pointermove", (event) => hoverSample(player, event));
  plane.addEventListener("pointerleave", () => {
    player.at("tip").hidden = true;
  });
  const hold = (/** @type {TouchEvent} */ event) => {
    const [{ clientX, clientY }] = event.touches;
    const { left, top } = plane.getBoundingClientRect();
    if (sampleAt(player, clientX - left, clientY - top, NEAR_FINGER) >= 0) event.preventDefault(); // else it scrolls
  };
  plane.addEventListener("touchstart", hold, { passive: false });
}

/** The sample nearest to a pixel, if it is `near`; −1 for none.
 * @param {Player} player @param {number} x @param {number} y @param {number} near */
function sampleAt({ plane: { scatter } }, x, y, near) {
  let [found, least] = [-1, near];
  scatter?.pixels.forEach((pixel, s) => {
    const away = Math.hypot(pixel[0] - x, pixel[1] - y);
    if (away >= least) return;
    least = away;
    found = s;
  });
  return found;
}

/** The sample that a pointer means. @param {Player} player @param {PointerEvent} event */
const sampleUnder = (player, { offsetX, offsetY, pointerType }) =>
  sampleAt(player, offsetX, offsetY, pointerType === "touch" ? NEAR_FINGER : NEAR);

/** @param {Player} player @param {PointerEvent} event */
function press(player, event) {
  const { plane, recording } = player;
  const sample = sampleUnder(player, event);
  const { scatter } = plane;
  if (!scatter || sample < 0 || event.button || !isMovable(player, 0)) return;
  const [x, y] = scatter.pixels[sample];
  const { area } = scatter.field;
  const chosen = sample !== recording.about.sample;
  if (chosen) followSample(player, sample, []);
  takeUp(
    player,
    sample,
    scatter.places[sample].map((value, input) => ({ input, value })),
  );
  player.at("tip").hidden = true;
  follow(
    event,
    player.at("plane"),
    (right, up) => {
      const [toX, toY] = kept(area, x + right, y - up);
      dragTo(player, placeAt(area, toX, toY));
    },
    () => {
      if (!letGo(player) && chosen) chooseSample(player, sample);
    },
  );
}

/** Have a sample shown, which the page shows already. @param {Player} player @param {number} sample */
export function chooseSample(player, sample) {
  ask(player, { kind: "sample", sample });
  settle(player);
}

/** @param {Player} player @param {PointerEvent} event */
function hoverSample(player, event) {
  const tip = player.at("tip");
  const sample = player.hand.drag ? -1 : sampleUnder(player, event);
  player.at("plane").dataset.over = String(sample >= 0);
  tip.hidden = sample < 0;
  if (sample < 0) return;
  tip.textContent = wordsOf(player, sample).replaceAll("; ", "\n");
  const box = player.at("stage").getBoundingClientRect();
  tip.style.left = `${Math.max(0, Math.min(event.clientX - box.left + 14, box.width - tip.offsetWidth - 4))}px`;
  tip.style.top = `${event.clientY - box.top - tip.offsetHeight - 12}px`;
}

/** Whether a key on the plane was one of its own. @param {Player} player @param {string} key */
export function onPlaneKey(player, key) {
  const by = { ArrowDown: 1, ArrowUp: -1 }[key];
  const { pick, recording } = player;
  const { sample, samples } = recording.about;
  if (!by || !isMovable(player, 0)) return false;
  const next = (sample + by + samples) % samples;
  if (next === sample) return true;
  followSample(player, next, []);
  clearTimeout(pick.timer);
  pick.timer = setTimeout(() => chooseSample(player, next), 300); // once the keys rest
  return true;
}
