// A page that stands alone: its scenes, its theme, and the way home.

import { one } from "../drawing/dom.js";
import { wearTheme } from "../drawing/theme.js";
import { openBooklet } from "./booklet.js";
import { inflated } from "./inflate.js";
import { redraw, toggleProjector } from "./showing.js";

const told = JSON.parse(await inflated("told"));
const { home } = told;
const switchButton = document.createElement("button");
switchButton.type = "button";
wearTheme(switchButton, () => redraw(book));
const projector = document.createElement("button");
projector.type = "button";
projector.textContent = "Projector";
projector.title = "Larger type, and back (P)";
projector.addEventListener("click", () => toggleProjector(book));
/** @type {HTMLElement[]} */
const tools = [projector, switchButton];
if (home) {
  const link = document.createElement("a");
  link.href = home;
  link.textContent = "All lessons";
  tools.unshift(link);
}
const book = openBooklet(one(document, ".booklet", HTMLElement), told, tools);
