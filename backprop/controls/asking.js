// The wire between the stage and Python: questions go out until they are heard, answers come in.

import { openEnvelope } from "../drawing/envelope.js";

/** @import { Answer, Question } from "../stage/protocol" */
/** @typedef {(name: "ask", said: {client: string, questions: Numbered[]}) => void} Send
 * @typedef {Question & {number: number}} Numbered
 * @typedef {{client: string, number: number, unheard: Numbered[], send: Send | null}} Wire */

/** One for the window: it outlives each mount. */
const app = /** @type {Window & {backpropWire?: Wire}} */ (window);
app.backpropWire ??= openWire();
const wire = app.backpropWire;

/** @returns {Wire} */
function openWire() {
  /** @type {Wire} */
  const made = { client: Math.random().toString(36).slice(2), number: 0, unheard: [], send: null };
  document.addEventListener("backprop:ask", (event) => {
    /** @type {Question} */
    const question = /** @type {CustomEvent} */ (event).detail;
    // Of questions that the next of their kind makes void, only the last is kept.
    if (question.kind === "drag" || question.kind === "rest")
      made.unheard = made.unheard.filter(({ kind }) => kind !== question.kind);
    made.number += 1;
    made.unheard.push({ ...question, number: made.number });
    made.send?.("ask", { client: made.client, questions: made.unheard });
  });
  return made;
}

/** @param {{data: Uint8Array, setTriggerValue: Send}} component */
export default function mountAnswers({ data, setTriggerValue }) {
  wire.send = setTriggerValue;
  const { words, body } = openEnvelope(data);
  const [who, last] = words.heard;
  if (who === wire.client) wire.unheard = wire.unheard.filter((question) => question.number > last);
  /** @type {Answer} */
  const detail = body.length ? { glimpse: body } : { truth: words.truth };
  document.dispatchEvent(new CustomEvent("backprop:answer", { detail }));
  return () => {
    if (wire.send === setTriggerValue) wire.send = null;
  };
}
