"""σ, its relatives and the costs at single numbers, as Decimals of 50 digits.

As in `sigmoid`, no formula subtracts what is nearly equal:

    e = exp(−|h|),   σ(±|h|) = 1 / (1 + e) and e / (1 + e),   δ_L = (1 − y) σ(h) − y σ(−h)

They compute in the context that the caller has set, usually `CONTEXT`; log1p and expm1 with as
many digits as it has. Exponents stay within ±10¹⁵, which a double holds: the page's own digits
(`stage/engine/exact/`) are the same.
"""

from __future__ import annotations

import decimal
from decimal import Decimal
from functools import lru_cache

DIGITS = 50
_GUARD = 20
CONTEXT = decimal.Context(
    prec=DIGITS,
    rounding=decimal.ROUND_HALF_EVEN,
    Emin=-(10**15),
    Emax=10**15,
    capitals=1,
    clamp=0,
    flags=[],
    traps=[decimal.InvalidOperation, decimal.DivisionByZero, decimal.Overflow],
)


def exp(x: Decimal) -> Decimal:
    """eˣ; the last ones are kept, since the steps of an output ask for the same one many times."""
    return _exp(x, decimal.getcontext().prec)


def log(x: Decimal) -> Decimal:
    """The natural logarithm, −∞ of 0."""
    return _log(x, decimal.getcontext().prec)


@lru_cache(maxsize=64)
def _exp(x: Decimal, _digits: int) -> Decimal:
    return x.exp()


@lru_cache(maxsize=64)
def _log(x: Decimal, _digits: int) -> Decimal:
    return x.ln()


def sigmoids(h: Decimal) -> tuple[Decimal, Decimal, Decimal]:
    """σ(h), σ(−h) and exp(−|h|)."""
    e = (-abs(h)).exp()
    big, small = 1 / (1 + e), e / (1 + e)
    return (big, small, e) if h >= 0 else (small, big, e)


def cross_entropy(h: Decimal, y: Decimal) -> tuple[Decimal, Decimal, Decimal]:
    """z, δ_L = σ(h) − y and J = −y log σ(h) − (1 − y) log σ(−h)."""
    z, mirrored, e = sigmoids(h)
    return z, (1 - y) * z - y * mirrored, abs(h) * (1 - y if h > 0 else y) + log1p(e)


def quadratic(h: Decimal, y: Decimal) -> tuple[Decimal, Decimal, Decimal]:
    """z, δ_L = (σ(h) − y) σ′(h) and J = (σ(h) − y)² / 2."""
    z, mirrored, _ = sigmoids(h)
    miss = (1 - y) * z - y * mirrored
    return z, miss * z * mirrored, miss * miss / 2


def log1p(x: Decimal) -> Decimal:
    """log(1 + x) with all digits of a small x."""
    digits = decimal.getcontext().prec
    if abs(x) < Decimal(1).scaleb(-digits // 3):  # the next term is beyond the last digit
        return x - x * x / 2 + x * x * x / 3
    with decimal.localcontext(prec=digits + digits // 3 + 3):  # 1 + x loses so many
        result = log(1 + x)
    return +result


def expm1(x: Decimal) -> Decimal:
    """eˣ − 1 with all digits of a small x."""
    digits = decimal.getcontext().prec
    if abs(x) < Decimal(1).scaleb(-digits // 3):
        return x + x * x / 2 + x * x * x / 6
    with decimal.localcontext(prec=digits + digits // 3 + 3):
        result = exp(x) - 1
    return +result


def sigmoid_and_slope(h: Decimal) -> tuple[Decimal, Decimal]:
    """σ(h) and σ′(h)."""
    z, mirrored, _ = sigmoids(h)
    return z, z * mirrored


def tanh_and_slope(h: Decimal) -> tuple[Decimal, Decimal]:
    """tanh(h) and its slope."""
    with decimal.localcontext(prec=DIGITS + _GUARD):  # 1 − e loses up to 13 digits
        e = (-2 * abs(h)).exp()
        d = 1 + e
        z, slope = ((1 - e) / d).copy_sign(h), 4 * e / (d * d)
    if abs(h) < Decimal("1e-13"):  # the next term of the series is below 1e-52 of the first
        z = h - h * h * h / 3
    return +z, +slope


def relu_and_slope(h: Decimal) -> tuple[Decimal, Decimal]:
    """max(h, 0) and its slope."""
    return max(h, Decimal(0)), Decimal(1 if h > 0 else 0)
