"""Backpropagation through a network, checked and recorded: Network → Trace.

The mathematics is in `passes`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from backprop.engine.arithmetic import Array
from backprop.engine.costs import displayed_cost, true_cost
from backprop.engine.derivatives import OutputDerivative, output_derivative
from backprop.engine.describe import brief, counted, norm, of_cost, of_derivative
from backprop.engine.network import Network, batch
from backprop.engine.passes import both_passes
from backprop.engine.sigmoid import sigmoid_and_slope
from backprop.engine.steps import Values


@dataclass(frozen=True)
class Layer:
    """One layer of a trace: h, z, slope σ′(h) and delta (samples, n); dW (n, n_prev), db (n,)."""

    h: Array
    z: Array
    slope: Array
    delta: Array
    dW: Array
    db: Array | None


@dataclass(frozen=True)
class Trace:
    """Everything one forward and backward pass computed.

    `layers[0]` is layer 1. `delta` is of one sample (not divided by their number), `dW` and `db`
    are gradients of the averaged cost. `output` holds the intermediate values of δ_L by name, and
    the last layer's z is the z that they used. `cost` is as this derivative's formula displays it,
    `true_cost` the same cost computed stably in float64.
    """

    network: Network
    derivative: OutputDerivative
    X: Array
    y: Array
    layers: tuple[Layer, ...]
    output: Values

    @cached_property
    def cost(self) -> float:
        """The cost as this derivative's formula displays it: it may be ∞, NaN or wrong."""
        return float(displayed_cost(self.derivative, self.layers[-1].h, self.y))

    @cached_property
    def true_cost(self) -> float:
        """The cost of these outputs, computed stably in float64 from h_L."""
        return float(true_cost(self.layers[-1].h, self.y, self.derivative.cost))

    def __repr__(self) -> str:
        return (
            f"<Trace: {self.network.outline}; {counted(len(self.X), 'sample')}, "
            f"{of_derivative(self.derivative)}, cost {brief(self.cost)}>"
        )

    def __str__(self) -> str:
        lines = [
            f"Trace of {counted(len(self.X), 'sample')}",
            f"  network     {self.network.outline}",
            f"  derivative  {of_derivative(self.derivative)}",
            f"  cost        {of_cost(self.cost, self.true_cost)}",
        ]
        for i, layer in enumerate(self.layers, start=1):
            h = layer.h.astype(np.float64)
            lines.append(
                f"  layer {i:<5} h {tuple(h.shape)} from {brief(h.min())} to {brief(h.max())}, "
                f"‖δ‖ = {norm(layer.delta)}, ‖∂J/∂W‖ = {norm(layer.dW)}"
            )
        return "\n".join(lines)


def backpropagate(
    net: Network,
    X: ArrayLike,
    y: ArrayLike,
    derivative: str | OutputDerivative = "fused",
    epsilon: float = 1e-7,
    clamp: str = "denominator",
    cost: str = "bce",
) -> Trace:
    """One forward and one backward pass of `net` over X (samples, n₀) and y (samples, n_L).

    With cost="quadratic" there is one derivative, and `derivative` does not apply. X and y are
    rounded to the network's format. Raises ValueError for shapes that do not fit,
    empty data, non-finite inputs, targets outside [0, 1] and unknown names.
    """
    chosen = output_derivative(derivative, epsilon, clamp, cost)
    inputs, targets = batch(net, X, y)
    rows = net.layout.join(net.weights, net.biases)[None]
    passes = both_passes(net.layout, net.hidden, rows, inputs, targets, chosen)
    output = {name: a[0] if np.ndim(a) == 3 else a for name, a in passes.output.items()}
    with np.errstate(invalid="ignore"):  # h may be NaN, and stays so
        output_slope = output["slope"] if "slope" in output else sigmoid_and_slope(output["h"])[1]
    layers = tuple(
        Layer(
            h=passes.h[i][0],
            z=passes.z[i + 1][0],
            slope=slope,
            delta=passes.delta[i][0],
            dW=passes.dW[i][0],
            db=None if passes.db is None else passes.db[i][0],
        )
        for i, slope in enumerate([*(slope[0] for slope in passes.slopes), output_slope])
    )
    return Trace(net, chosen, inputs, targets, layers, output)
