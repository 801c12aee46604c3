"""Microscope: one output neuron at one h, every term of every form, bit by bit."""

import streamlit as st

from backprop import controls

controls.begin("Microscope")
if controls.current().projector:
    controls.neuron_controls(controls.projector_switch)
else:
    with st.sidebar:
        controls.neuron_notes()
        controls.projector_switch()
    controls.neuron_controls()
controls.neuron_charts()
controls.neuron_block()
