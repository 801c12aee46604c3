"""Recordings of a scenario, cached for all sessions, and the stage that plays one."""

from __future__ import annotations

from typing import Any

import streamlit as st

from backprop.controls.plain import refuse
from backprop.controls.session import current
from backprop.scenario import Scenario
from backprop.stage import SCRIPT, STYLE, Scene, View, scene
from backprop.training import Recording

BY_HASH: Any = {Scenario: hash}
"""A scenario is hashable; Streamlit would take it apart field by field at every look-up."""

_mount_stage = st.components.v2.component(
    "backprop_stage", html='<div class="stage-root"></div>', css=STYLE, js=SCRIPT
)


def recordings(scenario: Scenario) -> dict[str, Recording]:
    """The race of all derivatives of the scenario's cost, by name; once for all sessions."""
    return _recordings(scenario.training())


@st.cache_resource(max_entries=48, show_spinner=False, hash_funcs=BY_HASH)
def _recordings(training: Scenario) -> dict[str, Recording]:
    return training.recordings()


@st.cache_resource(max_entries=96, show_spinner=False, hash_funcs=BY_HASH)
def _scene(training: Scenario, running: str, sample: int, projector: bool) -> Scene:
    features = training.dataset().feature_names
    view = View(projector=projector)
    return scene(recordings(training), running, sample, features, view)


def stage() -> None:
    """Record the scenario and put it on the stage."""
    scenario = current()
    at = (scenario.training(), scenario.running, scenario.sample - 1, scenario.projector)
    try:
        data = _scene(*at).seen(view_of(scenario)).pack()
    except ValueError as error:  # such as a learning rate that the format cannot hold
        refuse(error)
        return
    _mount_stage(key="stage", data=data)


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
