"""The stage on which the page trains a scenario itself, update by update.

Streamlit sends a component whole as soon as one datum of it is another, and what stayed as it was
not at all. So the player, which is large, and the words for a network are components of their own,
and hardly ever sent; the stage, which hands them the experiment, is small.
"""

from __future__ import annotations

from hashlib import blake2b
from html import escape
from pathlib import Path

import streamlit as st

from backprop.controls.component import component
from backprop.controls.remedy import refuse_scenario
from backprop.controls.session import current
from backprop.scenario.recordings import recordings
from backprop.scenario.scenario import Scenario
from backprop.stage import STYLE, View, scene
from backprop.stage.describe import described
from backprop.stage.experiment import experiment
from backprop.stage.library import library_for
from backprop.stage.protocol import Experiment, Staged

__all__ = ["recordings", "stage", "token_of", "view_of"]


HERE = Path(__file__).parent

_mount_player = component("player", HERE / "player.js")
_mount_words = component("words", HERE / "words.js")
_mount_stage = component(
    "stage", HERE / "stage.js", '<style class="stage-style"></style><div class="stage-root"></div>'
)


def stage() -> None:
    """Put the scenario on the stage."""
    scenario = current()
    try:
        scenario.require_computable()
        trained, names = experiment(scenario), scenario.dataset().feature_names
        data = scene(trained, names, view_of(scenario))
    except ValueError as error:
        refuse_scenario(error)
        return
    st.html(_heading(scenario, trained))
    name = library_for(trained)[0]
    staged: Staged = {**data, "library": name}
    _mount_stage(key="stage", data=staged)
    _mount_words(key="words", data={"name": name, "library": data["library"]})
    _mount_player(key="player", data=STYLE)


def _heading(scenario: Scenario, trained: Experiment) -> str:
    """What the printed page is of, which the sidebar says on a screen."""
    called = scenario.output_derivative(scenario.derivative).form.called
    words = f"{described(trained)}, {called}, sample {scenario.sample}"
    return f'<div class="printed"><h1>Backprop, live</h1><p>{escape(words)}</p></div>'


def view_of(scenario: Scenario) -> View:
    """How the stage is looked at: where its visit begins, what may be changed on it."""
    return View(
        update=scenario.update, operation=scenario.operation, selection=scenario.selection,
        projector=scenario.projector, visit=st.session_state.visit, token=token_of(scenario),
        reach=scenario.reach(), edited=bool(scenario.edits or scenario.weights),
        beside=scenario.beside,
    )  # fmt: skip


def token_of(scenario: Scenario) -> str:
    """A name of what is recorded, so that no answer is taken for one about another recording.

    A digest, because Python's own hash is the same for −1 and −2.
    """
    told = scenario.training().query() | {"running": scenario.running}
    return blake2b(repr(told).encode(), digest_size=8).hexdigest()
