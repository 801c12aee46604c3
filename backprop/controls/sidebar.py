"""The sidebar: network, data and training of the scenario; none in projector mode."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from backprop.controls.own_data import own_data_dialog
from backprop.controls.session import (
    current,
    edit_key,
    edit_sample,
    forget_edits,
    key,
    reset_edits,
    undo,
)
from backprop.controls.take_away import projector_switch
from backprop.datasets import DATASETS, Dataset
from backprop.derivatives import COSTS
from backprop.fields import FIELDS, MOST_LAYERS, MOST_UNITS, OWN
from backprop.formula import subscript
from backprop.sigmoid import ACTIVATIONS


def network_sidebar(*more: Callable[[], None]) -> None:
    """What the pages about the whole network have beside them; `more` stands after it."""
    sidebar(network_controls, data_controls, training_controls, *more)


def sidebar(*parts: Callable[[], None]) -> None:
    """`parts` beside the page, and the way into projector mode, in which no sidebar is shown."""
    if current().projector:
        return
    with st.sidebar:
        for part in parts:
            part()
        projector_switch()


def way_out() -> tuple[Callable[[], None], ...]:
    """For a page's top row: in projector mode the way out of it, else nothing."""
    return (projector_switch,) if current().projector else ()


def _bounds(name: str) -> dict[str, Any]:
    return {"min_value": FIELDS[name].low, "max_value": FIELDS[name].high}


def network_controls() -> None:
    """Layers, units, activation, biases, initial weights."""
    st.html("<h2>Network</h2>")
    depth = st.slider("Hidden layers", 0, MOST_LAYERS, key=key("depth"))
    for i, place in enumerate(_pairs(depth)):
        place.slider(f"Units, layer {i + 1}", 1, MOST_UNITS, key=key(f"units.{i}"))
    st.segmented_control(
        "Hidden activation", list(ACTIVATIONS), key=key("hidden"), required=True,
        format_func={"sigmoid": "σ", "tanh": "tanh", "relu": "ReLU"}.__getitem__,
        disabled=depth == 0, label_visibility="collapsed",
    )  # fmt: skip
    left, right = st.columns(2)
    left.slider("Weight scale", 0.0, 10.0, step=0.1, key=key("scale"), format="%.1f")
    reach = max(60.0, abs(st.session_state[key("output_bias")]))  # a link may ask for more
    right.slider(
        "Output bias", -reach, reach, step=0.5, key=key("output_bias"), format="%.1f",
        disabled=not st.session_state[key("bias")],
    )  # fmt: skip
    left, right = st.columns(2, vertical_alignment="bottom")
    left.number_input("Seed", step=1, key=key("seed"), **_bounds("seed"))
    right.toggle("Biases", key=key("bias"))


def _pairs(count: int) -> list[Any]:
    """`count` places, two in a row."""
    return [place for _ in range(0, count, 2) for place in st.columns(2)][:count]


def data_controls() -> None:
    """Data set, sample, its inputs and its target."""
    state = st.session_state
    st.html("<h2>Data</h2>")
    names = [*DATASETS, OWN]
    st.selectbox(
        "Data set", names, key=key("data"), on_change=forget_edits, label_visibility="collapsed",
        format_func=lambda name: "Your own points" if name == OWN else DATASETS[name].title,
    )  # fmt: skip
    if state[key("data")] == OWN and st.button("Type points or load a CSV", width="stretch"):
        own_data_dialog()
    scenario = current()
    data = scenario.dataset()
    samples = len(data.X)
    state[key("sample")] = min(state[key("sample")], samples)
    left, right = st.columns(2, vertical_alignment="bottom")
    if samples > 1:
        left.slider("Sample", 1, samples, key=key("sample"), format=f"%d of {samples}")
    at = state[key("sample")] - 1
    name = state[key("data")]
    targets = data.y.shape[1]
    for j in range(targets):
        y = float(data.y[at, j])
        place = right if targets == 1 and y in (0, 1) else st  # a third choice takes more room
        place.segmented_control(
            "Target y" if targets == 1 else f"Target y{subscript(j + 1)}",
            sorted({0.0, 1.0, y}), default=y, required=True, format_func=lambda v: f"{v:g}",
            key=edit_key(name, at, f"y{j}"), on_change=_edit, args=(data, at),
        )  # fmt: skip
    for j, (place, reach) in enumerate(
        zip(_pairs(len(data.feature_names)), scenario.reach(), strict=True)
    ):
        x = float(data.X[at, j])
        reach = max(reach, abs(x))  # a link may have moved it further
        place.slider(
            data.feature_names[j], -reach, reach, x, step=0.01, key=edit_key(name, at, f"x{j}"),
            on_change=_edit, args=(data, at),
        )  # fmt: skip
    if state["edits"] or state["weight_edits"]:
        left, right = st.columns(2)
        left.button("Undo edit", on_click=undo, width="stretch")
        right.button("Reset edits", on_click=reset_edits, width="stretch")


def _edit(data: Dataset, at: int) -> None:
    state, name = st.session_state, st.session_state[key("data")]
    inputs = [float(state[edit_key(name, at, f"x{j}")]) for j in range(data.X.shape[1])]
    targets = [float(state[edit_key(name, at, f"y{j}")]) for j in range(data.y.shape[1])]
    edit_sample(at, (*inputs, *targets))


COST_TITLES = {"bce": "Cross-entropy", "quadratic": "Quadratic"}


def training_controls() -> None:
    """Cost, learning rate and number of updates."""
    st.html("<h2>Training</h2>")
    st.segmented_control(
        "Cost", list(COSTS), key=key("cost"), required=True,
        format_func=COST_TITLES.__getitem__, label_visibility="collapsed",
    )  # fmt: skip
    left, right = st.columns(2)
    rates = [float(f"{m}e{e}") for e in range(-3, 3) for m in (1, 1.5, 2, 3, 5, 7)] + [1000.0]
    rates = sorted({*rates, float(st.session_state[key("learning_rate")])})
    left.select_slider(
        "Learning rate α", rates, key=key("learning_rate"), format_func=lambda v: f"{v:g}"
    )
    counts = sorted({*range(10, 201, 10), *range(250, 501, 50), *range(600, 2001, 100),
                     int(st.session_state[key("updates")])})  # fmt: skip
    right.select_slider("Updates", counts, key=key("updates"))
