// Inputs that have no room: they take turns, a page at a time, and the last row opens a list of all.
// The pages that are not shown leave the drawing, so that no key and no pointer finds them there.

function foldInputs(player) {
  const svg = player.at("drawing").querySelector("svg");
  for (const name of svg.querySelectorAll(".name")) squeeze(name);
  const pages = [...svg.querySelectorAll(".page")];
  player.pages = pages.map((group) => ({ group, inputs: [...group.querySelectorAll(".input")].map((node) => Number(node.dataset.unit)) }));
  player.afterPages = pages[pages.length - 1].nextSibling;
  player.page = 0;
  player.fold = svg.querySelector(".fold");
  for (const edge of player.edges) edge.page = pages.findIndex((group) => group.contains(edge.node)); // −1: always drawn
  for (const { group } of player.pages.slice(1)) group.remove();
  closeInputs(player);
  if (!player.fold) return;
  player.fold.addEventListener("click", () => openInputs(player));
  player.fold.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || (event.key !== "Enter" && event.key !== " ")) return; // the stage has taken it
    event.preventDefault();
    event.stopPropagation();
    openInputs(player);
  });
}

/** A name that its font makes wider than was thought is set narrower. */
function squeeze(name) {
  if (name.getComputedTextLength() <= Number(name.dataset.room)) return;
  name.setAttribute("textLength", name.dataset.room);
  name.setAttribute("lengthAdjust", "spacingAndGlyphs");
}

function turnTo(player, page) {
  if (page === player.page || !player.pages[page]) return;
  player.pages[player.page].group.remove();
  const { group, inputs } = player.pages[page];
  player.afterPages.before(group);
  player.page = page;
  const svg = group.ownerSVGElement;
  if (!svg.querySelector('.cell[tabindex="0"], .target[tabindex="0"]')) group.querySelector(".input").setAttribute("tabindex", "0");
  const folded = player.about.features.length - inputs.length;
  const text = `${folded} more input${folded > 1 ? "s" : ""}`;
  player.fold.querySelector("text").textContent = text;
  player.fold.setAttribute("aria-label", `${text}: list all`);
  paintEdges(player, player.about.operations[player.operation]);
}

/** The input that is selected, or that the selected weight leads from, comes into the drawing. */
function showSelected(player) {
  const input = /^(?:z\.0|d?W\.1\.\d+)\.(\d+)$/.exec(player.selected ?? "")?.[1];
  if (input !== undefined) turnTo(player, player.pages.findIndex(({ inputs }) => inputs.includes(Number(input))));
}

/** Whether anything that is folded away is not finite: then its row wears the hatch. */
function paintFold(player, bad) {
  const state = bad ? "nan" : "";
  if (player.fold && player.fold.dataset.state !== state) player.fold.dataset.state = state;
}

// ---- the list of all inputs -------------------------------------------------------------------

function openInputs(player) {
  if (player.inputList) return closeInputs(player);
  const { features } = player.about;
  const list = document.createElement("div");
  list.className = "inputs";
  list.setAttribute("role", "dialog");
  list.setAttribute("aria-label", `All ${features.length} inputs`);
  list.innerHTML = `<p><b>All ${features.length} inputs.</b> The ${player.pages[0].inputs.length} that contribute most to layer 1 at the start are drawn first (mean |x| over the samples × Σ |W₁|). Choose another to see it with its weights.</p><div class="input-list"></div>`;
  features.forEach((name, unit) => {
    const row = list.lastChild.appendChild(document.createElement("button"));
    row.type = "button";
    row.setAttribute("aria-pressed", player.pages[player.page].inputs.includes(unit));
    const value = valueAt(player, channelOf(player, `z.0.${unit}`));
    row.append(Object.assign(document.createElement("span"), { textContent: name }), Object.assign(document.createElement("b"), { textContent: shortDigits(value, 4), title: fullDigits(value) }));
    row.addEventListener("click", () => drawInput(player, unit));
  });
  list.addEventListener("keydown", (event) => moveInList(player, event));
  player.root.querySelector(".drawing-frame").append(list);
  player.inputList = list;
  player.fold.setAttribute("aria-expanded", "true");
  player.leaveList = (event) => { if (!event.composedPath().some((node) => node === list || node === player.fold)) closeInputs(player); };
  document.addEventListener("pointerdown", player.leaveList);
  (list.querySelector('[aria-pressed="false"]') ?? list.querySelector("button")).focus();
}

function closeInputs(player) {
  if (!player.inputList) return;
  document.removeEventListener("pointerdown", player.leaveList);
  player.inputList.remove();
  player.inputList = null;
  player.fold?.setAttribute("aria-expanded", "false");
}

function drawInput(player, unit) {
  closeInputs(player);
  select(player, `z.0.${unit}`);
  player.pages[player.page].group.querySelector(`[data-unit="${unit}"]`).focus({ preventScroll: true });
}

/** ↑ and ↓ go through the list, Escape leaves it; no key of it reaches the stage. */
function moveInList(player, event) {
  event.stopPropagation();
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === "Escape") {
    closeInputs(player);
    player.fold.focus();
  } else if (by) {
    const rows = [...player.inputList.querySelectorAll("button")];
    rows[rows.indexOf(event.target) + by]?.focus();
  } else return;
  event.preventDefault();
}
