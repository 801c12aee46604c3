"""The top row: the output derivative, its ε and clamp, and the number format."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from backprop.controls.session import bound, current
from backprop.drawing.palette import DERIVATIVE_TITLES
from backprop.engine.arithmetic import FORMATS
from backprop.engine.derivatives import (
    CLAMPS,
    DERIVATIVES,
    QUADRATIC,
)
from backprop.scenario.fields import FIELDS

CLAMP_TITLES = {
    "denominator": "w + ε",
    "clip": "clip, quotient",
    "clip_both": "clip, both",
    "floor": "max(w, ε)",
}
CLAMP_HELP = """
Where ε stands. With w = z (1 − z), ∂J/∂z = (z − y) / w:
- **w + ε**: added to w.
- **clip, quotient**: in (z − y) / w, z is kept in [ε, 1 − ε].
- **clip, both**: and in the slope z (1 − z) too.
- **max(w, ε)**: w is never less than ε.
"""
EPSILONS = ("1e-3", "1e-4", "1e-7", "1e-8", "1e-12", "1e-15", "1e-16")


def arithmetic_controls(*beside: Callable[[], None]) -> None:
    """The output derivative, its ε and clamp where they apply, and the number format.

    `beside` draws what stands at the end of the same row.
    """
    scenario = current()
    labels: Any = "collapsed" if scenario.projector else "visible"
    quadratic = scenario.cost == QUADRATIC
    with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall"):
        st.segmented_control(
            "Output derivative", list(DERIVATIVES), **bound("derivative"), required=True,
            format_func=DERIVATIVE_TITLES.__getitem__, disabled=quadratic, label_visibility=labels,
        )  # fmt: skip
        if quadratic:
            st.caption("The quadratic cost has one δ: (z&nbsp;−&nbsp;y)&nbsp;σ′(h).", width=205)
        elif scenario.derivative == "clamped":
            st.selectbox(
                "Clamp", list(CLAMPS), **bound("clamp"), format_func=CLAMP_TITLES.__getitem__,
                width=106, label_visibility=labels, help=CLAMP_HELP,
            )  # fmt: skip
            choices = sorted({*map(float, EPSILONS), scenario.epsilon}, reverse=True)
            st.selectbox(
                "ε", choices, **bound("epsilon"), format_func=FIELDS["epsilon"].write,
                width=88, label_visibility=labels,
            )  # fmt: skip
        st.segmented_control(
            "Arithmetic", list(FORMATS)[::-1], **bound("format"), required=True,
            label_visibility=labels,
        )  # fmt: skip
        for draw in beside:
            draw()
