// A page whose connection comes back tells Python where it was: the server that answers now may be
// another one, or the same one started anew, which knows nothing of it. It is said when the connection
// is lost, for the first message on the next one, and once more when that is there: Streamlit itself
// runs the page then only if its last run had been cut off, or of a part of it.
//
// Until that is answered nothing is asked of a part of the page: a server that does not know the part
// yet drops such a message, and what a hand did meanwhile with it. So once more is said what there is.

/** @import { Resumed, WindowAddress } from "../stage/protocol" */

const STATE = "data-test-connection-state";
const CLOSING_MS = 1000; // a page that closes may lose its connection first, and tells nobody
let isWatching = false;
let isAgain = false;

/** From now on: say so when the connection is lost, and when it is back. @param {WindowAddress} kept */
export function watchConnection(kept) {
  const page = document.querySelector(".stApp");
  if (isWatching || !page) return;
  isWatching = true;
  let closing = -CLOSING_MS;
  window.addEventListener("beforeunload", ({ timeStamp }) => {
    closing = timeStamp;
  });
  const look = () => {
    const isThere = page.getAttribute(STATE) === "CONNECTED";
    kept.away ||= !isThere;
    isAgain = false;
    if (kept.away && (isThere || performance.now() - closing > CLOSING_MS)) resume(kept);
  };
  new MutationObserver(look).observe(page, { attributeFilter: [STATE] });
}

/** @param {WindowAddress} kept */
export function resume(kept) {
  const { session, visit, said, moves } = kept;
  if (session === null) return;
  kept.resumed += 1;
  /** @type {Resumed} */
  const detail = {
    number: kept.resumed,
    session,
    visit,
    query: said ?? location.search.slice(1),
    moves: moves && Object.entries(moves).map(([name, value]) => ({ name, value })),
  };
  document.dispatchEvent(new CustomEvent("backprop:resume", { detail }));
}

/** Python has answered: once its widgets have been looked at, all is as before. @param {WindowAddress} kept */
export function settle(kept) {
  if (!kept.away) return;
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      const isUnheard = kept.moves === null || Object.keys(kept.moves).length > 0;
      kept.away = isUnheard && !isAgain;
      isAgain = kept.away;
      if (kept.away) resume(kept);
      else document.dispatchEvent(new CustomEvent("backprop:back"));
    }),
  );
}
