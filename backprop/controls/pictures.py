"""Pictures to save: an SVG as it is, or drawn by the browser as a PNG of three times its size."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from backprop.drawing.scripts import bundle

HERE = Path(__file__)
_mount = st.components.v2.component(
    "backprop_pictures", html='<div class="pictures"></div>',
    css=HERE.with_suffix(".css").read_text("utf-8"), js=bundle(HERE.with_suffix(".js")),
)  # fmt: skip


def pictures(named: Mapping[str, str]) -> None:
    """A row for each picture, named by its title: save the SVG, or a PNG of it."""
    _mount(key="pictures", data={"pictures": dict(named)})
