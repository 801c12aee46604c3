"""Check: every gradient computed in three ways, and compared."""

import streamlit as st

from backprop import controls
from backprop.figures import SAVE_ONLY
from backprop.figures.check import charts as check
from backprop.figures.check import table as gradtable
from backprop.gradcheck import words as gradwords

controls.begin("check")
controls.network_sidebar()

controls.arithmetic_controls(*controls.way_out())
controls.check_controls(controls.current())
scenario = controls.current()
try:
    report = controls.report(scenario)
except ValueError as error:
    controls.refuse_scenario(error)
else:
    verdict = check.verdict(report, controls.why_not_finite(scenario))
    st.html(f"<style>{check.STYLE}</style>{verdict}")
    if report.curve is not None:
        left, right = st.columns([7, 6], gap="medium")
        with left:
            st.html(check.heading("How far off backprop is"))
            st.html(check.heatmap(report) + check.words(gradwords.promise(report)))
        with right:
            st.html(check.heading("How far off central differences are"))
            st.plotly_chart(
                check.v_curve(report, scenario.projector), theme="streamlit", config=SAVE_ONLY,
                alt=gradwords.differences(report),
            )  # fmt: skip
            st.html(check.words(gradwords.differences(report), check.DIFFERENCED))
        st.html(check.heading("Every gradient three ways"))
        st.html(f"<style>{gradtable.STYLE}</style>{gradtable.table(report)}")
controls.finish()
