"""The chain rule written out: the factors from ∂J/∂z_L to ∂J/∂Wᵢ of one sample, and their products.

    ∂J/∂Wᵢ = ∂J/∂z_L · ∂z_L/∂h_L · ∂h_L/∂z_{L−1} · ∂z_{L−1}/∂h_{L−1} · … · ∂hᵢ/∂Wᵢ

∂a/∂b has a row for each number of a and a column for each number of b; J is one number, so what
begins with ∂J is a row:

    ∂zₖ/∂hₖ = diag σ′(hₖ),   ∂hₖ/∂zₖ₋₁ = Wₖ,   ∂hᵢ/∂Wᵢ = a diagonal of nᵢ blocks, each zᵢ₋₁ as a row

Multiplied from the left every product is a row: ∂J/∂z_L, δ_L, δ_L W_L = ∂J/∂z_{L−1}, δ_{L−1}, …
How it is multiplied here, so that each δ is the engine's to the last digit:

* a diagonal matrix by its diagonal alone (0 × NaN would spread what no unit has computed);
* with Wₖ as in training, each sum from left to right: a sample alone has the bits it has among all;
* a form without factors (fused, split) goes to δ_L directly. The two are shown as
  ∂J/∂z = (1 − y) / σ(−h) − y / σ(h) and σ(h) σ(−h), and `multiplied` is their product.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from backprop.engine import elementary, sigmoid
from backprop.engine.activations import ACTIVATIONS, SIGMOID, Activation
from backprop.engine.arithmetic import Array
from backprop.engine.forms import COSTS
from backprop.engine.forms.parts import J, partial
from backprop.engine.formula import Formula, indexed
from backprop.engine.network import Network
from backprop.engine.sums import product
from backprop.engine.trace import Trace
from backprop.engine.training import Recording, train
from backprop.scenario.recordings import KEPT, weight


@dataclass(frozen=True)
class Factor:
    """One factor of the chain: how it is written, what it means, its `matrix` ∂a/∂b.

    `kind` is "cost" (the row ∂J/∂z_L), "slope" (diagonal), "weights" (W) or "inputs" (blocks of
    z); `layer` is that of the quantity above the line.
    """

    kind: str
    layer: int
    symbol: Formula
    meaning: str
    matrix: Array


@dataclass(frozen=True)
class Product:
    """The product of the factors up to one of them: ∂J/∂(what that factor is derived by).

    `value` is a row (1, n), or ∂J/∂Wᵢ of this sample (nᵢ, nᵢ₋₁). `delta` is the number of the
    layer whose δ it is, or None.
    """

    symbol: Formula
    value: Array
    delta: int | None


@dataclass(frozen=True)
class Chain:
    """The chain of ∂J/∂W of `layer` at one sample: `products[k]` is the product of factors 0 … k.

    `multiplied` (n_L,) is the product of the first two factors. `collapsed`: δ_L does not come from
    them but from a closed form, with which the chain goes on.
    """

    layer: int
    sample: int
    factors: tuple[Factor, ...]
    products: tuple[Product, ...]
    collapsed: bool
    multiplied: Array


def chain(trace: Trace, layer: int, sample: int) -> Chain:
    """The chain from ∂J/∂z_L to ∂J/∂W of `layer` (1 … L) at `sample` (from 0).

    Raises ValueError for a layer or a sample that is not there.
    """
    L, samples = len(trace.layers), len(trace.X)
    if not 1 <= layer <= L:
        raise ValueError(f"The layer must be a number from 1 to {L}, got {layer}.")
    if not 0 <= sample < samples:
        raise ValueError(f"The sample must be a number from 0 to {samples - 1}, got {sample}.")
    first, slope, collapsed = first_factors(trace)
    with np.errstate(invalid="ignore", over="ignore"):  # ∞ × 0 is to be seen
        multiplied = first[sample] * slope[sample]
        rows = _rows(trace, layer)
    hidden = ACTIVATIONS[trace.network.hidden]
    factors = [_cost(first[sample], L), _slope(slope[sample], L, SIGMOID)]
    for k in range(L, layer, -1):
        factors.append(_weights(trace.network.weights[k - 1], k))
        factors.append(_slope(trace.layers[k - 2].slope[sample], k - 1, hidden))
    source = trace.X if layer == 1 else trace.layers[layer - 2].z
    factors.append(_inputs(source[sample], len(trace.layers[layer - 1].delta[0]), layer))

    products = [Product(factors[0].symbol, first[sample][None], None)]
    for k, (weighted, delta) in zip(range(L, layer - 1, -1), rows, strict=True):
        if weighted is not None:
            products.append(Product(partial(J, indexed("z", k)), weighted[sample][None], None))
        products.append(Product(indexed("δ", k), delta[sample][None], k))
    with np.errstate(invalid="ignore", over="ignore"):
        share = products[-1].value.T * source[sample]
    products.append(Product(partial(J, indexed("W", layer)), share, None))
    return Chain(layer, sample, tuple(factors), tuple(products), collapsed, multiplied)


def first_factors(trace: Trace) -> tuple[Array, Array, bool]:
    """∂J/∂z_L and the diagonal of ∂z_L/∂h_L, (samples, n_L) both; and whether δ_L avoids them.

    Of a form that multiplies the two they are the numbers that it multiplied.
    """
    if trace.derivative.form.factors is not None:
        one, other = (trace.output[name] for name in trace.derivative.form.factors)
        return one, other, False
    h, y = trace.layers[-1].h, trace.y
    with np.errstate(divide="ignore", over="ignore", invalid="ignore"):  # it may truly overflow
        for_zero = np.where(y == 1, 0, (1 - y) / sigmoid.mirror(h)).astype(h.dtype)
        for_one = np.where(y == 0, 0, y / sigmoid.sigmoid(h)).astype(h.dtype)
        return for_zero - for_one, sigmoid.sigmoid_and_slope(h)[1], True


def _rows(trace: Trace, layer: int) -> list[tuple[Array | None, Array]]:
    """(δₖ₊₁ Wₖ₊₁, δₖ) for k = L … layer, (samples, nₖ) each, as the engine multiplies them."""
    delta = trace.layers[-1].delta
    rows: list[tuple[Array | None, Array]] = [(None, delta)]
    for k in range(len(trace.layers) - 1, layer - 1, -1):
        weighted = product(delta, trace.network.weights[k])
        delta = weighted * trace.layers[k - 1].slope
        rows.append((weighted, delta))
    return rows


def _cost(row: Array, L: int) -> Factor:
    z = indexed("z", L)
    return Factor(
        "cost",
        L,
        partial(J, z),
        "how the cost of this sample changes with each z of the output",
        row[None],
    )


def _slope(diagonal: Array, k: int, activation: Activation) -> Factor:
    slope = f"{activation.slope_symbol}(h)"
    return Factor(
        "slope", k, partial(indexed("z", k), indexed("h", k)),
        f"how each z of layer {k} changes with its own h: the slope {slope}, else 0",
        np.diag(diagonal),
    )  # fmt: skip


def _weights(W: Array, k: int) -> Factor:
    return Factor(
        "weights", k, partial(indexed("h", k), indexed("z", k - 1)),
        f"how each h of layer {k} changes with each z before it: the weights W of layer {k}", W,
    )  # fmt: skip


def _inputs(z: Array, n: int, i: int) -> Factor:
    blocks = np.zeros((n, n * len(z)), z.dtype)
    for u in range(n):
        blocks[u, u * len(z) : (u + 1) * len(z)] = z
    return Factor(
        "inputs", i, partial(indexed("h", i), indexed("W", i)),
        f"how each h of layer {i} changes with each of its weights: by the z that it multiplies",
        blocks,
    )  # fmt: skip


def multiplications(sizes: tuple[int, ...], layer: int) -> int:
    """How many multiplications the chain of ∂J/∂W of `layer` takes from the left, for one sample.

    n_L + Σₖ (nₖ nₖ₋₁ + nₖ₋₁) + nᵢ nᵢ₋₁ with k = L … i + 1: the first two factors meet unit by
    unit, a row meets Wₖ, then a diagonal, and in the end every δ meets every z. Zeros outside
    diagonals and blocks are not counted.
    """
    L = len(sizes) - 1
    middle = sum(sizes[k] * sizes[k - 1] + sizes[k - 1] for k in range(L, layer, -1))
    return sizes[L] + middle + sizes[layer] * sizes[layer - 1]


def from_scratch(sizes: tuple[int, ...]) -> int:
    """Multiplications for every ∂J/∂W, each along its own whole chain."""
    return sum(multiplications(sizes, i) for i in range(1, len(sizes)))


def reusing(sizes: tuple[int, ...]) -> int:
    """Multiplications for every ∂J/∂W if each chain goes on from the δ of the one before it.

    The longest chain once, and δᵢ with zᵢ₋₁ for each of the others.
    """
    others = sum(n * before for before, n in list(pairwise(sizes))[1:])
    return multiplications(sizes, 1) + others


MOST_UPDATES = 2000


def slow_start(h: float) -> dict[str, Recording]:
    """One neuron, confidently wrong (W = `h`, x = 1, y = 0, α = 1), taught by each cost.

    The recordings are as long as the quadratic cost needs to turn round: its δ begins near e⁻ʰ.
    `h` is between 0 and 7, beyond which that takes more than `MOST_UPDATES`: ValueError. Kept
    beside the recordings of scenarios.
    """
    if not 0 <= h <= 7:
        raise ValueError(f"h at the start must lie between 0 and 7, got {h}. Try 5.")
    return KEPT.get(
        ("slow start", h), lambda: _both(h), lambda traces: sum(map(weight, traces.values()))
    )


def _both(h: float) -> dict[str, Recording]:
    updates = min(MOST_UPDATES, 30 + math.ceil(1.4 * float(elementary.exp(np.array(h)))))
    neuron = Network([np.array([[h]])])
    return {cost: train(neuron, [[1.0]], [0.0], updates, 1.0, cost=cost) for cost in COSTS}
