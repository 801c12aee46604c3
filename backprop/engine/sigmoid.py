"""σ(h) = 1 / (1 + e⁻ʰ) and its relatives, textbook and stable.

The stable forms share one exponential that cannot overflow:

    e = exp(−|h|),   big = 1 / (1 + e),   small = e / (1 + e)
    σ(h) = big if h ≥ 0 else small,   σ(−h) = 1 − σ(h) = the other one,   σ′(h) = big × small

No subtraction occurs, so σ(−h) and σ′(h) keep all their digits where 1 − z and z (1 − z) have
lost them (relative error 1 once z rounds to 1). The slope of tanh has the same trap, and the same
way out: with e = exp(−2|h|), tanh′(h) = 4e / (1 + e)².

Every function preserves the format of its argument; h = ±∞ is in the domain.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from backprop.engine.arithmetic import Array, constant, one
from backprop.engine.elementary import exp, tanh_and_exp


def decay(h: Array) -> Array:
    """e⁻ˡʰˡ, of which the stable forms are made."""
    return exp(np.negative(np.abs(h)))


def growth(h: Array) -> Array:
    """e⁻ʰ, of which the textbook form is made."""
    return exp(np.negative(h))


def sigmoid(h: Array, e: Array | None = None) -> Array:
    """σ(h), the stable form; `e` is `decay` of h where that is known already."""
    e = decay(h) if e is None else e
    return np.where(h >= 0, one(h), e) / (one(h) + e)


def mirror(h: Array, e: Array | None = None) -> Array:
    """σ(−h) = 1 − σ(h) without the subtraction; `e` as in `sigmoid`."""
    e = decay(h) if e is None else e
    return np.where(h >= 0, e, one(h)) / (one(h) + e)


def textbook(h: Array, e: Array | None = None) -> Array:
    """1 / (1 + e⁻ʰ) as printed in books; `e` is `growth` of h where that is known already.

    e⁻ʰ overflows where −h exceeds the logarithm of the largest number (float64: h < −709.78); from
    there on z = 1/∞ = 0, where `sigmoid` still has a number.
    """
    e = growth(h) if e is None else e
    return one(h) / (one(h) + e)


EXPONENTIALS: dict[Callable[..., Array], Callable[[Array], Array]] = {
    sigmoid: decay,
    mirror: decay,
    textbook: growth,
}
"""Which exponential each of them is made of, so that it need not be computed twice."""


def sigmoid_and_slope(h: Array) -> tuple[Array, Array]:
    """σ(h) and σ′(h) = σ(h) σ(−h)."""
    e = decay(h)
    d = one(h) + e
    big, small = one(h) / d, e / d
    return np.where(h >= 0, big, small), big * small


def tanh_and_slope(h: Array) -> tuple[Array, Array]:
    """tanh(h) and its slope 4e / (1 + e)²."""
    tanh, e = tanh_and_exp(h)
    d = 1 + e
    return tanh, 4 * (e / d) / d


def relu_and_slope(h: Array) -> tuple[Array, Array]:
    """max(h, 0) and its slope: 1 where h > 0, else 0 (also at 0, by convention)."""
    return np.where(h <= 0, constant(0.0, h), h), (h > 0).astype(h.dtype)
