// The playhead in the address: replaced in place, so that a copied link opens this very picture
// and the Back button is left alone. Another page of the app gives the playhead back by `visit`.

const KEPT = "backprop.playhead";

function writeAddress(player) {
  const { view } = player.about;
  if (!view.visit || player.about.glimpse) return;
  const said = playheadOf(player);
  try {
    sessionStorage.setItem(KEPT, JSON.stringify({ ...said, visit: view.visit }));
  } catch { /* storage may be forbidden; the address still says it */ }
  const query = new URLSearchParams(location.search);
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
  let place = view;
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "{}");
    if (view.visit && kept.visit === view.visit) place = kept;
  } catch { /* nothing kept */ }
  player.frame = frameOf(player, Number(place.update) || 0);
  const wanted = place.operation || (place.update ? "update" : "start");
  player.operation = player.about.operations.findIndex((o) => operationName(o) === wanted);
  player.selected = place.selection && channelOf(player, place.selection.replace(/^cost\./, "J.")) ? place.selection : null;
}
