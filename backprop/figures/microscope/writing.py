"""How the microscope writes numbers: all round-trip digits, the lost ones marked, bits as cells."""

from __future__ import annotations

from html import escape
from math import isfinite
from typing import Any

from backprop.engine.digits import in_full, tidy
from backprop.engine.truth import Error, digits_of
from backprop.microscope import RIGHT, digits
from backprop.microscope.bits import Bits, bits_of


def exact(true: Any, count: int = 17) -> str:
    """A true value, however small, with so many digits."""
    return tidy(digits_of(true, count))


def number(value: Any, error: Error, most: float) -> str:
    """A computed number as HTML: the digits beyond the right ones are marked as lost.

    `most` is how many decimal digits the format has.
    """
    text = in_full(value)
    if not isfinite(float(value)):
        return f'<span class="bad">{text}</span>'
    if error.ulps <= RIGHT or float(value) == 0:
        return f"<span>{text}</span>"
    cut = _after(text, int(digits(error, most)))
    rest, power = text[cut:], ""
    if "e" in rest:
        rest, power = rest[: rest.index("e")], rest[rest.index("e") :]
    return f'<span>{text[:cut]}<span class="lost">{rest}</span>{power}</span>'


def _after(text: str, count: int) -> int:
    """Where the first `count` significant digits of `text` end."""
    seen, begun = 0, False
    for at, sign in enumerate(text):
        if sign == "e" or (sign.isdigit() and seen == count):
            return at
        begun = begun or (sign.isdigit() and sign != "0")
        seen += sign.isdigit() and begun
    return len(text)


def cells(value: Any) -> str:
    """The bits of a number as a row of cells, one element a bit, hex in the tooltip."""
    bits = bits_of(value)
    groups = "".join(
        f'<span class="bits-{name}">'
        + "".join(f'<i class="b{bit}">{bit}</i>' for bit in getattr(bits, name))
        + "</span>"
        for name in ("sign", "exponent", "fraction")
    )
    return (
        f'<span class="cells{_fault(bits)}" role="img" title="{bits.hex}" '
        f'aria-label="{_spoken(bits)}">{groups}</span>'
    )


def strip(value: Any) -> str:
    """The same bits as a thin line: a drawing, for the many terms."""
    bits = bits_of(value)
    every, cut = len(bits.all), 1 + len(bits.exponent)
    ones = "".join(f"M{at} 0h1v1h-1z" for at, bit in enumerate(bits.all) if bit == "1")
    return (
        f'<svg class="strip{_fault(bits)}" viewBox="0 0 {every} 1" preserveAspectRatio="none" '
        f'role="img" aria-label="{_spoken(bits)}"><title>{bits.hex} ({bits.kind})</title>'
        f'<path class="ground-sign" d="M0 0h1v1h-1z"/>'
        f'<path class="ground-exponent" d="M1 0h{cut - 1}v1h-{cut - 1}z"/>'
        f'<path class="ground-fraction" d="M{cut} 0h{every - cut}v1h-{every - cut}z"/>'
        f'<path class="ones" d="{ones}"/></svg>'
    )


def _fault(bits: Bits) -> str:
    return " fault" if bits.kind in ("NaN", "infinite") else ""


def _spoken(bits: Bits) -> str:
    return escape(f"{bits.hex}: {bits.kind}, sign {bits.sign}, exponent {bits.exponent}")


def size(x: float) -> str:
    """The size of an error in two digits: 5.5e15, 0.14, 1; never a rounded 0 or 1."""
    if not isfinite(x):
        return "NaN" if x != x else "∞"
    if x != 1 and abs(x - 1) < 1e-4:
        text = f"1 {'+' if x > 1 else '-'} {abs(x - 1):.1g}"
    else:
        text = next(t for d in (2, 3, 4, 5, 6) if (float(t := f"{x:.{d}g}") == 1) == (x == 1))
    return tidy(text)
