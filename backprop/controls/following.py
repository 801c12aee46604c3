"""The widgets of the Live page, followed by its stage while a hand moves them.

Streamlit tells Python of a slider once it is let go. The page's own script sees it move, and says
so to the stage, which computes what it can itself; Python's answer then replaces that. Where the
script finds nothing that it knows, everything works once the widget is let go.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from backprop.controls.component import component
from backprop.stage.protocol import Watched

_mount = component("following", Path(__file__).with_name("following.js"))


def following() -> None:
    """Watch the widgets that this page has drawn."""
    watched: dict[str, Watched] = st.session_state.watched
    _mount(key="following", data={"watched": watched})
