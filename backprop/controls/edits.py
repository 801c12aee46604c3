"""Edits of samples and weights in the session's scenario, and the way back from each."""

from __future__ import annotations

from typing import Any

import streamlit as st

from backprop.controls.session import change, current, refill
from backprop.scenario.fields import FIELDS, fitting_edits

MOST_UNDO = 100


def edit_sample(at: int, row: tuple[float, ...]) -> None:
    """Replace sample `at` (from 0) by `row`: inputs, then targets."""
    data = current().dataset()
    if row != (*data.X[at].tolist(), *data.y[at].tolist()):
        _edited(edits=_with(current().edits, at, row))


def edit_weight(name: str, value: float) -> None:
    """Replace a weight or bias of the start, named as in "W1.0.2" or "b2.1"."""
    _edited(weights=_with(current().weights, name, value))


def set_cell(at: int, column: int, value: float) -> None:
    """Put a value into a column of sample `at` (both from 0): inputs as scaled, then targets.

    Raises ValueError for what a sample cannot hold.
    """
    data = current().dataset()
    row = [*data.X[at].tolist(), *data.y[at].tolist()]
    row[column] = float(value)
    ((_, checked),) = FIELDS["edits"].parse(FIELDS["edits"].write(((at, tuple(row)),)))
    fits, required = fitting_edits(((at, checked),), data)
    if not fits:
        raise ValueError(required)
    edit_sample(at, checked)


def change_weights(weights: tuple[tuple[str, float], ...]) -> None:
    """Replace many weights and biases of the start at once: one edit."""
    _edited(weights=tuple(sorted((dict(current().weights) | dict(weights)).items())))
    refill()


def undo() -> None:
    """Take the last edit back; edits that a link brought have no history and go at once."""
    state = st.session_state
    edits, weights = state.undo.pop() if state.undo else ((), ())
    change(edits=edits, weights=weights)
    refill()


def reset_edits() -> None:
    """Bring back the samples as the data set has them, and the weights as the seed gives them."""
    if current().edits or current().weights:
        _edited(edits=(), weights=())
        refill()


def _edited(**changes: Any) -> None:
    state, before = st.session_state, current()
    state.undo = [*state.undo[1 - MOST_UNDO :], (before.edits, before.weights)]
    change(**changes)


def _with(pairs: tuple[tuple[Any, Any], ...], name: object, value: object) -> tuple[Any, ...]:
    return tuple(sorted((dict(pairs) | {name: value}).items()))
