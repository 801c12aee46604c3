"""The same computation in high precision: what every number would be without rounding.

Inputs are taken as the floats they are; from there on everything is computed with 50 decimal
digits (mpmath). Used wherever the page or a test says "the true value".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import mpmath
import numpy as np
from numpy.typing import ArrayLike

from backprop.derivatives import QUADRATIC
from backprop.network import Network

DIGITS = 50
Matrix = list[list[Any]]
_PRECISE = mpmath.mp.clone()
_PRECISE.dps = DIGITS
mpf = _PRECISE.mpf


@dataclass(frozen=True)
class ExactLayer:
    """h, z, delta as lists of samples of mpf numbers; dW, db likewise, of the averaged cost."""

    h: Matrix
    z: Matrix
    delta: Matrix
    dW: Matrix
    db: list[Any]


@dataclass(frozen=True)
class ExactTrace:
    """What `network.Trace` would be without rounding; `layers[0]` is layer 1."""

    layers: tuple[ExactLayer, ...]
    cost: Any


def sigmoid(h: Any) -> Any:
    """σ(h) with all digits, also of 1 − σ(h) where that is asked for as σ(−h)."""
    return 1 / (1 + _PRECISE.exp(-mpf(h)))


def error(h: float, y: float) -> Any:
    """σ(h) − y, written so that it keeps 50 digits: (1 − y) σ(h) − y σ(−h)."""
    return (1 - mpf(y)) * sigmoid(h) - mpf(y) * sigmoid(-h)


def delta(h: float, y: float, of: str = "bce") -> Any:
    """δ_L of the cost `of`: σ(h) − y, or (σ(h) − y) σ′(h) for the quadratic one."""
    return error(h, y) * (_slope(h) if of == QUADRATIC else 1)


def cost(h: float, y: float, of: str = "bce") -> Any:
    """−y log σ(h) − (1 − y) log σ(−h), or (σ(h) − y)² / 2 for the quadratic one."""
    if of == QUADRATIC:
        return error(h, y) ** 2 / 2
    return mpf(y) * _softplus(-mpf(h)) + (1 - mpf(y)) * _softplus(mpf(h))


def _slope(h: Any) -> Any:
    return sigmoid(h) * sigmoid(-h)


def _softplus(x: Any) -> Any:
    return max(x, mpf(0)) + _PRECISE.log1p(_PRECISE.exp(-abs(x)))


_HIDDEN: dict[str, tuple[Callable[[Any], Any], Callable[[Any], Any]]] = {
    "sigmoid": (sigmoid, _slope),
    "tanh": (_PRECISE.tanh, lambda h: _PRECISE.sech(h) ** 2),
    "relu": (lambda h: max(h, mpf(0)), lambda h: mpf(1 if h > 0 else 0)),
}


def backpropagate(net: Network, X: ArrayLike, y: ArrayLike, of: str = "bce") -> ExactTrace:
    """Both passes of `net` over X (samples, n₀) and y (samples, n_L) with 50 digits.

    `of` names the cost, one of `derivatives.COSTS`. The network's numbers and X, y
    must be finite: ValueError otherwise.
    """
    arrays = [*net.weights, *(net.biases or ()), np.asarray(X), np.asarray(y)]
    if not all(np.all(np.isfinite(a.astype(np.float64))) for a in arrays):
        raise ValueError("Exact arithmetic needs finite weights, inputs and targets.")
    activate, slope = _HIDDEN[net.hidden]
    weights = [_matrix(W) for W in net.weights]
    biases = [[mpf(float(b)) for b in row] for row in net.biases or ()]
    z = [_matrix(np.asarray(X))]
    h: list[Matrix] = []
    targets = _matrix(np.reshape(np.asarray(y), (len(z[0]), -1)))
    for i, W in enumerate(weights):
        shift = biases[i] if biases else [mpf(0)] * len(W)
        h.append([[_dot(w, s) + b for w, b in zip(W, shift, strict=True)] for s in z[-1]])
        last = i == len(weights) - 1
        z.append([[(sigmoid if last else activate)(v) for v in s] for s in h[-1]])
    deltas = [
        [
            [delta(v, t, of) for v, t in zip(*pair, strict=True)]
            for pair in zip(h[-1], targets, strict=True)
        ]
    ]
    for i in range(len(weights) - 1, 0, -1):
        columns = list(zip(*weights[i], strict=True))
        deltas.append(
            [
                [_dot(column, d) * slope(v) for column, v in zip(columns, row, strict=True)]
                for d, row in zip(deltas[-1], h[i - 1], strict=True)
            ]
        )
    deltas.reverse()
    n = len(z[0])
    layers = []
    for i, d in enumerate(deltas):
        units = list(zip(*d, strict=True))
        before = list(zip(*z[i], strict=True))
        dW = [[_dot(unit, source) / n for source in before] for unit in units]
        layers.append(ExactLayer(h[i], z[i + 1], d, dW, [_PRECISE.fsum(u) / n for u in units]))
    pairs = [
        (v, t) for s, ts in zip(h[-1], targets, strict=True) for v, t in zip(s, ts, strict=True)
    ]
    return ExactTrace(tuple(layers), _PRECISE.fsum(cost(v, t, of) for v, t in pairs) / n)


def _matrix(a: Any) -> Matrix:
    return [[mpf(float(v)) for v in row] for row in a]


def _dot(a: Sequence[Any], b: Sequence[Any]) -> Any:
    return _PRECISE.fdot(zip(a, b, strict=True))
