"""What the stage asks, and the answers: a fragment of its own, so that the page stays as it is.

While an input is dragged the player is sent glimpses: the shown derivative alone, at the shown
update. Once the input is let go the whole page follows. Where the playhead rests, the true values
are sent.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import streamlit as st

from backprop.controls import session
from backprop.controls.live import BY_HASH, recordings, token_of, view_of
from backprop.controls.session import current, key
from backprop.fields import FIELDS
from backprop.scenario import Scenario
from backprop.stage import glimpse
from backprop.stage.answers import truths
from backprop.training import train

_SCRIPT = """
let ask = null;
document.addEventListener("backprop:ask", ({ detail }) => ask?.("ask", detail));

export default function ({ data, setTriggerValue }) {
  ask = setTriggerValue;
  const detail = data instanceof Uint8Array ? { glimpse: data } : data;
  document.dispatchEvent(new CustomEvent("backprop:answer", { detail }));
  return () => { ask = null; };
}
"""
_mount = st.components.v2.component("backprop_answers", js=_SCRIPT)


@st.fragment
def answers() -> None:
    """Hear what the stage of this page asks, and answer it."""
    state = st.session_state
    if state.pop("whole_page", False):
        st.rerun()
    answer: Any = {"truth": state.get("truth")}
    if "drag" in state:
        answer = _glimpse(current(), *state.drag)
    _mount(key="answers", data=answer, on_ask_change=_answer)


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
    """Do what the player asks for; nothing it sends is trusted to be well formed."""
    question = st.session_state["answers"].get("ask")
    if not isinstance(question, dict):
        return
    act = _ACTS.get(str(question.get("kind")))
    try:
        if act is not None:
            act(question)
    except (KeyError, TypeError, ValueError, IndexError):
        return  # a stale or a forged question: the page stays as it is


def _moved(question: dict[str, Any]) -> tuple[float, ...]:
    """The shown sample with one input where the player wants it."""
    scenario = current()
    data, at, j = scenario.dataset(), scenario.sample - 1, int(question["input"])
    reach = scenario.reach()[j]
    X = data.X[at].copy()
    X[j] = float(np.clip(float(question["value"]), -reach, reach))
    if not np.isfinite(X[j]):
        raise ValueError("An input must be finite.")
    return (*X.tolist(), *data.y[at].tolist())


def _drag(question: dict[str, Any]) -> None:
    st.session_state.drag = (_moved(question), int(question["update"]))


def _drop(question: dict[str, Any]) -> None:
    session.edit_sample(current().sample - 1, _moved(question))
    session.renew_edit_widgets()  # its slider takes its place from the edited data
    _whole_page()


def _edit(question: dict[str, Any]) -> None:
    value = float(question["value"])
    FIELDS["weights"].parse(f"{question['name']}:{value!r}")
    session.edit_weight(str(question["name"]), value)
    _whole_page()


def _show_sample(question: dict[str, Any]) -> None:
    sample = int(question["sample"]) + 1
    if not 1 <= sample <= len(current().dataset().X):
        raise ValueError("There is no such sample.")
    st.session_state[key("sample")] = sample
    _whole_page()


def _rest(question: dict[str, Any]) -> None:
    """The playhead has come to rest: links follow it, and its numbers get their true values."""
    scenario = current()
    token, update = token_of(scenario), int(question["update"])
    if question["token"] != token or not 0 <= update <= scenario.updates:
        raise ValueError("The question is about another recording.")
    session.follow_playhead(update, str(question["operation"]), str(question["selection"]))
    sample = scenario.sample - 1
    st.session_state.truth = {
        "token": token, "update": update, "sample": sample,
        "values": _truths(scenario.training(), scenario.running, update, sample),
    }  # fmt: skip


@st.cache_data(max_entries=256, show_spinner=False, hash_funcs=BY_HASH)
def _truths(training: Scenario, running: str, update: int, sample: int) -> dict[str, list[str]]:
    return truths(recordings(training)[running], update, sample)


def _toggle_projector(_: dict[str, Any]) -> None:
    st.session_state[key("projector")] = not st.session_state[key("projector")]
    _whole_page()


def _undo(_: dict[str, Any]) -> None:
    session.undo()
    _whole_page()


def _reset(_: dict[str, Any]) -> None:
    session.reset_edits()
    _whole_page()


def _whole_page() -> None:
    st.session_state.pop("drag", None)
    st.session_state.whole_page = True


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
