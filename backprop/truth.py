"""Named steps without any rounding, and how far a computed number is from what it should be.

    error = |value − true|,   relative error = error / |true|,   in ulps = error / ulp(true)

The steps that compute a quantity compute its true value too: NumPy runs them on arrays of
500-digit numbers (mpmath) as it runs them on floats. |h| may be up to 1000, where 1 − σ(h) begins
at the 435th decimal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import mpmath
import numpy as np

from backprop.arithmetic import format_of
from backprop.steps import Steps, evaluate

_PRECISE = mpmath.mp.clone()
_PRECISE.dps = 500
# On arrays of objects, NumPy's exp, log and log1p call the method of that name of each object.
_PRECISE.mpf.exp = lambda x: _PRECISE.exp(x)
_PRECISE.mpf.log = lambda x: _PRECISE.log(x)
_PRECISE.mpf.log1p = lambda x: _PRECISE.log1p(x)


def precise(x: Any) -> Any:
    """A float, a `Decimal` or an mpf number as an mpf number of 500 digits."""
    return _PRECISE.mpf(x)


def digits_of(true: Any, digits: int) -> str:
    """A true value with this many significant digits, also where no float could hold it."""
    return str(_PRECISE.nstr(true, digits, min_fixed=-5, max_fixed=6))


def true_values(steps: Steps, inputs: Mapping[str, float]) -> dict[str, Any]:
    """What each of `steps` would give without rounding, by name: mpf numbers, `inputs` included.

    `inputs` must be finite and are taken as the floats they are.
    """
    start = {name: np.array([_PRECISE.mpf(x)], dtype=object) for name, x in inputs.items()}
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
    made = format_of(value)
    off = abs(_PRECISE.mpf(float(value)) - true)
    if true == 0:
        ulp = _PRECISE.mpf(made.smallest)
        return Error(float(off / ulp), float(off) if off == 0 else float(off * _PRECISE.inf))
    exponent = int(_PRECISE.frexp(true)[1]) - made.precision
    ulp = max(_PRECISE.ldexp(_PRECISE.mpf(1), exponent), _PRECISE.mpf(made.smallest))
    return Error(float(off / ulp), float(off / abs(true)))
