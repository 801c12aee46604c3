"""The table of contents: which pages there are, and the page that an address asks for."""

from __future__ import annotations

from typing import Any

import streamlit as st
from streamlit.delta_generator_singletons import context_dg_stack, get_default_dg_stack_value

PAGES = {
    "live": "Live",
    "race": "Race",
    "microscope": "Microscope",
    "chain_rule": "Chain rule",
    "check": "Check",
    "lessons": "Lessons",
}
"""The pages in the order of the navigation: the name of the file and of the address, the title."""


def file_of(page: str) -> str:
    """The file of a page, found from app.py."""
    return f"pages/{page}.py"


def contents() -> Any:
    """Set the page up and choose among the pages; its `run` shows the one that is asked for.

    The first page is at the root of the address, without a name. It begins outside of all
    containers: where the run of a fragment has just ended, Streamlit still stands in the one that
    is around it, and would draw the page from there, which no browser can follow.
    """
    context_dg_stack.set(get_default_dg_stack_value())
    st.set_page_config(page_title="Backprop, live", layout="wide", initial_sidebar_state=270)
    st.session_state.set_up = True
    first = next(iter(PAGES))
    pages = [
        st.Page(
            file_of(name), title=title, url_path=None if name == first else name,
            default=name == first,
        )
        for name, title in PAGES.items()
    ]  # fmt: skip
    return st.navigation(pages, position="hidden")
