"""How numbers are written in small places: few digits, and never a rounded lie.

The same rules as on the stage: exactly 0 and 1 look different from nearly 0 and nearly 1.
"""

from __future__ import annotations

import math
from typing import Any


def short(value: Any, digits: int = 3) -> str:
    """`value` in about six characters; NaN and ∞ in words and signs, with a true minus."""
    number = float(value)
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "+∞" if number > 0 else "−∞"
    size = abs(number)
    if number == int(number) and size < 10_000:
        return str(int(number)).replace("-", "−")
    if size < 1 and float(f"{size:.{digits}g}") == 1:
        gap = f"1−{_scientific(1 - size, 0)}"
        return gap if number > 0 else f"−({gap})"
    if size >= 1e5 or size < 1e-3:
        return _scientific(number, digits - 2)
    text = f"{number:#.{digits}g}"
    text = str(round(number)) if "e" in text else text.removesuffix(".")
    return text.replace("-", "−")


def _scientific(number: float, decimals: int) -> str:
    mantissa, exponent = f"{number:.{decimals}e}".split("e")
    plain = mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa
    return f"{plain}e{int(exponent)}".replace("-", "−")
