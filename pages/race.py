"""Race: which output derivative breaks, which goes silent, which learns, from one start."""

import streamlit as st

from backprop import controls

controls.begin("Race")
with st.sidebar:
    controls.network_controls()
    controls.data_controls()
    controls.training_controls()

controls.racers_controls()
try:
    controls.race_view(controls.current())
except ValueError as error:
    st.error(str(error))
controls.finish()
