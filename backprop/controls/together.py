"""What a browser says in one moment, of which Streamlit runs a part alone.

What a hand and a page's own script say within a moment comes as one message. All callbacks are
called for it, but only the first fragment that spoke runs: what was chosen elsewhere would not be
seen until something else has it drawn. So each part of a page looks who else has spoken.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import streamlit as st

from backprop.controls.message import is_within, news, parts

P = ParamSpec("P")


def part(key: str | None = None) -> Callable[[Callable[P, None]], Callable[P, None]]:
    """Make what a function draws a part of the page that runs alone: a fragment with this key.

    The whole page runs in its place if something was said beside the part in the same moment.
    """

    def make(draw: Callable[P, None]) -> Callable[P, None]:
        @wraps(draw)
        def run(*args: P.args, **named: P.kwargs) -> None:
            if left_out():
                st.rerun()
            draw(*args, **named)

        return st.fragment(run, key=key)

    return make


def left_out() -> set[str | None]:
    """The fragments that spoke in the message of this run, and do not run; None for the page.

    Empty where the whole page runs.
    """
    run = set(parts())
    if not run:
        return set()
    spoke = {place for _, place in news()} - run
    return {place for place in spoke if place is None or not is_within(place, run)}
