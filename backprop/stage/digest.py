"""A short name for all parameters of a recording, which the page's engine computes too.

    Σₙ wₙ mₙ mod 2³²,   mₙ = (c n + 1) mod 2³² made odd,   twice, for two numbers c

over the 32-bit words w of the parameters as float64, little-endian, low word first. Every NaN
counts as the same one. It tells one training from another; it keeps nothing from a forger.
"""

from __future__ import annotations

import numpy as np

from backprop.engine.arithmetic import Array

MULTIPLIERS = 0x9E3779B1, 0x85EBCA77


def canonical(values: Array) -> Array:
    """A copy as float64 in which every NaN has the same bits, whichever processor made it."""
    exact = np.array(values, "<f8", order="C")
    exact[np.isnan(exact)] = np.nan
    return exact


def digest(parameters: Array) -> str:
    """16 hexadecimal digits for parameters (updates + 1, numbers) of any format."""
    words = canonical(parameters).reshape(-1).view("<u4")
    n = np.arange(words.size, dtype=np.uint32)
    sums = [(words * (n * np.uint32(c) + np.uint32(1) | np.uint32(1))).sum(dtype=np.uint32)
            for c in MULTIPLIERS]  # fmt: skip
    return "".join(f"{int(total):08x}" for total in sums)
