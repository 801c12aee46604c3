"""Both passes, forward and backward, over a stack of networks of one shape.

    hᵢ = Wᵢ zᵢ₋₁ + bᵢ,   zᵢ = σ(hᵢ)                  i = 1 … L
    δ_L from the chosen output derivative
    δᵢ = (Wᵢ₊₁ᵀ δᵢ₊₁) ⊙ σ′(hᵢ)                       i = L − 1 … 1
    ∂J/∂Wᵢ = δᵢ zᵢ₋₁ᵀ / samples,   ∂J/∂bᵢ = Σ δᵢ / samples

Inside this module samples are columns, and a bias is the weight of one more source that is always
1: with [W b] as one matrix and a row of ones under z, h = [W b] [z; 1] is one product, and
δ [z; 1]ᵀ is [∂J/∂W ∂J/∂b]. Every network in a stack gets the same bits as alone (`arithmetic` says
why). `Stack` computes, for training as for everything that is shown later; `Passes`, which others
see, has samples as rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise

import numpy as np

from backprop.engine.activations import ACTIVATIONS
from backprop.engine.arithmetic import Array, constant, wide
from backprop.engine.derivatives import OutputDerivative
from backprop.engine.steps import Values
from backprop.engine.sums import Contraction


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
        """Views of `rows` (stack, numbers) as [Wᵢ bᵢ] (stack, nᵢ, nᵢ₋₁ + 1), or as Wᵢ alone."""
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
        """X (samples, n₀) as z₀ (n₀ + 1, samples), last row ones; (n₀, samples) without a bias."""
        return np.concatenate([X.T, np.ones((int(self.bias), len(X)), X.dtype)])


class Stack:
    """Several networks of one shape on one batch, and both passes through all of them at once.

    Fill `rows` (stack, numbers) with the networks' numbers; `forward` gives h_L, from which the
    caller computes δ_L; `backward` gives the gradients, laid out like `rows`. Until the next pass
    `h` and `delta` (layers 1 … L), `z` (layers 0 … L − 1, with the row of ones), `slopes` σ′(hᵢ)
    and `weighted` Wᵢ₊₁ᵀ δᵢ₊₁ (layers 1 … L − 1) hold what was computed on the way.

    All arrays and views are made once, since in a small network making them takes as long as
    computing them. `z0` comes from `Layout.columns`; all arrays have its format. What is multiplied
    and added has the `wide` one: in the 16-bit formats a copy, in the others the same memory.
    """

    def __init__(self, layout: Layout, hidden: str, stack: int, z0: Array) -> None:
        sizes, bias, dtype = layout.sizes, layout.bias, z0.dtype
        samples, sums = z0.shape[-1], wide(z0[:0]).dtype
        self.layout, self.narrow = layout, sums != dtype
        self.activation = ACTIVATIONS[hidden].compute

        def beside(own: Array) -> Array:
            return np.empty(own.shape, sums) if self.narrow else own

        def layers(counts: Sequence[int]) -> list[Array]:
            return [np.empty((stack, n, samples), dtype) for n in counts]

        self.rows = np.empty((stack, layout.numbers), dtype)
        self.weights, self.biases = layout.split(self.rows)
        self.z = [z0]
        self.z += [np.ones((stack, n + bias, samples), dtype) for n in sizes[1:-1]]
        self.hidden_z = [z[:, :n] for z, n in zip(self.z[1:], sizes[1:], strict=False)]
        self.h, self.delta = layers(sizes[1:]), layers(sizes[1:])
        self.slopes, self.weighted = layers(sizes[1:-1]), layers(sizes[1:-1])
        self.gradients = np.empty((stack, layout.numbers), dtype)
        self._count = constant(samples, np.empty(0, sums))

        self._rows, self._gradients = beside(self.rows), beside(self.gradients)
        self._z = [wide(z0), *map(beside, self.z[1:])]
        self._h, self._delta = [*map(beside, self.h)], [*map(beside, self.delta)]
        self._weighted = [*map(beside, self.weighted)]
        z = [np.broadcast_to(z, (stack, *z.shape[-2:])) for z in self._z]
        matrices, slopes = layout.matrices(self._rows), layout.matrices(self._gradients)
        self._sums = [
            Contraction(W.transpose(2, 0, 1)[..., None], a.transpose(1, 0, 2)[:, :, None], h)
            for W, a, h in zip(matrices, z, self._h, strict=True)
        ]
        self._back = [
            Contraction(
                W[..., :n].transpose(1, 0, 2)[..., None], d.transpose(1, 0, 2)[:, :, None], out
            )
            for W, n, d, out in zip(
                matrices[1:], sizes[1:], self._delta[1:], self._weighted, strict=False
            )
        ]
        self._over_samples = [
            Contraction(d.transpose(2, 0, 1)[..., None], a.transpose(2, 0, 1)[:, :, None], dW)
            for d, a, dW in zip(self._delta, z, slopes, strict=True)
        ]

    def forward(self) -> Array:
        """h_L (stack, n_L, samples), by the recursion from z₀ up."""
        self._widen(self.rows, self._rows)
        for i, weigh in enumerate(self._sums):
            self._round(weigh(), self.h[i])
            if i < len(self.hidden_z):
                self.hidden_z[i][...], self.slopes[i][...] = self.activation(self.h[i])
                self._widen(self.z[i + 1], self._z[i + 1])
        return self.h[-1]

    def backward(self, delta: Array) -> Array:
        """∂J/∂W and ∂J/∂b (stack, numbers) of the averaged cost from δ_L."""
        self.delta[-1][...] = delta
        self._widen(self.delta[-1], self._delta[-1])
        for i in reversed(range(len(self._back))):
            self._round(self._back[i](), self.weighted[i])
            np.multiply(self.weighted[i], self.slopes[i], self.delta[i])
            self._widen(self.delta[i], self._delta[i])
        for add in self._over_samples:
            add()
        np.divide(self._gradients, self._count, self._gradients)
        return self._round(self._gradients, self.gradients)

    def _widen(self, own: Array, wider: Array) -> None:
        if self.narrow:
            wider[...] = own

    def _round(self, wider: Array, own: Array) -> Array:
        if self.narrow:
            own[...] = wider
        return own


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
    """Both passes of the networks `rows` (stack, numbers) over the batch X, y.

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
