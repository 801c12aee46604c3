// What stands beneath the charts: painted as it comes; one form's code is shown, and copied on request.

import { all, around, one } from "../../drawing/dom.js";
import { lay } from "./morph.js";

/** @type {WeakMap<Element, {shown: string}>} */
const boxes = new WeakMap();

/** @param {{data: {body: string}, parentElement: HTMLElement}} component */
export default function mount({ data, parentElement }) {
  const root = one(parentElement, ".microscope-root", HTMLElement);
  const known = boxes.get(parentElement);
  const box = known ?? { shown: "" };
  if (!known) {
    boxes.set(parentElement, box);
    root.addEventListener("click", (event) => press(root, box, around(event, "button", HTMLButtonElement)));
  }
  lay(data.body, root);
  choose(root, box);
}

/** @param {HTMLElement} root @param {{shown: string}} box @param {HTMLButtonElement | null} button */
function press(root, box, button) {
  if (!button) return;
  if (button.dataset.code) {
    box.shown = button.dataset.code;
    choose(root, box);
  } else if (button.dataset.copy !== undefined) {
    const code = one(root, `[data-code-of="${box.shown}"] code`, HTMLElement).textContent;
    navigator.clipboard.writeText(code).then(
      () => {
        button.textContent = "Copied";
      },
      () => {
        button.textContent = "Select it and copy";
      },
    );
  }
}

/** @param {HTMLElement} root @param {{shown: string}} box */
function choose(root, box) {
  if (!root.querySelector(`[data-code="${box.shown}"]`))
    box.shown = one(root, "[data-code]", HTMLElement).dataset.code ?? "";
  for (const cell of all(root, "[data-code-of]", HTMLElement)) cell.hidden = cell.dataset.codeOf !== box.shown;
  for (const tab of all(root, "[data-code]", HTMLElement))
    tab.setAttribute("aria-pressed", String(tab.dataset.code === box.shown));
}
