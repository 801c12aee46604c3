// The address with another query in it, written so that people can read it.

/** Replaces the query in the address without a rerun and without history. */
function replaceQuery(query) {
  remember(query);
  const address = addressWith(query);
  if (address !== here()) history.replaceState(history.state, "", address);
}

/** The same as a step of the history, which Back takes back. */
function pushQuery(query) {
  remember(query);
  const address = addressWith(query);
  if (address !== here()) history.pushState(history.state, "", address);
}

/** What was last written here, whatever others write into the address since. */
function remember(query) {
  if (window.backpropAddress) window.backpropAddress.said = query.toString();
}

const here = () => location.pathname + location.search + location.hash;

function addressWith(query) {
  const text = query.toString().replaceAll("%3A", ":").replaceAll("%7E", "~").replaceAll("%2C", ",");
  return location.pathname + (text ? `?${text}` : "") + location.hash;
}
