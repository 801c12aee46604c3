"""A network, and backpropagation through it, checked and recorded: Network → Trace.

The mathematics is in `passes`. The forward pass and the hidden slopes are the stable ones for
every output derivative, so that only what the derivative names differs. The output is a sigmoid.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from backprop.engine.activations import ACTIVATIONS
from backprop.engine.arithmetic import Array, Format, fitted, format_of
from backprop.engine.costs import displayed_cost, true_cost
from backprop.engine.demands import (
    arrays_of_layers,
    choice,
    instance,
    numbers,
    real,
    require_finite,
    require_format,
    several,
    switch,
    whole,
)
from backprop.engine.derivatives import OutputDerivative, sole
from backprop.engine.describe import brief, counted, norm, of_cost, of_derivative
from backprop.engine.forms import COSTS
from backprop.engine.passes import Layout, both_passes
from backprop.engine.sigmoid import sigmoid_and_slope
from backprop.engine.steps import Values


@dataclass(frozen=True)
class Network:
    """Weights Wᵢ (nᵢ, nᵢ₋₁), biases bᵢ (nᵢ,) or None, and the hidden activation.

    All arrays have one format, which the whole computation keeps. The output is a sigmoid.
    Raises ValueError for shapes that do not chain, mixed formats, and non-finite numbers.
    """

    weights: Sequence[Array]
    biases: Sequence[Array] | None = None
    hidden: str = "sigmoid"

    def __post_init__(self) -> None:
        choice("The hidden activation", self.hidden, ACTIVATIONS)
        weights = arrays_of_layers("weights", self.weights, "W")
        if not weights:
            raise ValueError(
                "A network needs at least one weight matrix, got none. Pass weights=[W1, ...]."
            )
        format_of(weights[0])
        for i, W in enumerate(weights, start=1):
            require_format(f"W{i}", W, weights[0].dtype)
            if W.ndim != 2 or 0 in W.shape:
                raise ValueError(
                    f"W{i} must be a matrix (n{i}, n{i - 1}), got shape {W.shape}. "
                    "Pass a list with one matrix for each layer, weights=[W1, W2, ...]."
                )
            if i > 1 and W.shape[1] != weights[i - 2].shape[0]:
                raise ValueError(
                    f"W{i} must have one column for each of the {weights[i - 2].shape[0]} units "
                    f"of layer {i - 1}, got shape {W.shape}. A weight matrix is (n_i, n_(i-1)); "
                    "perhaps it has to be transposed."
                )
            require_finite(f"W{i}", W)
        object.__setattr__(self, "weights", weights)
        if self.biases is not None:
            biases = arrays_of_layers("biases", self.biases, "b")
            if len(biases) != len(weights):
                raise ValueError(
                    f"There must be one bias vector for each of the {len(weights)} layers, "
                    f"got {len(biases)}. Pass biases=None for a network without."
                )
            for i, (b, W) in enumerate(zip(biases, weights, strict=True), start=1):
                require_format(f"b{i}", b, weights[0].dtype)
                if b.shape != (W.shape[0],):
                    raise ValueError(
                        f"b{i} must have shape ({W.shape[0]},), one number for each unit of "
                        f"layer {i}, got {b.shape}. Try np.zeros({W.shape[0]})."
                    )
                require_finite(f"b{i}", b)
            object.__setattr__(self, "biases", biases)

    @classmethod
    def unchecked(
        cls, weights: tuple[Array, ...], biases: tuple[Array, ...] | None, hidden: str
    ) -> Network:
        """A network as training left it: its numbers may be NaN or ∞, and shall be seen."""
        network = object.__new__(cls)
        for name, value in (("weights", weights), ("biases", biases), ("hidden", hidden)):
            object.__setattr__(network, name, value)
        return network

    @classmethod
    def random(
        cls,
        sizes: Sequence[int],
        hidden: str = "sigmoid",
        scale: float = 1.0,
        bias: bool = True,
        seed: int = 0,
        dtype: str = "float64",
    ) -> Network:
        """Weights and biases drawn from N(0, scale²), the same for the same seed in every format.

        `sizes` are n₀ … n_L. Layer by layer, W is drawn before b; without biases the draws of b
        are left out.
        """
        counts = several("Sizes", sizes, "at least two whole numbers above 0", "[2, 4, 4, 1]")
        counts = tuple(whole("Each of the sizes", n, 1, "[2, 4, 4, 1]") for n in counts)
        if len(counts) < 2:
            raise ValueError(
                f"Sizes must be at least two whole numbers above 0 (inputs … outputs), "
                f"got {list(counts)}. Try [2, 4, 4, 1]."
            )
        choice("The hidden activation", hidden, ACTIVATIONS)
        scale = real("The weight scale", scale, "a finite number", 1.0)
        if not np.isfinite(scale):
            raise ValueError(f"The weight scale must be a finite number, got {scale}. Try 1.0.")
        bias = switch("bias", bias)
        fmt = format_of(dtype)
        rng = np.random.default_rng(whole("The seed", seed, 0, 0))
        weights, biases = [], []
        for i, (n_in, n_out) in enumerate(itertools.pairwise(counts), start=1):
            weights.append(fitted(f"W{i}", scale * rng.normal(size=(n_out, n_in)), fmt))
            if bias:
                biases.append(fitted(f"b{i}", scale * rng.normal(size=n_out), fmt))
        return cls(weights, biases if bias else None, hidden)

    @property
    def format(self) -> Format:
        """The number format of all its arrays."""
        return format_of(self.weights[0])

    @property
    def sizes(self) -> tuple[int, ...]:
        """n₀ … n_L."""
        return (self.weights[0].shape[1], *(W.shape[0] for W in self.weights))

    @property
    def layout(self) -> Layout:
        """Where its numbers lie in a row of parameters."""
        return Layout(self.sizes, self.biases is not None)

    def astype(self, dtype: str) -> Network:
        """The same network rounded to another format; ValueError if that cannot hold a number."""
        fmt = format_of(dtype)
        weights = [fitted(f"W{i}", W, fmt) for i, W in enumerate(self.weights, start=1)]
        biases = self.biases and [
            fitted(f"b{i}", b, fmt) for i, b in enumerate(self.biases, start=1)
        ]
        return replace(self, weights=weights, biases=biases)

    def __repr__(self) -> str:
        return f"<Network: {self.outline}>"

    @property
    def outline(self) -> str:
        """Such as: 2-4-4-1, hidden sigmoid, float64, 37 numbers."""
        biases = "" if self.biases is not None else ", no biases"
        sizes = "-".join(map(str, self.sizes))
        return (
            f"{sizes}, hidden {self.hidden}{biases}, {self.format.name}, "
            f"{self.layout.numbers} numbers"
        )


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


def output_derivative(
    derivative: str | OutputDerivative,
    epsilon: float = 1e-7,
    clamp: str = "denominator",
    cost: str = "bce",
) -> OutputDerivative:
    """The derivative that was asked for, by name or as an OutputDerivative already.

    A cost that has one derivative only, as the quadratic one, has that, whatever else is named.
    """
    choice("The cost (bce is binary cross-entropy)", cost, COSTS)
    if only := sole(cost):
        return OutputDerivative(only)
    if isinstance(derivative, OutputDerivative):
        return derivative
    return OutputDerivative(derivative, epsilon, clamp)


def batch(net: Network, X: ArrayLike, y: ArrayLike) -> tuple[Array, Array]:
    """X (samples, n₀) and y (samples, n_L), checked and rounded to the network's format.

    A y of shape (samples,) serves a network with one output.
    """
    instance("net", net, Network, "Network.random([2, 4, 4, 1])")
    inputs = numbers("X", X)
    if inputs.ndim != 2 or inputs.shape[1] != net.sizes[0] or not inputs.size:
        raise ValueError(
            f"X must have shape (samples, {net.sizes[0]}) with at least one sample, "
            f"got {inputs.shape}. Put samples in rows."
        )
    targets = numbers("y", y)
    if targets.ndim == 1:
        targets = targets[:, None]
    if targets.shape != (len(inputs), net.sizes[-1]):
        raise ValueError(
            f"y must have shape ({len(inputs)}, {net.sizes[-1]}), one row for each sample of X "
            f"and one column for each output, got {np.shape(y)}. "
            "Put the targets of a sample in one row."
        )
    if np.any((targets < 0) | (targets > 1)):
        outside = targets[(targets < 0) | (targets > 1)][0]
        raise ValueError(f"Targets must lie in [0, 1], got {outside:g}. Map classes to 0 and 1.")
    return fitted("X", inputs, net.format), net.format.round(targets)
