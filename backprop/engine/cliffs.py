"""Where a format breaks: the first h past each cliff of σ(h), found in the format's own arithmetic.

    z = 1            1 + e⁻ʰ rounds to 1, since e⁻ʰ ≤ 2⁻ᵖ: from p ln 2 on, with p significant bits
    z subnormal      σ(h) is below the smallest normal number: digits are lost one by one
    1/z = ∞          the reciprocal of σ(h) is beyond the largest number
    e⁻ʰ = ∞          so the textbook form 1 / (1 + e⁻ʰ) gives z = 0
    z = 0            σ(h), computed stably, rounds to 0

The two sides are far apart, because floats are dense near 0 and sparse near 1. Nothing here is
typed in: every cliff is bisected over the numbers of the format, since the last bit of its exp
decides which one is the first.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import numpy as np

from backprop.engine import exact
from backprop.engine.arithmetic import Array, Format
from backprop.engine.derivatives import OutputDerivative
from backprop.engine.sigmoid import sigmoid, textbook

REACH = 1000.0
"""How far from 0 cliffs are looked for: past it no format has any left to find."""


@dataclass(frozen=True)
class Cliff:
    """A cliff: `h` is the first number of the format, going away from 0, at which it has happened.

    `name` says what happens in symbols, `words` in words.
    """

    name: str
    words: str
    h: Any


def saturation(fmt: Format) -> float:
    """The smallest h for which σ(h) rounds to exactly 1; float64: 36.7368."""
    return float(_saturation(fmt).h)


@cache
def cliffs(fmt: Format) -> tuple[Cliff, ...]:
    """The cliffs of σ in a format, from the lowest h to the highest."""
    with np.errstate(over="ignore", divide="ignore"):  # overflow is what is looked for
        low = [
            Cliff("z = 0", "σ(h), also computed stably, is exactly 0 from here down",
                  _first(fmt, -1, lambda h: sigmoid(h) == 0)),
            Cliff("e⁻ʰ = ∞", "e⁻ʰ overflows, so the textbook form gives z = 0 from here down",
                  _first(fmt, -1, lambda h: textbook(h) == 0)),
            Cliff("1/z = ∞", "1 / σ(h) overflows from here down",
                  _first(fmt, -1, lambda h: np.isinf(1 / sigmoid(h)))),
            Cliff("z subnormal", "σ(h) is subnormal, with ever fewer digits, from here down",
                  _first(fmt, -1, lambda h: sigmoid(h) < fmt.round(fmt.tiny))),
        ]  # fmt: skip
    return (*sorted(low, key=lambda cliff: float(cliff.h)), _saturation(fmt))


@cache
def _saturation(fmt: Format) -> Cliff:
    h = _first(fmt, 1, lambda h: sigmoid(h) == 1)
    return Cliff("z = 1", "σ(h) is exactly 1 and 1 − z exactly 0 from here up", h)


@lru_cache(maxsize=256)
def epsilon_cliff(derivative: OutputDerivative, fmt: Format) -> Cliff | None:
    """The first h > 0 at which δ of a clamped form, with y = 0, is NaN or under half the true one.

    With ε in the denominator that is near ln(1/ε). None if it does not happen up to `REACH`.
    """

    def lost(h: Array) -> Array:
        delta = derivative.delta(h, np.zeros_like(h)).astype(np.float64)
        return ~(delta >= float(exact.delta(float(h[()]), 0.0)) / 2)

    if not lost(fmt.round(REACH)):
        return None
    words = "with y = 0, the ε-clamped δ is less than half of the true one, or NaN, from here up"
    return Cliff("ε bites", words, _first(fmt, 1, lost))


def _first(fmt: Format, side: int, past: Callable[[Array], Array]) -> Any:
    """The number of the format nearest to 0 on this side (±1) for which `past` holds.

    `past` must be false at 0 and, once true, stay true out to `REACH`.
    """
    near, far = fmt.round(0.0), fmt.round(side * REACH)
    while True:
        middle = fmt.round((float(near) + float(far)) / 2)
        if middle in (near, far):
            return far[()]
        near, far = (near, middle) if past(middle) else (middle, far)
