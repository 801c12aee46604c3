"""The check of gradients: which update, which step, and its report, kept for all sessions."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from backprop.controls.session import bound, change, current, stops_of, tied
from backprop.engine.arithmetic import FORMATS
from backprop.engine.digits import shortest
from backprop.engine.network import Network
from backprop.gradcheck import PATIENCE, check_gradients, seconds_needed
from backprop.gradcheck.differences import steps_of, usual_step
from backprop.gradcheck.report import GradientReport
from backprop.scenario.fields import FIELDS
from backprop.scenario.recordings import KEPT, recordings
from backprop.scenario.scenario import Scenario

_PROGRESS_FROM = 1.0
"""Checks that are estimated to take fewer seconds than this show no bar."""


def check_controls(scenario: Scenario) -> None:
    """The update whose gradients are checked, and the step of the central differences."""
    fmt = FORMATS[scenario.format]
    step, usual = _step(scenario), usual_step(fmt)
    steps, tie = sorted({*steps_of(fmt), step}), tied("step", step, _take_step)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.slider(
            "Update (0 is the start)", 0, scenario.updates, **bound("checked", scenario.updates)
        )
        st.select_slider(
            "Step s of the central differences", **stops_of(steps, tie), format_func=shortest
        )
        st.button(
            f"Usual: {shortest(usual)}", on_click=_take_step, args=(usual,),
            disabled=step == usual, width="content",
        )  # fmt: skip


def _step(scenario: Scenario) -> float:
    """The step that was set, or else the one usual for the format."""
    return usual_step(FORMATS[scenario.format]) if scenario.step is None else scenario.step


def _take_step(step: float) -> None:
    """Set a step; the usual one of the format follows it from now on, as before any was set."""
    value = FIELDS["step"].parse(FIELDS["step"].write(step))
    change(step=None if value == usual_step(FORMATS[current().format]) else value)


def report(scenario: Scenario) -> GradientReport:
    """The check of a scenario at its update; once for all sessions. Long ones show their progress.

    Raises ValueError, as `check_gradients` does, for what would take minutes.
    """
    asked = replace(
        scenario.training(), derivative=scenario.derivative, step=_step(scenario),
        checked=scenario.checked,
    )  # fmt: skip
    return KEPT.get(("check", asked), lambda: _check(asked), GradientReport.weight)


def _check(scenario: Scenario) -> GradientReport:
    data, net = scenario.dataset(), _network(scenario)
    place = st.empty()

    def show(share: float) -> None:
        place.progress(min(share, 1.0), "Checking: 50 digits, then differences …")

    slow = seconds_needed(net, len(data.X)) > _PROGRESS_FROM
    try:
        return check_gradients(
            net, data.X, data.y, scenario.output_derivative(scenario.derivative),
            step=scenario.step, progress=show if slow else None, patience=PATIENCE,
        )  # fmt: skip
    finally:
        place.empty()


def why_not_finite(scenario: Scenario) -> str | None:
    """What made the weights NaN or ∞ before the checked update; None where they are finite."""
    fault = None
    if scenario.checked > 0:
        fault = recordings(scenario)[scenario.running].first_fault
    if fault is None or fault.update >= scenario.checked:
        return None
    return (
        f"The first value that is not finite came up at layer {fault.layer} in update "
        f"{fault.update}: {fault.cause}. Choose an update up to {fault.update}."
    )


def _network(scenario: Scenario) -> Network:
    if scenario.checked == 0:
        return scenario.network()
    return recordings(scenario)[scenario.running].network(scenario.checked)
