// The address says what the session's scenario says; it is written here and read by Python only when
// a session begins or when it carries a mark. A choice is a step of the history, so that Back takes it
// back; the playhead, and what follows within a moment, is none.

import { replaceQuery, withoutPlayhead } from "../drawing/address.js";
import { around } from "../drawing/dom.js";
import { beginAddress, push, pushQuery } from "../drawing/leaving.js";
import { switchProjector } from "../drawing/switch.js";
import { isTaken } from "../stage/player/keys.js";
import { resume, settle, watchConnection } from "./resuming.js";

/** @typedef {{query: Record<string, string>, playhead: string[], mark: string, link: string, taken: string, session: string, visit: string}} Said */

const STEP_MS = 800; // choices that follow one another faster are one step
const SENT_MS = 10; // within these a timer of no delay has fired, also where browsers make it wait for 4
const NAVIGATION = ".st-key-navigation, .st-key-narrow_navigation";
const NARROW = "(max-width: 768px)"; // here a sidebar that opens is folded by Streamlit
const SMALL = matchMedia(`${NARROW}, (max-height: 480px)`); // a phone; as in frame.css
const FIRST_BY_NAME = /\/live(\?|$)/;
const kept = beginAddress();

/** @param {{data: Said}} component */
export default function mountAddress({ data }) {
  if (kept.leaving !== location.pathname) kept.leaving = null;
  listen(data);
  watchConnection(kept);
  if (kept.session !== null && kept.session !== data.session && kept.stranger !== data.session) {
    kept.stranger = data.session; // it ran the page before it was told, or has not heard; once will do
    resume(kept);
    return;
  }
  kept.session = data.session;
  kept.visit = data.visit;
  settle(kept);
  if (kept.mark && kept.mark !== data.taken) return; // an answer from before the way that was taken last
  kept.mark = "";
  write(data);
}

/** Back and Forward mark the address they lead to. Streamlit has heard of them before, without the mark; it
 * hears again once what a component said just before is on its way (see `notice`), so that this comes last.
 * @param {Said} said */
function listen({ mark, link }) {
  if (kept.listening) return;
  kept.listening = true;
  keepHistory();
  if (!matchMedia(NARROW).matches) foldSidebar();
  document.addEventListener("click", (event) => notice(event, mark, link), true);
  document.addEventListener("pointerdown", aim, true);
  document.addEventListener("keydown", leaveDialog, true);
  document.addEventListener("keydown", project);
  window.addEventListener("popstate", ({ isTrusted }) => {
    if (!isTrusted) return; // told by ourselves
    replaceQuery(markedQuery(mark, ""));
    kept.query = null;
    setTimeout(tell, SENT_MS);
  });
}

/** The query that stands in the address, marked: no answer counts any more but the one to this.
 * @param {string} name @param {string} prefix */
function markedQuery(name, prefix) {
  const query = new URLSearchParams(location.search);
  kept.mark = prefix + Math.random().toString(36).slice(2, 10);
  query.set(name, kept.mark);
  return query;
}

/** Streamlit puts the page that it hears of into the history. It must not where that answers something from
 * before the way that was taken last: the address would lead back there, and Forward nowhere. Nor by the
 * name of the first page's file, by which alone a server that has just started knows it. */
function keepHistory() {
  history.pushState = (state, unused, url) => {
    if (!kept.mark && !FIRST_BY_NAME.test(String(url))) push(state, unused, url);
  };
}

/** Escape leaves a dialog also once nothing in it has the focus, as after a download. @param {KeyboardEvent} event */
function leaveDialog({ key }) {
  const dialog = document.querySelector("[data-testid=stDialog]");
  if (key !== "Escape" || document.activeElement !== document.body) return;
  dialog?.querySelector("[aria-label=Close]")?.dispatchEvent(new MouseEvent("click", { bubbles: true }));
}

/** P leads into projector mode and out of it, also where no stage takes that key before. @param {KeyboardEvent} event */
function project(event) {
  if (event.key.toLowerCase() === "p" && !event.repeat && !isTaken(event)) switchProjector();
}

/** The link to another page of the app that an event is about. @param {Event} event */
function pageLink(event) {
  const link = around(event, "a[href]", HTMLAnchorElement);
  return link && link.origin === location.origin && link.target !== "_blank" ? link : null;
}

/** Whoever opens a link in another tab, or copies it, means what is shown here. @param {Event} event */
function aim(event) {
  const link = pageLink(event);
  if (link?.closest(NAVIGATION)) link.href = pathOf(link) + location.search;
}

/** Where a link of the navigation leads: the first page's says nothing. @param {HTMLAnchorElement} link */
const pathOf = (link) => (link.getAttribute("href") ? link.pathname : new URL(".", document.baseURI).pathname);

/** A click on a link to another page of the app. What a component said just before it lies in a timer
 * of Streamlit's; the click comes after that, or it would be overtaken.
 * @param {MouseEvent} event @param {string} mark @param {string} prefix */
function notice(event, mark, prefix) {
  const link = pageLink(event);
  if (!link) return;
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) {
    aim(event);
    event.stopPropagation(); // Streamlit would go there in this tab
    return;
  }
  const path = pathOf(link);
  const leads = path !== location.pathname;
  kept.leaving = leads ? location.pathname : null;
  if (!leads || !event.isTrusted) return;
  event.preventDefault();
  event.stopPropagation();
  const go = link.closest(NAVIGATION) ? () => open(path, markedQuery(mark, prefix)) : () => leadTo(link);
  setTimeout(() => link.isConnected && go(), SENT_MS);
}

/** A link that says itself what is to be seen: nothing of what the address said before. @param {HTMLAnchorElement} link */
function leadTo(link) {
  kept.said = null;
  kept.mark = "";
  link.click();
}

/** Go to a page as Forward does, so that its address says from the start what is shown.
 * @param {string} path @param {URLSearchParams} query */
function open(path, query) {
  push(history.state, "", `${path}?${query}`);
  tell();
  foldSidebar();
}

/** On a phone the sidebar would lie on the page, or take a third of it. The navigation stands on the page too. */
function foldSidebar() {
  const fold = document.querySelector("[data-testid=stSidebarCollapseButton] button");
  if (SMALL.matches && fold instanceof HTMLElement) fold.click();
}

const tell = () => window.dispatchEvent(new PopStateEvent("popstate", { state: history.state }));

/** @param {Said} said */
function write({ query, playhead }) {
  const here = new URLSearchParams(kept.said ?? location.search); // which Streamlit may have put back
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
