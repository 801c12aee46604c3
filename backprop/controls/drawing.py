"""HTML of the drawing floor on a page: tables, SVG and MathML, which Streamlit's own would strip.

A drawing that changes is replaced at once, without a blank moment. It has the page's colours and
its own style.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from backprop.drawing.scripts import bundle

_mount = st.components.v2.component(
    "backprop_drawing", html='<div class="drawn"></div>',
    js=bundle(Path(__file__).with_name("drawing.js")),
)  # fmt: skip


def drawing(html: str, style: str, key: str) -> None:
    """Show `html`, dressed in the CSS `style`; `key` tells it from the page's other drawings."""
    _mount(key=key, data={"html": html, "style": style})
