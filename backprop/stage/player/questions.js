// Asking whoever shows the stage: questions go out as an event, but where nobody would answer there are none.

/** @import { Player, Question, Questions } from "./player" */

/** @returns {Questions} */
export const newQuestions = () => ({ send: null });

/** @param {Player} player */
export function connect({ root, questions, recording }) {
  const send = (/** @type {object} */ detail) =>
    root.dispatchEvent(new CustomEvent("backprop:ask", { detail, bubbles: true, composed: true }));
  questions.send = recording.about.view.reach.length ? send : null;
}

/** Ask for something; the answer is the next scene that arrives.
 * @param {Player} player @param {Question} question */
export function ask({ questions, position, recording: { about } }, question) {
  questions.send?.({ ...question, update: position.frame, token: about.view.token });
}
