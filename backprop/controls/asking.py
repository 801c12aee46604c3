"""What the stage asks, and the answers: a fragment of its own, so that the page stays as it is.

While an input is dragged the player is sent glimpses: the shown derivative alone, at the shown
update. Once the input is let go the whole page follows. Where the playhead rests, the true values
are sent.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st

from backprop.controls import session
from backprop.controls.live import token_of, view_of
from backprop.controls.session import current
from backprop.drawing.envelope import OPEN_SCRIPT, envelope
from backprop.engine.training import train
from backprop.scenario.fields import FIELDS, PLAYHEAD
from backprop.scenario.recordings import KEPT, recordings
from backprop.scenario.scenario import Scenario
from backprop.stage import glimpse
from backprop.stage.answers import truths

MOST_QUESTIONS = 64

_SCRIPT = OPEN_SCRIPT + Path(__file__).with_name("asking.js").read_text("utf-8")
_mount = st.components.v2.component("backprop_answers", js=_SCRIPT)


@st.fragment
def answers() -> None:
    """Hear what the stage of this page asks, and answer it."""
    state = st.session_state
    words = {"heard": state.get("heard", ["", 0]), "truth": state.get("truth")}
    glimpse = b""
    if "drag" in state:
        try:
            glimpse = _glimpse(current(), *state.drag)
        except ValueError:  # such as an input dragged to where the format has no number
            state.pop("drag")
    _mount(key="answers", data=envelope(words, glimpse), on_ask_change=_answer)


def _glimpse(scenario: Scenario, row: tuple[float, ...], update: int) -> bytes:
    """The shown derivative at one update, with the shown sample at the place it is dragged to."""
    at = scenario.sample - 1
    moved = replace(scenario, edits=tuple(sorted((dict(scenario.edits) | {at: row}).items())))
    data = moved.dataset()
    recording = train(
        moved.network(), data.X, data.y, moved.updates, moved.learning_rate,
        moved.runner(moved.derivative),
    )  # fmt: skip
    view = replace(view_of(scenario), token="")
    return glimpse(recording, at, update, view).pack()


def _answer() -> None:
    """Do what the player asks for; nothing it sends is trusted to be well formed.

    The browser sends all questions that it has not seen heard yet, so that none is lost where one
    overtakes another; each is heard once.
    """
    state = st.session_state
    said = session.said("answers", "ask")
    if not isinstance(said, dict) or not isinstance(said.get("questions"), list):
        return
    client = str(said.get("client"))[:40]
    known, last = state.get("heard", ["", 0])
    last = last if known == client else 0
    whole_page = False
    for question in said["questions"][:MOST_QUESTIONS]:
        if not isinstance(question, dict) or not isinstance(question.get("number"), int):
            continue
        if question["number"] > last:
            last = question["number"]
            whole_page |= _do(question)
    state.heard = [client, last]
    if whole_page:
        st.rerun()


def _do(question: dict[str, Any]) -> bool:
    """Whether the whole page has to follow what was asked for."""
    act = _ACTS.get(str(question.get("kind")))
    if act is None:
        return False
    try:
        act(question)
    except (ArithmeticError, LookupError, TypeError, ValueError):
        return False  # a stale or a forged question: the page stays as it is
    if act in _SMALL:
        return False
    st.session_state.pop("drag", None)
    session.refill()
    return True


def _whole(value: Any, most: int) -> int:
    """A whole number from 0 to `most` that the browser sent."""
    if not isinstance(value, int | float) or not 0 <= value <= most or value != int(value):
        raise ValueError(f"A whole number from 0 to {most} is required.")
    return int(value)


def _moved(question: dict[str, Any]) -> tuple[float, ...]:
    """The shown sample with one input where the player wants it."""
    scenario = current()
    data, at = scenario.dataset(), scenario.sample - 1
    j = _whole(question["input"], data.X.shape[1] - 1)
    reach = scenario.reach()[j]
    X = data.X[at].copy()
    X[j] = float(np.clip(float(question["value"]), -reach, reach))
    if not np.isfinite(X[j]):
        raise ValueError("An input must be finite.")
    return (*X.tolist(), *data.y[at].tolist())


def _drag(question: dict[str, Any]) -> None:
    update = _whole(question["update"], current().updates)
    st.session_state.drag = (_moved(question), update)


def _drop(question: dict[str, Any]) -> None:
    session.edit_sample(current().sample - 1, _moved(question))


def _edit(question: dict[str, Any]) -> None:
    ((name, value),) = FIELDS["weights"].parse(f"{question['name']}:{float(question['value'])!r}")
    session.edit_weight(name, value)


def _show_sample(question: dict[str, Any]) -> None:
    last = len(current().dataset().X) - 1
    session.change(sample=_whole(question["sample"], last) + 1)


def _rest(question: dict[str, Any]) -> None:
    """The playhead has come to rest: links follow it, and its numbers get their true values."""
    scenario = current()
    token, update = token_of(scenario), _whole(question["update"], scenario.updates)
    if question["token"] != token:
        raise ValueError("The question is about another recording.")
    said = {"update": str(update), **{name: str(question[name]) for name in PLAYHEAD[1:]}}
    session.change(**{name: FIELDS[name].parse(text) for name, text in said.items()})
    sample = scenario.sample - 1
    st.session_state.truth = {
        "token": token, "update": update, "sample": sample,
        "values": _truths(scenario.training(), scenario.running, update, sample),
    }  # fmt: skip


def _truths(training: Scenario, running: str, update: int, sample: int) -> dict[str, list[str]]:
    return KEPT.get(
        ("truths", training, running, update, sample),
        lambda: truths(recordings(training)[running], update, sample),
        lambda said: 400 * len(said),
    )


def _toggle_projector(_: dict[str, Any]) -> None:
    session.change(projector=not current().projector)


def _undo(_: dict[str, Any]) -> None:
    session.undo()


def _reset(_: dict[str, Any]) -> None:
    session.reset_edits()


_ACTS = {
    "drag": _drag,
    "drop": _drop,
    "edit": _edit,
    "undo": _undo,
    "reset": _reset,
    "sample": _show_sample,
    "rest": _rest,
    "projector": _toggle_projector,
}
_SMALL = (_drag, _rest)
"""What is answered within this fragment; for all else the whole page follows."""
