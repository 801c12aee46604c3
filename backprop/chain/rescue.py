"""The first two factors of the naive chain, multiplied in other orders and with more digits.

    as written    ((z − y) / w) × w      with w = z (1 − z)
    other order   ((z − y) × w) / w

On paper w cancels, and what is left is at most 1 in size. In floating point w is 0 once z has
rounded to 0 or 1, and then both orders end in 0 / 0. Where w is still there but 1 / w has no place
in the format, the other order does save the product. What else saves it is the digits of 1 − z:
kept as σ(−h), or computed with more of them, which moves the cliff and does not remove it.
"""

from __future__ import annotations

import decimal
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np

from backprop.engine import exact
from backprop.engine.arithmetic import FORMATS, Array, Format, format_of
from backprop.engine.derivatives import OutputDerivative
from backprop.engine.digits import tidy, written
from backprop.engine.sigmoid import mirror, sigmoid

_DIGITS = decimal.Context(prec=exact.DIGITS, Emin=decimal.MIN_EMIN, Emax=decimal.MAX_EMAX, traps=[])


@dataclass(frozen=True)
class Attempt:
    """One way to multiply the two factors: in words, with its numbers, and what comes out.

    `verdict` is "lost" (NaN or ∞), "wrong" (finite, but off by more than rounding) or "saved".
    """

    words: str
    digits: str
    equation: str
    value: float
    verdict: str


@dataclass(frozen=True)
class NaiveFactors:
    """∂J/∂z and σ′(h) as the naive form computes them at h and y, and their product δ.

    `closed_form` is z − y in the same format, `true` the product without rounding.
    """

    dJ_dz: float
    slope: float
    delta: float
    closed_form: float
    true: float


def naive_factors(h: float, y: float, number_format: str | Format) -> NaiveFactors:
    """The first two factors of the naive chain at h and y, rounded to `number_format`."""
    fmt = format_of(number_format)
    at, target = fmt.round(h), fmt.round(y)
    naive = OutputDerivative("naive").evaluate(at, target)
    return NaiveFactors(
        dJ_dz=float(naive["dJ_dz"]),
        slope=float(naive["slope"]),
        delta=float(naive["delta"]),
        closed_form=float(OutputDerivative("fused").delta(at, target)),
        true=float(exact.delta(float(at), float(target))),
    )


def attempts(h: float, y: float, number_format: str | Format) -> list[Attempt]:
    """δ_L at `h` and target `y` in every order and with more digits; the true one is `exact.delta`.

    `h` must be finite and is rounded to the format: ValueError otherwise.
    """
    if not np.isfinite(h):
        raise ValueError(f"h must be a finite number, got {h}. The chain was lost before.")
    native, widest = format_of(number_format), FORMATS["float64"]
    at, target = native.round(h), native.round(y)
    true = float(exact.delta(float(at), float(target)))
    close = 8 * 2.0**-native.precision

    def attempt(words: str, digits: str, e: Any, w: Any, swap: bool = False) -> Attempt:
        with np.errstate(all="ignore"):
            product = (e * w) / w if swap else (e / w) * w
        value = float(product)
        a, b = _text(e), _text(w)
        left = f"({a} × {b}) / {b}" if swap else f"({a} / {b}) × {b}"
        verdict = (
            "lost" if not np.isfinite(value) else "saved" if abs(value - true) <= close else "wrong"
        )
        return Attempt(words, digits, f"{left} = {_text(product)}", value, verdict)

    as_written, kept = _as_written(at, target), _kept(at, target)
    made_so = [
        attempt("as written", native.name, *as_written),
        attempt("the other order", native.name, *as_written, swap=True),
        attempt("1 − z kept as σ(−h)", native.name, *kept),
        attempt("that, and the other order", native.name, *kept, swap=True),
    ]
    if native != widest:
        more = _as_written(at.astype(widest.dtype), target.astype(widest.dtype))
        made_so.append(attempt("as written, more digits", widest.name, *more))
    with decimal.localcontext(_DIGITS):
        e, w = _in_digits(float(at), float(target))
        made_so.append(attempt("as written, more digits", f"{exact.DIGITS} digits", e, w))
    return made_so


def _text(value: Any) -> str:
    if not isinstance(value, Decimal) or not value.is_finite():
        return written(value)
    gap = 1 - abs(value)
    if gap and abs(gap) < Decimal("1e-4"):
        return f"{'−' if value < 0 else ''}(1 − {tidy(f'{gap:.4g}')})"
    return tidy(f"{value:.4g}")


def _as_written(h: Array, y: Array) -> tuple[Array, Array]:
    """z − y and w of the naive derivative, in the format of h."""
    values = OutputDerivative("naive").evaluate(h, y)
    return values["error"], values["width"]


def _kept(h: Array, y: Array) -> tuple[Array, Array]:
    return sigmoid(h) - y, sigmoid(h) * mirror(h)


def _in_digits(h: float, y: float) -> tuple[Decimal, Decimal]:
    z = 1 / (1 + (-Decimal(h)).exp())
    return z - Decimal(y), z * (1 - z)
