"""Live: a network, played forward and backward, number by number."""

import streamlit as st

from backprop import controls

controls.begin("Live")
if controls.current().projector:
    controls.arithmetic_controls(controls.projector_switch, controls.take_away_buttons)
else:
    with st.sidebar:
        controls.network_controls()
        controls.data_controls()
        controls.training_controls()
        controls.projector_switch()
    controls.arithmetic_controls(controls.take_away_buttons)
controls.stage()
controls.finish()
