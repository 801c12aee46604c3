// The playhead in the address: replaced in place, so that a copied link opens this very picture
// and the Back button is left alone. What leaves the stage (for another page of the app, or in a
// reload) keeps the very place for its return: under the name of its visit, or of the address.

const KEPT = "backprop.playhead";
const WRITE_EVERY = 400; // browsers allow only so many changes of the address in a minute

function keepPlace(player) {
  const visit = player.about?.view.visit;
  if (!visit) return;
  try {
    sessionStorage.setItem(KEPT, JSON.stringify({ ...playheadOf(player), visit, address: addressWithoutPlayhead() }));
  } catch { /* storage may be forbidden; the address says nearly the same */ }
}

/** What is kept, if it is of this visit, or of this address before a reload. */
function keptPlace(visit) {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "{}");
    const reloaded = !window.backpropEntered && performance.getEntriesByType("navigation")[0]?.type === "reload";
    window.backpropEntered = true;
    return visit && (kept.visit === visit || (reloaded && kept.address === addressWithoutPlayhead())) ? kept : null;
  } catch {
    return null;
  }
}

function addressWithoutPlayhead() {
  const query = new URLSearchParams(location.search);
  for (const name of ["update", "operation", "selection"]) query.delete(name);
  query.sort();
  return `${location.pathname}?${query}`;
}

/** While it plays: now and then. */
function writeAddressSometimes(player) {
  const now = performance.now();
  if (now - (player.written ?? 0) < WRITE_EVERY) return;
  player.written = now;
  writeAddress(player);
}

function writeAddress(player) {
  const { view } = player.about;
  if (!view.visit || player.about.glimpse) return;
  // A session that has just begun anew is first told where we were.
  if (window.backpropAddress && !view.visit.startsWith(window.backpropAddress.session)) return;
  const said = playheadOf(player);
  const query = new URLSearchParams(window.backpropAddress?.said ?? location.search);
  for (const [name, value] of Object.entries(said)) {
    if (value) query.set(name, value);
    else query.delete(name);
  }
  replaceQuery(query);
}

/** What differs from the start; empty otherwise. */
function playheadOf(player) {
  const update = player.about.updates[player.frame];
  const operation = operationName(player.about.operations[player.operation]);
  return { update: update || "", operation: operation === "start" && !update ? "" : operation, selection: player.selected ?? "" };
}

/** Where a new visit begins: where the link says, or where the visitor was before another page. */
function enterVisit(player) {
  const { view } = player.about;
  if (player.visit === view.visit) return;
  player.visit = view.visit;
  const place = keptPlace(view.visit) ?? view;
  player.frame = frameOf(player, Number(place.update) || 0);
  const wanted = place.operation || (place.update ? "update" : "start");
  player.operation = player.about.operations.findIndex((o) => operationName(o) === wanted);
  player.selected = place.selection && channelOf(player, place.selection.replace(/^cost\./, "J.")) ? place.selection : null;
}
