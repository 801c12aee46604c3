// Asking Python: questions go out as an event, but where nobody would answer there are none.

/** @import { Player, Question, Questions } from "./player" */

/** @returns {Questions} */
export const newQuestions = () => ({ send: null });

/** @param {Player} player */
export function connect({ questions, recording }) {
  questions.send = recording.about.view.reach.length ? send : null;
}

/** @param {object} question */
const send = (question) => document.dispatchEvent(new CustomEvent("backprop:ask", { detail: question }));

/** Ask Python for something; the answer is the next scene that arrives.
 * @param {Player} player @param {Question} question */
export function ask({ questions, position, recording: { about } }, question) {
  questions.send?.({ ...question, update: position.frame, token: about.view.token });
}
