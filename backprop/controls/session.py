"""A session's state ↔ `Scenario` ↔ the address: what the widgets hold, what a link brings.

Each widget's key is `key(field)`; the session's state outlives the pages. A link is taken over on
a session's first run, and whenever the query that comes with a run is another one than last time
and not one that this session wrote itself (the Back button brings such). The address is written
by the browser without a rerun and without history, so with the next run the query of a moment ago
may come: what was replaced less than `ECHO_SECONDS` ago is not mistaken for a link.
"""

from __future__ import annotations

import secrets
import time
from dataclasses import fields
from typing import Any

import streamlit as st

from backprop.fields import FIELDS, MOST_LAYERS, PLAYHEAD, Edit
from backprop.scenario import Problem, Scenario, from_query

ECHO_SECONDS = 10.0
_COMPOSED = ("units", "rows", "edits", "weights")
"""Fields that are not the value of one widget."""


def key(field: str) -> str:
    """The key under which the session keeps a field of the scenario, and its widget's key."""
    return f"scenario.{field}"


def enter() -> list[Problem]:
    """Take the link over if there is a new one; returns what was refused of the last one."""
    state = st.session_state
    state.pop("whole_page", None)  # this is the whole page
    query = st.query_params.to_dict()
    asked = _without_playhead(query)
    if "written" not in state or _is_new(asked):
        scenario, state.problems = from_query(query)
        state.written, state.replaced = asked, []
        open_scenario(scenario)
    state.asked = asked
    keep(*(n for n in list(state) if isinstance(n, str) and n.startswith("scenario.")))
    if state.problems and current().training() != state.taken_over.training():
        state.problems = []  # the visitor has gone on from what the link opened
    return list(state.problems)


def keep(*names: str) -> None:
    """Keep these values of the session beyond a run in which no widget shows them.

    Streamlit forgets what a widget held once a run (of the page, or of a fragment) leaves it out.
    """
    for name in names:
        st.session_state[name] = st.session_state[name]


def leave() -> dict[str, str]:
    """The scenario as the parameters of a link, remembered as what the address says from now on."""
    state = st.session_state
    query = current().query()
    asked = _without_playhead(query)
    if asked != state.written:
        state.replaced = [*state.replaced[-20:], (state.written, time.monotonic())]
        state.written = asked
    return query


def link() -> dict[str, str]:
    """The scenario as the query of a link within the app."""
    query = current().query()
    st.session_state.linked = _without_playhead(query)
    return query


def _is_new(asked: dict[str, str]) -> bool:
    state = st.session_state
    if not asked or asked in (state.asked, state.written, state.get("linked")):
        return False  # the query may stay the first link's for ever, or come from our navigation
    since = time.monotonic() - ECHO_SECONDS
    return not any(asked == old and when > since for old, when in state.replaced)


def follow_playhead(update: int, operation: str, selection: str) -> None:
    """Where the player rests now, as it says itself; ValueError if that is no such place."""
    said = {"update": str(update), "operation": operation, "selection": selection}
    for name, text in said.items():
        st.session_state[key(name)] = FIELDS[name].parse(text)


def _without_playhead(query: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in query.items() if name not in PLAYHEAD}


def _remember(scenario: Scenario) -> None:
    state = st.session_state
    for field in fields(Scenario):
        if field.name not in _COMPOSED:
            state[key(field.name)] = getattr(scenario, field.name)
    state[key("depth")] = len(scenario.units)
    for i in range(MOST_LAYERS):
        state[key(f"units.{i}")] = scenario.units[i] if i < len(scenario.units) else 4
    state["own_rows"] = scenario.rows
    renew_edit_widgets()
    state["before_edits"] = []
    state.pop("drag", None)
    state["edits"] = dict(scenario.edits)
    state["weight_edits"] = dict(scenario.weights)


def open_scenario(scenario: Scenario) -> None:
    """Put a whole scenario in place of the present one (before its widgets are drawn)."""
    state = st.session_state
    _remember(scenario)
    state.visit, state.taken_over = secrets.token_hex(4), scenario


def current() -> Scenario:
    """The scenario as the controls say it now."""
    state = st.session_state
    plain: dict[str, Any] = {
        field.name: state[key(field.name)]
        for field in fields(Scenario)
        if field.name not in _COMPOSED
    }
    units = tuple(state[key(f"units.{i}")] for i in range(state[key("depth")]))
    edits: tuple[Edit, ...] = tuple(sorted(state["edits"].items()))
    weights = tuple(sorted(state["weight_edits"].items()))
    return Scenario(units=units, rows=state["own_rows"], edits=edits, weights=weights, **plain)


# ---- edits of samples and weights -------------------------------------------------------------


def edit_sample(at: int, row: tuple[float, ...]) -> None:
    """Replace sample `at` (from 0) by `row`: inputs, then targets."""
    data = current().dataset()
    if row == (*data.X[at].tolist(), *data.y[at].tolist()):
        return  # a fresh widget reports its first value as a change
    _remember_edits()
    st.session_state["edits"] = st.session_state["edits"] | {at: row}


def edit_weight(name: str, value: float) -> None:
    """Replace a weight or bias of the start, named as in "W1.0.2" or "b2.1"."""
    _remember_edits()
    st.session_state["weight_edits"] = st.session_state["weight_edits"] | {name: value}


def undo() -> None:
    """Take the last edit back."""
    state = st.session_state
    if state.setdefault("before_edits", []):
        state.before_edits, (edits, weights) = state.before_edits[:-1], state.before_edits[-1]
    else:
        edits, weights = {}, {}  # edits that a link brought have no history
    renew_edit_widgets()
    state["edits"], state["weight_edits"] = edits, weights


def reset_edits() -> None:
    """Bring back the samples as the data set has them, and the weights as the seed gives them."""
    if st.session_state["edits"] or st.session_state["weight_edits"]:
        _remember_edits()
    forget_edits()
    st.session_state["weight_edits"] = {}


def forget_edits() -> None:
    """Bring back the samples as the data set has them."""
    renew_edit_widgets()
    st.session_state["edits"] = {}


def _remember_edits() -> None:
    state = st.session_state
    before = state.get("before_edits", [])
    state.before_edits = [*before[-99:], (dict(state["edits"]), dict(state["weight_edits"]))]


def edit_key(data: str, at: int, letter: str) -> str:
    """The key of the widget that edits one number of sample `at`, such as "x0" or "y0"."""
    return f"edit.{st.session_state.get('edit_round', 0)}.{data}.{at}.{letter}"


def renew_edit_widgets() -> None:
    """New keys for the widgets: under an old one the browser would bring back its value."""
    st.session_state.edit_round = st.session_state.get("edit_round", 0) + 1
