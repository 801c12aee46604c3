"""Dialogs that stay: every run of the page draws the one that is open, until it is dismissed.

Streamlit takes a dialog away when the whole page runs, and with it whatever was clicked in it a
moment before. The page runs for reasons of its own: a connection comes back, the stage asks, what
the button of the dialog stood in has closed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import streamlit as st

Width = Literal["small", "medium", "large"]

_DIALOGS: dict[str, Callable[[], None]] = {}
"""What draws each dialog, by its title."""


class Dialog:
    """A dialog that a button opens; `draw` draws what is in it."""

    def __init__(self, title: str, width: Width, draw: Callable[[], None]) -> None:
        self._title = title
        _DIALOGS[title] = st.dialog(title, width=width, on_dismiss=close)(draw)

    def button(self, label: str, within: str = "", **options: Any) -> None:
        """The button, with the options of `st.button`.

        `within` is the key of the popover in which it stands, which would lie over the dialog and
        is folded up.
        """
        st.button(label, on_click=self._open, args=(within,), **options)

    def _open(self, within: str) -> None:
        st.session_state.dialog = self._title
        if within:
            st.session_state[within] = False


def dialog(title: str, width: Width = "small") -> Callable[[Callable[[], None]], Dialog]:
    """Make what a function draws the content of a dialog."""
    return lambda draw: Dialog(title, width, draw)


def draw_open() -> None:
    """Draw the dialog that is open, if one is, wherever its button stands."""
    draw = _DIALOGS.get(st.session_state.get("dialog", ""))
    if draw is not None:
        draw()


def close() -> None:
    """Leave the open dialog; it is gone with the next run of the page."""
    st.session_state.pop("dialog", None)
