"""Which inputs are drawn where there is no room for all: those that contribute most.

    contribution of input j = mean over the samples of |xⱼ|  ×  Σᵤ |W₁[u, j]|

at the start. So neither playing nor another sample changes what is drawn: only other data or
another start does.
"""

from __future__ import annotations

import numpy as np

from backprop.engine.training import Recording


def contributions(recording: Recording) -> tuple[int, ...]:
    """The inputs of a recording, counted from 0, largest contribution to layer 1 first."""
    with np.errstate(over="ignore", invalid="ignore"):  # whatever is beyond float64 comes first
        x = np.abs(recording.X.astype(np.float64)).mean(axis=0)
        W = np.abs(recording.start.weights[0].astype(np.float64)).sum(axis=0)
        return tuple(int(j) for j in np.argsort(-(x * W), kind="stable"))


def pages(order: tuple[int, ...], rows: int) -> tuple[tuple[int, ...], ...]:
    """The inputs that are drawn together, by turns; on each page as they stand in the data.

    One page where `rows` are enough for all. Otherwise the last row is for those not drawn.
    """
    if len(order) <= rows:
        return (tuple(sorted(order)),)
    most = rows - 1
    return tuple(tuple(sorted(order[at : at + most])) for at in range(0, len(order), most))
