"""A number as its format stores it: sign, exponent and fraction, and the numbers next to it.

    value = (−1)^sign × 1.fraction × 2^(exponent − bias)      a normal number
            (−1)^sign × 0.fraction × 2^(1 − bias)             exponent all 0: subnormal, or ±0
            ±∞ (fraction all 0) or NaN                        exponent all 1

This is the interchange layout of IEEE 754 for float64, float32 and float16; bfloat16 is float32
without the lower half of its fraction.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from backprop.engine.arithmetic import format_of

Kind = Literal["zero", "subnormal", "normal", "infinite", "NaN"]


@dataclass(frozen=True)
class Bits:
    """The bits of one number as strings of 0 and 1, highest first; `hex` holds all of them.

    The fraction lacks the leading 1 that normal numbers do not store.
    """

    sign: str
    exponent: str
    fraction: str
    hex: str
    kind: Kind

    @property
    def all(self) -> str:
        """Sign, exponent and fraction in one string."""
        return self.sign + self.exponent + self.fraction


def bits_of(value: Any) -> Bits:
    """The bits of a single number of one of the four formats, −0, ∞ and every NaN included.

    `value` is a NumPy scalar or an array of one element; a Python float is float64. Raises
    ValueError for several numbers or another type.
    """
    number = np.asarray(value)
    if number.size != 1:
        raise ValueError(f"One number has bits, got {number.size}. Take one element of the array.")
    fmt = format_of(number)
    width = 8 * number.itemsize
    stored = int(number.reshape(()).view(f"u{number.itemsize}"))
    text = f"{stored:0{width}b}"
    cut = 1 + width - fmt.precision
    sign, exponent, fraction = text[0], text[1:cut], text[cut:]
    return Bits(sign, exponent, fraction, f"0x{stored:0{width // 4}x}", _kind(exponent, fraction))


def _kind(exponent: str, fraction: str) -> Kind:
    if "0" not in exponent:
        return "NaN" if "1" in fraction else "infinite"
    if "1" in exponent:
        return "normal"
    return "subnormal" if "1" in fraction else "zero"


def next_up(value: Any) -> Any:
    """The next larger number of the format of `value`: ∞ after the largest, NaN of NaN."""
    return _towards(value, np.inf)


def next_down(value: Any) -> Any:
    """The next smaller number of the format of `value`: −∞ before the smallest, NaN of NaN."""
    return _towards(value, -np.inf)


def _towards(value: Any, end: float) -> Any:
    with np.errstate(over="ignore"):  # the step from the largest number to ∞ is meant
        return np.nextafter(value, value.dtype.type(end))
