// A page that stands alone: its scenes, unpacked when they are needed, and its theme.

import { one } from "../drawing/dom.js";
import { wearTheme } from "../drawing/theme.js";
import { openBooklet, redraw, toggleProjector } from "./booklet.js";

/** @type {Map<number, Promise<Uint8Array>>} */
const unpacked = new Map();

/** @param {string} text */
async function inflate(text) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** @param {number} n */
function sceneOf(n) {
  const scene = unpacked.get(n) ?? inflate(one(document, `#scene-${n}`, HTMLElement).textContent ?? "");
  unpacked.set(n, scene);
  return scene;
}

const switchButton = document.createElement("button");
switchButton.type = "button";
wearTheme(switchButton, () => redraw(book));
const told = JSON.parse(one(document, "#about", HTMLElement).textContent ?? "");
const book = openBooklet(one(document, ".booklet", HTMLElement), told, sceneOf);
if (told.home) {
  const home = document.createElement("a");
  home.href = told.home;
  home.textContent = "All lessons";
  book.at("tools").append(home);
}
const projector = document.createElement("button");
projector.type = "button";
projector.textContent = "Projector";
projector.title = "Larger type, and back (P)";
projector.addEventListener("click", () => toggleProjector(book));
book.at("tools").append(projector, switchButton);
