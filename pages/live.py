"""Live: a network, played forward and backward, number by number."""

import streamlit as st

from backprop import controls

controls.begin("Live")
with st.sidebar:
    controls.network_controls()
    controls.data_controls()
    controls.training_controls()

controls.arithmetic_controls()
controls.stage()
controls.finish()
