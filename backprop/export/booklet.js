// A booklet: a few scenes on one stage, the toggle between them, and perhaps a lesson's steps.
// A lesson asks for a prediction first, and holds the playhead until it has one.

import { all, one } from "../drawing/dom.js";
import mount from "../stage/player/mount.js";
import { BOOK_SHELL } from "./shell.js";
import { askHands, clearVotes, keepVotes, keptVotes, paintVotes, saidByHands, voteField } from "./votes.js";

/** @import { About, Book, Lesson } from "./book" */

const HANDS = -1; // the answer of those who only count hands, and where nothing is asked

/** Open a booklet in `root`; `sceneOf(n)` gives a scene.
 * @param {HTMLElement} root @param {About} about @param {Book["sceneOf"]} sceneOf */
export function openBooklet(root, about, sceneOf) {
  const { lesson } = about;
  root.innerHTML = BOOK_SHELL;
  root.dataset.lesson = String(lesson !== undefined);
  const listening = new AbortController();
  /** @type {Book} */
  const book = {
    root,
    about,
    sceneOf,
    scene: -1,
    step: 0,
    answer: null,
    votes: [],
    counting: false,
    notes: false,
    at: (name) => one(root, `[data-book="${name}"]`, /** @type {any} */ (HTMLElement)),
    dispose: () => {},
    close: () => {
      listening.abort();
      book.dispose();
    },
  };
  book.at("title").textContent = about.title;
  book.at("subtitle").textContent = about.subtitle;
  book.at("print").addEventListener("click", () => print());
  layToggle(book);
  if (lesson) {
    layLesson(book, lesson);
    document.addEventListener("keydown", (event) => bookKey(book, lesson, event), { signal: listening.signal });
    layHandout(book, listening.signal);
    goToStep(book, lesson, beginLesson(book, lesson));
  } else {
    showScene(book, about.shown);
    if (about.place) lead(book, about.place);
  }
  return book;
}

// ---- scenes -------------------------------------------------------------------------------

/** @param {Book} book */
function layToggle(book) {
  const bar = book.at("toggle");
  bar.hidden = book.about.toggle.length < 2;
  book.about.toggle.forEach(({ title, colour, scene }, n) => {
    const button = document.createElement("button");
    button.type = "button";
    button.setAttribute("role", "radio");
    button.style.setProperty("--mine", colour);
    button.textContent = title;
    button.dataset.scene = String(scene ?? n);
    button.addEventListener("click", () => showScene(book, scene ?? n));
    bar.append(button);
  });
  bar.addEventListener("keydown", (event) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    const buttons = all(bar, "button", HTMLButtonElement);
    const at = buttons.findIndex((button) => button === event.target);
    const next = buttons[(at + by + buttons.length) % buttons.length];
    next.focus();
    next.click();
  });
}

/** Put a scene on the stage; the playhead stays where it is. @param {Book} book @param {number} n */
function showScene(book, n) {
  const { at, root, about } = book;
  if (book.scene !== n) book.dispose = mount({ data: book.sceneOf(n), parentElement: at("host") });
  book.scene = n;
  root.dataset.scene = String(n);
  const buttons = all(at("toggle"), "button", HTMLButtonElement);
  const mine = buttons.find((button) => Number(button.dataset.scene) === n);
  buttons.forEach((button, k) => {
    button.setAttribute("aria-checked", String(button === mine));
    button.tabIndex = button === mine || (!mine && k === 0) ? 0 : -1;
  });
  const aside = about.lesson?.steps.find((step) => step.scene === n && step.aside)?.aside;
  at("aside").textContent = mine ? "" : (aside ?? "");
  hold(book);
}

/** The same scene drawn again, in the colours of another theme. @param {Book} book */
export function redraw(book) {
  const n = book.scene;
  book.scene = -1;
  return showScene(book, n);
}

/** @param {Book} book @param {"backprop:go" | "backprop:hold" | "backprop:project"} name @param {object | null} detail */
const tellStage = ({ at }, name, detail) =>
  one(at("host"), ".stage-root", HTMLElement).dispatchEvent(new CustomEvent(name, { detail }));

/** Into projector mode, or out of it. @param {Book} book */
export const toggleProjector = (book) => tellStage(book, "backprop:project", null);

/** @param {Book} book @param {object} place */
const lead = (book, place) => tellStage(book, "backprop:go", place);

// ---- a lesson -----------------------------------------------------------------------------

/** @param {Book} book @param {Lesson} lesson */
function layLesson(book, lesson) {
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
}

/** What is printed lies on the page while it is printed. @param {Book} book @param {AbortSignal} signal */
function layHandout({ about, at, root }, signal) {
  if (!about.handout) return;
  const [pieces, order] = about.handout;
  const html = order.map((n) => pieces[n]).join("");
  const lay = (/** @type {string} */ shown) => () => {
    at("handout").innerHTML = shown;
  };
  addEventListener("beforeprint", lay(html), { signal });
  addEventListener("afterprint", lay(""), { signal });
  root.dataset.printable = "true";
}

/** @param {Book} book @param {Lesson} lesson */
const isAsking = (book, lesson) => book.answer === null && book.step === lesson.after;

/** Go to a step; not beyond the question before it is answered.
 * @param {Book} book @param {Lesson} lesson @param {number} n */
function goToStep(book, lesson, n) {
  const last = book.answer === null ? lesson.after : lesson.steps.length - 1;
  const held = n > last && book.answer === null;
  book.step = Math.max(0, Math.min(n, last));
  const step = lesson.steps[book.step];
  tellStep(book, lesson);
  if (held) shake(book.at("ask"));
  showScene(book, step.scene);
  lead(book, step);
  book.root.dataset.point = step.part;
  writeStep(book, lesson);
}

/** @param {Book} book @param {Lesson} lesson */
function tellStep(book, lesson) {
  const { about, at, step } = book;
  at("text").textContent = lesson.steps[step].text;
  at("progress").textContent = `${step + 1} of ${lesson.steps.length}`;
  all(at("dots"), "button", HTMLButtonElement).forEach((dot, n) => {
    dot.setAttribute("aria-current", n === step ? "step" : "false");
    dot.disabled = n > lesson.after && book.answer === null;
  });
  book.root.dataset.asking = String(book.answer === null);
  at("ask").hidden = step !== lesson.after;
  at("live").hidden = about.live === undefined;
  at("live").href = `${about.live}?${lesson.steps[step].query}`;
  at("back").disabled = step === 0;
  at("next").disabled = isAsking(book, lesson) || step === lesson.steps.length - 1;
  paintVotes(book, lesson);
}

/** The prediction, a reader's own or that of the hands. The focus goes to what is said of it, where
 * Space plays. @param {Book} book @param {Lesson} lesson @param {number} n */
function predict(book, lesson, n) {
  if (book.answer !== null) return;
  book.answer = n;
  keepVotes(book, lesson);
  reveal(book, lesson);
  tellStep(book, lesson);
  hold(book);
  book.at("revealed").focus({ preventScroll: true });
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
}

/** Before the answer the playhead may not pass the furthest place that the steps have shown.
 * @param {Book} book */
function hold(book) {
  const { lesson } = book.about;
  if (!lesson) return;
  const before = book.answer === null ? lesson.steps.slice(0, lesson.after + 1) : [];
  const here = before.filter((step) => step.scene === book.scene);
  tellStage(book, "backprop:hold", (here.length ? here : before).at(-1) ?? null);
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

/** The step to begin with: the first, or that in an address such as "#wrong-label:3", though the
 * question is asked first. A reload goes on where it was, with what had been answered.
 * @param {Book} book @param {Lesson} lesson */
function beginLesson(book, lesson) {
  const [name, step] = location.hash.slice(1).split(":");
  const isNamed = name === lesson.id && /^\d+$/.test(step);
  const { votes, answer } = keptVotes(lesson);
  book.votes = votes;
  book.answer = isNamed ? answer : null;
  if (!lesson.answers.length) book.answer = HANDS;
  else if (book.answer !== null) reveal(book, lesson);
  keepVotes(book, lesson);
  return isNamed ? Number(step) - 1 : 0;
}

/** @param {Book} book @param {Lesson} lesson */
const writeStep = ({ step }, { id }) => writeHash(`#${id}:${step + 1}`);

/** The address says no step any more: who opens the lesson again begins it again. @param {Book} book */
export function leaveLesson({ about }) {
  if (about.lesson && location.hash.startsWith(`#${about.lesson.id}:`)) writeHash("");
}

/** @param {string} hash */
function writeHash(hash) {
  try {
    history.replaceState(history.state, "", hash || location.pathname + location.search);
  } catch {
    // a frame without an address of its own
  }
}
