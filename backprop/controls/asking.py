"""What the stage asks, and the answers: a fragment of its own, so that the page stays as it is.

Where the playhead rests, the digest of what the page has trained is sent, to be compared, as soon
as the server has time for it; all other questions change the page.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal, get_args

import numpy as np
import streamlit as st

from backprop.controls import edits, session
from backprop.controls.component import component
from backprop.controls.live import token_of
from backprop.controls.reading import heard
from backprop.controls.session import current
from backprop.controls.spare import Spare
from backprop.controls.together import left_out
from backprop.engine.training import Recording
from backprop.racing.verdicts import verdict
from backprop.scenario.fields import FIELDS, PLAYHEAD
from backprop.scenario.recordings import KEPT, running
from backprop.scenario.scenario import Scenario
from backprop.stage.digest import digest
from backprop.stage.protocol import (
    Answers,
    Computed,
    Drop,
    Edit,
    Press,
    Question,
    Questions,
    Rest,
    ShowBeside,
    ShowSample,
)

MOST_QUESTIONS = 64

Scope = Literal["", "live", "app"]
SCOPES: tuple[Scope, ...] = get_args(Scope)
"""What runs because of a question, from less to more: the page without its frame, or all."""

_mount = component("answers", Path(__file__).with_name("asking.js"))


@st.fragment
def answers() -> None:
    """Hear what the stage of this page asks, and answer it."""
    state = st.session_state
    words: Answers = {"heard": state.get("heard", ("", 0)), "computed": state.get("computed")}
    _mount(key="answers", data=words, on_ask_change=_answer)


def _answer() -> None:
    """Do what the player asks for.

    The browser sends all questions again that were not confirmed yet, so that none is lost where
    one message replaces another; each is done once, by its number. With a wish for another page
    no part of this one is drawn again in its place.
    """
    state = st.session_state
    session.notice_fillings()
    asked = session.said(Questions, "answers", "ask")
    if asked is None:
        return
    known, last = state.get("heard", ("", 0))
    last = last if known == asked.client else 0
    follows: Scope = ""
    for sent in asked.questions[:MOST_QUESTIONS]:
        question: Question | None = heard(Question, sent)
        if question is not None and question.number > last:
            last = question.number
            follows = max(follows, _do(question), key=SCOPES.index)
    state.heard = (asked.client, last)
    others = left_out()
    follows = max(follows, "app" if None in others else "live" if others else "", key=SCOPES.index)
    if follows and not session.is_leaving():
        st.rerun(follows)


def _do(question: Question) -> Scope:
    """Do what is asked; returns what has to run because of it, beside this fragment."""
    try:
        match question:
            case Rest():
                _rest(question)
                return ""
            case Drop():
                edits.edit_sample(question.sample, _moved(question))
                session.change(sample=question.sample + 1)
            case Edit():
                written = f"{question.name}:{question.value!r}"
                ((name, value),) = FIELDS["weights"].parse(written)
                edits.edit_weight(name, value)
            case ShowSample():
                last = len(current().dataset().X) - 1
                session.change(sample=_place(question.sample, last) + 1)
            case ShowBeside():
                session.change(beside=FIELDS["beside"].parse(question.name))
            case Press():
                _press(question.kind)
    except (ArithmeticError, LookupError, ValueError):
        return ""  # a stale or a forged question: the page stays as it is
    session.refill()
    return "app" if question.kind == "projector" else "live"


def _place(n: int, last: int) -> int:
    """A place from 0 to `last`."""
    if n > last:
        raise ValueError(f"A place from 0 to {last} is required, got {n}.")
    return n


def _moved(question: Drop) -> tuple[float, ...]:
    """The sample (inputs, then targets) with the dragged inputs at their new values."""
    scenario = current()
    data, reach = scenario.dataset(), scenario.reach()
    samples, inputs = data.X.shape
    at = _place(question.sample, samples - 1)
    X = data.X[at].copy()
    for placed in question.inputs:
        j = _place(placed.input, inputs - 1)
        X[j] = float(np.clip(placed.value, -reach[j], reach[j]))
    return (*X.tolist(), *data.y[at].tolist())


def _rest(question: Rest) -> None:
    """Put the playhead into the scenario, and into the answer what Python has computed."""
    scenario = current()
    token, update = token_of(scenario), _place(question.update, scenario.updates)
    if question.token != token:
        raise ValueError("The question is about another recording.")
    places = {name: FIELDS[name].parse(getattr(question, name)) for name in PLAYHEAD[1:]}
    session.change(update=update, **places)
    st.session_state.computed = _computed(token, scenario, question.ending)


def _press(kind: Literal["undo", "reset", "projector"]) -> None:
    if kind == "undo":
        edits.undo()
    elif kind == "reset":
        edits.reset_edits()
    else:
        session.change(projector=not current().projector)


_checking = Spare(0.2)


def _computed(token: str, scenario: Scenario, ending: bool) -> Computed:
    """What is known of the running derivative's recording, which is trained once."""

    def key(name: str) -> tuple[object, ...]:
        return name, scenario.training(), scenario.running

    def kept(name: str, find: Callable[[Recording], str]) -> str:
        return KEPT.get(key(name), lambda: find(running(scenario)), lambda said: 1000)

    def digest_of() -> str:
        return kept("digest", lambda recording: digest(recording.parameters))

    if ending:  # what is shown is owed, and the training for it serves the digest too
        said = kept("verdict", lambda recording: verdict(recording).brief)
        return {"token": token, "digest": digest_of(), "verdict": said}
    known = KEPT.find(key("digest")) or _checking.do(digest_of) or ""
    return {"token": token, "digest": known, "verdict": ""}
