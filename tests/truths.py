"""The true values of an update as Python has them, from Decimals: what the page must say as well.

For the steps of δ_L also where the digits went: at the first step that is `LOST` units in the last
place off although its operands were not, and where ε outweighs the number that it is put beside.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import numpy as np

from backprop.engine import exact
from backprop.engine.arithmetic import Array
from backprop.engine.digits import tidy
from backprop.engine.steps import run
from backprop.engine.trace import Trace
from backprop.engine.training import Recording
from backprop.engine.truth import digits_of, error_of, true_values
from backprop.microscope import LOST
from backprop.stage.protocol import channel

MOST_NUMBERS = 40_000
"""Samples × weights up to which the page computes gradients with 50 digits."""


def truths(recording: Recording, k: int, sample: int) -> dict[str, list[str]]:
    """For each channel of `sample` at update k: the true value, and how far the shown one is off.

    True means: from this update's weights as they are, without any rounding after that. Empty
    once the weights themselves are not finite. Gradients are left out where the batch is large.
    """
    trace = recording.trace(k)
    whole = len(recording.X) * recording.parameters.shape[1] <= MOST_NUMBERS
    rows = slice(None) if whole else slice(sample, sample + 1)
    at = sample if whole else 0
    try:
        true = exact.trace(
            trace.network, recording.X[rows], recording.y[rows], recording.derivative.cost
        )
    except ValueError:  # NaN in, nothing true out
        return {}
    said = {}
    for place, value, exactly in _pairs(trace, true, sample, at, whole):
        said[place] = _compared(value, exactly)
    if whole:
        L = len(trace.layers)
        said[channel("J", L, 0)] = _compared(recording.cost[k], true.cost)
    return said | _losses(trace, sample)


def _losses(trace: Trace, sample: int) -> dict[str, list[str]]:
    """The steps of δ_L at which digits go, in `sample`: the true value, the distance, and words."""
    derivative, L, said = trace.derivative, len(trace.layers), {}
    h, y = trace.layers[-1].h[sample], trace.y[sample]
    got = run(derivative.steps, derivative.inputs(h, y))
    for u in range(len(h)):
        start = {
            name: float(np.broadcast_to(x, h.shape)[u])
            for name, x in derivative.inputs(h, y).items()
        }
        if not abs(start["h"]) <= 1000:
            continue
        true = true_values(derivative.steps, start)
        bare = true_values(derivative.steps, start | {"epsilon": 0.0}) if "epsilon" in start else {}
        far: set[str] = set()
        for step in derivative.steps:
            exactly, found = true[step.name], got[step.name][u]
            off = exactly.is_finite() and not error_of(found, exactly).ulps <= LOST
            if off:
                far.add(step.name)
            swallowed = "epsilon" in step.operands and (
                abs(exactly - bare[step.name]) > abs(bare[step.name]) / 2
            )
            words = "ε decides" if swallowed else "digits lost at"
            if swallowed or (off and not far & set(step.operands)):
                place = channel(f"step.{step.name}", L, u)
                formula = step.symbol.text.replace(" ", "\u00a0")
                said[place] = [*_compared(found, exactly), f"{words} {formula}"]
    return said


def _pairs(
    trace: Trace, true: exact.ExactTrace, sample: int, at: int, whole: bool
) -> Iterator[tuple[str, Any, Decimal]]:
    for i, (layer, exactly) in enumerate(zip(trace.layers, true.layers, strict=True), start=1):
        for name in ("h", "z", "delta"):
            yield from _units(name, i, (), getattr(layer, name)[sample], getattr(exactly, name)[at])
        if not whole:
            continue
        for u, (row, true_row) in enumerate(zip(layer.dW, exactly.dW, strict=True)):
            yield from _units("dW", i, (u,), row, true_row)
        if layer.db is not None:
            yield from _units("db", i, (), layer.db, exactly.db)


def _units(
    name: str, i: int, row: tuple[int, ...], values: Array, exactly: Array
) -> Iterator[tuple[str, Any, Decimal]]:
    for u, (value, true) in enumerate(zip(values, exactly, strict=True)):
        yield channel(name, i, *row, u), value, true


def _compared(value: Any, true: Decimal) -> list[str]:
    digits = tidy(digits_of(true, 18, exact.DIGITS - 5))
    error = error_of(value, true).ulps
    if error != error or error == float("inf"):
        return [digits, ""]
    if error <= 0.5:
        return [digits, "correctly rounded"]
    return [digits, f"{tidy(f'{error:.3g}')} ulp off"]
