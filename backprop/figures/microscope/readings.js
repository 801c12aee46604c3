// What stands beneath the charts: painted as it comes; one form's code is shown, and copied on request.

const boxes = new WeakMap();

export default function mount({ data, parentElement }) {
  const root = parentElement.querySelector(".lens-root");
  let box = boxes.get(parentElement);
  if (!box) {
    box = { shown: "" };
    boxes.set(parentElement, box);
    root.addEventListener("click", (event) => press(root, box, event.target.closest("button")));
  }
  root.dataset.projector = data.projector;
  lay(data.body, root);
  choose(root, box);
}

function press(root, box, button) {
  if (!button) return;
  if (button.dataset.code) {
    box.shown = button.dataset.code;
    choose(root, box);
  } else if (button.dataset.copy !== undefined) {
    const code = root.querySelector(`[data-code-of="${box.shown}"] code`).textContent;
    navigator.clipboard.writeText(code).then(
      () => { button.textContent = "Copied"; },
      () => { button.textContent = "Select it and copy"; },
    );
  }
}

function choose(root, box) {
  if (!root.querySelector(`[data-code="${box.shown}"]`)) box.shown = root.querySelector("[data-code]").dataset.code;
  for (const cell of root.querySelectorAll("[data-code-of]")) cell.hidden = cell.dataset.codeOf !== box.shown;
  for (const tab of root.querySelectorAll("[data-code]")) tab.setAttribute("aria-pressed", String(tab.dataset.code === box.shown));
}
