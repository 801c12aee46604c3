"""Live: a network, played forward and backward, number by number."""

import streamlit as st

from backprop import controls

st.html(controls.PAGE_STYLE)
for problem in controls.start_session():
    st.warning(f"The link was not understood in one place; the default is used. {problem}")

with st.sidebar:
    st.html("<h1>Backprop, live</h1>")
    controls.network_controls()
    controls.data_controls()
    controls.training_controls()

controls.arithmetic_controls()
try:
    controls.stage(controls.current())
except ValueError as error:
    st.error(str(error))
