"""The lesson of the reader's own in this session: a moment is added, every change can be undone."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import streamlit as st

from backprop.controls.component import component
from backprop.controls.dialogs import close, dialog
from backprop.controls.plain import plain, refuse
from backprop.controls.session import current, said
from backprop.drawing.palette import DERIVATIVE_TITLES
from backprop.lessons import Lesson
from backprop.lessons.file import from_json, to_json
from backprop.lessons.own import LONGEST, with_moment
from backprop.scenario.scenario import Scenario
from backprop.stage import operations
from backprop.stage.protocol import KeptLesson, numbered

MOST_UNDO = 100
PARTS = {"": "nothing", "fault": "the fault card", "chart": "the chart", "cost": "the cost"}
"""What a step can point at, in words."""

_mount_keeping = component("keeping", Path(__file__).with_name("keeping.js"))
_written = lru_cache(maxsize=4)(to_json)


def own() -> Lesson | None:
    """The reader's lesson as it stands; None before there is one."""
    history: list[Lesson | None] = st.session_state.get("own", [])
    return history[-1] if history else None


def put(lesson: Lesson | None) -> None:
    """Make `lesson` the reader's lesson, None for an empty one; `undo_own` goes back."""
    if lesson != own():
        st.session_state.own = [*st.session_state.get("own", [])[-MOST_UNDO:], lesson]


def can_undo() -> bool:
    """Whether there is a state before the present one."""
    return len(st.session_state.get("own", [])) > 1


def undo_own() -> None:
    """Go back to the lesson before the last change, also of one that was opened or cleared."""
    if can_undo():
        st.session_state.own = st.session_state.own[:-1]


def keep_own_lesson() -> None:
    """Keep the lesson in the browser, and bring it back into a session that has just begun."""
    state, lesson = st.session_state, own()
    _mount_keeping(
        key="keeping", on_kept_change=_bring_back,
        data={
            "text": "" if lesson is None else _written(lesson),
            "heard": state.get("own_heard", False) or bool(state.get("own")),
            "cleared": lesson is None and bool(state.get("own")),
        },
    )  # fmt: skip


def _bring_back() -> None:
    kept = said(KeptLesson, "keeping", "kept")
    if kept is None or st.session_state.get("own_heard"):
        return
    st.session_state.own_heard = True
    text = "".join(kept.parts)
    if text and own() is None:
        try:
            put(from_json(text))
        except ValueError as error:
            st.session_state.own_refused = str(error)


def add_moment_button() -> None:
    """For the Live page: what is shown becomes a step of the reader's lesson."""
    _add.button(
        "Add to lesson",
        icon=":material/playlist_add:",
        help="Add this moment to a lesson of your own",
    )


@dialog("Add this moment to your lesson")
def _add() -> None:
    scenario, lesson, state = current(), own(), st.session_state
    st.write(plain(in_words(scenario)))
    state.own_typed = st.text_area(
        "What you say here", state.get("own_typed", ""), max_chars=LONGEST["text"], key="own_new",
        placeholder="Update 5: the network is right, and sure.",
    )  # fmt: skip
    part = st.segmented_control(
        "Point at", list(PARTS), format_func=PARTS.__getitem__, default="", required=True,
        key="own_new_part",
    )  # fmt: skip
    number = 1 if lesson is None else len(lesson.steps) + 1
    if st.button(f"Add as step {number}", type="primary"):
        try:
            put(with_moment(lesson, scenario, state.own_typed[: LONGEST["text"]], part))
        except ValueError as error:
            refuse(error)
            return
        state.own_typed = ""
        st.toast(f"Step {number} of your lesson. You find it on the Lessons page.")
        close()
        st.rerun()


def in_words(scenario: Scenario) -> str:
    """The place that a scenario shows, in a line."""
    L = len(scenario.units) + 1
    number = numbered(L)[scenario.shown_operation]
    title = operations(L)[number]["title"] if number >= 0 else "inputs and weights"
    return (
        f"{DERIVATIVE_TITLES[scenario.running]}, {scenario.format}, sample {scenario.sample}, "
        f"update {scenario.update}: {title}"
    )
