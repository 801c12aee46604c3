"""Named steps without any rounding, and how far a computed number is from what it should be.

    error = |value − true|,   relative error = error / |true|,   in ulps = error / ulp(true)

The steps that compute a quantity compute its true value too: NumPy runs them on arrays of Decimals
as it runs them on floats. 1 − σ(h) begins at decimal 0.434 |h|, so 100 digits do for |h| ≤ 100, and
500 for 1000.
"""

from __future__ import annotations

import decimal
import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np

from backprop.engine.arithmetic import format_of
from backprop.engine.steps import Steps, evaluate


def _context(digits: int, rounding: str = decimal.ROUND_HALF_EVEN) -> decimal.Context:
    """So many digits, no limit of size, and ∞ and NaN as numbers."""
    return decimal.Context(digits, rounding, decimal.MIN_EMIN, decimal.MAX_EMAX, 0, traps=[])


_PRECISE, _FAR = _context(100), _context(500)
_GUARD, _ZEROS = 10, 6
"""So many of the last digits are not trusted. So many zeros at the end look like an exact number:
by chance they stand there once in 10⁶."""


def digits_of(true: Decimal, digits: int, known: int | None = None) -> str:
    """A true value with this many significant digits, also where no float could hold it.

    Where the rounded value ends in zeros that the true one does not have, the difference is
    written too: 1 - 4.2e-18, not 1; 0.5 + 3e-20, not 0.5. `known` is how many digits of `true` are
    right (default: ten fewer than it was computed with).
    """
    if not true.is_finite():
        return str(float(true))
    text = _brief(true, digits)
    figures = text.split("e")[0].replace("-", "").replace(".", "").strip("0")
    with decimal.localcontext(_FAR):
        rest = true - Decimal(text)
        computed = _PRECISE if len(true.as_tuple().digits) <= _PRECISE.prec else _FAR
        least = abs(true).scaleb(-(known or computed.prec - _GUARD))
        if not figures or abs(rest) <= least or len(figures) > digits - _ZEROS:
            return text
        gap = f"{abs(rest):.1e}".replace("+", "").replace(".0e", "e")
    return f"{text.removesuffix('.0')} {'-' if rest < 0 else '+'} {gap}"


def _brief(true: Decimal, digits: int) -> str:
    """The nearest number of so many digits: in place from 0.0001 to 999999, else as 1.0e-5."""
    if not true:
        return "0.0"  # however many zeros its Decimal has
    near = _context(digits, decimal.ROUND_HALF_UP).plus(true)
    power = near.adjusted()
    if -5 < power < 6:
        return _pointed(f"{near:f}")
    mantissa = near.scaleb(-power, _FAR)
    return f"{_pointed(f'{mantissa:f}')}e{power:+}"


def _pointed(text: str) -> str:
    whole, _, part = text.partition(".")
    return f"{whole}.{part.rstrip('0') or '0'}"


def true_values(steps: Steps, inputs: Mapping[str, float]) -> dict[str, Decimal]:
    """What each of `steps` would give without rounding, by name: Decimals, `inputs` included.

    `inputs` must be finite, |h| up to 1000; they are taken as the floats they are.
    """
    with decimal.localcontext(_PRECISE if abs(inputs["h"]) <= 100 else _FAR):
        start = {name: np.array([Decimal(x)], dtype=object) for name, x in inputs.items()}
        found = evaluate(steps, start)
    return {name: Decimal(value[0]) for name, value in found.items()}  # 0 or 1 of a condition too


@dataclass(frozen=True)
class Error:
    """How far a computed number is from the truth: in ulps of its format, and relative.

    NaN of NaN, ∞ of ∞; `relative` is also ∞ where the true value is 0 and the computed one is not.
    """

    ulps: float
    relative: float


def error_of(value: Any, true: Decimal) -> Error:
    """The error of `value`, a NumPy scalar of one of the four formats, against a true value.

    One ulp is the step between the format's numbers at the true value; below the smallest normal
    number it is the smallest subnormal.
    """
    fmt, number = format_of(value), float(value)
    if not math.isfinite(number):
        return Error(abs(number), abs(number))
    with decimal.localcontext(_FAR):
        size = abs(true)
        off = abs(Decimal(number) - true)
        if not size.is_finite():
            return Error(math.inf, math.inf)
        if not size:
            return Error(float(off / Decimal(fmt.smallest)), math.inf if off else 0.0)
        ulp = max(Decimal(2) ** (_exponent(size) - fmt.precision), Decimal(fmt.smallest))
        return Error(float(off / ulp), float(off / size) if off else 0.0)


def _exponent(size: Decimal) -> int:
    """The n with 2ⁿ⁻¹ ≤ size < 2ⁿ."""
    n = math.floor(size.adjusted() * 3.3219280948873623)  # log₂ 10
    while Decimal(2) ** n <= size:
        n += 1
    return n
