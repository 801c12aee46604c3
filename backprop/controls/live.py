"""Recordings of a scenario, cached for all sessions, and the stage that plays one."""

from __future__ import annotations

import streamlit as st

from backprop.scenario import Scenario
from backprop.stage import SCRIPT, STYLE, scene
from backprop.training import Recording

_mount_stage = st.components.v2.component(
    "backprop_stage", html='<div class="stage-root"></div>', css=STYLE, js=SCRIPT
)


def recordings(scenario: Scenario) -> dict[str, Recording]:
    """The race of all derivatives of the scenario's cost, by name; once for all sessions."""
    return _recordings(scenario.training())


@st.cache_resource(max_entries=48, show_spinner=False)
def _recordings(training: Scenario) -> dict[str, Recording]:
    return training.recordings()


@st.cache_resource(max_entries=96, show_spinner=False)
def _packed_scene(scenario: Scenario) -> bytes:
    features = scenario.dataset().feature_names
    return scene(recordings(scenario), scenario.running, scenario.sample - 1, features).pack()


def stage(scenario: Scenario) -> None:
    """Record the scenario and put it on the stage."""
    _mount_stage(key="stage", data=_packed_scene(scenario))
