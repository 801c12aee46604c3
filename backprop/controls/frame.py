"""The frame of every page: its style, the notice about its link, the navigation, the address."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from backprop.controls import session
from backprop.controls.contents import PAGES, contents
from backprop.controls.plain import warn
from backprop.drawing.palette import TOKENS
from backprop.scenario.fields import PLAYHEAD
from backprop.stage import HERE

STYLE = (
    f"<style>{TOKENS}"
    + """
[data-testid="stMainBlockContainer"] { padding: 0.6rem 1.4rem 1rem; max-width: 1760px; }
[data-testid="stHeader"] {
  height: 2.4rem; min-height: 0; background: none; pointer-events: none;
}
[data-testid="stHeader"] button { pointer-events: auto; }
.stApp:has([data-testid="stExpandSidebarButton"]) [data-testid="stMainBlockContainer"] {
  padding-top: 2.3rem;
}
[data-testid="stMain"] [data-testid="stVerticalBlock"] { gap: 0.55rem; }
[data-testid="stSidebarHeader"] { height: 1.6rem; margin: 0; padding: 0.3rem 0.8rem; }
[data-testid="stSidebarContent"] { padding: 0; }
[data-testid="stSidebarUserContent"] { padding: 0 1.2rem 1rem; }
[data-testid="stSidebar"] [data-testid="stVerticalBlock"] { gap: 0.3rem; }
[data-testid="stSidebar"] [data-testid="stHorizontalBlock"] { gap: 0.9rem; flex-wrap: nowrap; }
[data-testid="stSidebar"] [data-testid="stColumn"] { min-width: 0; }
[data-testid="stSidebar"] [data-testid="stCheckbox"] label { gap: 0.3rem; }
[data-testid="stSidebar"] [data-testid="stCheckbox"] p { font-size: 0.83rem; }
[data-testid="stSidebar"] [data-testid="stSlider"] { margin-bottom: -0.5rem; }
[data-testid="stSidebar"] [data-testid="stWidgetLabel"] {
  min-height: 1.2rem; margin-bottom: 0.12rem;
}
[data-testid="stSidebar"] [data-testid="stWidgetLabel"] p {
  font-size: 0.83rem; white-space: nowrap;
}
[data-testid="stSidebar"] [data-testid="stButtonGroup"] button { padding: 0 0.62rem; }
[data-testid="stSidebar"] h1 { font-size: 1.25rem; padding: 0; margin: 0 0 0.2rem; }
[data-testid="stSidebar"] h2 {
  font-size: 0.78rem; letter-spacing: 0.07em; text-transform: uppercase;
  padding: 0; margin: 0.5rem 0 0; opacity: 0.7;
}
[data-testid="stMain"] [data-testid="stButtonGroup"] button { padding: 0.25rem 0.55rem; }
:has(> .st-key-take_away) { margin-left: auto; }
.st-key-take_away button { padding: 0.1rem 0.5rem; min-height: 2rem; }
[data-testid="stMain"] h3 { padding: 0.5rem 0 0; }
.st-key-navigation {
  display: grid !important; grid-template-columns: repeat(3, max-content);
  gap: 0 0.3rem !important; margin-left: -0.45rem;
}
.st-key-navigation > * { width: auto !important; }
.st-key-navigation [data-testid="stPageLink-NavLink"] {
  padding: 0.1rem 0.45rem; border-radius: 0.4rem; min-height: 1.5rem;
}
.st-key-navigation [data-testid="stPageLink-NavLink"] p {
  font-size: 0.86rem; color: var(--ink) !important;
}
.st-key-navigation [data-testid="stPageLink-NavLink"][disabled] p {
  font-weight: 700; text-decoration: underline; text-underline-offset: 0.25em;
}
[data-testid="stBaseButton-primary"] p { color: var(--on-accent); }
[data-testid="stMultiSelect"] span[title] { color: var(--on-accent); }
</style>"""
)
"""Less air than Streamlit's default, so that the whole page is seen without a scroll."""

_SCRIPTS = (HERE / "query.js", *map(Path(__file__).with_name, ("address.js",)))
_mount_address = st.components.v2.component(
    "backprop_address", js="\n".join(script.read_text("utf-8") for script in _SCRIPTS)
)


def begin(title: str, *beside: Callable[[], None]) -> None:
    """Open a page: its style, the link taken over, what was refused of it, the navigation.

    The navigation stands in the sidebar; with `beside`, which draws what follows it in its row,
    above the page, for a page without a sidebar.
    """
    if "set_up" not in st.session_state:
        # Until a server has run app.py once, Streamlit takes the folder pages/ for the whole app
        # and runs the file that a link names by itself. From here on it knows better.
        contents()
    st.html(STYLE)
    problems = session.enter()
    if problems:
        warn("The link could not be followed everywhere; defaults stand there.", problems)
    projector = session.current().projector
    if beside:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            if not projector:
                _navigation(title)
            for draw in beside:
                draw()
    elif not projector:
        with st.sidebar:
            st.html("<h1>Backprop, live</h1>")
            _navigation(title)


def _navigation(title: str) -> None:
    query = session.current().query()
    with st.container(horizontal=True, key="navigation", width="content"):
        for name, page in PAGES.items():
            st.page_link(f"pages/{name}.py", label=page, query_params=query, disabled=page == title)


def finish(player_moves: bool = False) -> None:
    """Close a page: the address says the scenario from now on.

    Where `player_moves`, the playhead in the address is the player's, who knows it better.
    """
    data = {
        "query": session.current().query(),
        "playhead": list(PLAYHEAD) if player_moves else [],
        "mark": session.MARK,
        "taken": st.session_state.mark,
        "session": st.session_state.session,
    }
    _mount_address(key="address", data=data, on_restored_change=_restore)


def _restore() -> None:
    """A page that was open while the server started anew says where it was."""
    query = session.said(str, "address", "restored")
    if query is not None:
        session.restore(query)
        st.rerun()
