// A booklet: one stage, the toggle above it, perhaps a lesson's steps beside it, and what its reader changes.

import { one } from "../drawing/dom.js";
import { answerStage, choose } from "./changing.js";
import { queryOf, readHash, writeHash } from "./hash.js";
import { keepStep, takeStep } from "./left.js";
import { addressOf, followAddress, layLesson } from "./lesson.js";
import { layPanel, paintPanel } from "./panel.js";
import { BOOK_SHELL } from "./shell.js";
import { isChangeable, turnTo } from "./showing.js";

/** @import { Book } from "./book" */
/** @import { Told } from "./told" */

/** Open a booklet in `root`, with more `tools` in its head.
 * @param {HTMLElement} root @param {Told} told @param {HTMLElement[]} tools @returns {Book} */
export function openBooklet(root, told, tools = []) {
  const { about } = told;
  const { lesson } = about;
  root.innerHTML = BOOK_SHELL;
  root.dataset.lesson = String(lesson !== undefined);
  const listening = new AbortController();
  const { signal } = listening;
  /** @type {Book} */
  const book = {
    root,
    told,
    given: { words: {}, data: "" },
    base: {},
    words: {},
    undo: [],
    address: "",
    panel: { fields: {}, cells: [], names: "" },
    step: 0,
    answer: null,
    wish: null,
    votes: [],
    counting: false,
    notes: false,
    at: (name) => one(root, `[data-book="${name}"]`, /** @type {any} */ (HTMLElement)),
    choose: (name) => choose(book, name),
    follow: () => follow(book),
    dispose: () => {},
    close: () => {
      listening.abort();
      book.dispose();
    },
  };
  book.at("title").textContent = about.title;
  book.at("subtitle").textContent = about.subtitle;
  book.at("live").hidden = about.live === undefined;
  book.at("tools").append(...tools);
  book.at("print").addEventListener("click", () => print());
  answerStage(book);
  layPanel(book);
  if (lesson) layLesson(book, lesson, signal);
  const go = () => notice(book, lesson ? followAddress(book, lesson) : followHash(book));
  addEventListener("hashchange", go, { signal });
  go();
  return book;
}

/** What the address says of a booklet that is no lesson; a sentence for each word that was refused.
 * @param {Book} book */
function followHash(book) {
  const { words, problems } = readHash(book.told.library.offers, location.hash.slice(1));
  const refused = turnTo(book, 0, null, words);
  if (refused) turnTo(book, 0, null);
  return refused ? [...problems, refused] : problems;
}

/** @param {Book} book @param {string[]} problems */
function notice({ at }, problems) {
  at("notice").textContent = problems.length ? `The link could not be followed everywhere. ${problems.join(" ")}` : "";
}

/** Something else is shown, or seen: the controls, the address and the way to the app follow.
 * @param {Book} book */
function follow(book) {
  const { told, words, base, at } = book;
  const { lesson, live } = told.about;
  paintPanel(book);
  const changes = isChangeable(book) ? writeHash(told.library.offers, words, base) : "";
  const place = lesson ? addressOf(book, lesson) : "";
  book.address = [place, changes].filter(Boolean).join("&");
  writeAddress(book.address);
  if (live !== undefined) at("live").href = `${live}?${liveQuery(book)}`;
}

/** What the app is asked for: what it was asked for first, with what has been changed since, and the
 * playhead. @param {Book} book */
function liveQuery({ told, given, words }) {
  const changed = Object.keys(told.library.offers.fields).filter((name) => words[name] !== given.words[name]);
  const query = new Map(Object.entries(given.query ?? {}));
  for (const name of [...changed, "update", "operation", "selection"]) query.set(name, words[name]);
  const idle = { update: "0", operation: "start", selection: "" };
  return queryOf([...query].filter(([name, word]) => idle[/** @type {"update"} */ (name)] !== word));
}

/** The address says nothing of the lesson any more, but this tab does, for who comes back to it.
 * @param {Book} book */
export function leaveLesson({ told, address }) {
  const { lesson } = told.about;
  if (!lesson) return;
  keepStep(address);
  if (location.hash.startsWith(`#${lesson.id}:`)) writeAddress("");
}

/** Where a lesson was left that is come back to; whose address names a step goes there.
 * @param {Told} told */
export function returnToLesson({ about: { lesson } }) {
  const place = lesson ? takeStep(lesson.id) : "";
  if (place && !location.hash) writeAddress(place);
}

/** @param {string} text */
function writeAddress(text) {
  const address = text ? `#${text}` : location.pathname + location.search;
  try {
    if (text ? location.hash !== address : location.hash) history.replaceState(history.state, "", address);
  } catch {
    // a frame without an address of its own
  }
}
