// What this tab of the browser keeps, over a reload too; where storage is forbidden, nothing.

/** @param {string} name @param {string} text */
export function keep(name, text) {
  try {
    sessionStorage.setItem(name, text);
  } catch {
    // then it is forgotten
  }
}

/** "" where nothing is kept. @param {string} name */
export function kept(name) {
  try {
    return sessionStorage.getItem(name) ?? "";
  } catch {
    return "";
  }
}
