// A page that stands alone: its scenes, its theme, and the way home.

import { one } from "../drawing/dom.js";
import { wearTheme } from "../drawing/theme.js";
import { openBooklet, redraw } from "./booklet.js";
import { inflated } from "./inflate.js";
import { sceneOf } from "./told.js";

const told = JSON.parse(await inflated("told"));
const { about, home } = told;
const switchButton = document.createElement("button");
switchButton.type = "button";
wearTheme(switchButton, () => redraw(book));
const book = openBooklet(one(document, ".booklet", HTMLElement), about, (n) => sceneOf(told, n));
if (home) {
  const link = document.createElement("a");
  link.href = home;
  link.textContent = "All lessons";
  book.at("tools").append(link);
}
book.at("tools").append(switchButton);
