// Inputs are dragged up and down, or moved by ↑ and ↓, and a sample is dragged on the plane, which is
// both of its inputs at once; the page follows by itself, and once they are let go Python has the last
// word.

import { enter, followSample } from "./live.js";
import { ask } from "./questions.js";

/** @import { Player } from "./player" */

const PATIENCE = 5000; // ms, a busy server's; an answer that says nothing new never arrives

/** @returns {Player["hand"]} */
export const newHand = () => ({ drag: null, dropped: false, timer: 0 });

/** A finger that has something in its hand moves that, and not the page. @param {Player} player */
export function keepStill({ root, hand }) {
  const still = (/** @type {TouchEvent} */ event) => {
    if (hand.drag && event.cancelable) event.preventDefault();
  };
  root.addEventListener("touchmove", still, { passive: false });
}

/** A pointer goes down: what was dropped before is done with. A finger's drag ends without a click.
 * @param {Player} player */
export function beginAnew({ hand }) {
  hand.dropped = false;
}

/** Take some inputs of a sample into the hand.
 * @param {Player} player @param {number} sample @param {{input: number, value: number}[]} inputs */
export function takeUp({ hand }, sample, inputs) {
  hand.drag = { sample, inputs, moved: false };
}

/** Whether an input can be moved. @param {Player} player @param {number} input */
export const isMovable = ({ questions, recording }, input) =>
  questions.send !== null && recording.about.view.reach[input] > 0;

/** Move what is in the hand: the first input to the first value, and so on, on the steps of its slider.
 * @param {Player} player @param {number[]} values */
export function dragTo(player, values) {
  const { drag } = player.hand;
  if (!drag) return;
  const { reach } = player.recording.about.view;
  const inputs = drag.inputs.map(({ input }, n) => ({ input, value: stepped(values[n], reach[input]) }));
  if (inputs.every(({ value }, n) => value === drag.inputs[n].value)) return;
  drag.inputs = inputs;
  drag.moved = true;
  followSample(player, drag.sample, inputs);
}

/** A value where a slider could stand. @param {number} value @param {number} reach */
function stepped(value, reach) {
  const step = 10 ** Math.floor(Math.log10(reach / 300));
  const even = Number((Math.round(value / step) * step).toPrecision(12));
  return Math.max(-reach, Math.min(reach, even));
}

/** Let go: what was moved stays, whether anything was. @param {Player} player */
export function letGo(player) {
  const { drag } = player.hand;
  player.hand.drag = null;
  if (!drag?.moved) return false;
  ask(player, { kind: "drop", sample: drag.sample, inputs: drag.inputs });
  settle(player);
  return true;
}

/** Where nothing new comes, as of a sample that is dropped where it was taken up, the picture of before
 * returns. @param {Player} player */
export function settle(player) {
  setTimeout(() => {
    const { whole } = player.recording;
    if (whole && !player.hand.drag) enter(player, whole);
  }, PATIENCE);
}

/** The input that a cell of the drawing shows. @param {SVGElement} node */
const inputOf = ({ dataset }) => ({ input: Number(dataset.unit), value: Number(dataset.value) });

/** @param {Player} player @param {PointerEvent} event @param {SVGElement} node */
export function startDrag(player, event, node) {
  const { hand, recording } = player;
  const { input, value } = inputOf(node);
  if (!isMovable(player, input) || event.button) return;
  takeUp(player, recording.about.sample, [{ input, value }]);
  const reach = recording.about.view.reach[input];
  node.classList.add("dragged");
  follow(
    event,
    node,
    (_, up) => dragTo(player, [value + (up / 150) * reach]),
    () => {
      node.classList.remove("dragged");
      hand.dropped = letGo(player); // so that the click which ends a drag selects nothing
    },
  );
}

/** From a pointer that goes down until it goes up: how far it has moved right and up in pixels, once it
 * has moved at all; also if the node is drawn anew meanwhile. @param {PointerEvent} event @param {Element} node
 * @param {(right: number, up: number) => void} move @param {() => void} end */
export function follow({ pointerId, clientX, clientY }, node, move, end) {
  const stop = new AbortController();
  let moved = false;
  /** @type {(name: string, act: (event: PointerEvent) => void) => void} */
  const listen = (name, act) =>
    document.addEventListener(
      name,
      (/** @type {any} */ event) => {
        if (event.pointerId === pointerId) act(event);
      },
      { signal: stop.signal },
    );
  node.setPointerCapture(pointerId);
  listen("pointermove", (event) => {
    const [right, up] = [event.clientX - clientX, clientY - event.clientY];
    moved ||= Math.hypot(right, up) >= 3;
    if (moved) move(right, up);
  });
  for (const name of ["pointerup", "pointercancel"])
    listen(name, () => {
      stop.abort();
      end();
    });
}

/** ↑ and ↓ on an input: the same in small steps, dropped when the keys rest.
 * @param {Player} player @param {SVGElement} node @param {number} by */
export function nudge(player, node, by) {
  const { hand, recording } = player;
  const { input, value } = inputOf(node);
  if (!isMovable(player, input)) return;
  if (!hand.drag) takeUp(player, recording.about.sample, [{ input, value }]);
  dragTo(player, [(hand.drag?.inputs[0].value ?? value) + (by * recording.about.view.reach[input]) / 60]);
  clearTimeout(hand.timer);
  hand.timer = setTimeout(() => letGo(player), 500);
}
