// The address says what the session's scenario says; it is written here and read by Python only when
// a session begins or when it carries a mark. A choice is a step of the history, so that Back takes it
// back; the playhead, and what follows within a moment, is none.

const STEP_MS = 800; // choices that follow one another faster are one step

/** What outlives each mount, and a server that was started anew: one for the window. */
const window_ = (window.backpropAddress ??= { session: null, query: null, said: null, mark: "", stepped: 0, listening: false, leaving: null, left });

export default function ({ data, setTriggerValue }) {
  listen(data.mark);
  if (window_.leaving !== location.pathname) window_.leaving = null;
  const before = window_.session;
  const lost = before !== null && before !== data.session;
  window_.session = data.session;
  if (lost) {
    window_.mark = "";
    // Another server answers, or the same one anew: it is told where we were, and goes on there.
    setTriggerValue("restored", ours(new URLSearchParams(window_.said ?? ""), data.mark).toString());
    return;
  }
  if (window_.mark && window_.mark !== data.taken) return; // an answer from before Back or Forward
  window_.mark = "";
  write(data);
}

/** Back and Forward mark the address they lead to, and let Streamlit hear of it with its mark. */
function listen(mark) {
  if (window_.listening) return;
  window_.listening = true;
  document.addEventListener("click", notice, true);
  let told = null;
  window.addEventListener("popstate", (event) => {
    if (event === told) return;
    const query = new URLSearchParams(location.search);
    window_.mark = Math.random().toString(36).slice(2, 10);
    query.set(mark, window_.mark);
    replaceQuery(query);
    window_.query = null;
    told = new PopStateEvent("popstate", { state: history.state });
    window.dispatchEvent(told);
  });
}

/** A click on a link to another page of the app. */
function notice(event) {
  const link = event.target.closest?.("a[href]");
  if (!link || link.origin !== location.origin || link.target === "_blank") return;
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  window_.leaving = link.pathname === location.pathname ? null : location.pathname;
}

/**
 * Whether the page with the path `home` is being left. A component must say nothing more then:
 * Streamlit would take it for a wish of the old page, and clear the new one to go back to it.
 */
function left(home) {
  return location.pathname !== home || window_.leaving === home;
}

function write({ query, playhead, mark }) {
  const here = new URLSearchParams(location.search);
  const next = new URLSearchParams(query);
  for (const name of playhead) if (here.has(name)) next.set(name, here.get(name));
  for (const [name, value] of here) if (name.startsWith("embed")) next.append(name, value);
  const without = new URLSearchParams(query);
  for (const name of ["update", "operation", "selection"]) without.delete(name);
  const said = `${location.pathname}?${without}`;
  const step = window_.query !== null && window_.query !== said && window_.query.split("?")[0] === location.pathname;
  window_.query = said;
  if (step && performance.now() - window_.stepped > STEP_MS) {
    window_.stepped = performance.now();
    pushQuery(next);
  } else replaceQuery(next);
}

/** A query without the mark, and without what Streamlit reads of it. */
function ours(query, mark) {
  for (const name of [...query.keys()]) if (name === mark || name.startsWith("embed")) query.delete(name);
  return query;
}
