// The wire between the stage and Python: questions go out until they are heard, answers come in.

import { untilLeft } from "../drawing/address.js";

/** @import { Answer, Answers, Asked, Question, WindowWire } from "../stage/protocol" */

const holder = /** @type {Window & {backpropWire?: WindowWire}} */ (window);
holder.backpropWire ??= openWire();
const wire = holder.backpropWire;

function openWire() {
  /** @type {WindowWire} */
  const made = { client: Math.random().toString(36).slice(2), number: 0, unheard: [], send: null, home: "" };
  document.addEventListener("backprop:ask", (event) => {
    /** @type {Question & Omit<Asked, "number">} */
    const question = /** @type {CustomEvent} */ (event).detail;
    // Of questions that the next of their kind makes void, only the last is kept.
    if (question.kind === "rest") made.unheard = made.unheard.filter(({ kind }) => kind !== "rest");
    made.number += 1;
    made.unheard.push({ ...question, number: made.number });
    made.send?.("ask", { client: made.client, questions: made.unheard });
  });
  return made;
}

/** @param {{data: Answers, setTriggerValue: NonNullable<WindowWire["send"]>}} component */
export default function mountAnswers({ data, setTriggerValue }) {
  if (!wire.send) wire.home = location.pathname;
  const send = untilLeft(wire.home, setTriggerValue);
  wire.send = send;
  const { heard, truth } = data;
  const [who, last] = heard;
  if (who === wire.client) wire.unheard = wire.unheard.filter((question) => question.number > last);
  /** @type {Answer} */
  const detail = { truth };
  document.dispatchEvent(new CustomEvent("backprop:answer", { detail }));
  return () => {
    if (wire.send === send) wire.send = null;
  };
}
