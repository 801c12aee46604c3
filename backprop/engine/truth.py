"""Named steps without any rounding, and how far a computed number is from what it should be.

    error = |value − true|,   relative error = error / |true|,   in ulps = error / ulp(true)

The steps that compute a quantity compute its true value too: NumPy runs them on arrays of numbers
of many digits (mpmath) as it runs them on floats. 1 − σ(h) begins at decimal 0.434 |h|, so 100
digits do for |h| ≤ 100, and 500 for 1000.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import mpmath
import numpy as np

from backprop.engine.arithmetic import format_of
from backprop.engine.steps import Steps, evaluate


def _context(digits: int) -> Any:
    # On arrays of objects, NumPy's exp, log, … call the method of that name of each object.
    # A clone's class of numbers is its own: those of `mpmath.mp` stay as they are.
    context = mpmath.mp.clone()
    context.dps = digits
    context.mpf.exp = lambda x: context.exp(x)
    context.mpf.log = lambda x: context.log(x)
    context.mpf.log1p = lambda x: context.log1p(x)
    context.mpf.expm1 = lambda x: context.expm1(x)
    return context


_PRECISE, _FAR = _context(100), _context(500)


def precise(x: Any) -> Any:
    """A float, a `Decimal` or an mpf number as an mpf number."""
    return _PRECISE.mpf(str(x) if isinstance(x, Decimal) else x)  # mpmath 1.3 takes no Decimal


def digits_of(true: Any, digits: int, known: int | None = None) -> str:
    """A true value with this many significant digits, also where no float could hold it.

    Where that would round it to something shorter than it is, the rest is said:
    1 - 4.2e-18, not 1; 0.5 + 3e-20, not 0.5. `known` is how many digits of it are right (default:
    those of its context, but ten).
    """
    true = true if hasattr(true, "context") else _PRECISE.mpf(true)  # a truth value: 0 or 1
    text = str(_PRECISE.nstr(true, digits, min_fixed=-5, max_fixed=6))
    if not _PRECISE.isfinite(true):
        return text
    figures = text.split("e")[0].replace("-", "").replace(".", "").strip("0")
    rest = true - _FAR.mpf(text)
    least = abs(true) / _FAR.mpf(10) ** (known or true.context.dps - 10)
    if not figures or abs(rest) <= least or len(figures) > digits - _ZEROS:
        return text
    gap = _PRECISE.nstr(abs(rest), 2, min_fixed=0, max_fixed=0).replace(".0e", "e")
    return f"{text.removesuffix('.0')} {'-' if rest < 0 else '+'} {gap}"


_ZEROS = 6
"""So many zeros at the end look like an exact number; by chance they stand there once in 10⁶."""


def true_values(steps: Steps, inputs: Mapping[str, float]) -> dict[str, Any]:
    """What each of `steps` would give without rounding, by name: mpf numbers, `inputs` included.

    `inputs` must be finite, |h| up to 1000; they are taken as the floats they are.
    """
    context = _PRECISE if abs(inputs["h"]) <= 100 else _FAR
    start = {name: np.array([context.mpf(x)], dtype=object) for name, x in inputs.items()}
    return {name: value[0] for name, value in evaluate(steps, start).items()}


@dataclass(frozen=True)
class Error:
    """How far a computed number is from the truth: in ulps of its format, and relative.

    NaN of NaN, ∞ of ∞; `relative` is also ∞ where the true value is 0 and the computed one is not.
    """

    ulps: float
    relative: float


def error_of(value: Any, true: Any) -> Error:
    """The error of `value`, a NumPy scalar of one of the four formats, against an mpf number.

    One ulp is the step between the format's numbers at the true value; below the smallest normal
    number it is the smallest subnormal.
    """
    fmt, number = format_of(value), float(value)
    if not math.isfinite(number):
        return Error(abs(number), abs(number))
    off = abs(_FAR.mpf(number) - true)
    if not true:
        return Error(float(off) / fmt.smallest, math.inf if off else 0.0)
    lowest = math.frexp(fmt.smallest)[1] - 1
    exponent = max(int(_FAR.frexp(true)[1]) - fmt.precision, lowest)
    return Error(float(_FAR.ldexp(off, -exponent)), float(off / abs(true)) if off else 0.0)
