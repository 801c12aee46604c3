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
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar
from urllib.parse import parse_qsl

import streamlit as st

from backprop.controls.dialogs import close
from backprop.controls.late import Late
from backprop.controls.message import news, parts, script
from backprop.controls.reading import heard
from backprop.scenario.datasets import Dataset
from backprop.scenario.fields import FIELDS, Field
from backprop.scenario.scenario import Problem, Scenario, from_query, within
from backprop.stage.protocol import Limits, Resumed

MARK = "visit"
"""The parameter that tells a query that is to be read from one that only says where we are."""

LINK = "-"
"""How a mark begins that is to be answered, but its query not read: a click in the navigation."""

CROSSING = 2.0
"""Seconds after a widget was filled in which something may come that was said before it was seen.

A choice: the browser then shows the filling last, and would say it again, so the choice is filled
in too. Or, beside something else, what the widget showed before, which is no choice (`_is_stale`).
"""

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
    st.session_state.filled = {}


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


def enter(page: str) -> list[Problem]:
    """Begin a run of a page: open the scenario of its query if it asks for another one.

    Where the page's connection has come back, a session that is not the page's own goes on where
    the page was. Returns what was refused of the query that was opened last.

    Streamlit takes the widgets of another page for new ones, though their keys are the same, so all
    are filled until a run of the page has come to its end (`arrive`).
    """
    state = st.session_state
    query = st.query_params.to_dict()
    mark = query.pop(MARK, "")
    resumed = _resumed()
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
    elif mark not in ("", state.mark) and not mark.startswith(LINK):
        open_scenario(*from_query(query))
    state.mark = mark or state.get("mark", "")
    if state.get("arrived") != page:
        refill()
    if state.get("page") != page:
        close()
    state.watched = {}
    state.page, state.script = page, script()
    if has_gone_on():
        state.problems = []
    return list(state.problems)


def is_leaving() -> bool:
    """Whether a callback runs for another page than the one that was drawn last."""
    return script() != st.session_state.script


def has_gone_on() -> bool:
    """Whether the visitor trains something else by now than a link that was refused in part."""
    state = st.session_state
    return bool(state.problems) and current().training() != state.opened.training()


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
    about to show the value of an earlier run; a choice that crosses this on its way is set as well
    (`CROSSING`). In all other runs it is not touched, so that a slider that is held stays as it is.
    `take` may raise ValueError for a value that the widget does not offer: then the widget shows
    the scenario again.
    """
    key = "-".join(["scenario", name, *map(str, identity)])
    state = st.session_state
    state.setdefault("watched", {})[key] = {
        "name": name, "value": value, "options": [], "labels": [], "limits": None,
    }  # fmt: skip
    late: Late | None = state.get("late")
    fills = late is None or late.note(key, name, value, take, state.get(key))
    if fills and (key not in state.filled or key not in state or state[key] != value):
        if state.get(key, value) != value:
            _replaced(key, state[key])
        state[key] = value
        state.filled[key] = time.monotonic()
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


def number_in(field: Field, tie: dict[str, Any]) -> dict[str, Any]:
    """The arguments of a field for a number such as `field` takes, typed as a text."""
    limits: Limits = {"kind": field.kind, "low": field.low or 0.0, "high": field.high or 0.0}
    st.session_state.watched[tie["key"]]["limits"] = limits
    return tie


def _hear(key: str, take: Callable[[Any], None]) -> None:
    if _resumed() is not None:
        return  # its widgets may still show what another session had put there (`Late`)
    notice_fillings()
    state = st.session_state
    since = state.filled.get(key, float("-inf"))
    if _is_stale(key):
        state.filled.pop(key, None)
        return
    if time.monotonic() - since < CROSSING:
        del state.filled[key]
        if key in state.watched:
            _replaced(key, state.watched[key]["value"])
    try:
        take(state[key])
    except (LookupError, TypeError, ValueError):
        return  # forged, or from a widget of a moment ago that has no place any more


def _replaced(key: str, value: object) -> None:
    """Note what a widget shows, or may still come to show, in place of what it is filled with."""
    values = st.session_state.setdefault("replaced", {}).setdefault(key, [])
    values.append((time.monotonic(), value))


def _is_stale(key: str) -> bool:
    """Whether the browser says of a widget what it showed before it was filled a moment ago.

    Whoever chooses that value again has its part of the page run, and says nothing of another
    widget; where both come together all the same, the widget is filled again.
    """
    replaced = st.session_state.get("replaced", {}).get(key, ())
    now, value = time.monotonic(), st.session_state.get(key)
    if not any(now - since < CROSSING and value == before for since, before in replaced):
        return False
    said = {name: place for name, place in news() if name.startswith("scenario-")}
    return len(said) > 1 or (bool(parts()) and said.get(key) not in parts())


def notice_fillings() -> None:
    """Before something that the browser says is taken over: of which fillings it knows by now."""
    state = st.session_state
    watched, replaced = state.get("watched", {}), state.get("replaced", {})
    for key in [*replaced]:
        if key not in watched or state.get(key) == watched[key]["value"]:
            del replaced[key]


def said(shape: type[T], component: str, event: str) -> T | None:
    """The value that a component of the app sent with an event, read as a `shape`.

    None if there is none, if the component's page is gone, and for a forged value.
    """
    state = st.session_state.get(component)
    return None if state is None else heard(shape, state.get(event))


def _resumed() -> Resumed | None:
    """What the page says whose connection is back, until a run has begun with it."""
    page = said(Resumed, "connection", "resumed")
    return page if page and page.number > st.session_state.get("resumed", 0) else None


def _write(field: str, value: Any) -> None:
    change(**{field: FIELDS[field].parse(FIELDS[field].write(value))})
