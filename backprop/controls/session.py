"""The session's scenario, which is kept apart from all widgets.

State flows one way: a widget, the stage, a link or the Back button writes into the scenario, and
every run fills the widgets and the address from it.

A widget is tied to the scenario by `bound`: it is filled just before it is drawn, and its callback
writes what the visitor chose. So nothing depends on what Streamlit keeps of a widget that a run
leaves out. A query is read when a session begins, and when it carries a new mark (`MARK`): the
browser marks the address after Back and Forward, and so do our own links to another scenario. Any
other query that comes with a run is the address as it was a moment ago, and says nothing.

A page outlives its session when its server dies. The page then tells a new session where it was,
and the new one goes on there; what was chosen in widgets meanwhile is taken over (`arrive`).
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar
from urllib.parse import parse_qsl

import streamlit as st

from backprop.controls.late import Late
from backprop.controls.reading import heard
from backprop.scenario.datasets import Dataset
from backprop.scenario.fields import FIELDS, fitting_edits
from backprop.scenario.scenario import Problem, Scenario, from_query, within
from backprop.stage.protocol import Resumed

MARK = "visit"
"""The parameter that tells a query that is to be read from one that only says where we are."""

MOST_UNDO = 100

T = TypeVar("T")


def current() -> Scenario:
    """The scenario of this session as it stands now."""
    scenario: Scenario = st.session_state.scenario
    return scenario


def change(**values: Any) -> None:
    """Put new values into fields of the scenario; its places move to the nearest that there are."""
    st.session_state.scenario = within(replace(current(), **values))


def open_scenario(scenario: Scenario, problems: list[Problem] | None = None) -> None:
    """Put another scenario in place of the present one; the player goes to its playhead."""
    state = st.session_state
    state.scenario = state.opened = scenario
    state.visit = f"{state.session}.{secrets.token_hex(4)}"
    state.problems = problems or []
    state.undo = []
    refill()


def refill() -> None:
    """Have every widget filled from the scenario at its next drawing, whatever it showed last."""
    st.session_state.filled = set()


def open_data(data: str, table: Dataset | None = None) -> None:
    """Show another data set, with a learning rate at which it is learned; edits are forgotten."""
    state, scenario = st.session_state, current().on(data, table)
    state.scenario, state.undo = within(scenario), []


def _resume(page: Resumed) -> None:
    """Go on where a page was, in the place of the session that it had."""
    state = st.session_state
    query = dict(parse_qsl(page.query, keep_blank_values=True))
    ours = {k: v for k, v in query.items() if k != MARK and not k.startswith("embed")}
    state.session = page.session
    open_scenario(*from_query(ours))
    state.visit = page.visit


def enter(page: str, resumed: Resumed | None = None) -> list[Problem]:
    """Begin a run of a page: open the scenario of its query if it asks for another one.

    `resumed` is what the page says when its connection is back; a session that is not the page's
    own goes on where it was. Returns what was refused of the query that was opened last.

    Streamlit takes the widgets of another page for new ones, though their keys are the same, so all
    are filled until a run of the page has come to its end (`arrive`).
    """
    state = st.session_state
    query = st.query_params.to_dict()
    mark = query.pop(MARK, "")
    if resumed is not None:
        shown = {key: widget["value"] for key, widget in state.get("watched", {}).items()}
        state.resumed = resumed.number
        state.late = Late(resumed, "arrived" not in state, shown)
        refill()
    if resumed is not None and resumed.session != state.get("session"):
        _resume(resumed)
    elif "scenario" not in state:
        state.session = secrets.token_hex(4)
        open_scenario(*from_query(query))
    elif mark not in ("", state.mark):
        open_scenario(*from_query(query))
    state.mark = mark or state.get("mark", "")
    if state.get("arrived") != page:
        refill()
    state.watched = {}
    state.page = page
    if state.problems and current().training() != state.opened.training():
        state.problems = []  # the visitor has gone on from what the link opened
    return list(state.problems)


def arrive() -> None:
    """End a run of a page: from now on the browser has its widgets as they were filled.

    After a connection came back the page runs once more if a widget holds a choice that is new.
    """
    state = st.session_state
    state.arrived = state.page
    late: Late | None = state.pop("late", None)
    if late is not None and late.hear(state):
        refill()
        st.rerun()


def marked(scenario: Scenario) -> dict[str, str]:
    """The query of a link within the app that opens another scenario, whenever it is clicked."""
    return scenario.query() | {MARK: secrets.token_hex(4)}


# ---- widgets ----------------------------------------------------------------------------------


def bound(field: str, *identity: object, value: object = None) -> dict[str, Any]:
    """The key, callback and first value that tie a widget to a field of the scenario.

    It shows the field's value, or `value` in its place. `identity` goes into the key: limits and
    step of a slider, since Streamlit wants another widget where they change.
    """
    value = getattr(current(), field) if value is None else value
    return tied(field, value, partial(_write, field), *identity)


def tied(
    name: str, value: object, take: Callable[[Any], None], *identity: object
) -> dict[str, Any]:
    """The key and callback of a widget that shows `value` and gives `take` what is chosen.

    `value` is also its first value, because a browser that draws it twice fills it only once.

    Its state is set where it is not `value`, and once after `refill`, because the browser may be
    about to show the value of an earlier run. In all other runs it is not touched, so that a slider
    that is held and a choice on its way stay as they are. `take` may raise ValueError for a value
    that the widget does not offer: then the widget shows the scenario again.
    """
    key = "-".join(["scenario", name, *map(str, identity)])
    state = st.session_state
    state.setdefault("watched", {})[key] = {
        "name": name,
        "value": value,
        "options": [],
        "labels": [],
    }
    late: Late | None = state.get("late")
    fills = late is None or late.note(key, name, value, take, state.get(key))
    if fills and (key not in state.filled or key not in state or state[key] != value):
        state[key] = value
        state.filled.add(key)
    return {"key": key, "on_change": _hear, "args": (key, take), "value": value}


def row_of(options: Sequence[object], tie: dict[str, Any]) -> dict[str, Any]:
    """The arguments of a widget that shows all options beside one another, from those of `tied`."""
    first = tie.pop("value")
    return {**stops_of(options, tie), "default": first}


def list_of(
    options: Sequence[object], tie: dict[str, Any], write: Callable[[Any], str] = str
) -> dict[str, Any]:
    """The arguments of a list that unfolds, in which `write` gives the texts of the options."""
    st.session_state.watched[tie["key"]]["labels"] = [write(option) for option in options]
    first = tie.pop("value")
    return {**stops_of(options, tie), "index": options.index(first), "format_func": write}


def stops_of(options: Sequence[object], tie: dict[str, Any]) -> dict[str, Any]:
    """The arguments of a slider that stops at `options` alone."""
    st.session_state.watched[tie["key"]]["options"] = list(options)
    return {**tie, "options": options}


def _hear(key: str, take: Callable[[Any], None]) -> None:
    try:
        take(st.session_state[key])
    except (LookupError, TypeError, ValueError):
        return  # forged, or from a widget of a moment ago that has no place any more


def said(shape: type[T], component: str, event: str) -> T | None:
    """The value that a component of the app sent with an event, read as a `shape`.

    None if there is none, if the component's page is gone, and for a forged value.
    """
    state = st.session_state.get(component)
    return None if state is None else heard(shape, state.get(event))


def _write(field: str, value: Any) -> None:
    change(**{field: FIELDS[field].parse(FIELDS[field].write(value))})


# ---- edits of samples and weights -------------------------------------------------------------


def edit_sample(at: int, row: tuple[float, ...]) -> None:
    """Replace sample `at` (from 0) by `row`: inputs, then targets."""
    data = current().dataset()
    if row != (*data.X[at].tolist(), *data.y[at].tolist()):
        _edited(edits=_with(current().edits, at, row))


def edit_weight(name: str, value: float) -> None:
    """Replace a weight or bias of the start, named as in "W1.0.2" or "b2.1"."""
    _edited(weights=_with(current().weights, name, value))


def set_cell(at: int, column: int, value: float) -> None:
    """Put a value into a column of sample `at` (both from 0): inputs as scaled, then targets.

    Raises ValueError for what a sample cannot hold.
    """
    data = current().dataset()
    row = [*data.X[at].tolist(), *data.y[at].tolist()]
    row[column] = float(value)
    ((_, checked),) = FIELDS["edits"].parse(FIELDS["edits"].write(((at, tuple(row)),)))
    fits, required = fitting_edits(((at, checked),), data)
    if not fits:
        raise ValueError(required)
    edit_sample(at, checked)


def change_weights(weights: tuple[tuple[str, float], ...]) -> None:
    """Replace many weights and biases of the start at once: one edit."""
    _edited(weights=tuple(sorted((dict(current().weights) | dict(weights)).items())))
    refill()


def undo() -> None:
    """Take the last edit back; edits that a link brought have no history and go at once."""
    state = st.session_state
    edits, weights = state.undo.pop() if state.undo else ((), ())
    change(edits=edits, weights=weights)
    refill()


def reset_edits() -> None:
    """Bring back the samples as the data set has them, and the weights as the seed gives them."""
    if current().edits or current().weights:
        _edited(edits=(), weights=())
        refill()


def _edited(**changes: Any) -> None:
    state, before = st.session_state, current()
    state.undo = [*state.undo[1 - MOST_UNDO :], (before.edits, before.weights)]
    change(**changes)


def _with(pairs: tuple[tuple[Any, Any], ...], name: object, value: object) -> tuple[Any, ...]:
    return tuple(sorted((dict(pairs) | {name: value}).items()))
