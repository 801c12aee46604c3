// The player. It holds a position in a recording, paints what is known there, and moves it.
// It knows blocks of channels, not networks: no arithmetic of the network happens here.

import { one, parentOf } from "../../drawing/dom.js";
import { newOther } from "./beside.js";
import { wireButtons } from "./buttons.js";
import { computed, disagrees, learnVerdict } from "./computing.js";
import { newDrawing } from "./drawing.js";
import { newEditor } from "./editor.js";
import { newCard, unfitEquation } from "./equation.js";
import { newFar } from "./far.js";
import { newAhead, paintFault } from "./fault.js";
import { fit } from "./fitting.js";
import { newFold } from "./fold.js";
import { beLed } from "./guide.js";
import { keepStill, newHand } from "./hand.js";
import { closeInputs, newList } from "./inputs.js";
import { onKey, onKeyUp } from "./keyboard.js";
import { arrive, followWidgets, newLive } from "./live.js";
import { newLooks } from "./looks.js";
import { paint } from "./painting.js";
import { newPick, wirePlane } from "./pick.js";
import { newPlane } from "./plane.js";
import { newClock } from "./playing.js";
import { newPlot } from "./plot.js";
import { wirePointer } from "./pointer.js";
import { newPosition } from "./position.js";
import { bePrinted, newPaper } from "./printing.js";
import { beProjected } from "./projecting.js";
import { newQuestions } from "./questions.js";
import { newPause, rest, restLater } from "./rest.js";
import { keepGrown, measureAgain, newRoom } from "./room.js";
import { newSelection } from "./selecting.js";
import { SHELL } from "./shell.js";
import { newBeside } from "./splitting.js";
import { leaveVisit, newVisit } from "./visit.js";

/** @import { Scene } from "../protocol" */
/** @import { Answer, Player, Recording } from "./player" */

/** @type {WeakMap<Element, {player: Player, dispose: () => void}>} */
const players = new WeakMap();

/** `data` is a scene. Questions go out as "backprop:ask", answers come as "backprop:answer".
 * @param {{data: Scene, parentElement: HTMLElement}} component */
export default function mount({ data, parentElement }) {
  let mounted = players.get(parentElement);
  const recording = computed(data, data.experiment);
  if (!mounted) {
    const player = createPlayer(one(parentElement, ".stage-root", HTMLElement), recording);
    mounted = { player, dispose: wire(player) };
    players.set(parentElement, mounted);
  }
  arrive(mounted.player, recording);
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
    plot: newPlot(),
    looks: newLooks(),
    selection: newSelection(),
    drawing: newDrawing(),
    fold: newFold(),
    list: newList(),
    card: newCard(),
    editor: newEditor(),
    questions: newQuestions(),
    hand: newHand(),
    ahead: newAhead(),
    live: newLive(),
    plane: newPlane(),
    pick: newPick(),
    beside: newBeside(),
    other: newOther(),
    visit: newVisit(),
    room: newRoom(),
    far: newFar(),
    paper: newPaper(),
  };
}

/** Listen to everything that moves the player; returns how to stop listening. @param {Player} player */
function wire(player) {
  wireButtons(player);
  wirePointer(player, player.at("drawing"), () => player);
  wirePointer(player, one(player.at("other"), "[data-part=drawing]", HTMLElement), () => player.other.half);
  wirePlane(player);
  keepStill(player);
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
  listen(document, "backprop:move", (event) => followWidgets(player, event.detail));
  bePrinted(player, stop.signal);
  const refit = () => {
    if (player.paper.isLaid) return; // it is laid out for a sheet, not for this window
    unfitEquation(player);
    fit(player);
    paint(player);
    keepGrown(player);
  };
  listen(window, "resize", refit);
  const size = new ResizeObserver(refit);
  for (const part of ["stage", "drawing-box", "chart", "plane"]) size.observe(player.at(part));
  size.observe(one(player.root, ".equation-box", HTMLElement));
  for (let node = parentOf(player.root); node; node = parentOf(node)) size.observe(node); // or it moves unseen
  return () => {
    leaveVisit(player);
    cancelAnimationFrame(player.clock.timer);
    cancelAnimationFrame(player.live.timer);
    cancelAnimationFrame(player.other.timer);
    clearTimeout(player.pause.timer);
    clearTimeout(player.pause.later);
    clearTimeout(player.pick.timer);
    closeInputs(player);
    size.disconnect();
    stop.abort();
  };
}

/** @param {Player} player @param {Answer} answer */
function onAnswer(player, answer) {
  if (!answer.computed) return rest(player); // somebody listens from now on
  if (!answer.computed.digest) restLater(player);
  const differs = disagrees(player.recording, answer.computed);
  if (!learnVerdict(player.recording, answer.computed) && !differs) return;
  paintFault(player);
  measureAgain(player); // that may need more lines
  if (fit(player)) paint(player);
}
