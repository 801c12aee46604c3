"""The sidebar: network, data and training of the scenario; none in projector mode.

Two sliders stand in a row. The style says so (frame.css), because each column of Streamlit's would
be one more message to every reader at every change.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from backprop.controls.edits import reset_edits, set_cell, undo
from backprop.controls.exact import exact_values
from backprop.controls.own_data import own_data_dialog
from backprop.controls.plain import plain
from backprop.controls.session import (
    bound,
    change,
    current,
    list_of,
    open_data,
    row_of,
    stops_of,
    tied,
)
from backprop.controls.take_away import projector_switch
from backprop.engine.activations import ACTIVATIONS
from backprop.engine.forms import COSTS
from backprop.engine.formula import subscript
from backprop.scenario.datasets import DATASETS, Dataset
from backprop.scenario.fields import FIELDS, MOST_LAYERS, MOST_UNITS, OWN
from backprop.scenario.offers import REACHES, STOPS, TITLES
from backprop.scenario.scaling import SCALINGS
from backprop.scenario.scenario import Scenario, rate_of


def network_sidebar(*more: Callable[[], None]) -> None:
    """What the pages about the whole network have beside them; `more` stands after it."""
    sidebar(network_controls, data_controls, training_controls, exact_values, *more)


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
    low, high = FIELDS[name].low, FIELDS[name].high
    return {"min_value": float(low or 0), "max_value": float(high or 0)}


def _take_seed(seed: float) -> None:
    change(seed=FIELDS["seed"].parse(f"{seed:.0f}"))


def network_controls() -> None:
    """Layers, units, activation, biases, initial weights."""
    st.html("<h2>Network</h2>")
    scenario = current()
    depth = len(scenario.units)
    st.slider("Hidden layers", 0, MOST_LAYERS, **tied("depth", depth, _take_depth))
    for i in range(depth):
        units = tied(f"units.{i}", scenario.units[i], partial(_take_units, i))
        st.slider(f"Units, layer {i + 1}", 1, MOST_UNITS, **units)
    st.segmented_control(
        "Hidden activation", **row_of(list(ACTIVATIONS), bound("hidden")), required=True,
        format_func=lambda name: ACTIVATIONS[name].symbol,
        disabled=depth == 0, label_visibility="collapsed",
    )  # fmt: skip
    usual, step = REACHES["scale"]
    reach = max(usual, scenario.scale)  # a link, or what was typed, may ask for more
    scale = bound("scale") if reach == usual else bound("scale", reach)
    decimals = _decimals(scenario.scale)
    st.slider(TITLES["scale"], 0.0, reach, step=step, **scale, format=decimals)
    usual, step = REACHES["output_bias"]
    reach = max(usual, abs(scenario.output_bias))
    st.slider(
        TITLES["output_bias"], -reach, reach, step=step, **bound("output_bias", reach),
        format=_decimals(scenario.output_bias),
        disabled=not scenario.bias,
    )  # fmt: skip
    seed = tied("seed", float(scenario.seed), _take_seed)  # Streamlit's whole numbers fail at a NaN
    st.number_input("Seed", step=1.0, format="%.0f", **seed, **_bounds("seed"))
    st.toggle("Biases", **bound("bias"))


def _decimals(value: float) -> str:
    """The format of a slider's number: one decimal, or all digits if one would round it."""
    return "%.1f" if round(value, 1) == value else "%.15g"


def _take_depth(depth: int) -> None:
    """Set the number of hidden layers; those added have as many units as when last shown."""
    state, units = st.session_state, current().units
    seen = (*units, *state.get("units_seen", ())[len(units) :], *(4,) * MOST_LAYERS)
    state.units_seen = seen[:MOST_LAYERS]
    change(units=FIELDS["units"].parse("-".join(map(str, seen[:depth])) or "0"))


def _take_units(layer: int, count: int) -> None:
    units = list(current().units)
    units[layer] = count
    change(units=FIELDS["units"].parse("-".join(map(str, units))))


def data_controls() -> None:
    """Data set, sample, its inputs and its target."""
    st.html("<h2>Data</h2>")
    names = [*DATASETS, OWN]
    st.selectbox(
        "Data set", label_visibility="collapsed",
        **list_of(names, tied("data", current().data, _take_data, *_own_digest()), _title),
    )  # fmt: skip
    scenario = current()
    if scenario.data == OWN:
        own_data_dialog.button("Type points or load a CSV", width="stretch")
    data = scenario.dataset()
    if scenario.data == OWN or scenario.scaling != "none":
        st.segmented_control(
            "Inputs", format_func=_SHORT.__getitem__, required=True,
            label_visibility="collapsed", help="The numbers of the scaling are beside each input.",
            **row_of(list(SCALINGS), tied("scaling", scenario.scaling, _take_scaling)),
        )  # fmt: skip
    samples = len(data.X)
    if samples > 1:
        sample = bound("sample", samples)
        st.slider("Sample", 1, samples, **sample, format=f"%d of {samples}")
    at = scenario.sample - 1
    inputs, targets = data.X.shape[1], data.y.shape[1]
    for j in range(targets):
        y = float(data.y[at, j])
        st.segmented_control(
            "Target y" if targets == 1 else f"Target y{subscript(j + 1)}",
            required=True, format_func=lambda v: f"{v:g}",
            **row_of(sorted({0.0, 1.0, y}), tied(
                f"y{j}", y, partial(set_cell, at, inputs + j), scenario.data, at
            )),
        )  # fmt: skip
    for j, (reach, step) in enumerate(zip(scenario.reach(), scenario.steps(), strict=True)):
        x = float(data.X[at, j])
        reach = max(reach, abs(x))  # a link may have moved it further
        st.slider(
            plain(data.feature_names[j], 40), -reach, reach, step=step, format=_digits(step),
            help=_scaled_how(data, j), **tied(
                f"x{j}", x, partial(set_cell, at, j), scenario.data, at, reach
            ),
        )  # fmt: skip
    if scenario.edits or scenario.weights:
        st.button("Undo edit", key="undo_edit", on_click=undo, width="stretch")
        st.button("Reset edits", key="reset_edits", on_click=reset_edits, width="stretch")


_SHORT = {"none": "As is", "standard": "Standard", "range": "±1"}


def _title(name: str) -> str:
    """A data set as the list calls it."""
    if name != OWN:
        return DATASETS[name].title
    table = current().table
    if table is None:
        return "Your own points"
    return f"Your own points ({len(table.X):,})"


def _own_digest() -> tuple[str, ...]:
    """The identity of the list of data sets, whose title for own data counts them."""
    table = current().table
    return () if table is None else (table.digest[:8],)


def _digits(step: float) -> str:
    """How a slider writes its number: as many decimals as its step has, or an exponent."""
    places = -round(math.log10(step))
    return f"%.{max(0, places)}f" if -4 < places < 5 else "%.3e"


def _scaled_how(data: Dataset, j: int) -> str | None:
    """The numbers by which an input was scaled."""
    if data.scaling is None:
        return None
    shift, divisor = float(data.scaling.shift[j]), float(data.scaling.divisor[j])
    words = {"standard": ("mean", "deviation"), "range": ("middle", "half width")}
    first, second = words[data.scaling.kind]
    return f"Scaled: {first} {shift:.6g}, {second} {divisor:.6g} in your data’s units"


def _take_scaling(scaling: str) -> None:
    scaled = current().scaled(FIELDS["scaling"].parse(scaling))
    change(scaling=scaled.scaling, edits=scaled.edits)


def _take_data(name: str) -> None:
    open_data(FIELDS["data"].parse(name))


def training_controls() -> None:
    """Cost, learning rate and number of updates."""
    st.html("<h2>Training</h2>")
    st.segmented_control(
        "Cost", **row_of(list(COSTS), bound("cost")), required=True,
        format_func=lambda name: COSTS[name].title, label_visibility="collapsed",
    )  # fmt: skip
    rates = sorted({*STOPS["learning_rate"], current().learning_rate})
    st.select_slider(
        TITLES["learning_rate"], **stops_of(rates, bound("learning_rate")),
        format_func=FIELDS["learning_rate"].write,
    )  # fmt: skip
    counts = sorted({*STOPS["updates"], current().updates})
    st.select_slider(TITLES["updates"], **stops_of(counts, bound("updates")))
    rate = rate_of(current().data)
    if current().learning_rate == rate != Scenario.learning_rate:
        st.caption(f"α = {rate:g} came with the data: at this rate they are learned.")
