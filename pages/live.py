"""Live: a network, played forward and backward, number by number."""

import streamlit as st

from backprop import controls


@st.fragment
def live() -> None:
    """What the sidebar does not depend on: another derivative or format reruns only this."""
    switch = [controls.projector_switch] if controls.current().projector else []
    controls.arithmetic_controls(*switch, controls.take_away_buttons)
    controls.stage()
    controls.answers()
    controls.finish()


controls.begin("Live")
if not controls.current().projector:
    with st.sidebar:
        controls.network_controls()
        controls.data_controls()
        controls.training_controls()
        controls.projector_switch()
live()
