"""What the stage asks, and the answers: a fragment of its own, so that the page stays as it is.

Where the playhead rests, the true values are sent; all other questions change the whole page.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import numpy as np
import streamlit as st

from backprop.controls import session
from backprop.controls.live import token_of
from backprop.controls.reading import heard
from backprop.controls.session import current
from backprop.drawing.scripts import bundle
from backprop.scenario.fields import FIELDS, PLAYHEAD
from backprop.scenario.recordings import KEPT, recordings
from backprop.scenario.scenario import Scenario
from backprop.stage.answers import truths
from backprop.stage.cards import ahead, fault_card
from backprop.stage.digest import digest
from backprop.stage.protocol import (
    Answers,
    Drop,
    Edit,
    Press,
    Question,
    Questions,
    Rest,
    ShowSample,
    Truth,
)

MOST_QUESTIONS = 64

_mount = st.components.v2.component(
    "backprop_answers", js=bundle(Path(__file__).with_name("asking.js"))
)


@st.fragment
def answers() -> None:
    """Hear what the stage of this page asks, and answer it."""
    state = st.session_state
    words: Answers = {"heard": state.get("heard", ("", 0)), "truth": state.get("truth")}
    _mount(key="answers", data=words, on_ask_change=_answer)


def _answer() -> None:
    """Do what the player asks for.

    The browser sends all questions that it has not seen heard yet, so that none is lost where one
    overtakes another; each is heard once.
    """
    state = st.session_state
    asked = session.said(Questions, "answers", "ask")
    if asked is None:
        return
    known, last = state.get("heard", ("", 0))
    last = last if known == asked.client else 0
    whole_page = False
    for sent in asked.questions[:MOST_QUESTIONS]:
        question: Question | None = heard(Question, sent)
        if question is not None and question.number > last:
            last = question.number
            whole_page |= _do(question)
    state.heard = (asked.client, last)
    if whole_page:
        st.rerun()


def _do(question: Question) -> bool:
    """Whether the whole page has to follow what was asked for; if not, this fragment answers."""
    try:
        match question:
            case Rest():
                _rest(question)
                return False
            case Drop():
                session.edit_sample(current().sample - 1, _moved(question))
            case Edit():
                written = f"{question.name}:{question.value!r}"
                ((name, value),) = FIELDS["weights"].parse(written)
                session.edit_weight(name, value)
            case ShowSample():
                last = len(current().dataset().X) - 1
                session.change(sample=_place(question.sample, last) + 1)
            case Press():
                _press(question.kind)
    except (ArithmeticError, LookupError, ValueError):
        return False  # a stale or a forged question: the page stays as it is
    session.refill()
    return True


def _place(n: int, last: int) -> int:
    """A place from 0 to `last`."""
    if n > last:
        raise ValueError(f"A place from 0 to {last} is required, got {n}.")
    return n


def _moved(question: Drop) -> tuple[float, ...]:
    """The shown sample with one input where the player wants it."""
    scenario = current()
    data, at = scenario.dataset(), scenario.sample - 1
    j = _place(question.input, data.X.shape[1] - 1)
    reach = scenario.reach()[j]
    X = data.X[at].copy()
    X[j] = float(np.clip(question.value, -reach, reach))
    return (*X.tolist(), *data.y[at].tolist())


def _rest(question: Rest) -> None:
    """The playhead has come to rest: links follow it, and its numbers get their true values."""
    scenario = current()
    token, update = token_of(scenario), _place(question.update, scenario.updates)
    if question.token != token:
        raise ValueError("The question is about another recording.")
    places = {name: FIELDS[name].parse(getattr(question, name)) for name in PLAYHEAD[1:]}
    session.change(update=update, **places)
    sample = scenario.sample - 1
    card, lies_ahead, bits = _known(scenario.training(), scenario.running)
    truth: Truth = {
        "token": token, "update": update, "sample": sample,
        "faultCard": card, "ahead": lies_ahead, "digest": bits,
        "values": _truths(scenario.training(), scenario.running, update, sample),
    }  # fmt: skip
    st.session_state.truth = truth


def _press(kind: Literal["undo", "reset", "projector"]) -> None:
    if kind == "undo":
        session.undo()
    elif kind == "reset":
        session.reset_edits()
    else:
        session.change(projector=not current().projector)


def _known(training: Scenario, running: str) -> tuple[str, str, str]:
    """What is known of a whole recording: the card of its fault, what lies ahead, its digest."""

    def know() -> tuple[str, str, str]:
        raced = recordings(training)
        recording = raced[running]
        return fault_card(recording), ahead(raced, running), digest(recording.parameters)

    return KEPT.get(("known", training, running), know, lambda said: 1000)


def _truths(training: Scenario, running: str, update: int, sample: int) -> dict[str, list[str]]:
    return KEPT.get(
        ("truths", training, running, update, sample),
        lambda: truths(recordings(training)[running], update, sample),
        lambda said: 400 * len(said),
    )
