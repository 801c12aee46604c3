// The race: one playhead for all charts. It holds an update, moves the line there and writes the
// read-outs of that update; clicks on a curve ask for the Live page. No arithmetic of the network.

import { one } from "../../drawing/dom.js";
import { untilLeft } from "../../drawing/leaving.js";
import { newHand, onKey, wire } from "./hand.js";
import { load, newScene } from "./loading.js";
import { keepToOneself, newPlayhead } from "./playhead.js";
import { newClock } from "./playing.js";
import { SHELL } from "./shell.js";

/** @import { Race } from "./race" */

/** @type {WeakMap<Element, {race: Race, stop: AbortController}>} */
const races = new WeakMap();

/** `data` is a packed scene in an envelope that says the visit and where it begins.
 * @param {{data: Uint8Array, parentElement: HTMLElement, setStateValue: Race["say"], setTriggerValue: Race["open"]}} component */
export default function mount({ data, parentElement, setStateValue, setTriggerValue }) {
  let mounted = races.get(parentElement);
  if (!mounted) {
    const race = createRace(one(parentElement, ".race-root", HTMLElement));
    mounted = { race, stop: new AbortController() };
    races.set(parentElement, mounted);
    wire(race);
    document.addEventListener("keydown", (event) => onKey(race, event), { signal: mounted.stop.signal });
  }
  const { race, stop } = mounted;
  race.say = untilLeft(race.home, setStateValue);
  const open = untilLeft(race.home, setTriggerValue);
  race.open = (event, value) => {
    keepToOneself(race);
    race.say = () => {}; // a later word would overtake the way to the other page, and end it
    open(event, value);
  };
  load(race, data);
  return () => {
    cancelAnimationFrame(race.clock.timer);
    keepToOneself(race);
    stop.abort();
    races.delete(parentElement);
  };
}

/** @param {HTMLElement} root @returns {Race} */
function createRace(root) {
  root.innerHTML = SHELL;
  return {
    root,
    home: location.pathname,
    at: (name) => one(root, `[data-part="${name}"]`, /** @type {any} */ (HTMLElement)),
    ...newScene(),
    playhead: newPlayhead(),
    clock: newClock(),
    hand: newHand(),
    say: () => {},
    open: () => {},
  };
}
