"""The same computation with 50 digits: what every number would be without rounding.

Inputs are taken as the floats they are; from there on everything is a `decimal.Decimal` of 50
digits, in arrays whose products NumPy sums. Used wherever the page or a test says "the true
value". As in `sigmoid`, no formula subtracts what is nearly equal:

    e = exp(−|h|),   σ(±|h|) = 1 / (1 + e) and e / (1 + e),   δ_L = (1 − y) σ(h) − y σ(−h)
"""

from __future__ import annotations

import decimal
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from backprop.engine.arithmetic import Array
from backprop.engine.derivatives import QUADRATIC
from backprop.engine.network import Network

DIGITS = 50
_GUARD = 20
_CONTEXT = decimal.Context(
    prec=DIGITS,
    rounding=decimal.ROUND_HALF_EVEN,
    Emin=decimal.MIN_EMIN,
    Emax=decimal.MAX_EMAX,
    capitals=1,
    clamp=0,
    flags=[],
    traps=[decimal.InvalidOperation, decimal.DivisionByZero, decimal.Overflow],
)


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
    """What `network.Trace` would be without rounding; `layers[0]` is layer 1."""

    layers: tuple[ExactLayer, ...]
    cost: Decimal


def sigmoid(h: float) -> Decimal:
    """σ(h) with all digits, also of 1 − σ(h) where that is asked for as σ(−h)."""
    with decimal.localcontext(_CONTEXT):
        return _sigmoids(Decimal(float(h)))[0]


def delta(h: float, y: float, of: str = "bce") -> Decimal:
    """δ_L of the cost `of`: σ(h) − y, or (σ(h) − y) σ′(h) for the quadratic one.

    σ(h) − y is written so that it keeps 50 digits: (1 − y) σ(h) − y σ(−h).
    """
    with decimal.localcontext(_CONTEXT):
        return _OUTPUT[of](Decimal(float(h)), Decimal(float(y)))[1]


def cost(h: float, y: float, of: str = "bce") -> Decimal:
    """−y log σ(h) − (1 − y) log σ(−h), or (σ(h) − y)² / 2 for the quadratic one."""
    with decimal.localcontext(_CONTEXT):
        return _OUTPUT[of](Decimal(float(h)), Decimal(float(y)))[2]


def _sigmoids(h: Decimal) -> tuple[Decimal, Decimal, Decimal]:
    e = (-abs(h)).exp()
    big, small = 1 / (1 + e), e / (1 + e)
    return (big, small, e) if h >= 0 else (small, big, e)


def _cross_entropy(h: Decimal, y: Decimal) -> tuple[Decimal, Decimal, Decimal]:
    z, mirrored, e = _sigmoids(h)
    return z, (1 - y) * z - y * mirrored, abs(h) * (1 - y if h > 0 else y) + _log1p(e)


def _quadratic(h: Decimal, y: Decimal) -> tuple[Decimal, Decimal, Decimal]:
    z, mirrored, _ = _sigmoids(h)
    miss = (1 - y) * z - y * mirrored
    return z, miss * z * mirrored, miss * miss / 2


def _log1p(e: Decimal) -> Decimal:
    if e < Decimal("1e-17"):  # the next term of the series is below 1e-51 of the first
        return e - e * e / 2 + e * e * e / 3
    with decimal.localcontext(prec=DIGITS + _GUARD):
        return (1 + e).ln()


def _sigmoid_and_slope(h: Decimal) -> tuple[Decimal, Decimal]:
    z, mirrored, _ = _sigmoids(h)
    return z, z * mirrored


def _tanh_and_slope(h: Decimal) -> tuple[Decimal, Decimal]:
    with decimal.localcontext(prec=DIGITS + _GUARD):  # 1 − e loses up to 13 digits
        e = (-2 * abs(h)).exp()
        d = 1 + e
        z, slope = ((1 - e) / d).copy_sign(h), 4 * e / (d * d)
    if abs(h) < Decimal("1e-13"):  # the next term of the series is below 1e-52 of the first
        z = h - h * h * h / 3
    return +z, +slope


def _relu_and_slope(h: Decimal) -> tuple[Decimal, Decimal]:
    return max(h, Decimal(0)), Decimal(1 if h > 0 else 0)


def _each(function: Callable[..., Any], inputs: int, outputs: int) -> Callable[..., Any]:
    return np.frompyfunc(function, inputs, outputs)


_HIDDEN = {
    "sigmoid": _each(_sigmoid_and_slope, 1, 2),
    "tanh": _each(_tanh_and_slope, 1, 2),
    "relu": _each(_relu_and_slope, 1, 2),
}
_OUTPUT = {"bce": _cross_entropy, QUADRATIC: _quadratic}
"""For each cost, z, δ_L and J of one output of one sample."""
_OUTPUTS = {name: _each(function, 2, 3) for name, function in _OUTPUT.items()}

decimals = _each(lambda value: Decimal(float(value)), 1, 1)
"""The numbers of an array as the Decimals they are, all binary digits kept."""


def backpropagate(net: Network, X: ArrayLike, y: ArrayLike, of: str = "bce") -> ExactTrace:
    """Both passes of `net` over X (samples, n₀) and y (samples, n_L) with 50 digits.

    `of` names the cost, one of `derivatives.COSTS`. The network's numbers and X, y must be finite:
    ValueError otherwise.
    """
    inputs, targets = np.asarray(X), np.asarray(y)
    arrays = [*net.weights, *(net.biases or ()), inputs, targets]
    if not all(np.all(np.isfinite(a.astype(np.float64))) for a in arrays):
        raise ValueError("Exact arithmetic needs finite weights, inputs and targets.")
    with decimal.localcontext(_CONTEXT):
        weights = [decimals(W) for W in net.weights]
        biases = [decimals(b) for b in net.biases or ()]
        z, h, slopes = [decimals(inputs)], [], []
        for i, W in enumerate(weights):
            h.append(z[-1] @ W.T + (biases[i] if biases else 0))
            if i < len(weights) - 1:
                activated, slope = _HIDDEN[net.hidden](h[-1])
                z.append(activated)
                slopes.append(slope)
        out, delta_out, costs = _OUTPUTS[of](h[-1], decimals(np.reshape(targets, h[-1].shape)))
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
