// Whose a key is. It belongs to the page's player, unless somebody types, or went by keyboard to a
// control that takes this key. A control that was used with the pointer has had its turn.

let byPointer = false; // the last that the visitor did before this key

addEventListener(
  "pointerdown",
  () => {
    byPointer = true;
  },
  true,
);
addEventListener(
  "keydown",
  (event) => {
    if (["Tab", "F6"].includes(event.key)) byPointer = false;
  },
  true,
);

/** A number or a line that was typed and confirmed is done with: the keys are the player's again. */
addEventListener("keydown", (event) => {
  const field = event.composedPath()[0];
  if (event.key !== "Enter" || !(field instanceof HTMLInputElement)) return;
  if (field.closest("[data-testid=stNumberInput], [data-testid=stTextInput]") && !field.closest("[role=dialog]")) {
    field.blur();
    byPointer = true;
  }
});

const TEXT =
  "textarea, [contenteditable=true], [role=grid], input:not([type=range], [type=radio], [type=checkbox], [role=combobox])";
const MODAL = "[role=dialog], [role=listbox], [role=menu], [role=option], [aria-expanded=true][role=combobox]";

/** Whether a key is somebody else's than the player's. @param {KeyboardEvent} event */
export function isTaken(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return true;
  const node = event.composedPath()[0];
  if (!(node instanceof Element)) return false;
  if (node.closest(TEXT) || node.closest(MODAL) || document.querySelector("[role=dialog]")) return true;
  if (byPointer) return false;
  if (node.closest("select, [role=combobox]")) return true;
  if (node.closest(".drawing, .plane")) return false;
  if (event.key === " ") {
    const settled = node.closest("[aria-checked=true], [type=range]"); // Space does nothing there
    return !settled && node.closest("input, button, a, summary, [role=button], [role=slider], [tabindex='0']") !== null;
  }
  if (event.key.length === 1 || event.key === "Escape") return false;
  return node.closest("input, [role=slider], [role=radiogroup]") !== null;
}

/** The key is the player's: nobody else hears it, and the control used last lets go of it.
 * @param {KeyboardEvent} event */
export function takeKey(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
  const node = event.composedPath()[0];
  if (byPointer && node instanceof HTMLElement && node !== document.body) node.blur();
}
