"""The refusal of a scenario that its number format cannot hold, and the format that can."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from backprop.controls.plain import refuse
from backprop.controls.session import change, current
from backprop.engine.arithmetic import FORMATS
from backprop.scenario.scenario import Scenario


def refuse_scenario(error: ValueError) -> None:
    """Show why the scenario is not computed, and a button for the next format in which it is."""
    refuse(error)
    scenario = current()
    precision = FORMATS[scenario.format].precision
    for name in sorted(FORMATS, key=lambda name: FORMATS[name].precision):
        if FORMATS[name].precision > precision and _is_computable(replace(scenario, format=name)):
            st.button(f"Compute in {name}", on_click=change, kwargs={"format": name})
            return


def _is_computable(scenario: Scenario) -> bool:
    try:
        scenario.require_computable()
    except ValueError:
        return False
    return True
