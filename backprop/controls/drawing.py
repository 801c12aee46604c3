"""HTML of the drawing floor on a page: tables, SVG and MathML, which Streamlit's own would strip.

A drawing that changes is replaced at once, without a blank moment. It has the page's colours and
its own style; an element with `data-show` is brought into the view of the row that it stands in.
"""

from __future__ import annotations

import streamlit as st

_SHOW = """
export default function ({ data, parentElement }) {
  const place = parentElement.querySelector(".drawn");
  const style = document.createElement("style");
  style.textContent = data.style;
  place.innerHTML = data.html;
  place.prepend(style);
  const shown = place.querySelector("[data-show]");
  if (shown) {
    const row = shown.parentElement;
    row.scrollLeft = shown.offsetLeft - (row.clientWidth - shown.offsetWidth) / 2;
  }
}
"""
_mount = st.components.v2.component("backprop_drawing", html='<div class="drawn"></div>', js=_SHOW)


def drawing(html: str, style: str, key: str) -> None:
    """Show `html`, dressed in the CSS `style`; `key` tells it from the page's other drawings."""
    _mount(key=key, data={"html": html, "style": style})
