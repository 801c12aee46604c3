"""The same computation with 50 digits: what every number would be without rounding.

Inputs are taken as the floats they are; from there on everything is a `decimal.Decimal` of 50
digits, in arrays whose products NumPy sums. Used wherever the page or a test says "the true
value". What is computed at single numbers is in `fifty`.
"""

from __future__ import annotations

import decimal
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from backprop.engine.activations import ACTIVATIONS
from backprop.engine.arithmetic import Array
from backprop.engine.fifty import CONTEXT, DIGITS
from backprop.engine.forms import COSTS
from backprop.engine.network import Network

__all__ = ["DIGITS", "ExactLayer", "ExactTrace", "cost", "decimals", "delta", "trace"]


@dataclass(frozen=True)
class ExactLayer:
    """h, z, delta (samples, n) and dW (n, n_prev), db (n,) of the averaged cost, as Decimals."""

    h: Array
    z: Array
    delta: Array
    dW: Array
    db: Array


@dataclass(frozen=True)
class ExactTrace:
    """What `trace.Trace` would be without rounding; `layers[0]` is layer 1."""

    layers: tuple[ExactLayer, ...]
    cost: Decimal


def delta(h: float, y: float, of: str = "bce") -> Decimal:
    """δ_L of the cost `of`: σ(h) − y, or (σ(h) − y) σ′(h) for the quadratic one.

    σ(h) − y is written so that it keeps 50 digits: (1 − y) σ(h) − y σ(−h).
    """
    with decimal.localcontext(CONTEXT):
        return COSTS[of].exact(Decimal(float(h)), Decimal(float(y)))[1]


def cost(h: float, y: float, of: str = "bce") -> Decimal:
    """−y log σ(h) − (1 − y) log σ(−h), or (σ(h) − y)² / 2 for the quadratic one."""
    with decimal.localcontext(CONTEXT):
        return COSTS[of].exact(Decimal(float(h)), Decimal(float(y)))[2]


@cache
def _everywhere(function: Callable[..., Any], inputs: int, outputs: int) -> Callable[..., Any]:
    return np.frompyfunc(function, inputs, outputs)


decimals = _everywhere(lambda value: Decimal(float(value)), 1, 1)
"""The numbers of an array as the Decimals they are, all binary digits kept."""


def trace(net: Network, X: ArrayLike, y: ArrayLike, of: str = "bce") -> ExactTrace:
    """Both passes of `net` over X (samples, n₀) and y (samples, n_L) with 50 digits.

    `of` names the cost, one of `forms.COSTS`. The network's numbers and X, y must be finite:
    ValueError otherwise.
    """
    inputs, targets = np.asarray(X), np.asarray(y)
    arrays = [*net.weights, *(net.biases or ()), inputs, targets]
    if not all(np.all(np.isfinite(a.astype(np.float64))) for a in arrays):
        raise ValueError("Exact arithmetic needs finite weights, inputs and targets.")
    with decimal.localcontext(CONTEXT):
        weights = [decimals(W) for W in net.weights]
        biases = [decimals(b) for b in net.biases or ()]
        z, h, slopes = [decimals(inputs)], [], []
        hidden = _everywhere(ACTIVATIONS[net.hidden].exact, 1, 2)
        for i, W in enumerate(weights):
            h.append(z[-1] @ W.T + (biases[i] if biases else 0))
            if i < len(weights) - 1:
                activated, slope = hidden(h[-1])
                z.append(activated)
                slopes.append(slope)
        output = _everywhere(COSTS[of].exact, 2, 3)
        out, delta_out, costs = output(h[-1], decimals(np.reshape(targets, h[-1].shape)))
        deltas = [delta_out]
        for W, slope in zip(reversed(weights[1:]), reversed(slopes), strict=True):
            deltas.append((deltas[-1] @ W) * slope)
        deltas.reverse()
        n = len(inputs)
        layers = tuple(
            ExactLayer(h[i], (*z[1:], out)[i], d, d.T @ z[i] / n, d.sum(axis=0) / n)
            for i, d in enumerate(deltas)
        )
        return ExactTrace(layers, costs.sum() / n)
