"""The stage on which the page trains a scenario itself, update by update."""

from __future__ import annotations

from html import escape

import streamlit as st

from backprop.controls.plain import refuse
from backprop.controls.session import current
from backprop.scenario.recordings import recordings
from backprop.scenario.scenario import Scenario
from backprop.stage import SCRIPT, STYLE, View, scene
from backprop.stage.describe import described
from backprop.stage.experiment import experiment
from backprop.stage.protocol import Experiment

__all__ = ["recordings", "stage", "token_of", "view_of"]


_mount_stage = st.components.v2.component(
    "backprop_stage", html='<div class="stage-root"></div>', css=STYLE, js=SCRIPT
)


def stage() -> None:
    """Put the scenario on the stage."""
    scenario = current()
    try:
        scenario.require_computable()
        trained, names = experiment(scenario), scenario.dataset().feature_names
        data = scene(trained, names, view_of(scenario))
    except ValueError as error:
        refuse(error)
        return
    st.html(_heading(scenario, trained))
    _mount_stage(key="stage", data=data)


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
    """A name of what is recorded, so that no answer is taken for one about another recording."""
    return f"{hash((scenario.training(), scenario.running)):x}"
