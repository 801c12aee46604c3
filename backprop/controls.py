"""Widgets ↔ Scenario: the only module of the package that knows Streamlit.

Each widget's key is the name of a field of `Scenario`; its limits come from `scenario.FIELDS`.
A session starts from its link. What the user enters stays in the session's state, also when it is
refused, and the message stands beside the control that caused it.
"""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import streamlit as st

from backprop.arithmetic import FORMATS
from backprop.datasets import DATASETS, DataError, Dataset, from_csv, from_table
from backprop.derivatives import CLAMPS, DERIVATIVES
from backprop.scenario import (
    FIELDS,
    MOST_LAYERS,
    MOST_UNITS,
    OWN,
    Edit,
    Problem,
    Scenario,
    from_query,
)
from backprop.sigmoid import ACTIVATIONS
from backprop.stage import SCRIPT, STYLE, scene
from backprop.stage.palette import DERIVATIVE_TITLES
from backprop.training import Recording, race

CLAMP_TITLES = {
    "denominator": "w + ε",
    "clip": "clip, quotient",
    "clip_both": "clip, both",
    "floor": "max(w, ε)",
}
EPSILONS = ("1e-3", "1e-4", "1e-7", "1e-8", "1e-12", "1e-15", "1e-16")

PAGE_STYLE = """<style>
[data-testid="stMainBlockContainer"] { padding: 0.6rem 1.4rem 1rem; max-width: 1760px; }
[data-testid="stHeader"] {
  height: 2.4rem; min-height: 0; background: none; pointer-events: none;
}
[data-testid="stHeader"] button { pointer-events: auto; }
.stApp:has([data-testid="stExpandSidebarButton"]) [data-testid="stMainBlockContainer"] {
  padding-top: 2.3rem;
}
[data-testid="stMain"] [data-testid="stVerticalBlock"] { gap: 0.55rem; }
[data-testid="stSidebarHeader"] { height: 1.6rem; margin: 0; padding: 0.3rem 0.8rem; }
[data-testid="stSidebarContent"] { padding: 0; }
[data-testid="stSidebarUserContent"] { padding: 0 1.2rem 1rem; }
[data-testid="stSidebar"] [data-testid="stVerticalBlock"] { gap: 0.3rem; }
[data-testid="stSidebar"] [data-testid="stHorizontalBlock"] { gap: 0.9rem; flex-wrap: nowrap; }
[data-testid="stSidebar"] [data-testid="stColumn"] { min-width: 0; }
[data-testid="stSidebar"] [data-testid="stCheckbox"] label { gap: 0.3rem; }
[data-testid="stSidebar"] [data-testid="stCheckbox"] p { font-size: 0.83rem; }
[data-testid="stSidebar"] [data-testid="stSlider"] { margin-bottom: -0.5rem; }
[data-testid="stSidebar"] [data-testid="stWidgetLabel"] {
  min-height: 1.2rem; margin-bottom: 0.12rem;
}
[data-testid="stSidebar"] [data-testid="stWidgetLabel"] p {
  font-size: 0.83rem; white-space: nowrap;
}
[data-testid="stSidebar"] h1 { font-size: 1.25rem; padding: 0; margin: 0 0 0.2rem; }
[data-testid="stSidebar"] h2 {
  font-size: 0.78rem; letter-spacing: 0.07em; text-transform: uppercase;
  padding: 0; margin: 0.5rem 0 0; opacity: 0.7;
}
</style>"""
"""Less air than Streamlit's default, so that the whole page is seen without a scroll."""

_mount_stage = st.components.v2.component(
    "backprop_stage", html='<div class="stage-root"></div>', css=STYLE, js=SCRIPT
)


# ---- the session and its link ---------------------------------------------------------------


def start_session() -> list[Problem]:
    """On a session's first run, take the scenario from the link; returns what was refused."""
    state = st.session_state
    if "scenario_started" not in state:
        state.scenario_started = True
        scenario, state.link_problems = from_query(st.query_params)
        _remember(scenario)
    for key in list(state):
        if isinstance(key, str) and key.startswith("live."):
            state[key] = state[key]  # keeps the values of widgets that are not shown in this run
    return list(state.link_problems)


def _remember(scenario: Scenario) -> None:
    state = st.session_state
    for field in fields(Scenario):
        if field.name not in ("units", "rows", "edits"):
            state[f"live.{field.name}"] = getattr(scenario, field.name)
    state["live.depth"] = len(scenario.units)
    for i in range(MOST_LAYERS):
        state[f"live.units.{i}"] = scenario.units[i] if i < len(scenario.units) else 4
    state["own_rows"] = scenario.rows
    state["edits"] = dict(scenario.edits)


def current() -> Scenario:
    """The scenario as the controls say it now."""
    state = st.session_state
    plain = {
        field.name: state[f"live.{field.name}"]
        for field in fields(Scenario)
        if field.name not in ("units", "rows", "edits")
    }
    units = tuple(state[f"live.units.{i}"] for i in range(state["live.depth"]))
    edits: tuple[Edit, ...] = tuple(sorted(state["edits"].items()))
    return Scenario(units=units, rows=state["own_rows"], edits=edits, **plain)


# ---- the sidebar ------------------------------------------------------------------------------


def _bounds(name: str) -> dict[str, Any]:
    return {"min_value": FIELDS[name].low, "max_value": FIELDS[name].high}


def network_controls() -> None:
    """Layers, units, activation, biases, initial weights."""
    st.html("<h2>Network</h2>")
    depth = st.slider("Hidden layers", 0, MOST_LAYERS, key="live.depth")
    for i, place in enumerate(_pairs(depth)):
        place.slider(f"Units, layer {i + 1}", 1, MOST_UNITS, key=f"live.units.{i}")
    st.segmented_control(
        "Hidden activation", list(ACTIVATIONS), key="live.hidden", required=True,
        format_func={"sigmoid": "σ", "tanh": "tanh", "relu": "ReLU"}.__getitem__,
        disabled=depth == 0, label_visibility="collapsed",
    )  # fmt: skip
    left, right = st.columns(2)
    left.slider("Weight scale", 0.0, 10.0, step=0.1, key="live.scale", format="%.1f")
    reach = max(60.0, abs(st.session_state["live.output_bias"]))  # a link may ask for more
    right.slider(
        "Output bias", -reach, reach, step=0.5, key="live.output_bias", format="%.1f",
        disabled=not st.session_state["live.bias"],
    )  # fmt: skip
    left, right = st.columns(2, vertical_alignment="bottom")
    left.number_input("Seed", step=1, key="live.seed", **_bounds("seed"))
    right.toggle("Biases", key="live.bias")


def _pairs(count: int) -> list[Any]:
    """`count` places, two in a row."""
    return [place for _ in range(0, count, 2) for place in st.columns(2)][:count]


def data_controls() -> None:
    """Data set, sample, its inputs and its target."""
    state = st.session_state
    st.html("<h2>Data</h2>")
    names = [*DATASETS, OWN]
    st.selectbox(
        "Data set", names, key="live.data", on_change=_forget_edits, label_visibility="collapsed",
        format_func=lambda name: "Your own points" if name == OWN else DATASETS[name].title,
    )  # fmt: skip
    if state["live.data"] == OWN and st.button("Type points or load a CSV", width="stretch"):
        own_data_dialog()
    data = current().dataset()
    samples = len(data.X)
    state["live.sample"] = min(state["live.sample"], samples)
    left, right = st.columns(2, vertical_alignment="bottom")
    if samples > 1:
        left.slider("Sample", 1, samples, key="live.sample", format=f"%d of {samples}")
    at = state["live.sample"] - 1
    for j in range(data.y.shape[1]):
        y = float(data.y[at, j])
        right.segmented_control(
            "Target y", sorted({0.0, 1.0, y}), default=y, required=True,
            format_func=lambda v: f"{v:g}",
            key=f"edit.{state['live.data']}.{at}.y{j}", on_change=_edit, args=(data, at),
        )  # fmt: skip
    for j, place in enumerate(_pairs(len(data.feature_names))):
        reach = max(2.0, float(abs(data.X[:, j]).max()))
        place.slider(
            data.feature_names[j], -reach * 1.5, reach * 1.5, float(data.X[at, j]),
            step=reach / 200, key=f"edit.{state['live.data']}.{at}.x{j}",
            on_change=_edit, args=(data, at),
        )  # fmt: skip
    if state["edits"]:
        st.button("Undo edits of samples", on_click=_forget_edits, width="stretch")


def _edit(data: Dataset, at: int) -> None:
    state = st.session_state
    prefix = f"edit.{state['live.data']}.{at}."
    inputs = [float(state[f"{prefix}x{j}"]) for j in range(data.X.shape[1])]
    targets = [float(state[f"{prefix}y{j}"]) for j in range(data.y.shape[1])]
    state["edits"] = state["edits"] | {at: (*inputs, *targets)}


def _forget_edits() -> None:
    state = st.session_state
    state["edits"] = {}
    for key in [k for k in state if isinstance(k, str) and k.startswith("edit.")]:
        del state[key]


def training_controls() -> None:
    """Learning rate and number of updates."""
    st.html("<h2>Training</h2>")
    left, right = st.columns(2)
    rates = [float(f"{m}e{e}") for e in range(-3, 3) for m in (1, 1.5, 2, 3, 5, 7)] + [1000.0]
    rates = sorted({*rates, float(st.session_state["live.learning_rate"])})
    left.select_slider(
        "Learning rate α", rates, key="live.learning_rate", format_func=lambda v: f"{v:g}"
    )
    counts = sorted({*range(10, 201, 10), *range(250, 501, 50), *range(600, 2001, 100),
                     int(st.session_state["live.updates"])})  # fmt: skip
    right.select_slider("Updates", counts, key="live.updates")


@st.dialog("Your own points", width="medium")
def own_data_dialog() -> None:
    """A table to type in, or a CSV to load: inputs, then the target in the last column."""
    state = st.session_state
    st.write(
        "One point a row: up to 8 inputs, and in the last column the target, from 0 to 1. "
        "Type here, or load a CSV file."
    )
    uploaded = st.file_uploader("CSV file", type=["csv", "txt", "tsv"])
    rows = [list(row) for row in state["own_rows"]] or [[-1.0, 1.0, 1.0], [1.0, 1.0, 0.0]]
    if uploaded is not None:
        try:
            data = from_csv(uploaded.getvalue())
        except DataError as error:
            st.error(str(error))
        else:
            st.success(f"{len(data.X)} points with {data.X.shape[1]} inputs.")
            if st.button("Use these points", type="primary"):
                _take(data)
            return
    columns = [f"x{j + 1}" for j in range(len(rows[0]) - 1)] + ["y"]
    typed = st.data_editor(
        {name: [row[j] for row in rows] for j, name in enumerate(columns)},
        num_rows="dynamic", width="stretch", key="typed_points",
    )  # fmt: skip
    if st.button("Use this table", type="primary"):
        try:
            data = from_table([list(r) for r in zip(*(typed[c] for c in columns), strict=True)])
        except (DataError, TypeError) as error:
            st.error(str(error))
        else:
            _take(data)


def _take(data: Dataset) -> None:
    rows = zip(data.X.tolist(), data.y.tolist(), strict=True)
    st.session_state["own_rows"] = tuple((*x, *y) for x, y in rows)
    _forget_edits()
    st.rerun()


# ---- the top row ------------------------------------------------------------------------------


def arithmetic_controls() -> None:
    """The output derivative, its ε and clamp, and the number format."""
    state = st.session_state
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.segmented_control(
            "Output derivative", list(DERIVATIVES), key="live.derivative", required=True,
            format_func=DERIVATIVE_TITLES.__getitem__,
        )  # fmt: skip
        if state["live.derivative"] == "clamped":
            st.selectbox(
                "Clamp", list(CLAMPS), key="live.clamp", format_func=CLAMP_TITLES.__getitem__,
                width=140,
            )  # fmt: skip
            choices = sorted({*map(float, EPSILONS), float(state["live.epsilon"])}, reverse=True)
            st.selectbox("ε", choices, key="live.epsilon", format_func=lambda v: f"{v:g}", width=92)
        st.segmented_control("Arithmetic", list(FORMATS)[::-1], key="live.format", required=True)


# ---- recordings and the stage -----------------------------------------------------------------


@st.cache_resource(max_entries=48, show_spinner=False)
def _recordings(training: Scenario) -> dict[str, Recording]:
    data = training.dataset()
    return race(
        training.network(), data.X, data.y, training.runners(),
        updates=training.updates, learning_rate=training.learning_rate,
    )  # fmt: skip


@st.cache_resource(max_entries=96, show_spinner=False)
def _packed_scene(scenario: Scenario) -> bytes:
    recordings = _recordings(scenario.training())
    features = scenario.dataset().feature_names
    return scene(recordings, scenario.running, scenario.sample - 1, features).pack()


def stage(scenario: Scenario) -> None:
    """Record the scenario and put it on the stage."""
    _mount_stage(key="stage", data=_packed_scene(scenario))
