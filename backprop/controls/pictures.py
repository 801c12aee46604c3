"""Pictures to save: an SVG as it is, or drawn by the browser as a PNG of three times its size."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

_SCRIPT = """
export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".pictures");
  root.replaceChildren(...Object.entries(data.pictures).map(([title, svg]) => row(title, svg)));
}

function row(title, svg) {
  const line = document.createElement("p");
  const asSvg = button(title, ".svg", () => saveSvg(title, svg));
  const asPng = button(title, ".png", () => savePng(title, svg));
  line.append(`${title}: `, asSvg, " ", asPng);
  return line;
}

function button(title, kind, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = kind;
  made.setAttribute("aria-label", `${title} (${kind})`);
  made.addEventListener("click", act);
  return made;
}

const blobOf = (svg) => new Blob([svg], { type: "image/svg+xml" });
const fileName = (title, kind) => `backprop-${title.toLowerCase().replaceAll(" ", "-")}${kind}`;
const saveSvg = (title, svg) => save(blobOf(svg), fileName(title, ".svg"));

async function savePng(title, svg) {
  const address = URL.createObjectURL(blobOf(svg));
  const image = new Image();
  image.src = address;
  await image.decode();
  const canvas = document.createElement("canvas");
  const [, , width, height] = svg.match(/viewBox="([^"]+)"/)[1].split(" ").map(Number);
  canvas.width = 3 * width;
  canvas.height = 3 * height;
  const context = canvas.getContext("2d");
  context.fillStyle = "white";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(address);
  canvas.toBlob((png) => save(png, fileName(title, ".png")), "image/png");
}

function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
"""
_STYLE = """
.pictures p { margin: 0 0 6px; font: 16px var(--st-font); color: var(--st-text-color); }
.pictures button {
  font: inherit; color: inherit; background: none; cursor: pointer; padding: 4px 12px;
  border: 1px solid var(--st-border-color); border-radius: 8px;
}
.pictures button:hover { border-color: var(--st-primary-color); }
"""
_mount = st.components.v2.component(
    "backprop_pictures", html='<div class="pictures"></div>', css=_STYLE, js=_SCRIPT
)


def pictures(named: Mapping[str, str]) -> None:
    """A row for each picture, named by its title: save the SVG, or a PNG of it."""
    _mount(key="pictures", data={"pictures": dict(named)})
