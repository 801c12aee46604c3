// A lesson: steps, a question that is asked before it goes on, and what the reader predicted.

import { all, one } from "../drawing/dom.js";
import { readHash } from "./hash.js";
import { whole } from "./pieces.js";
import { rewind, watchWords } from "./reading.js";
import { show, turnTo } from "./showing.js";
import { askHands, clearVotes, keepVotes, keptVotes, paintVotes, saidByHands, voteField } from "./votes.js";

/** @import { Book, Words } from "./book" */
/** @import { BookLesson as Lesson } from "./told" */

const HANDS = -1; // the answer of those who only count hands, and where nothing is asked

/** Lay a lesson beside the stage; `followAddress` begins it.
 * @param {Book} book @param {Lesson} lesson @param {AbortSignal} signal */
export function layLesson(book, lesson, signal) {
  layWords(book, lesson);
  layHandout(book, signal);
  watchWords(book, signal);
  document.addEventListener("keydown", (event) => bookKey(book, lesson, event), { signal });
  recall(book, lesson);
}

/** @param {Book} book @param {Lesson} lesson */
function layWords(book, lesson) {
  const { at } = book;
  lesson.answers.forEach((text, n) => {
    const button = document.createElement("button");
    button.type = "button";
    button.innerHTML = "<kbd></kbd> <span></span>";
    one(button, "kbd", HTMLElement).textContent = String(n + 1);
    one(button, "span", HTMLElement).textContent = text;
    button.addEventListener("click", () => predict(book, lesson, n));
    const bar = document.createElement("i");
    bar.className = "book-bar";
    bar.dataset.bar = String(n);
    bar.innerHTML = "<i></i><b></b>";
    at("answers").append(button, voteField(book, lesson, n), bar);
  });
  at("question").textContent = lesson.question;
  for (const note of lesson.notes) {
    const line = document.createElement("li");
    line.textContent = note;
    at("notes").append(line);
  }
  for (const n of lesson.steps.keys()) {
    const dot = document.createElement("button");
    dot.type = "button";
    dot.setAttribute("aria-label", `Step ${n + 1}`);
    dot.addEventListener("click", () => goToStep(book, lesson, n));
    at("dots").append(dot);
  }
  at("next").addEventListener("click", () => goToStep(book, lesson, book.step + 1));
  at("back").addEventListener("click", () => goToStep(book, lesson, book.step - 1));
  at("notes-switch").addEventListener("click", () => toggleNotes(book));
  at("hands").addEventListener("click", () => askHands(book, lesson));
  at("hands-clear").addEventListener("click", () => clearVotes(book, lesson));
  at("hands-reveal").addEventListener("click", () => predict(book, lesson, HANDS));
  at("wish").addEventListener("click", () => {
    const { step, words } = book.wish ?? { step: book.step, words: {} };
    goToStep(book, lesson, step, words);
  });
}

/** What is printed lies on the page while it is printed. @param {Book} book @param {AbortSignal} signal */
function layHandout({ told, at, root }, signal) {
  if (!told.about.handout) return;
  const [pieces, order] = told.about.handout;
  const html = whole(pieces, order);
  const lay = (/** @type {string} */ shown) => () => {
    at("handout").innerHTML = shown;
  };
  addEventListener("beforeprint", lay(html), { signal });
  addEventListener("afterprint", lay(""), { signal });
  root.dataset.printable = "true";
}

/** @param {Book} book @param {Lesson} lesson */
const isAsking = (book, lesson) => book.answer === null && book.step === lesson.after;

/** Go to a step, and there to what a link changes of it; not beyond the question before it is answered.
 * @param {Book} book @param {Lesson} lesson @param {number} n @param {Words} changes */
function goToStep(book, lesson, n, changes = {}) {
  const last = book.answer === null ? lesson.after : lesson.steps.length - 1;
  const held = n > last && book.answer === null;
  book.step = Math.max(0, Math.min(n, last));
  const step = lesson.steps[book.step];
  tellStep(book, lesson);
  rewind(book);
  if (held) shake(book.at("ask"));
  book.root.dataset.point = step.part;
  return turnTo(book, step.scene, step, book.answer === null ? {} : changes);
}

/** @param {Book} book @param {Lesson} lesson */
function tellStep(book, lesson) {
  const { at, step } = book;
  at("text").textContent = lesson.steps[step].text;
  at("aside").textContent = lesson.steps[step].aside;
  at("progress").textContent = `${step + 1} of ${lesson.steps.length}`;
  all(at("dots"), "button", HTMLButtonElement).forEach((dot, n) => {
    dot.setAttribute("aria-current", n === step ? "step" : "false");
    dot.disabled = n > lesson.after && book.answer === null;
  });
  book.root.dataset.asking = String(book.answer === null);
  at("ask").hidden = step !== lesson.after;
  at("back").disabled = step === 0;
  at("next").disabled = isAsking(book, lesson) || step === lesson.steps.length - 1;
  paintVotes(book, lesson);
}

/** The prediction, a reader's own or that of the hands; from now on everything can be changed. The focus
 * goes to what is said of it, where Space plays. @param {Book} book @param {Lesson} lesson @param {number} n */
function predict(book, lesson, n) {
  if (book.answer !== null) return;
  book.answer = n;
  keepVotes(book, lesson);
  reveal(book, lesson);
  tellStep(book, lesson);
  show(book, book.words);
  const revealed = book.at("revealed");
  revealed.focus({ preventScroll: true });
  revealed.scrollIntoView({ block: "nearest" }); // no further than it must
}

/** The prediction, compared in words with what happens. @param {Book} book @param {Lesson} lesson */
function reveal(book, lesson) {
  const { at, answer: n } = book;
  const { answers, right } = lesson;
  all(at("answers"), "button", HTMLButtonElement).forEach((button, k) => {
    button.disabled = true;
    button.dataset.verdict = k === right ? "right" : k === n ? "other" : "";
  });
  const outcome = n === right ? ", and so it is. " : `. What happens: “${answers[right]}”. `;
  const own = `You predicted “${answers[Number(n)]}”${outcome}`;
  at("verdict").textContent = n === HANDS ? saidByHands(book, lesson) : own;
  at("reveal").textContent = lesson.reveal;
  at("revealed").hidden = false;
  at("wish").hidden = book.wish === null;
}

/** @param {HTMLElement} box */
function shake(box) {
  box.classList.remove("nudged");
  void box.offsetWidth; // restarts the animation
  box.classList.add("nudged");
}

/** @param {Book} book */
function toggleNotes(book) {
  book.notes = !book.notes;
  book.at("notes").hidden = !book.notes;
  book.at("notes-switch").setAttribute("aria-pressed", String(book.notes));
}

// ---- keys and address ---------------------------------------------------------------------

/** A presenter's clicker sends PageDown and PageUp.
 * @param {Book} book @param {Lesson} lesson @param {KeyboardEvent} event */
function bookKey(book, lesson, event) {
  if (!book.root.isConnected || event.ctrlKey || event.metaKey || event.altKey) return;
  const [target] = event.composedPath();
  const pages = event.key.startsWith("Page") && target instanceof HTMLInputElement; // a clicker's, while hands are typed
  if (!pages && target instanceof Element && target.closest("input:not([type=range]), textarea, select")) return;
  const act = actOfKey(book, lesson, event.key);
  if (!act) return;
  event.preventDefault();
  act();
}

/** @param {Book} book @param {Lesson} lesson @param {string} key */
function actOfKey(book, lesson, key) {
  if (key === "PageDown") return () => goToStep(book, lesson, book.step + 1);
  if (key === "PageUp") return () => goToStep(book, lesson, book.step - 1);
  if (key === "t" || key === "T") return () => toggleNotes(book);
  if ((key === "h" || key === "H") && book.step === lesson.after) return () => askHands(book, lesson);
  const isAnswer = /^[1-9]$/.test(key) && Number(key) <= lesson.answers.length;
  return isAnswer && isAsking(book, lesson) ? () => predict(book, lesson, Number(key) - 1) : null;
}

/** A reload goes on with what had been answered; who opens the lesson without a step is asked again.
 * @param {Book} book @param {Lesson} lesson */
function recall(book, lesson) {
  const { votes, answer } = keptVotes(lesson);
  book.votes = votes;
  book.answer = stepInAddress(lesson) ? answer : null;
  if (!lesson.answers.length) book.answer = HANDS;
  else if (book.answer !== null) reveal(book, lesson);
  keepVotes(book, lesson);
}

/** The step and the changes that the address names. @param {Lesson} lesson */
function stepInAddress(lesson) {
  const [place, ...changes] = location.hash.slice(1).split("&");
  const [name, step] = place.split(":");
  return name === lesson.id && /^\d+$/.test(step) ? { step: Number(step) - 1, changes: changes.join("&") } : null;
}

/** Go to the step in an address such as "#wrong-label:3&epsilon=1e-9", or to the first; a sentence for each
 * word that was refused. @param {Book} book @param {Lesson} lesson */
export function followAddress(book, lesson) {
  const wanted = stepInAddress(lesson);
  const { words, problems } = readHash(book.told.library.offers, wanted?.changes ?? "");
  const waits = book.answer === null && wanted && (wanted.step > lesson.after || wanted.changes);
  book.wish = waits ? { step: wanted.step, words } : null;
  const refused = goToStep(book, lesson, wanted?.step ?? 0, words);
  if (refused) goToStep(book, lesson, book.step);
  return refused ? [...problems, refused] : problems;
}

/** How the address names a step. @param {Book} book @param {Lesson} lesson */
export const addressOf = ({ step }, { id }) => `${id}:${step + 1}`;
