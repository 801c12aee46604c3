"""How numbers are written in small places: few digits, and never a rounded lie.

The rules of numbers.js to the letter, for pictures and pages that the player does not write.
"""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any


def short(number: Any, digits: int = 3) -> str:
    """A number in about six characters; exactly 0 and 1 look different from nearly 0 and 1.

    NaN and ∞ in words and signs, with a true minus.
    """
    value = float(number)
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "+∞" if value > 0 else "−∞"
    size = abs(value)
    if value == int(value) and size < 10000:
        return str(int(value)).replace("-", "−")
    rounded = _rounded(value, digits)
    if size < 1 and abs(rounded) == 1:
        gap = f"1−{_scientific(1 - size, 0)}"
        return f"−({gap})" if value < 0 else gap
    if size >= 1e5 or size < 1e-3:
        return _scientific(value, digits - 2)
    if rounded.adjusted() >= digits:
        return str(math.floor(value + 0.5)).replace("-", "−")
    last = Decimal(1).scaleb(rounded.adjusted() - digits + 1)
    return f"{rounded.quantize(last):f}".replace("-", "−")


def _rounded(value: float, digits: int) -> Decimal:
    """`value` with that many significant digits; of two that are as near, the larger in size."""
    return Context(prec=digits, rounding=ROUND_HALF_UP).create_decimal(Decimal(value))


def _scientific(value: float, decimals: int) -> str:
    rounded = _rounded(value, decimals + 1)
    exponent = rounded.adjusted()
    mantissa = f"{rounded.scaleb(-exponent).normalize():f}"
    return f"{mantissa}e{exponent}".replace("-", "−")
