// The show of hands: how many are for each answer, typed at the lectern and drawn as bars. It outlives
// going back and forth and a reload, in this tab of the browser.

import { one } from "../drawing/dom.js";
import { keep, kept } from "../drawing/kept.js";

/** @import { Book, Vote } from "./book" */
/** @import { BookLesson as Lesson } from "./told" */

const MOST_DIGITS = 5;

const keyOf = (/** @type {Lesson} */ { id }) => `backprop.votes.${id}`;

/** What this tab keeps of a lesson with these answers; none: nobody was asked yet.
 * @param {Lesson} lesson @returns {{votes: Vote[], answer: number | null}} */
export function keptVotes(lesson) {
  const none = { votes: lesson.answers.map(() => null), answer: null };
  try {
    const found = JSON.parse(kept(keyOf(lesson)) || "{}");
    const fits = JSON.stringify(found.answers) === JSON.stringify(lesson.answers);
    const votes = none.votes.map((_, n) => (isVote(found.votes?.[n]) ? found.votes[n] : null));
    const answer = Number.isInteger(found.answer) && found.answer < votes.length ? found.answer : null;
    return fits ? { votes, answer } : none;
  } catch {
    return none;
  }
}

const isVote = (/** @type {unknown} */ vote) => Number.isInteger(vote) && Number(vote) >= 0;

/** @param {Book} book @param {Lesson} lesson */
export function keepVotes({ votes, answer }, lesson) {
  keep(keyOf(lesson), JSON.stringify({ answers: lesson.answers, votes, answer }));
}

/** A field for the hands of an answer, and its bar: to stand beside the answer.
 * @param {Book} book @param {Lesson} lesson @param {number} n */
export function voteField(book, lesson, n) {
  const field = document.createElement("input");
  field.type = "text";
  field.inputMode = "numeric";
  field.maxLength = MOST_DIGITS;
  field.placeholder = "–";
  field.className = "book-vote";
  field.setAttribute("aria-label", `Hands for answer ${n + 1}`);
  const take = (/** @type {string} */ text) => {
    const digits = text.replace(/\D/g, "").slice(0, MOST_DIGITS);
    if (field.value !== digits) field.value = digits;
    book.votes[n] = digits === "" ? null : Number(digits);
    keepVotes(book, lesson);
    paintVotes(book, lesson);
  };
  field.addEventListener("input", () => take(field.value));
  field.addEventListener("focus", () => field.select());
  field.addEventListener("keydown", (event) => {
    const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (by) take(String(Math.max(0, (book.votes[n] ?? 0) + by)));
    else if (event.key === "Enter") (fieldsOf(book)[n + 1] ?? afterFields(book)).focus();
    else if (event.key === "Escape") field.blur();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return field;
}

/** @param {Book} book @returns {HTMLInputElement[]} */
const fieldsOf = ({ at }) => [...at("answers").querySelectorAll("input")];

/** Where the hands lead once all are counted. @param {Book} book */
const afterFields = ({ at, answer }) => (answer === null ? at("hands-reveal") : at("next"));

/** The fields come; the first that is empty takes the number. @param {Book} book @param {Lesson} lesson */
export function askHands(book, lesson) {
  book.counting = true;
  paintVotes(book, lesson);
  const fields = fieldsOf(book);
  (fields.find((field) => field.value === "") ?? fields[0]).focus();
}

/** @param {Book} book @param {Lesson} lesson */
export function clearVotes(book, lesson) {
  book.votes = lesson.answers.map(() => null);
  keepVotes(book, lesson);
  paintVotes(book, lesson);
}

const total = (/** @type {Vote[]} */ votes) => votes.reduce((sum, vote) => Number(sum) + (vote ?? 0), 0) ?? 0;

/** Bars beside the answers, and the same again beside what happens, where the question is away.
 * @param {Book} book @param {Lesson} lesson */
export function paintVotes(book, lesson) {
  const { at, votes, answer, step } = book;
  const all = total(votes);
  const some = votes.some((vote) => vote !== null);
  at("ask").dataset.counting = String(book.counting || some);
  fieldsOf(book).forEach((field, n) => {
    const text = String(votes[n] ?? "");
    if (field.value !== text) field.value = text;
    paintBar(one(at("answers"), `[data-bar="${n}"]`, HTMLElement), votes[n], all);
  });
  at("hands-total").textContent = some ? `${all} hand${all === 1 ? "" : "s"}` : "";
  at("hands-clear").hidden = !some;
  at("hands-reveal").hidden = !some || answer !== null;
  const again = at("hands-again");
  again.hidden = !some || answer === null || step !== lesson.after + 1;
  again.replaceChildren(...lesson.answers.map((text, n) => line(text, n === lesson.right, votes[n], all)));
}

/** @param {string} text @param {boolean} right @param {Vote} vote @param {number} all */
function line(text, right, vote, all) {
  const item = document.createElement("li");
  item.dataset.verdict = right ? "right" : "";
  item.innerHTML = '<span></span><i class="book-bar"><i></i><b></b></i>';
  one(item, "span", HTMLElement).textContent = text;
  paintBar(one(item, ".book-bar", HTMLElement), vote, all);
  return item;
}

/** A bar as long as its share of all hands; 0 is a number, nothing typed is none.
 * @param {HTMLElement} bar @param {Vote} vote @param {number} all */
function paintBar(bar, vote, all) {
  const share = vote === null || !all ? 0 : vote / all;
  bar.hidden = vote === null;
  bar.style.setProperty("--share", String(share));
  one(bar, "b", HTMLElement).textContent = vote === null ? "" : `${vote} · ${Math.round(100 * share)} %`;
}

/** What the hands said, in words. @param {Book} book @param {Lesson} lesson */
export function saidByHands({ votes }, { answers, right }) {
  const most = Math.max(...votes.map((vote) => vote ?? 0));
  const ahead = votes.flatMap((vote, n) => (vote === most ? [n] : []));
  const happens = ` What happens: “${answers[right]}”. `;
  if (!most) return `No hand was raised.${happens}`;
  const count = `${most} of ${total(votes)}`;
  if (ahead.length > 1) return `The hands are divided, ${ahead.map(() => most).join(" to ")}.${happens}`;
  const said = `Most hands, ${count}, are for “${answers[ahead[0]]}”`;
  return ahead[0] === right ? `${said}, and so it is. ` : `${said}.${happens}`;
}
