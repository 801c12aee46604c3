"""σ, its relatives and the costs at single numbers, as Decimals of 50 digits.

As in `sigmoid`, no formula subtracts what is nearly equal:

    e = exp(−|h|),   σ(±|h|) = 1 / (1 + e) and e / (1 + e),   δ_L = (1 − y) σ(h) − y σ(−h)

They compute in the context that the caller has set, usually `CONTEXT`.
"""

from __future__ import annotations

import decimal
from decimal import Decimal

DIGITS = 50
_GUARD = 20
CONTEXT = decimal.Context(
    prec=DIGITS,
    rounding=decimal.ROUND_HALF_EVEN,
    Emin=decimal.MIN_EMIN,
    Emax=decimal.MAX_EMAX,
    capitals=1,
    clamp=0,
    flags=[],
    traps=[decimal.InvalidOperation, decimal.DivisionByZero, decimal.Overflow],
)


def sigmoids(h: Decimal) -> tuple[Decimal, Decimal, Decimal]:
    """σ(h), σ(−h) and exp(−|h|)."""
    e = (-abs(h)).exp()
    big, small = 1 / (1 + e), e / (1 + e)
    return (big, small, e) if h >= 0 else (small, big, e)


def cross_entropy(h: Decimal, y: Decimal) -> tuple[Decimal, Decimal, Decimal]:
    """z, δ_L = σ(h) − y and J = −y log σ(h) − (1 − y) log σ(−h)."""
    z, mirrored, e = sigmoids(h)
    return z, (1 - y) * z - y * mirrored, abs(h) * (1 - y if h > 0 else y) + _log1p(e)


def quadratic(h: Decimal, y: Decimal) -> tuple[Decimal, Decimal, Decimal]:
    """z, δ_L = (σ(h) − y) σ′(h) and J = (σ(h) − y)² / 2."""
    z, mirrored, _ = sigmoids(h)
    miss = (1 - y) * z - y * mirrored
    return z, miss * z * mirrored, miss * miss / 2


def _log1p(e: Decimal) -> Decimal:
    if e < Decimal("1e-17"):  # the next term of the series is below 1e-51 of the first
        return e - e * e / 2 + e * e * e / 3
    with decimal.localcontext(prec=DIGITS + _GUARD):
        return (1 + e).ln()


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
