// Asking Python: while something is dragged one question is under way at a time, and the latest wins.

/** @import { Player, Question, Questions } from "./player" */

export const PATIENCE = 1500; // ms; an answer that says nothing new never arrives

/** @returns {Questions} */
export const newQuestions = () => ({ send: null, waiting: false, next: null, timer: 0 });

/** Questions go out as an event, but where nobody would answer there are none. @param {Player} player */
export function connect({ questions, recording }) {
  questions.send = recording.about.view.reach.length ? send : null;
}

/** @param {object} question */
const send = (question) => document.dispatchEvent(new CustomEvent("backprop:ask", { detail: question }));

/** Ask Python for something; the answer is the next scene that arrives.
 * @param {Player} player @param {Question} question */
export function ask(player, question) {
  const {
    questions,
    position,
    recording: { about },
  } = player;
  if (!questions.send) return;
  if (questions.waiting && question.kind === "drag") {
    questions.next = question;
    return;
  }
  questions.waiting = question.kind === "drag";
  clearTimeout(questions.timer);
  if (questions.waiting) questions.timer = setTimeout(() => answered(player), PATIENCE);
  questions.send({ ...question, update: about.updates[position.frame], token: about.view.token });
}

/** An answer is here, or none will come: the next question can go. @param {Player} player */
export function answered(player) {
  const { questions } = player;
  const { next } = questions;
  questions.waiting = false;
  clearTimeout(questions.timer);
  questions.next = null;
  if (next) ask(player, next);
}

/** What waits to be asked is void. @param {Player} player */
export function forgetNext({ questions }) {
  questions.next = null;
}
