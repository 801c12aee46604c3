// The wire between the stage and Python: questions go out until they are heard, answers come in.

import { keptOf } from "../drawing/address.js";
import { untilLeft } from "../drawing/leaving.js";

/** @import { Answer, Answers, Asked, Question, WindowWire } from "../stage/protocol" */

const holder = /** @type {Window & {backpropWire?: WindowWire}} */ (window);
holder.backpropWire ??= openWire();
const wire = holder.backpropWire;

function openWire() {
  /** @type {WindowWire} */
  const opened = { client: Math.random().toString(36).slice(2), number: 0, unheard: [], send: null, home: "" };
  document.addEventListener("backprop:ask", (event) => {
    /** @type {Question & Omit<Asked, "number">} */
    const question = /** @type {CustomEvent} */ (event).detail;
    // Of questions that the next of their kind makes void, only the last is kept.
    if (question.kind === "rest") opened.unheard = opened.unheard.filter(({ kind }) => kind !== "rest");
    opened.number += 1;
    opened.unheard.push({ ...question, number: opened.number });
    sendUnheard();
  });
  document.addEventListener("backprop:back", sendUnheard);
  return opened;
}

function sendUnheard() {
  const { client, unheard, send } = wire;
  if (unheard.length && !keptOf()?.away) send?.("ask", { client, questions: unheard });
}

/** @param {{data: Answers, setTriggerValue: NonNullable<WindowWire["send"]>}} component */
export default function mountAnswers({ data, setTriggerValue }) {
  if (!wire.send) wire.home = location.pathname;
  const send = untilLeft(wire.home, setTriggerValue);
  wire.send = send;
  const { heard, computed } = data;
  const [who, last] = heard;
  if (who === wire.client) wire.unheard = wire.unheard.filter((question) => question.number > last);
  else sendUnheard(); // to a session that knows nothing of them
  /** @type {Answer} */
  const detail = { computed };
  document.dispatchEvent(new CustomEvent("backprop:answer", { detail }));
  return () => {
    if (wire.send === send) wire.send = null;
  };
}
