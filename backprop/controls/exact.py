"""Exact values: for all that a slider sets, a field to type it with all digits, and a message."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from backprop.controls.plain import plain, refuse
from backprop.controls.session import bound, change, change_weights, current, set_cell, tied
from backprop.engine.digits import shortest
from backprop.engine.formula import subscript
from backprop.scenario.fields import CELLS, FIELDS
from backprop.scenario.offers import REFUSED, TITLES
from backprop.scenario.pasted import from_npz, pasted

TYPED = ("learning_rate", "updates", "scale", "output_bias", "epsilon")
"""The fields that can be typed."""

MOST_CELLS = 8
"""Inputs that have a field here; a wider table is typed where it came from."""


def exact_values() -> None:
    """A button that opens fields for the exact values of what the sidebar's sliders show.

    They are drawn once it is open: a quarter of what the page would cost at every run.
    """
    place = st.popover("Type exact values", width="stretch", key="exact", on_change="rerun")
    if place.open:
        with place:
            _fields()


def _fields() -> None:
    scenario = current()
    for place, name in zip(_pairs(len(TYPED)), TYPED, strict=False):
        shown = FIELDS[name].write(getattr(scenario, name))
        _field(place, TITLES[name], name, shown, partial(_take_field, name))
    st.toggle(TITLES["zero_biases"], disabled=not scenario.bias, **bound("zero_biases"))
    _cells()
    if st.button("Paste weights and biases", width="stretch"):
        weights_dialog()


def _cells() -> None:
    """The inputs and targets of the shown sample."""
    data, at = current().dataset(), current().sample - 1
    inputs, targets = data.X.shape[1], data.y.shape[1]
    if inputs > MOST_CELLS:
        return
    st.caption(f"Sample {at + 1}" + (", its inputs as scaled" if data.scaling else ""))
    names = [*data.feature_names]
    names += ["Target y" if targets == 1 else f"Target y{subscript(j + 1)}" for j in range(targets)]
    values = [*data.X[at].tolist(), *data.y[at].tolist()]
    places = _pairs(len(names))
    for j, (place, name, value) in enumerate(zip(places, names, values, strict=False)):
        label = plain(name, 40)
        _field(place, label, f"cell.{at}.{j}", shortest(value), partial(_take_cell, at, j))


def _pairs(count: int) -> list[Any]:
    return [place for _ in range(0, count, 2) for place in st.columns(2)]


# ---- one field --------------------------------------------------------------------------------


def _field(place: Any, label: str, name: str, shown: str, take: Callable[[str], None]) -> None:
    """A field that shows a value until something else is typed, and keeps what was refused."""
    wrong = st.session_state.setdefault("typed_wrong", {}).get(name)
    if wrong is not None and wrong[0] != shown:
        wrong = None  # the value has moved on since
    text = shown if wrong is None else wrong[1]
    place.text_input(
        label, max_chars=40, **tied(f"exact.{name}", text, partial(_take, name, shown, take))
    )
    if wrong is not None:
        with place:
            refuse(wrong[2])


def _take(name: str, shown: str, take: Callable[[str], None], text: str) -> None:
    kept = st.session_state.setdefault("typed_wrong", {})
    kept.pop(name, None)
    try:
        take(as_number(text))
    except ValueError as error:
        kept[name] = (shown, text, REFUSED.format(required=error, text=text, shown=shown))


def as_number(text: str) -> str:
    """A number as people type it: with a decimal comma, with the minus sign of typesetters."""
    text = text.strip().replace("−", "-")
    return text.replace(",", ".") if text.count(",") == 1 and "." not in text else text


def _take_field(name: str, text: str) -> None:
    change(**{name: FIELDS[name].parse(text)})


def _take_cell(at: int, column: int, text: str) -> None:
    cell = CELLS["input" if column < current().dataset().X.shape[1] else "target"]
    set_cell(at, column, cell.parse(text))


# ---- weights and biases -----------------------------------------------------------------------


@st.dialog("Weights and biases", width="medium")
def weights_dialog() -> None:
    """Numbers for a whole layer, typed or pasted, or all of them from an exported .npz."""
    sizes = current().network().sizes
    names = [f"{letter}{i}" for i in range(1, len(sizes)) for letter in ("W", "b")]
    if not current().bias:
        names = [name for name in names if name[0] == "W"]
    st.write("They replace the start’s: rows of numbers as a textbook or NumPy prints them.")
    name = str(st.selectbox("Which", names, format_func=partial(_shape, sizes)))
    text = st.text_area("Numbers", height=140, placeholder="0.15 0.20\n0.25 0.30", max_chars=20_000)
    if st.button("Use these numbers", type="primary", disabled=not text.strip()):
        _use(lambda: pasted(text, name, sizes))
    uploaded = st.file_uploader("Or the arrays of an export (.npz)", type=["npz"])
    if uploaded is not None and st.button("Use this file"):
        _use(lambda: from_npz(uploaded.getvalue(), sizes))


def _shape(sizes: tuple[int, ...], name: str) -> str:
    i = int(name[1:])
    rows, columns = sizes[i], sizes[i - 1]
    letter = f"{name[0]}{subscript(i)}"
    return f"{letter}: {rows} × {columns}" if name[0] == "W" else f"{letter}: {rows}"


def _use(read: Callable[[], tuple[tuple[str, float], ...]]) -> None:
    try:
        change_weights(read())
    except ValueError as error:
        refuse(error)
    else:
        st.rerun()
