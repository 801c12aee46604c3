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

import numpy as np

from backprop.engine.arithmetic import Array, one


def sigmoid(h: Array) -> Array:
    """σ(h), the stable form."""
    e = np.exp(-np.abs(h))
    return np.where(h >= 0, one(h), e) / (one(h) + e)


def complement(h: Array) -> Array:
    """σ(−h) = 1 − σ(h) without the subtraction."""
    e = np.exp(-np.abs(h))
    return np.where(h >= 0, e, one(h)) / (one(h) + e)


def textbook(h: Array) -> Array:
    """1 / (1 + e⁻ʰ) as printed in books.

    Right, but for two things: e⁻ʰ overflows below the format's largest logarithm (float64:
    h < −709.78), and z is 0 from there, earlier than it need be. NumPy warns of the overflow;
    `steps.run` silences it, because 1/∞ = 0 is what the form means to say.
    """
    return one(h) / (one(h) + np.exp(-h))


def sigmoid_and_slope(h: Array) -> tuple[Array, Array]:
    """σ(h) and σ′(h) = σ(h) σ(−h)."""
    e = np.exp(-np.abs(h))
    d = one(h) + e
    big, small = one(h) / d, e / d
    return np.where(h >= 0, big, small), big * small


def tanh_and_slope(h: Array) -> tuple[Array, Array]:
    """tanh(h) and its slope 4e / (1 + e)²."""
    with np.errstate(over="ignore"):  # 2|h| may overflow in float16; exp(−∞) = 0 is right
        e = np.exp(-2 * np.abs(h))
    d = 1 + e
    return np.tanh(h), 4 * (e / d) / d


def relu_and_slope(h: Array) -> tuple[Array, Array]:
    """max(h, 0) and its slope: 1 where h > 0, else 0 (also at 0, by convention)."""
    return np.maximum(h, 0), (h > 0).astype(h.dtype)
