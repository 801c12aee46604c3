"""Chain rule: from ∂J/∂W_L to ∂J/∂W_{L−1}, with the numbers of the network on the Live page."""

from math import isfinite

import streamlit as st

from backprop import FORMATS, Trace, backpropagate, controls
from backprop.chain import chain, from_scratch, reusing, slow_start
from backprop.chain.rescue import attempts, naive_factors
from backprop.engine.cliffs import saturation
from backprop.engine.digits import short
from backprop.engine.forms import COSTS
from backprop.figures import SAVE_ONLY
from backprop.figures.chain_rule import STYLE, charts, closed, graph, ladder, orders, steps
from backprop.scenario.scenario import Scenario


def draw(html: str, key: str) -> None:
    controls.drawing(html, STYLE, key)


def update_shown() -> None:
    updates = controls.current().updates
    st.slider("Update shown", 0, updates, **controls.bound("checked", updates))


def move(by: int) -> None:
    controls.change(factor=controls.current().factor + by)


@controls.part()
def stepper(trace: Trace) -> None:
    """One layer's chain, multiplied factor by factor; a step repaints nothing else."""
    L = len(trace.layers)
    scenario = controls.current()
    layer, sample = min(scenario.layer, L), scenario.sample - 1
    draw(ladder.answer(trace.network.sizes, layer, scenario.running), "ladder")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.segmented_control(
            "Multiply the chain of layer",
            **controls.row_of(range(1, L + 1), controls.bound("layer", value=layer)),
            format_func=lambda i: f"W{i}", required=True,
        )  # fmt: skip
        whole = chain(trace, layer, sample)
        step, last = scenario.factor, len(whole.factors)
        st.button("Back", on_click=move, args=(-1,), disabled=step == 1, shortcut="Left")
        st.button(
            "Next factor", on_click=move, args=(1,), disabled=step == last,
            shortcut="Right", type="primary",
        )  # fmt: skip
        st.slider("Factors multiplied", 1, last, **controls.bound("factor", last), width=220)
    draw(steps.running_product(whole, trace, step), "product")
    draw(steps.factor_row(whole, step), "factors")
    st.html("<h3>The same in the network: values above, gradients below</h3>")
    draw(graph.graph(trace, whole, step), "graph")
    controls.finish()


def closed_form(trace: Trace, fused: Trace, sample: int) -> None:
    """What collapses at the output, what nothing collapses to before it, and the whole batch."""
    left, right = st.columns(2)
    with left:
        st.html("<h3>At the output two factors collapse</h3>")
        draw(closed.collapse(trace, sample), "collapse")
    with right:
        st.html("<h3>Before it nothing does, and no term leads from W to W</h3>")
        draw(closed.before_output(trace, sample), "missing")
    st.html("<h3>For a whole batch: one product of two matrices, and only for the last layer</h3>")
    if trace.derivative.form.cost.keeps_slope:
        st.write(
            "With cross-entropy, that is: with the quadratic cost each z − y is first multiplied "
            "by its slope σ′(h)."
        )
    draw(closed.batch_product(fused), "batch")
    if len(trace.layers) > 1:
        st.button("Remove the hidden layers: then this product is everything", on_click=flatten)


def flatten() -> None:
    controls.change(units=())


def effort_and_cost(sizes: tuple[int, ...]) -> None:
    """Two charts: what δ saves, and what the quadratic cost costs."""
    left, right = st.columns(2)
    with left:
        st.html("<h3>Why δ: every chain from scratch, or going on from the one before</h3>")
        st.write(
            f"For all gradients of one sample, this network takes **{from_scratch(sizes):,}** "
            f"multiplications with each chain from scratch and **{reusing(sizes):,}** with δ "
            "reused. From scratch it grows with the square of the depth; reusing δ, in step with "
            "it. Counted for a row times a matrix, from the left, without zeros. The chart has "
            f"{max(sizes[1:-1], default=4)} units in each hidden layer; the dots are this network."
        )
        figure = charts.effort(sizes, controls.current().projector)
        st.plotly_chart(figure, theme="streamlit", config=SAVE_ONLY, key="effort")
    with right:
        st.html("<h3>The quadratic cost keeps the slope: a slow start</h3>")
        start = st.slider(
            "One neuron, sure and wrong: h at the start (y = 0, α = 1)", 1.0, 7.0, step=0.5,
            **controls.bound("start"),
        )  # fmt: skip
        recordings = slow_start(start)
        first = [
            f"{COSTS[name].within}, {COSTS[name].delta.text}: "
            f"**{short(recording.trace(0).layers[0].delta[0, 0])}**."
            for name, recording in recordings.items()
        ]
        st.write(f"First δ with {' With '.join(first)} The more wrong, the slower.")
        figure = charts.slow_start(recordings, controls.current().projector)
        st.plotly_chart(figure, theme="streamlit", config=SAVE_ONLY, key="slow")


def where_nan_enters(scenario: Scenario) -> None:
    """The two factors of the naive form where they break, and what would save their product."""
    recordings = controls.recordings(scenario)
    fault = recordings["naive"].first_fault if "naive" in recordings else None
    if fault and fault.h is not None and fault.y is not None and isfinite(fault.h):
        h, y = fault.h, fault.y
        where = f"The naive form of this scenario breaks at update {fault.update}"
    else:
        h, y = saturation(FORMATS[scenario.format]), 0.0
        where = f"This scenario never gets there; z first rounds to 1 in {scenario.format}"
    fmt = FORMATS[scenario.format]
    factors = naive_factors(h, y, fmt)
    st.html("<h3>Where NaN enters the chain</h3>")
    st.write(
        f"{where} at h = {short(h, 6)}, here with y = {short(y)}. The first factor has become "
        f"**{short(factors.dJ_dz)}**, the second **{short(factors.slope)}**, their product "
        f"**{short(factors.delta)}**, and so is every product to the right of it. The product of "
        f"the true factors is harmless, as always at most 1 in size: **{short(factors.true)}**."
    )
    draw(orders.orders(attempts(h, y, fmt), factors.closed_form, factors.true), "orders")


controls.begin("chain_rule")
controls.network_sidebar(update_shown)

controls.arithmetic_controls(*controls.way_out())
scenario = controls.current()
try:
    recording = controls.recordings(scenario)[scenario.running]
except ValueError as error:
    controls.refuse_scenario(error)
    controls.finish()
else:
    trace = recording.trace(scenario.checked)
    fused = backpropagate(trace.network, trace.X, trace.y, "fused")
    stepper(trace)
    closed_form(trace, fused, scenario.sample - 1)
    effort_and_cost(trace.network.sizes)
    where_nan_enters(scenario)
