"""The top row: the output derivative, its ε and clamp, and the number format."""

from __future__ import annotations

import streamlit as st

from backprop.arithmetic import FORMATS
from backprop.controls.session import key
from backprop.derivatives import CLAMPS, DERIVATIVES, QUADRATIC
from backprop.stage.palette import DERIVATIVE_TITLES

CLAMP_TITLES = {
    "denominator": "w + ε",
    "clip": "clip, quotient",
    "clip_both": "clip, both",
    "floor": "max(w, ε)",
}
EPSILONS = ("1e-3", "1e-4", "1e-7", "1e-8", "1e-12", "1e-15", "1e-16")


def arithmetic_controls() -> None:
    """The output derivative, its ε and clamp where they apply, and the number format."""
    state = st.session_state
    quadratic = state[key("cost")] == QUADRATIC
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.segmented_control(
            "Output derivative", list(DERIVATIVES), key=key("derivative"), required=True,
            format_func=DERIVATIVE_TITLES.__getitem__, disabled=quadratic,
        )  # fmt: skip
        if quadratic:
            st.caption(
                "For cross-entropy only. The quadratic cost has one δ: (z − y) σ′(h).", width=260
            )
        elif state[key("derivative")] == "clamped":
            st.selectbox(
                "Clamp", list(CLAMPS), key=key("clamp"), format_func=CLAMP_TITLES.__getitem__,
                width=140,
            )  # fmt: skip
            choices = sorted({*map(float, EPSILONS), float(state[key("epsilon")])}, reverse=True)
            st.selectbox("ε", choices, key=key("epsilon"), format_func=lambda v: f"{v:g}", width=92)
        st.segmented_control("Arithmetic", list(FORMATS)[::-1], key=key("format"), required=True)
