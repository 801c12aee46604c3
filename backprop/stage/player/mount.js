// The player. It holds a position in a recording, paints what is known there, and moves it.
// It knows blocks of channels, not networks: no arithmetic of the network happens here.

import { one } from "../../drawing/dom.js";
import { wireButtons } from "./buttons.js";
import { newDrawing } from "./drawing.js";
import { newEditor } from "./editor.js";
import { learnTruth, newCard } from "./equation.js";
import { newFar } from "./far.js";
import { fit } from "./fitting.js";
import { newFold } from "./fold.js";
import { beLed } from "./guide.js";
import { newHand } from "./hand.js";
import { closeInputs, newList } from "./inputs.js";
import { onKey, onKeyUp } from "./keyboard.js";
import { load } from "./loading.js";
import { newLooks } from "./looks.js";
import { paint } from "./painting.js";
import { newClock } from "./playing.js";
import { wirePointer } from "./pointer.js";
import { newPosition } from "./position.js";
import { beProjected } from "./projecting.js";
import { newQuestions } from "./questions.js";
import { readRecording } from "./recording.js";
import { newPause, rest } from "./rest.js";
import { keepGrown, newRoom, parentOf } from "./room.js";
import { newSelection } from "./selecting.js";
import { SHELL } from "./shell.js";
import { leaveVisit, newVisit } from "./visit.js";

/** @import { Answer, Player, Recording } from "./player" */

/** @type {WeakMap<Element, {player: Player, dispose: () => void}>} */
const players = new WeakMap();

/** `data` is a packed scene. Questions go out as "backprop:ask", answers come as "backprop:answer".
 * @param {{data: Uint8Array, parentElement: HTMLElement}} component */
export default function mount({ data, parentElement }) {
  let mounted = players.get(parentElement);
  const recording = readRecording(data, mounted?.player.recording);
  if (!mounted) {
    const player = createPlayer(one(parentElement, ".stage-root", HTMLElement), recording);
    mounted = { player, dispose: wire(player) };
    players.set(parentElement, mounted);
  }
  load(mounted.player, recording);
  const { dispose } = mounted;
  return () => {
    dispose();
    players.delete(parentElement);
  };
}

/** @param {HTMLElement} root @param {Recording} recording @returns {Player} */
function createPlayer(root, recording) {
  root.innerHTML = SHELL;
  return {
    root,
    at: (name) => one(root, `[data-part="${name}"]`, /** @type {any} */ (HTMLElement)),
    recording,
    position: newPosition(),
    clock: newClock(),
    pause: newPause(),
    looks: newLooks(),
    selection: newSelection(),
    drawing: newDrawing(),
    fold: newFold(),
    list: newList(),
    card: newCard(),
    editor: newEditor(),
    questions: newQuestions(),
    hand: newHand(),
    visit: newVisit(),
    room: newRoom(),
    far: newFar(),
  };
}

/** Listen to everything that moves the player; returns how to stop listening. @param {Player} player */
function wire(player) {
  wireButtons(player);
  wirePointer(player);
  beLed(player);
  beProjected(player);
  const stop = new AbortController();
  const listen = (
    /** @type {EventTarget} */ where,
    /** @type {string} */ name,
    /** @type {(event: any) => void} */ act,
    capture = false,
  ) => where.addEventListener(name, act, { capture, signal: stop.signal });
  listen(document, "keydown", (event) => onKey(player, event), true);
  listen(document, "keyup", (event) => onKeyUp(player, event));
  listen(window, "pagehide", () => leaveVisit(player));
  listen(document, "backprop:answer", (event) => onAnswer(player, event.detail));
  const refit = () => {
    fit(player);
    paint(player);
    keepGrown(player);
  };
  listen(window, "resize", refit);
  const size = new ResizeObserver(refit);
  for (const part of ["stage", "drawing-box", "chart"]) size.observe(player.at(part));
  size.observe(one(player.root, ".equation-box", HTMLElement));
  for (let node = parentOf(player.root); node; node = parentOf(node)) size.observe(node); // or it moves unseen
  return () => {
    leaveVisit(player);
    cancelAnimationFrame(player.clock.timer);
    clearTimeout(player.pause.timer);
    closeInputs(player);
    size.disconnect();
    stop.abort();
  };
}

/** @param {Player} player @param {Answer} answer */
function onAnswer(player, { truth, glimpse }) {
  if (glimpse && player.hand.drag) load(player, readRecording(glimpse, player.recording));
  if (!truth && !glimpse) rest(player); // somebody listens from now on
  if (truth) learnTruth(player, truth);
}
