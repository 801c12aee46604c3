// A booklet: a few scenes on one stage, the toggle between them, and perhaps a lesson's steps.
// `mount` is the stage's; `sceneOf(n)` gives the bytes of a scene, now or later.

function openBooklet({ root, about, sceneOf, mount }) {
  const book = {
    root, about, sceneOf, mount, scene: -1, step: 0, answer: null, notes: false, wanted: 0,
    at: (name) => root.querySelector(`[data-book="${name}"]`),
  };
  root.innerHTML = BOOK_SHELL;
  root.dataset.lesson = !!about.lesson;
  book.at("title").textContent = about.title;
  book.at("subtitle").textContent = about.subtitle;
  layToggle(book);
  if (about.lesson) layLesson(book);
  const onKey = (event) => bookKey(book, event);
  document.addEventListener("keydown", onKey);
  book.close = () => {
    document.removeEventListener("keydown", onKey);
    book.dispose?.();
  };
  book.ready = about.lesson ? goToStep(book, stepInAddress(book)) : turnTo(book, about.shown).then(() => lead(book, about.place ?? null));
  return book;
}

// ---- scenes -------------------------------------------------------------------------------

function layToggle(book) {
  const { toggle } = book.about;
  const bar = book.at("toggle");
  bar.hidden = toggle.length < 2;
  toggle.forEach((item, n) => {
    const button = document.createElement("button");
    button.type = "button";
    button.setAttribute("role", "radio");
    button.style.setProperty("--mine", item.colour);
    button.textContent = item.title;
    button.dataset.scene = item.scene ?? n;
    button.addEventListener("click", () => turnTo(book, Number(button.dataset.scene)));
    bar.append(button);
  });
  bar.addEventListener("keydown", (event) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    const all = [...bar.children];
    const next = all[(all.indexOf(document.activeElement) + by + all.length) % all.length];
    next.focus();
    next.click();
  });
}

/** Put a scene on the stage; the playhead stays where it is. */
async function turnTo(book, n) {
  book.wanted = n;
  const data = await book.sceneOf(n);
  if (book.wanted !== n) return;
  if (book.scene !== n) book.dispose = book.mount({ data, parentElement: book.at("host") });
  book.scene = n;
  book.root.dataset.scene = n;
  let some = false;
  for (const button of book.at("toggle").children) {
    const mine = Number(button.dataset.scene) === n;
    some ||= mine;
    button.setAttribute("aria-checked", mine);
    button.tabIndex = mine ? 0 : -1;
  }
  if (!some && book.at("toggle").firstChild) book.at("toggle").firstChild.tabIndex = 0;
  const aside = book.about.lesson?.steps.find((step) => step.scene === n && step.aside);
  book.at("aside").textContent = some || !aside ? "" : aside.aside;
  hold(book);
}

/** The same scene drawn again, in the colours of another theme. */
function redraw(book) {
  const n = book.scene;
  book.scene = -1;
  return turnTo(book, n);
}

const stageRoot = (book) => book.at("host").querySelector(".stage-root");

function lead(book, place) {
  if (place) stageRoot(book).dispatchEvent(new CustomEvent("backprop:go", { detail: place }));
}

// ---- a lesson -----------------------------------------------------------------------------

function layLesson(book) {
  const { lesson } = book.about;
  const answers = book.at("answers");
  lesson.answers.forEach((text, n) => {
    const button = document.createElement("button");
    button.type = "button";
    button.innerHTML = "<kbd></kbd> <span></span>";
    button.firstChild.textContent = n + 1;
    button.lastChild.textContent = text;
    button.addEventListener("click", () => predict(book, n));
    answers.append(button);
  });
  book.at("question").textContent = lesson.question;
  for (const note of lesson.notes) {
    const line = document.createElement("li");
    line.textContent = note;
    book.at("notes").append(line);
  }
  lesson.steps.forEach((step, n) => {
    const dot = document.createElement("button");
    dot.type = "button";
    dot.setAttribute("aria-label", `Step ${n + 1}`);
    dot.addEventListener("click", () => goToStep(book, n));
    book.at("dots").append(dot);
  });
  book.at("next").addEventListener("click", () => goToStep(book, book.step + 1));
  book.at("back").addEventListener("click", () => goToStep(book, book.step - 1));
  book.at("notes-switch").addEventListener("click", () => toggleNotes(book));
}

const asking = (book) => book.answer === null && book.step === book.about.lesson.after;

/** Go to a step; not beyond the question before it is answered. */
async function goToStep(book, n) {
  const { lesson } = book.about;
  const last = book.answer === null ? lesson.after : lesson.steps.length - 1;
  const held = n > last && book.answer === null;
  book.step = Math.max(0, Math.min(n, last));
  const step = lesson.steps[book.step];
  tellStep(book);
  if (held) nudge(book);
  await turnTo(book, step.scene);
  lead(book, step);
  book.root.dataset.point = step.part;
  writeStep(book);
}

function tellStep(book) {
  const { lesson } = book.about;
  book.at("text").textContent = lesson.steps[book.step].text;
  book.at("progress").textContent = `${book.step + 1} of ${lesson.steps.length}`;
  [...book.at("dots").children].forEach((dot, n) => {
    dot.setAttribute("aria-current", n === book.step ? "step" : "false");
    dot.disabled = n > lesson.after && book.answer === null;
  });
  book.root.dataset.asking = book.answer === null;
  book.at("ask").hidden = book.step !== lesson.after;
  book.at("back").disabled = book.step === 0;
  book.at("next").disabled = asking(book) || book.step === lesson.steps.length - 1;
}

/** The prediction, compared in words with what happens. */
function predict(book, n) {
  const { lesson } = book.about;
  if (book.answer !== null) return;
  book.answer = n;
  [...book.at("answers").children].forEach((button, k) => {
    button.disabled = true;
    button.dataset.verdict = k === lesson.right ? "right" : k === n ? "other" : "";
  });
  book.at("verdict").textContent = n === lesson.right
    ? `You predicted “${lesson.answers[n]}”, and so it is. `
    : `You predicted “${lesson.answers[n]}”. What happens: “${lesson.answers[lesson.right]}”. `;
  book.at("reveal").textContent = lesson.reveal;
  book.at("revealed").hidden = false;
  tellStep(book);
  hold(book);
  book.at("next").focus({ preventScroll: true });
}

/** Before the answer the playhead may not pass the furthest place that the steps have shown. */
function hold(book) {
  const { lesson } = book.about;
  if (!lesson) return;
  let limit = null;
  if (book.answer === null) {
    const before = lesson.steps.slice(0, lesson.after + 1);
    const here = before.filter((step) => step.scene === book.scene);
    limit = (here.length ? here : before).at(-1);
  }
  stageRoot(book).dispatchEvent(new CustomEvent("backprop:hold", { detail: limit }));
}

function nudge(book) {
  const box = book.at("ask");
  box.classList.remove("nudged");
  void box.offsetWidth; // restarts the animation
  box.classList.add("nudged");
}

function toggleNotes(book) {
  book.notes = !book.notes;
  book.at("notes").hidden = !book.notes;
  book.at("notes-switch").setAttribute("aria-pressed", book.notes);
}

// ---- keys and address ---------------------------------------------------------------------

/** A presenter's clicker sends PageDown and PageUp. */
function bookKey(book, event) {
  if (!book.root.isConnected || event.ctrlKey || event.metaKey || event.altKey || !book.about.lesson) return;
  const target = event.composedPath()[0];
  if (target instanceof Element && target.closest("input:not([type=range]), textarea, select")) return;
  const act = {
    PageDown: () => goToStep(book, book.step + 1),
    PageUp: () => goToStep(book, book.step - 1),
    t: () => toggleNotes(book),
    T: () => toggleNotes(book),
  }[event.key] ?? (/^[1-9]$/.test(event.key) && asking(book) && event.key <= book.about.lesson.answers.length ? () => predict(book, Number(event.key) - 1) : null);
  if (!act) return;
  event.preventDefault();
  act();
}

/** The step in an address such as "#wrong-label:3"; but the question is asked first. */
function stepInAddress(book) {
  const { id, after } = book.about.lesson;
  const [name, step] = location.hash.slice(1).split(":");
  return name === id && /^\d+$/.test(step) ? Math.min(Number(step) - 1, after) : 0;
}

function writeStep(book) {
  try {
    history.replaceState(history.state, "", `#${book.about.lesson.id}:${book.step + 1}`);
  } catch { /* a frame without an address of its own */ }
}

const BOOK_SHELL = `
<header class="book-head">
  <div class="book-titles"><h1 data-book="title"></h1><p data-book="subtitle"></p></div>
  <div class="book-toggle" data-book="toggle" role="radiogroup" aria-label="Output derivative"></div>
  <span class="book-aside" data-book="aside"></span>
  <span class="book-tools" data-book="tools"></span>
</header>
<div class="book-body">
  <section class="book-lesson" data-book="panel" aria-label="Lesson">
    <nav class="book-steps"><span class="book-dots" data-book="dots"></span><span data-book="progress"></span></nav>
    <p class="book-text" data-book="text" aria-live="polite"></p>
    <div class="book-ask" data-book="ask" hidden>
      <p class="book-question" data-book="question"></p>
      <div class="book-answers" data-book="answers"></div>
      <p class="book-revealed" data-book="revealed" aria-live="polite" hidden><b data-book="verdict"></b><span data-book="reveal"></span></p>
    </div>
    <div class="book-move">
      <button type="button" data-book="back" title="One step back (Page up)">Back</button>
      <button type="button" data-book="next" class="strong" title="Next step (Page down)">Next</button>
      <button type="button" data-book="notes-switch" aria-pressed="false" title="Speaker's notes (T)">Notes</button>
    </div>
    <ul class="book-notes" data-book="notes" hidden></ul>
  </section>
  <div class="book-stage" data-book="host"><div class="stage-root"></div></div>
</div>`;
