// The address with another query in it, written so that people can read it.

/** Replaces the query in the address without a rerun and without history. */
function replaceQuery(query) {
  const text = query.toString().replaceAll("%3A", ":").replaceAll("%7E", "~").replaceAll("%2C", ",");
  const address = location.pathname + (text ? `?${text}` : "") + location.hash;
  if (address !== location.pathname + location.search + location.hash) history.replaceState(history.state, "", address);
}
