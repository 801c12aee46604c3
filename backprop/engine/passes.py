"""Both passes, forward and backward, over a stack of networks of one shape.

    hᵢ = Wᵢ zᵢ₋₁ + bᵢ,   zᵢ = σ(hᵢ)                  i = 1 … L
    δ_L from the chosen output derivative
    δᵢ = (Wᵢ₊₁ᵀ δᵢ₊₁) ⊙ σ′(hᵢ)                       i = L − 1 … 1
    ∂J/∂Wᵢ = δᵢ zᵢ₋₁ᵀ / samples,   ∂J/∂bᵢ = Σ δᵢ / samples

Inside this module samples are columns, and a bias is the weight of one more source that is always
1: with [W b] as one matrix and a row of ones under z, h = [W b] [z; 1] is one product, and
δ [z; 1]ᵀ is [∂J/∂W ∂J/∂b]. Every network in a stack gets the same bits as alone, because each
product works on the same whole batch with the same strides. `Stack` computes, for training as for
everything that is shown later; `Passes`, which others see, has samples as rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise

import numpy as np

from backprop.engine.activations import ACTIVATIONS
from backprop.engine.arithmetic import (
    Array,
    constant,
    product,
    wide,
)
from backprop.engine.derivatives import OutputDerivative
from backprop.engine.steps import Values


@dataclass(frozen=True)
class Layout:
    """Where the numbers of a network lie in one row: [W₁ b₁], [W₂ b₂], … row by row."""

    sizes: tuple[int, ...]
    bias: bool

    @cached_property
    def shapes(self) -> list[tuple[int, int]]:
        """The shape of every [Wᵢ bᵢ]."""
        return [(n_out, n_in + self.bias) for n_in, n_out in pairwise(self.sizes)]

    @cached_property
    def ends(self) -> list[int]:
        """0, and where every [Wᵢ bᵢ] ends."""
        return [0, *accumulate(n_out * width for n_out, width in self.shapes)]

    @property
    def numbers(self) -> int:
        """How many numbers a network has."""
        return self.ends[-1]

    def matrices(self, rows: Array) -> list[Array]:
        """Views of `rows` (stack, numbers) as [Wᵢ bᵢ] (stack, nᵢ, nᵢ₋₁ + 1), or without the 1."""
        return [
            rows[:, start:end].reshape(len(rows), *shape)
            for (start, end), shape in zip(pairwise(self.ends), self.shapes, strict=True)
        ]

    def split(self, rows: Array) -> tuple[list[Array], list[Array] | None]:
        """Views of `rows` (stack, numbers) as weights (stack, nᵢ, nᵢ₋₁) and biases (stack, nᵢ)."""
        matrices = self.matrices(rows)
        if not self.bias:
            return matrices, None
        return [both[..., :-1] for both in matrices], [both[..., -1] for both in matrices]

    @staticmethod
    def join(weights: Sequence[Array], biases: Sequence[Array] | None) -> Array:
        """One network's weights (nᵢ, nᵢ₋₁) and biases (nᵢ,) as a row: the inverse of `split`."""
        if biases is None:
            return np.concatenate([W.reshape(-1) for W in weights])
        both = [np.column_stack([W, b]) for W, b in zip(weights, biases, strict=True)]
        return np.concatenate([matrix.reshape(-1) for matrix in both])

    def columns(self, X: Array) -> Array:
        """X (samples, n₀) as z₀ with samples as columns, and the ones that meet the bias."""
        return np.concatenate([X.T, np.ones((int(self.bias), len(X)), X.dtype)])


class Stack:
    """Several networks of one shape on one batch, and both passes through all of them at once.

    Fill `rows` (stack, numbers) with the networks' numbers; `forward` gives h_L, from which the
    caller computes δ_L; `backward` gives the gradients, laid out like `rows`. Until the next pass
    `h` and `delta` (layers 1 … L), `z` (layers 0 … L − 1, with the row of ones), `slopes` σ′(hᵢ)
    and `weighted` Wᵢ₊₁ᵀ δᵢ₊₁ (layers 1 … L − 1) hold what was computed on the way.

    The z and the views of `rows` are made once, because in a small network making them takes as
    long as computing them. `z0` is from `Layout.columns`, and everything has its format.
    """

    def __init__(self, layout: Layout, hidden: str, stack: int, z0: Array) -> None:
        L, widths, samples = len(layout.sizes) - 1, layout.sizes[1:-1], z0.shape[-1]
        self.layout, self.activation = layout, ACTIVATIONS[hidden].compute
        self.rows = np.empty((stack, layout.numbers), z0.dtype)
        self.matrices = layout.matrices(self.rows)
        self.weights, self.biases = layout.split(self.rows)
        self.z = [z0]
        self.z += [np.ones((stack, n + layout.bias, samples), z0.dtype) for n in widths]
        self.hidden_z = [z[:, :n] for z, n in zip(self.z[1:], widths, strict=True)]
        self.h, self.delta = [z0] * L, [z0] * L
        self.slopes, self.weighted = [z0] * (L - 1), [z0] * (L - 1)

    def forward(self) -> Array:
        """h_L (stack, n_L, samples), by the recursion from z₀ up."""
        for i, matrix in enumerate(self.matrices):
            self.h[i] = product(matrix, self.z[i])
            if i < len(self.hidden_z):
                self.hidden_z[i][...], self.slopes[i] = self.activation(self.h[i])
        return self.h[-1]

    def backward(self, delta: Array) -> Array:
        """∂J/∂W and ∂J/∂b (stack, numbers) from δ_L."""
        self.delta, self.weighted = backward(self.weights, self.slopes, delta)
        return gradient(self.layout, self.delta, self.z)


def backward(
    weights: Sequence[Array], slopes: Sequence[Array], delta: Array
) -> tuple[list[Array], list[Array]]:
    """δ₁ … δ_L from δ_L, the recursion; and the Wᵢ₊₁ᵀ δᵢ₊₁ of the hidden layers on the way."""
    deltas, weighted = [delta], []
    for W, slope in zip(reversed(weights[1:]), reversed(slopes), strict=True):
        weighted.append(product(W.swapaxes(-1, -2), deltas[-1]))
        deltas.append(weighted[-1] * slope)
    return deltas[::-1], weighted[::-1]


def gradient(layout: Layout, deltas: Sequence[Array], z: Sequence[Array]) -> Array:
    """∂J/∂Wᵢ and ∂J/∂bᵢ of the averaged cost, laid out as the parameters: (stack, numbers).

    In the 16-bit formats sum and average are taken in float32 and rounded once.
    """
    stack, _, samples = deltas[0].shape
    sums = np.empty((stack, layout.numbers), wide(deltas[0][:0]).dtype)
    for matrix, d, a in zip(layout.matrices(sums), deltas, z, strict=True):
        np.matmul(wide(d), wide(a).swapaxes(-1, -2), out=matrix)
    return (sums / constant(samples, sums)).astype(deltas[0].dtype, copy=False)


@dataclass(frozen=True)
class Passes:
    """The passes of several networks, each array with a leading axis that counts them.

    `weights`, `h`, `delta`, `dW` have one entry for each layer 1 … L; `z` starts with z₀; `slopes`
    σ′(hᵢ) and `weighted` Wᵢ₊₁ᵀ δᵢ₊₁ are those of the hidden layers; `output` holds the
    intermediate values of δ_L by name. Activations are (stack, samples, nᵢ).
    """

    weights: list[Array]
    biases: list[Array] | None
    h: list[Array]
    z: list[Array]
    slopes: list[Array]
    weighted: list[Array]
    delta: list[Array]
    dW: list[Array]
    db: list[Array] | None
    output: Values


def both_passes(
    layout: Layout, hidden: str, rows: Array, X: Array, y: Array, derivative: OutputDerivative
) -> Passes:
    """All that training computes for the networks `rows` (stack, numbers) on the batch X, y.

    X (samples, n₀) and y (samples, n_L) have the format of `rows`.
    """
    stack = Stack(layout, hidden, len(rows), layout.columns(X))
    stack.rows[...] = rows
    with np.errstate(over="ignore", invalid="ignore"):  # what leaves the format is to be seen
        output = derivative.evaluate(stack.forward(), np.ascontiguousarray(y.T))
        dW, db = layout.split(stack.backward(output["delta"]))
    z0 = np.broadcast_to(X.T, (len(rows), *X.T.shape))
    return Passes(
        stack.weights,
        stack.biases,
        _samples_first(stack.h),
        _samples_first([z0, *stack.hidden_z, output["z"]]),
        _samples_first(stack.slopes),
        _samples_first(stack.weighted),
        _samples_first(stack.delta),
        dW,
        db,
        {name: np.swapaxes(a, -1, -2) if np.ndim(a) else a for name, a in output.items()},
    )


def _samples_first(arrays: Sequence[Array]) -> list[Array]:
    return [a.swapaxes(-1, -2) for a in arrays]
