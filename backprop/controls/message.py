"""What runs, and the browser's message that caused it: which widgets say something new."""

from __future__ import annotations

from typing import Any

from streamlit.runtime.scriptrunner import get_script_run_ctx


def script() -> str:
    """What Streamlit calls the page that runs."""
    context = get_script_run_ctx()
    return "" if context is None else context.page_script_hash


def parts() -> list[str]:
    """The fragments that run; none where the whole page does."""
    context = get_script_run_ctx()
    return [] if context is None else context.fragment_ids_this_run or []


def news() -> list[tuple[str, str | None]]:
    """The keys of the widgets that say something new, each with its fragment; None: it is in none.

    The key of a component's event has "__events" behind it; "None" is one that has no key.
    """
    context: Any = get_script_run_ctx()
    if context is None:
        return []
    state = context.session_state._state
    said = state._new_widget_state
    return [
        (name.split("-", 2)[-1], said.widget_metadata[name].fragment_id)  # ids end with the key
        for name in said.states
        if name in said.widget_metadata and state._widget_changed(name)
    ]


def is_within(part: str, others: set[str]) -> bool:
    """Whether a fragment is drawn by one of others."""
    context = get_script_run_ctx()
    return context is not None and context.fragment_storage.has_ancestor_in(part, others)
