"""HTML of the drawing floor on a page: tables, SVG and MathML, which Streamlit's own would strip.

A drawing that changes is replaced at once, without a blank moment. It has the page's colours and
its own style.
"""

from __future__ import annotations

from pathlib import Path

from backprop.controls.component import component

_mount = component("drawing", Path(__file__).with_name("drawing.js"), '<div class="drawn"></div>')


def drawing(html: str, style: str, key: str) -> None:
    """Show `html`, dressed in the CSS `style`; `key` tells it from the page's other drawings."""
    _mount(key=key, data={"html": html, "style": style})
