"""Live: a network, played forward and backward, number by number."""

import streamlit as st

from backprop import controls


@st.fragment
def live() -> None:
    """What the sidebar does not depend on: another derivative or format reruns only this."""
    controls.arithmetic_controls(*controls.way_out(), controls.take_away_buttons)
    controls.stage()
    controls.answers()
    controls.following()
    controls.finish(player_moves=True)


controls.begin("live")
controls.network_sidebar()
live()
controls.keep_own_lesson()
