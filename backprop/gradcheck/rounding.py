"""What a number format can promise: a bound on the rounding error of every gradient.

Every operation of both passes makes a relative error of at most a few u = 2⁻ᵖ, and passes on the
errors of its operands, multiplied by its slopes. Followed through the passes to first order, with
sizes in place of values so that nothing cancels:

    E(hᵢ)      =  E(zᵢ₋₁) |Wᵢ|ᵀ + g (|zᵢ₋₁| |Wᵢ|ᵀ + |bᵢ|)
    E(zᵢ)      =  σ′ E(hᵢ) + c u |zᵢ|
    E(δ_L)     =  E(z_L) + c u |δ_L|              (for the quadratic cost times σ′, and so on)
    E(δᵢ)      =  (E(δᵢ₊₁) |Wᵢ₊₁| + g |δᵢ₊₁| |Wᵢ₊₁|) σ′ + |δᵢ₊₁ Wᵢ₊₁| E(σ′) + u |δᵢ|
    E(∂J/∂Wᵢ)  =  (E(δᵢ)ᵀ |zᵢ₋₁| + |δᵢ|ᵀ E(zᵢ₋₁) + g |δᵢ|ᵀ |zᵢ₋₁|) / samples + u |∂J/∂Wᵢ|

g is the error of a sum of products: n u for n terms, or one u where the format's sums are
accumulated wider. Near 0 an operation is off by the smallest number instead. σ′ is taken
where it is largest within E(h). The bound is for the worst case, so real errors are mostly far
below it; it holds for the fused and the split form. A gradient that is off by more is wrong for
another reason than rounding.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from backprop.engine.activations import ACTIVATIONS, SIGMOID
from backprop.engine.arithmetic import Array, Format
from backprop.engine.exact import ExactTrace
from backprop.engine.forms import COSTS
from backprop.engine.network import Network
from backprop.engine.sigmoid import sigmoid_and_slope
from backprop.engine.sums import product, summed

ROUNDINGS, ROUNDINGS_16 = 8, 4
"""c: σ, its slope and δ_L are within 4 units in the last place, so 8 u; half of that in the 16-bit
formats, whose exponential is computed wider and rounded once."""


@dataclass(frozen=True)
class Promise:
    """The bound for dW (n, n_prev) and db (n,) of one layer."""

    dW: Array
    db: Array


def promises(net: Network, X: Array, true: ExactTrace, cost: str = "bce") -> list[Promise]:
    """The bound for each layer; `true` is the exact trace of `net` on X (samples, n₀)."""
    fmt = net.format
    u, least = 2.0**-fmt.precision, fmt.smallest
    with np.errstate(over="ignore", invalid="ignore", under="ignore"):  # a bound may be ∞
        return _follow(net, X, true, cost, u, least)


def _follow(
    net: Network, X: Array, true: ExactTrace, cost: str, u: float, least: float
) -> list[Promise]:
    sizes = [np.abs(W.astype(np.float64)) for W in net.weights]
    shifts = [np.abs(b.astype(np.float64)) for b in net.biases or ()]
    h = [layer.h.astype(np.float64) for layer in true.layers]
    z = [np.abs(a.astype(np.float64)) for a in (X, *(layer.z for layer in true.layers))]
    delta = [np.abs(layer.delta.astype(np.float64)) for layer in true.layers]
    hidden, L = ACTIVATIONS[net.hidden], len(sizes)
    c = u * (ROUNDINGS if net.format.accumulator is None else ROUNDINGS_16)
    E_z, E_slope = [np.zeros_like(z[0])], []
    for i, W in enumerate(sizes):
        total = product(z[i], W.T) + (shifts[i] if shifts else 0.0)
        E_h = product(E_z[i], W.T) + _sum_error(net.format, W.shape[1] + 1) * total
        E_h = E_h + least * (total > 0)
        steepest, bend = (SIGMOID if i == L - 1 else hidden).bound(h[i], E_h)
        E_z.append(steepest * E_h + c * z[i + 1] + least)
        E_slope.append(bend + c * steepest + least)
    E_delta = _output(cost, h[-1], delta[-1], E_z[-1], E_slope[-1], c) + least
    bounds, samples = [], len(X)
    for i in range(L - 1, -1, -1):
        g = _sum_error(net.format, samples)
        both = product(E_delta.T, z[i]) + product(delta[i].T + E_delta.T, E_z[i])
        dW = (both + g * product(delta[i].T, z[i])) / samples
        db = summed((E_delta + g * delta[i]).T) / samples
        bounds.append(
            Promise(
                dW + u * np.abs(true.layers[i].dW.astype(np.float64)) + least,
                db + u * np.abs(true.layers[i].db.astype(np.float64)) + least,
            )
        )
        if i:
            passed = product(delta[i], sizes[i])
            E_passed = product(E_delta, sizes[i])
            E_passed = E_passed + _sum_error(net.format, len(sizes[i])) * passed + least
            steepest, _ = hidden.bound(h[i - 1], np.zeros_like(h[i - 1]))
            E_delta = (
                E_passed * (steepest + E_slope[i - 1]) + passed * E_slope[i - 1]
                + u * delta[i - 1] + least
            )  # fmt: skip
    return bounds[::-1]


def _sum_error(fmt: Format, terms: int) -> float:
    if fmt.accumulator is None:
        return float((terms + 1) * 2.0**-fmt.precision)
    return float(2.0**-fmt.precision + (terms + 1) * 2.0**-24)


def _output(cost: str, h: Array, delta: Array, E_z: Array, E_slope: Array, c: float) -> Array:
    if not COSTS[cost].keeps_slope:
        return E_z + c * delta
    slope = sigmoid_and_slope(h)[1]
    with np.errstate(divide="ignore"):
        error = np.where(slope > 0, delta / slope, 1.0)
    return E_z * (slope + E_slope) + error * E_slope + c * delta
