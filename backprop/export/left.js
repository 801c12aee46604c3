// The step at which a lesson was left for another page, in this tab of the browser. Who comes back goes on
// there; who opens the lesson from the gallery begins it.

const KEPT = "backprop.step";

/** @param {string} place such as "wrong-label:3"; none is forgotten */
export function keepStep(place) {
  try {
    sessionStorage.setItem(KEPT, place);
  } catch {
    // storage may be forbidden; then it begins again
  }
}

export function keptStep() {
  try {
    return sessionStorage.getItem(KEPT) ?? "";
  } catch {
    return "";
  }
}
