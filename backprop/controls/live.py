"""The stage that plays a scenario's recording; scenes are kept beside the recordings."""

from __future__ import annotations

from html import escape

import streamlit as st

from backprop.controls.plain import refuse
from backprop.controls.session import current
from backprop.scenario.recordings import KEPT, recordings
from backprop.scenario.scenario import Scenario
from backprop.stage import SCRIPT, STYLE, Scene, View, scene
from backprop.stage.describe import described

__all__ = ["recordings", "stage", "token_of", "view_of"]


_mount_stage = st.components.v2.component(
    "backprop_stage", html='<div class="stage-root"></div>', css=STYLE, js=SCRIPT
)


def _scene(training: Scenario, running: str, sample: int, projector: bool) -> Scene:
    def make() -> Scene:
        features = training.dataset().feature_names
        view = View(projector=projector)
        return scene(recordings(training), running, sample, features, view)

    return KEPT.get(("scene", training, running, sample, projector), make, Scene.weight)


def stage() -> None:
    """Record the scenario and put it on the stage."""
    scenario = current()
    at = (scenario.training(), scenario.running, scenario.sample - 1, scenario.projector)
    try:
        data = _scene(*at).seen(view_of(scenario)).pack()
    except ValueError as error:  # such as a learning rate that the format cannot hold
        refuse(error)
        return
    st.html(_heading(scenario))
    _mount_stage(key="stage", data=data)


def _heading(scenario: Scenario) -> str:
    """What the printed page is of, which the sidebar says on a screen."""
    recording = recordings(scenario)[scenario.running]
    words = f"{described(recording)}, {recording.derivative.form.called}, sample {scenario.sample}"
    return f'<div class="printed"><h1>Backprop, live</h1><p>{escape(words)}</p></div>'


def view_of(scenario: Scenario) -> View:
    """How the stage is looked at: where its visit begins, what may be changed on it."""
    return View(
        update=scenario.update, operation=scenario.operation, selection=scenario.selection,
        projector=scenario.projector, visit=st.session_state.visit, token=token_of(scenario),
        reach=scenario.reach(), edited=bool(scenario.edits or scenario.weights),
    )  # fmt: skip


def token_of(scenario: Scenario) -> str:
    """A name of what is recorded, so that no answer is taken for one about another recording."""
    return f"{hash((scenario.training(), scenario.running)):x}"
