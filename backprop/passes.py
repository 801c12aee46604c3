"""Both passes, forward and backward, over a stack of networks of one shape.

    hᵢ = Wᵢ zᵢ₋₁ + bᵢ,   zᵢ = σ(hᵢ)                  i = 1 … L
    δ_L from the chosen output derivative
    δᵢ = (Wᵢ₊₁ᵀ δᵢ₊₁) ⊙ σ′(hᵢ)                       i = L − 1 … 1
    ∂J/∂Wᵢ = δᵢ zᵢ₋₁ᵀ / samples,   ∂J/∂bᵢ = Σ δᵢ / samples

Inside this module samples are columns, and a bias is the weight of one more source that is always
1: with [W b] as one matrix and a row of ones under z, h = [W b] [z; 1] is one product, and
δ [z; 1]ᵀ is [∂J/∂W ∂J/∂b]. Every network in a stack gets the same bits as alone, because each
product works on the same whole batch with the same strides. `Passes`, which others see, has
samples as rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from backprop.arithmetic import Array, product, wide
from backprop.derivatives import OutputDerivative
from backprop.sigmoid import ACTIVATIONS
from backprop.steps import Values


@dataclass(frozen=True)
class Layout:
    """Where the numbers of a network lie in one row: [W₁ b₁], [W₂ b₂], … row by row."""

    sizes: tuple[int, ...]
    bias: bool

    @property
    def numbers(self) -> int:
        """How many numbers a network has."""
        return sum(n_out * (n_in + self.bias) for n_in, n_out in pairwise(self.sizes))

    def matrices(self, rows: Array) -> list[Array]:
        """Views of `rows` (stack, numbers) as [Wᵢ bᵢ] (stack, nᵢ, nᵢ₋₁ + 1), or without the 1."""
        views, start = [], 0
        for n_in, n_out in pairwise(self.sizes):
            width = n_in + self.bias
            part = rows[:, start : start + n_out * width]
            views.append(part.reshape(len(rows), n_out, width))
            start += n_out * width
        return views

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
    with np.errstate(over="ignore", invalid="ignore"):  # what leaves the format is to be seen
        matrices = layout.matrices(rows)
        h, z, slopes = forward(matrices, layout.bias, hidden, layout.columns(X))
        output = derivative.evaluate(h[-1], np.ascontiguousarray(y.T))
        deltas, weighted = backward(layout.split(rows)[0], slopes, output["delta"])
        dW, db = layout.split(gradient(layout, deltas, z))
    weights, biases = layout.split(rows)
    z[0] = np.broadcast_to(z[0], (len(rows), *z[0].shape))
    activations = [a[:, :n] for a, n in zip(z, layout.sizes[:-1], strict=True)]
    return Passes(
        weights,
        biases,
        _samples_first(h),
        _samples_first([*activations, output["z"]]),
        _samples_first(slopes),
        _samples_first(weighted),
        _samples_first(deltas),
        dW,
        db,
        {name: np.swapaxes(a, -1, -2) if np.ndim(a) else a for name, a in output.items()},
    )


def _samples_first(arrays: Sequence[Array]) -> list[Array]:
    return [a.swapaxes(-1, -2) for a in arrays]


def forward(
    matrices: Sequence[Array], bias: bool, hidden: str, z0: Array
) -> tuple[list[Array], list[Array], list[Array]]:
    """h₁ … h_L; z₀ … z_{L−1} (with their row of ones); and the hidden slopes σ′(h₁) … σ′(h_{L−1}).

    `matrices` are [Wᵢ bᵢ] (stack, nᵢ, nᵢ₋₁ + 1).
    """
    activation = ACTIVATIONS[hidden]
    h, z, slopes = [product(matrices[0], z0)], [z0], []
    for matrix in matrices[1:]:
        activated, slope = activation(h[-1])
        slopes.append(slope)
        z.append(_with_ones(activated) if bias else activated)
        h.append(product(matrix, z[-1]))
    return h, z, slopes


def _with_ones(z: Array) -> Array:
    stack, n, samples = z.shape
    both = np.empty((stack, n + 1, samples), z.dtype)
    both[:, :n] = z
    both[:, n] = 1
    return both


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
    sums /= samples
    return sums.astype(deltas[0].dtype, copy=False)
