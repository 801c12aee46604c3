"""Exact values: for all that a slider sets, a field to type it with all digits, and a message."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from backprop.controls.dialogs import close, dialog
from backprop.controls.edits import change_weights, set_cell
from backprop.controls.plain import plain, refuse
from backprop.controls.session import (
    bound,
    change,
    current,
    number_in,
    tied,
)
from backprop.engine.digits import shortest
from backprop.engine.formula import subscript
from backprop.scenario.fields import CELLS, FIELDS, Field
from backprop.scenario.offers import REFUSED, TITLES
from backprop.scenario.pasted import from_npz, pasted

TYPED = ("learning_rate", "updates", "scale", "output_bias", "epsilon")
"""The fields that can be typed."""

POPOVER = "exact"
"""The key of the popover."""

MOST_CELLS = 8
"""Inputs that have a field here; a wider table is typed where it came from."""


def exact_values() -> None:
    """A button that opens fields for the exact values of what the sidebar's sliders show.

    They are drawn once it is open: a quarter of what the page would cost at every run.
    """
    place = st.popover("Type exact values", width="stretch", key=POPOVER, on_change="rerun")
    if place.open:
        with place, st.container(key="exact_fields"):
            _fields()


def _fields() -> None:
    scenario = current()
    for place, name in zip(_pairs(len(TYPED)), TYPED, strict=True):
        shown = FIELDS[name].write(getattr(scenario, name))
        _field(place, TITLES[name], name, FIELDS[name], shown, partial(_take_field, name))
    st.toggle(TITLES["zero_biases"], disabled=not scenario.bias, **bound("zero_biases"))
    _cells()
    weights_dialog.button("Paste weights and biases", POPOVER, width="stretch")


def _cells() -> None:
    """The inputs and targets of the shown sample."""
    data, at = current().dataset(), current().sample - 1
    inputs, targets = data.X.shape[1], data.y.shape[1]
    if inputs > MOST_CELLS:
        st.caption(f"The {inputs} inputs and the target are typed where the data came from.")
        return
    st.caption(f"Sample {at + 1}" + (", its inputs as scaled" if data.scaling else ""))
    names = [*data.feature_names]
    names += ["Target y" if targets == 1 else f"Target y{subscript(j + 1)}" for j in range(targets)]
    values = [*data.X[at].tolist(), *data.y[at].tolist()]
    places = _pairs(len(names))
    for j, (place, name, value) in enumerate(zip(places, names, values, strict=True)):
        label, cell, take = plain(name, 40), _cell(j), partial(_take_cell, at, j)
        _field(place, label, f"cell.{at}.{j}", cell, shortest(value), take)


def _pairs(count: int) -> list[Any]:
    """Two places beside one another; the last of an odd number has the whole width."""
    pairs = [place for _ in range(count // 2) for place in st.columns(2)]
    return [*pairs, *(st.container() for _ in range(count % 2))]


# ---- one field --------------------------------------------------------------------------------


def _field(
    place: Any, label: str, name: str, field: Field, shown: str, take: Callable[[str], None]
) -> None:
    """A field that shows a value until something else is typed, and keeps what was refused."""
    wrong = st.session_state.setdefault("typed_wrong", {}).get(name)
    if wrong is not None and wrong[0] != shown:
        wrong = None  # the value has moved on since
    text = shown if wrong is None else wrong[1]
    tie = tied(f"exact.{name}", text, partial(_take, name, shown, take))
    place.text_input(label, max_chars=40, **number_in(field, tie))
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
    """A number as people type it, in the letters of programs (drawing/digits.js does the same).

    With a decimal comma, with marks of thousands where both are there, with a typographic minus.
    """
    text = text.strip().replace("−", "-")
    if re.fullmatch(r"-?\d{1,3}(\.\d{3})+,\d+|-?\d{1,3}(,\d{3})+\.\d+", text):
        whole, fraction = re.split(r"[.,](?=\d+$)", text)
        return re.sub("[.,]", "", whole) + "." + fraction
    return text.replace(",", ".") if text.count(",") == 1 and "." not in text else text


def _take_field(name: str, text: str) -> None:
    change(**{name: FIELDS[name].parse(text)})


def _take_cell(at: int, column: int, text: str) -> None:
    set_cell(at, column, _cell(column).parse(text))


def _cell(column: int) -> Field:
    """What a column of a sample can hold."""
    return CELLS["input" if column < current().dataset().X.shape[1] else "target"]


# ---- weights and biases -----------------------------------------------------------------------


@dialog("Weights and biases", width="medium")
def weights_dialog() -> None:
    """Numbers for a whole layer, typed or pasted, or all of them from an exported .npz."""
    sizes = current().network().sizes
    names = [f"{letter}{i}" for i in range(1, len(sizes)) for letter in ("W", "b")]
    if not current().bias:
        names = [name for name in names if name[0] == "W"]
    st.write("They replace the start’s: rows of numbers as a textbook or NumPy prints them.")
    name = str(st.selectbox("Which", names, format_func=partial(_shape, sizes)))
    text = st.text_area("Numbers", height=140, placeholder="0.15 0.20\n0.25 0.30", max_chars=20_000)
    if st.button("Use these numbers", type="primary"):
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
        close()
        st.rerun()
