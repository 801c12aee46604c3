"""The table of contents: which pages there are, and the page that an address asks for."""

from __future__ import annotations

from typing import Any

import streamlit as st

PAGES = {
    "live": "Live",
    "race": "Race",
    "microscope": "Microscope",
    "chain_rule": "Chain rule",
    "check": "Check",
    "lessons": "Lessons",
}
"""The pages in the order of the navigation: the name of the file and of the address, the title."""


def contents() -> Any:
    """Set the page up and choose among the pages; its `run` shows the one that is asked for.

    The first page is at the root of the address, without a name.
    """
    st.set_page_config(page_title="Backprop, live", layout="wide", initial_sidebar_state=270)
    st.session_state.set_up = True
    first = next(iter(PAGES))
    pages = [_page(name, is_first=name == first) for name in PAGES]
    return st.navigation(pages, position="hidden")


def _page(name: str, is_first: bool) -> Any:
    """The file of a page, found from app.py."""
    address = None if is_first else name
    return st.Page(f"pages/{name}.py", title=PAGES[name], url_path=address, default=is_first)
