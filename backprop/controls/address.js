// The address says what the session's scenario says; it is written here and read by Python only when
// a session begins or when it carries a mark. A choice is a step of the history, so that Back takes it
// back; the playhead, and what follows within a moment, is none.

import { beginAddress, pushQuery, replaceQuery, withoutPlayhead } from "../drawing/address.js";
import { around } from "../drawing/dom.js";
import { resume, settle, watchConnection } from "./resuming.js";

/** @typedef {{query: Record<string, string>, playhead: string[], mark: string, taken: string, session: string, visit: string}} Said */

const STEP_MS = 800; // choices that follow one another faster are one step
const SENT_MS = 10; // within these a timer of no delay has fired, also where browsers make it wait for 4
const kept = beginAddress();

/** @param {{data: Said}} component */
export default function mountAddress({ data }) {
  if (kept.leaving !== location.pathname) kept.leaving = null;
  listen(data.mark);
  watchConnection(kept);
  if (kept.session !== null && kept.session !== data.session && kept.stranger !== data.session) {
    kept.stranger = data.session; // it ran the page before it was told, or has not heard; once will do
    resume(kept);
    return;
  }
  kept.session = data.session;
  kept.visit = data.visit;
  settle(kept);
  if (kept.mark && kept.mark !== data.taken) return; // an answer from before Back or Forward
  kept.mark = "";
  write(data);
}

/** Back and Forward mark the address they lead to, and let Streamlit hear of it with its mark.
 * @param {string} mark */
function listen(mark) {
  if (kept.listening) return;
  kept.listening = true;
  document.addEventListener("click", notice, true);
  /** @type {Event | null} */
  let told = null;
  window.addEventListener("popstate", (event) => {
    if (event === told) return;
    const query = new URLSearchParams(location.search);
    kept.mark = Math.random().toString(36).slice(2, 10);
    query.set(mark, kept.mark);
    replaceQuery(query);
    kept.query = null;
    told = new PopStateEvent("popstate", { state: history.state });
    window.dispatchEvent(told);
  });
}

/** A click on a link to another page of the app. What a component said just before it lies in a timer
 * of Streamlit's; the click comes after that, or it would be overtaken.
 * @param {MouseEvent} event */
function notice(event) {
  const link = around(event, "a[href]", HTMLAnchorElement);
  if (!link || link.origin !== location.origin || link.target === "_blank") return;
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const leads = link.pathname !== location.pathname;
  kept.leaving = leads ? location.pathname : null;
  if (!leads || !event.isTrusted) return;
  event.preventDefault();
  event.stopPropagation();
  setTimeout(() => link.isConnected && link.click(), SENT_MS);
}

/** @param {Said} said */
function write({ query, playhead }) {
  const here = new URLSearchParams(location.search);
  const next = new URLSearchParams(query);
  for (const name of playhead) if (here.has(name)) next.set(name, here.get(name) ?? "");
  for (const [name, value] of here) if (name.startsWith("embed")) next.append(name, value);
  const choice = `${location.pathname}?${withoutPlayhead(new URLSearchParams(query))}`;
  const step = kept.query !== null && kept.query !== choice && kept.query.split("?")[0] === location.pathname;
  kept.query = choice;
  if (step && performance.now() - kept.stepped > STEP_MS) {
    kept.stepped = performance.now();
    pushQuery(next);
  } else replaceQuery(next);
}
