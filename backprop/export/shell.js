// A booklet before anything is in it: each element that is written into has a name.

export const BOOK_SHELL = `
<header class="book-head">
  <div class="book-titles"><h1 data-book="title"></h1><p data-book="subtitle"></p></div>
  <div class="book-toggle" data-book="toggle" role="radiogroup" aria-label="Output derivative"></div>
  <span class="book-aside" data-book="aside"></span>
  <span class="book-tools" data-book="tools">
    <button type="button" data-book="change-switch" aria-expanded="false" title="Every number of it" hidden>Change it</button>
    <a data-book="live" target="_blank" rel="noopener" title="Open this on the Live page" hidden>Try it live</a>
    <button type="button" data-book="print" title="Print what is shown, or a lesson's hand-out: every step, the question as a task, the answer at the end">Print</button>
  </span>
</header>
<p class="book-notice" data-book="notice" role="alert"></p>
<div class="book-body">
  <section class="book-lesson" data-book="panel" aria-label="Lesson">
    <nav class="book-steps"><span class="book-dots" data-book="dots"></span><span data-book="progress"></span></nav>
    <p class="book-text" data-book="text" aria-live="polite"></p>
    <div class="book-ask" data-book="ask" hidden>
      <p class="book-question" data-book="question"></p>
      <div class="book-answers" data-book="answers"></div>
      <div class="book-hands">
        <button type="button" data-book="hands" title="Type how many are for each answer (H)">Show of hands</button>
        <span data-book="hands-total" role="status"></span>
        <button type="button" data-book="hands-clear" hidden>Clear</button>
        <button type="button" class="strong" data-book="hands-reveal" hidden>Reveal</button>
      </div>
      <p class="book-revealed" data-book="revealed" tabindex="-1" aria-live="polite" hidden><b data-book="verdict"></b><span data-book="reveal"></span> <button type="button" data-book="wish" hidden>Open what your link shows</button></p>
    </div>
    <ul class="book-again" data-book="hands-again" aria-label="Show of hands" hidden></ul>
    <div class="book-move">
      <button type="button" data-book="back" title="One step back (Page up)">Back</button>
      <button type="button" data-book="next" class="strong" title="Next step (Page down)">Next</button>
      <button type="button" data-book="notes-switch" aria-pressed="false" title="Speaker's notes (T)">Notes</button>
    </div>
    <ul class="book-notes" data-book="notes" hidden></ul>
  </section>
  <section class="book-change" data-book="change" aria-label="Change it" hidden>
    <p class="book-changed"><span data-book="changed" role="status"></span> <button type="button" data-book="take-back" title="Everything as the page came with it" hidden>As it came</button></p>
    <div class="book-fields" data-book="fields"><div class="book-cells" data-book="cells"></div></div>
  </section>
  <div class="book-stage" data-book="host"><div class="stage-root"></div></div>
</div>
<article class="book-handout" data-book="handout" aria-hidden="true"></article>`;
