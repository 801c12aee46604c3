"""The Microscope's widgets: one output at h and y, dragged, pressed or typed, and what it shows.

The block with the slider for h lives in a fragment. While h is dragged the browser asks for one h
at a time, Python answers with the block drawn anew, and the charts only move their marker, which
the browser draws. What stands beneath the charts follows too, but if it is out of sight only once
h is let go.
"""

from __future__ import annotations

from collections.abc import Callable
from math import isfinite
from pathlib import Path
from typing import Any

import streamlit as st

from backprop.controls.arithmetic import CLAMP_HELP, epsilon_list
from backprop.controls.component import component
from backprop.controls.exact import as_number
from backprop.controls.frame import finish
from backprop.controls.session import (
    bound,
    change,
    current,
    list_of,
    refill,
    row_of,
    said,
    tied,
)
from backprop.controls.together import part
from backprop.engine.arithmetic import FORMATS, Format
from backprop.engine.cliffs import saturation
from backprop.engine.derivatives import CLAMPS
from backprop.engine.digits import short, tidy
from backprop.figures import SAVE_ONLY
from backprop.figures.microscope import (
    READINGS_SCRIPT,
    SCRIPT,
    STYLE,
    edges,
    marks,
    readings,
    upper,
)
from backprop.figures.microscope.charts import delta_figure, error_figure
from backprop.microscope import look
from backprop.microscope.bits import next_down, next_up
from backprop.microscope.sweep import h_at, place_of, sweep
from backprop.scenario.fields import FIELDS
from backprop.scenario.offers import CLAMP_TITLES
from backprop.scenario.recordings import running
from backprop.stage.protocol import Wish, parsed

MOST_STEPS = 4096
LEAST, MOST = FIELDS["h"].low or 0.0, FIELDS["h"].high or 0.0
_ROOT = '<div class="microscope-root"></div>'
_mount_microscope = component("microscope", SCRIPT, _ROOT, STYLE)
_mount_readings = component("readings", READINGS_SCRIPT, _ROOT, STYLE)
_ORDER = Path(__file__).with_name("microscope.css").read_text("utf-8")
"""The fragment draws the block above the charts and the one beneath them; the charts, which do not
change with h, are outside of it."""


_NOTES = """<h2>How to read this</h2>
<p>One output neuron gets <i>h</i> and should answer <i>y</i>. On paper all forms of δ are the same
number. In a number format they are not.</p>
<p>Drag <i>h</i>. Each cell is a bit: <b>sign</b>, <b>exponent</b>, <b>fraction</b>, the set ones
filled. Past the cliff <i>z</i> = 1, the bits of 1 − <i>z</i> are all 0, while σ(−<i>h</i>), the
same number without the subtraction, keeps its own.</p>
<p>Struck-out digits are wrong. A thin line shows the bits of a term; hover it for the hex and the
term for its true value. One <b>ulp</b> is the step between two neighbouring numbers of the
format.</p>
<p><b>Dead</b>: wrong, with a δ of (nearly) 0, so nothing is learned and nothing is said.</p>"""


def neuron_notes() -> None:
    """What one sees, in a few words."""
    st.html(f'<div class="notes">{_NOTES}</div>')


def live_neuron() -> None:
    """The button that brings the output neuron of the Live page here: its h and its y."""
    st.button(
        "Take h and y from Live", on_click=_take_live, width="stretch",
        help="Those of the shown sample at the shown update; of the unit that is selected there",
    )  # fmt: skip


def _take_live() -> None:
    scenario, state = current(), st.session_state
    try:
        trace = running(scenario).trace(scenario.update)
    except ValueError as error:
        state.h_problem, state.h_typed = str(error), tidy(repr(scenario.h))
        return
    output, sample = trace.layers[-1], scenario.sample - 1
    unit = _output_selected(scenario.selection, len(trace.layers))
    h, y = float(output.h[sample, unit]), float(trace.y[sample, unit])
    if not isfinite(h):
        state.h_problem = f"h of the output is {short(h)} there: no number is left to look at."
        state.h_typed = tidy(repr(scenario.h))
        return
    kept = min(max(h, LEAST), MOST)
    state.h_problem, state.h_typed = "", tidy(repr(kept))
    if kept != h:
        state.h_problem = (
            f"h is {short(h, 6)} there. Here it goes from {LEAST:g} to {MOST:g}; beyond that "
            "δ of every form stays what it is there."
        )
    change(h=kept, y=y)
    state.between = _kind(y) == "between"
    refill()


def _output_selected(selection: str, L: int) -> int:
    """The output unit, from 0, that a selection such as "delta.3.1" is of; else the first."""
    try:
        _, layer, place = parsed(selection)
    except ValueError:
        return 0
    return place[0] if layer == L and place else 0


def neuron_controls(*more: Callable[[], None]) -> None:
    """The target y, the number format, the clamp and its ε; `more` stands at the end of the row."""
    state, far = st.session_state, current().projector
    st.html(f"<style>{_ORDER}</style>")
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        kind = "between" if state.get("between") else _kind(current().y)
        st.segmented_control(
            "Target y", required=True,
            **row_of(["0", "1", "between"], tied("target_kind", kind, _choose_target)),
        )  # fmt: skip
        if kind == "between":
            st.slider("y", 0.0, 1.0, step=0.01, **bound("y"), width=150)
        st.segmented_control(
            "Arithmetic", **row_of(list(FORMATS)[::-1], bound("format")), required=True
        )
        st.selectbox(
            "Clamp", **list_of(list(CLAMPS), bound("clamp"), CLAMP_TITLES.__getitem__),
            width=200 if far else 140, help=CLAMP_HELP,
        )  # fmt: skip
        epsilon_list(140 if far else 92)
        for control in more:
            control()


def _kind(y: float) -> str:
    return {0.0: "0", 1.0: "1"}.get(y, "between")


def _choose_target(kind: str) -> None:
    st.session_state.between = kind == "between"  # also while the slider stands at 0 or 1
    if kind != "between":
        change(y=float(kind))
    elif _kind(current().y) != "between":
        change(y=0.3)


_CHARTS = (
    (
        "delta_over_h",
        "δ at the output",
        "δ of every form against h, from −1000 to 1000, the cliffs marked",
    ),
    (
        "error_over_h",
        "Relative error of δ",
        "The relative error of δ of every form against h, on a logarithmic axis",
    ),
)


@st.cache_resource(max_entries=64, show_spinner=False)
def _charts(number_format: str, y: float, epsilon: float, clamp: str, far: bool) -> tuple[Any, Any]:
    fmt = FORMATS[number_format]
    seen, cliffs = sweep(fmt, y, epsilon, clamp), edges(fmt, epsilon, clamp)
    return delta_figure(seen, cliffs, far), error_figure(seen, cliffs, fmt, far)


def neuron_charts() -> None:
    """δ and its error against h, for this y, format, clamp and ε."""
    scenario = current()
    far = scenario.projector
    figures = _charts(scenario.format, scenario.y, scenario.epsilon, scenario.clamp, far)
    with st.container(key="microscope_charts"):
        places = (st.container(), st.container()) if far else st.columns(2)
        for place, figure, (name, title, alt) in zip(places, figures, _CHARTS, strict=True):
            place.html(f'<p class="chart-title">{title}</p>')
            place.plotly_chart(figure, theme="streamlit", config=SAVE_ONLY, key=name, alt=alt)


@part()
def neuron_block() -> None:
    """The block that follows h, the one beneath the charts, and the address."""
    state = st.session_state
    scenario = current()
    fmt = FORMATS[scenario.format]
    neuron = look(fmt, scenario.h, scenario.y, scenario.epsilon, scenario.clamp)
    wish = said(Wish, "microscope", "asked")
    held = state.pop("h_held", False)
    data = {
        "text": repr(float(neuron.h)).removesuffix(".0"),
        "exact": repr(float(neuron.h)),
        "place": round(float(place_of(float(neuron.h))), 6),
        "count": wish.count if wish else 0,
        "message": state.get("h_problem", ""),
        "typed": state.get("h_typed", ""),
        "body": upper(neuron, fmt),
        **marks(fmt, scenario.epsilon, scenario.clamp),
    }
    with st.container(key="microscope_player"):
        _mount_microscope(key="microscope", data=data, on_asked_change=_answer)
    with st.container(key="microscope_readings"):
        if not held or (wish and wish.seen) or "h_readings" not in state:
            state.h_readings = readings(neuron, fmt, scenario.epsilon, scenario.clamp)
        _mount_readings(key="readings", data={"body": state.h_readings})
    if not held:  # browsers allow only so many changes of the address in a minute
        finish()


def _answer() -> None:
    """Move h as the browser asked: to a place, to a typed number, by floats or by a difference."""
    state = st.session_state
    wish = said(Wish, "microscope", "asked")
    if wish is None:
        return
    state.h_problem, state.h_held = "", bool(wish.held)
    if wish.text is not None:
        _type(wish.text)
        return
    fmt = FORMATS[current().format]
    try:
        h = min(max(_moved(fmt.round(current().h)[()], wish, fmt), LEAST), MOST)
        change(h=FIELDS["h"].parse(repr(h)))
    except (ArithmeticError, ValueError):
        return  # a place far beyond the slider: h stays


def _moved(h: Any, wish: Wish, fmt: Format) -> float:
    if wish.place is not None:
        return float(h_at(wish.place))
    if wish.floats is not None:
        return _step(h, wish.floats, fmt)
    return round(float(h) + (wish.by or 0.0), 10)


def _type(text: str) -> None:
    state, fmt = st.session_state, FORMATS[current().format]
    try:
        change(h=FIELDS["h"].parse(as_number(text)))
    except ValueError:
        shown = text if len(text) <= 24 else text[:24] + "…"
        state.h_problem = (
            f"h must be a number from −1000 to 1000, got “{shown}”. Try {saturation(fmt):.6g}, "
            f"where z rounds to 1 in {fmt.name}."
        )
        state.h_typed = text


def _step(h: Any, floats: int, fmt: Format) -> float:
    move = next_up if floats > 0 else next_down
    for _ in range(min(abs(floats), MOST_STEPS)):
        h = move(h)
    return float(h)
