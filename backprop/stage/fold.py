"""Which inputs are drawn where there is no room for all: those that contribute most.

    contribution of input j = mean over the samples of |xⱼ|  ×  Σᵤ |W₁[u, j]|

at the start. So neither playing nor another sample changes what is drawn: only other data or
another start does.
"""

from __future__ import annotations

import numpy as np

from backprop.stage.protocol import Experiment


def contributions(experiment: Experiment) -> tuple[int, ...]:
    """The inputs of an experiment, counted from 0, largest contribution to layer 1 first."""
    n, width = experiment["sizes"][1], experiment["sizes"][0]
    W = experiment["scale"] * np.array(experiment["draws"][: n * width]).reshape(n, width)
    for name, value in experiment["weights"]:
        if name.startswith("W1."):
            unit, source = map(int, name.split(".")[1:])
            if unit < n and source < width:  # a link may name what another network has
                W[unit, source] = value
    with np.errstate(over="ignore", invalid="ignore"):  # whatever is beyond float64 comes first
        x = np.abs(np.array(experiment["X"])).mean(axis=0)
        sizes = x * np.abs(W).sum(axis=0)
        return tuple(int(j) for j in np.argsort(-sizes, kind="stable"))


def drawn(order: tuple[int, ...], rows: int) -> tuple[int, ...]:
    """The inputs that have a row, as they stand in the data.

    All of them where `rows` are enough; otherwise the last row is for those not drawn.
    """
    return tuple(sorted(order if len(order) <= rows else order[: rows - 1]))
