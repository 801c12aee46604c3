"""A network: its weights and biases, checked; and what a batch for it must be.

The forward pass and the hidden slopes are the stable ones for every output derivative, so that only
what the derivative names differs. The output is a sigmoid.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from backprop.engine.activations import ACTIVATIONS
from backprop.engine.arithmetic import Array, Format, fitted, format_of
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
from backprop.engine.passes import Layout


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
        """Where its weights and biases lie in one row (numbers,)."""
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
