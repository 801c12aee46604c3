"""The frame of every page: its style, the notice about its link, the navigation, the address."""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import cache
from pathlib import Path

import streamlit as st

from backprop.controls import session
from backprop.controls.component import component
from backprop.controls.contents import PAGES, contents, file_of
from backprop.controls.dialogs import draw_open
from backprop.controls.plain import warn
from backprop.drawing import PRINT_STYLE
from backprop.drawing.palette import TOKENS
from backprop.scenario.fields import PLAYHEAD

STYLE = TOKENS + Path(__file__).with_name("frame.css").read_text("utf-8") + PRINT_STYLE
"""Less air than Streamlit's default, so that the whole page is seen without a scroll."""
FAR_STYLE = Path(__file__).with_name("projector.css").read_text("utf-8")
"""The same from afar: everything that Streamlit draws is measured by the root's type."""

_mount_connection = component("connection", Path(__file__).with_name("connection.js"))
_mount_address = component("address", Path(__file__).with_name("address.js"))


def begin(page: str, *beside: Callable[[], None]) -> None:
    """Open a page: its style, the link taken over, what was refused of it, the navigation.

    `page` is a key of `PAGES`. The navigation stands in the sidebar; with `beside`, which draws
    what follows it in its row, above the page, for a page without a sidebar.
    """
    if "set_up" not in st.session_state:
        # Until a server has run app.py once, Streamlit takes the folder pages/ for the whole app
        # and runs the file that a link names by itself; what a browser sends is another page's.
        contents()
        st.rerun()  # it knows better now, and hears it
    _mount_connection(key="connection", on_resumed_change=lambda: None)
    problems = session.enter(page)
    projector = session.current().projector
    st.html(f"<style>{STYLE}{FAR_STYLE if projector else ''}</style>")
    # One place for all of it, with whatever it holds: what follows stays at its own, and mounted.
    with st.container(key="head"):
        if beside:
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                if not projector:
                    _navigation(page)
                for draw in beside:
                    draw()
        elif not projector:
            with st.sidebar:
                st.html("<h1>Backprop, live</h1>")
                _navigation(page)
            with st.container(key="narrow"):  # the sidebar is put away there
                st.html("<h1>Backprop, live</h1>")
                _navigation(page, "narrow_navigation")
        if problems:
            warn("The link could not be followed everywhere; defaults stand there.", problems)


def _navigation(page: str, key: str = "navigation") -> None:
    """Links without a query, which stay as they are: the session knows its scenario.

    A click that opens a tab, which is another session, takes the address along (address.js).
    """
    with st.container(horizontal=True, key=key, width="content"):
        for name, title in PAGES.items():
            st.page_link(file_of(name), label=title, disabled=name == page)


def finish(player_moves: bool = False) -> None:
    """Close a page: the address says the scenario from now on.

    With `player_moves` the playhead in the address is left as the player wrote it.
    """
    draw_open()
    session.arrive()
    if session.has_gone_on():
        st.rerun()  # the notice about the link stands in the frame, which a fragment does not run
    data = {
        "query": session.current().query(),
        "playhead": list(PLAYHEAD) if player_moves else [],
        "mark": session.MARK,
        "link": session.LINK,
        "taken": st.session_state.mark,
        "session": st.session_state.session,
        "visit": st.session_state.visit,
        "resumed": st.session_state.get("resumed", 0),
    }
    _mount_address(key="address", data=data)
    _settle()


@cache
def _settle() -> None:
    """Once the first page has been run: whatever is there by now stays, and need not be looked at.

    Otherwise each full search for garbage, of which a hundred sessions cause one in three seconds,
    would go through all of Streamlit and NumPy, and everybody would wait for it.
    """
    gc.collect()
    gc.freeze()
