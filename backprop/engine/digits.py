"""How numbers are written for people: with a minus sign, no trailing zeros, no misleading rounding.

    short         in a cell: about six characters, 1−5e−8 for nearly 1
    in_formula    in an equation: four digits; `guarded` where its place needs parentheses
    written       in a sentence: four digits, all of them where four would say 1
    in_full       all digits that tell it from every other number of its format
    significant   so many digits of a float or a Decimal, those at the end too
    shortest      as one types it, and as links have it: what reads back as the same float64
    tidy          what Python wrote, set in type

`short`, `in_formula`, `guarded` and `written` follow the rules of the scripts' own writers to the
letter. What programs read is `arithmetic.full_digits`.
"""

from __future__ import annotations

import math
import re
from decimal import MAX_EMAX, MIN_EMIN, ROUND_HALF_UP, Context, Decimal
from typing import Any

from backprop.engine.arithmetic import full_digits

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
_SPECIAL = {"NaN": "NaN", "Infinity": "∞", "-Infinity": "−∞"}


def number_of(text: str) -> float:
    """The finite number that a text from a link or a file writes; ValueError for all other texts.

    Also for such as Python would read: 1_0, or digits that are not ASCII.
    """
    value = float(text) if _NUMBER.fullmatch(text) else math.nan
    if not math.isfinite(value):
        raise ValueError(f"A number such as 0.5 or 1e-3 is required, got {text!r:.60}.")
    return value


def tidy(text: str) -> str:
    """A number that Python wrote, as people write it: 1.0 as 1, 3e+06 and 3.0e6 as 3e6, − for -."""
    text = re.sub(r"e\+?(-?)0*(?=\d)", r"e\1", text.removesuffix(".0"))
    return text.replace(".0e", "e").replace("-", "−")


def shortest(value: float) -> str:
    """The shortest text that reads back as the same float64, with a plain hyphen as its minus."""
    return tidy(repr(float(value))).replace("−", "-")


def in_full(value: Any) -> str:
    """All digits that a number of a format needs; NaN, +∞ and −∞ as such."""
    text = full_digits(value)
    return "+∞" if text == "Infinity" else _SPECIAL.get(text) or tidy(text)


def written(value: Any, digits: int | None = None) -> str:
    """A number for a sentence: four digits, or all of them where four would read 1; NaN, ∞, −∞.

    With `digits` it is rounded to so many first, and no more are written. A Decimal, which may be
    beyond every format, has four digits next to 1 too. drawing/digits.js has the same function.
    """
    number = _decimal(value)
    if not number.is_finite():
        return _SPECIAL[full_digits(value)]
    brief = _general(_rounded(number, min(4, digits or 4)))
    if digits is not None:
        value = float(_rounded(number, digits))
        number = Decimal(value)
    if 1e4 <= abs(number) < 1e6 and number == int(number):
        return str(int(number)).replace("-", "−")
    alike = abs(number) != 1 and brief in ("1", "−1") and not isinstance(value, Decimal)
    return tidy(full_digits(value)) if alike else brief


def _general(number: Decimal) -> str:
    """The digits of a number without trailing zeros; with a power of ten beyond 0.0001 … 9999."""
    if number == 0:
        return "−0" if number.is_signed() else "0"
    if not -4 <= number.adjusted() < 4:
        return _power(number, len(number.as_tuple().digits))
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace("-", "−")


def scientific(value: Any, digits: int) -> str:
    """`digits` digits of a float or a Decimal and a power of ten, such as 1.50e−7; 0 as 0.00e0."""
    mantissa, _, exponent = f"{_decimal(value):.{digits - 1}e}".partition("e")
    return f"{mantissa}e{int(exponent)}".replace("-", "−")


def significant(value: Any, digits: int) -> str:
    """A float or a Decimal in so many digits, in place or with a power of ten; 0 and ∞ as such."""
    number = _decimal(value)
    if not number.is_finite():
        return written(float(number))
    if number == 0:
        return "0"
    text = scientific(number, digits)
    exponent = int(text.partition("e")[2].replace("−", "-"))
    if -4 <= exponent < digits:
        text = f"{number:.{digits - 1 - exponent}f}".replace("-", "−")
    return text


def short(number: Any, digits: int = 3) -> str:
    """A number in about six characters; exactly 0 and 1 look different from nearly 0 and 1.

    NaN, +∞ and −∞ are written so.
    """
    value = float(number)
    if not math.isfinite(value):
        return in_full(value)
    size = abs(value)
    if value == int(value) and size < 10000:
        return tidy(str(int(value)))
    rounded = _rounded(value, digits)
    if size < 1 and abs(rounded) == 1:
        return _near_one(value, 1)
    if size >= 1e5 or size < 1e-3:
        return _power(value, digits - 1)
    if rounded.adjusted() >= digits:
        return tidy(str(math.floor(value + 0.5)))
    last = Decimal(1).scaleb(rounded.adjusted() - digits + 1)
    return f"{rounded.quantize(last):f}".replace("-", "−")


def in_formula(number: Any) -> str:
    """A number inside an equation: nearly 1 with as many digits of the gap as others have."""
    text = short(number, 4)
    return _near_one(float(number), 3) if _DIFFERENCE.match(text) else text


def guarded(text: str, guard: str) -> str:
    """A written number in parentheses where its place needs them.

    The guard is that of `formula.slot`: "!" after ×, − and the like, "?" before them, else neither.
    """
    alone = text.startswith("−") or _DIFFERENCE.match(text) if guard == "!" else False
    return f"({text})" if alone or (guard == "?" and text.startswith("1−")) else text


_DIFFERENCE = re.compile(r"−?\(?1−")


def _near_one(value: float, digits: int) -> str:
    gap = f"1−{_power(1 - abs(value), digits)}"
    return f"−({gap})" if value < 0 else gap


def _decimal(value: Any) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(float(value))


def _rounded(value: float | Decimal, digits: int) -> Decimal:
    """`value` with that many significant digits; of two that are as near, the larger in size."""
    context = Context(digits, ROUND_HALF_UP, MIN_EMIN, MAX_EMAX)
    return context.create_decimal(Decimal(value))


def _power(value: float | Decimal, digits: int) -> str:
    mantissa, _, exponent = scientific(_rounded(value, digits), digits).partition("e")
    return f"{mantissa.rstrip('0').rstrip('.')}e{exponent}"
