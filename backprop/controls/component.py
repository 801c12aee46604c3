"""A component of the app: a script of ours, with what it draws in, as Streamlit mounts it."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from backprop.drawing.scripts import bundle

_LATEST = Path(__file__).with_name("latest.js")


def component(name: str, script: Path, html: str = "", css: str = "") -> ComponentRenderer:
    """What puts a component on the page; `script` is the module whose default export mounts it."""
    return st.components.v2.component(
        f"backprop_{name}", html=html, css=css, js=bundle(script, around=_LATEST)
    )
