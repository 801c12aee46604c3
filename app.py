"""Backprop, live: page set-up and the table of contents."""

import streamlit as st

st.set_page_config(page_title="Backprop, live", layout="wide", initial_sidebar_state=270)
st.session_state.set_up = True
st.navigation(
    [
        st.Page("pages/live.py", title="Live", default=True),
        st.Page("pages/race.py", title="Race", url_path="race"),
        st.Page("pages/microscope.py", title="Microscope", url_path="microscope"),
        st.Page("pages/chain_rule.py", title="Chain rule", url_path="chain_rule"),
        st.Page("pages/check.py", title="Check", url_path="check"),
        st.Page("pages/lessons.py", title="Lessons", url_path="lessons"),
    ],
    position="hidden",
).run()
