"""The numbers and the functions that a program without NumPy carries, with the engine's bits.

`plain_code` writes the definitions that it needs into the program, as they stand here. There F is
the format of the recording; here it is float64.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import copysign, frexp, inf, ldexp, nan
from typing import Any, Self


class Number(float):
    """A number of a format: whatever is computed with it is rounded to that format once."""

    precision, least, largest = 53, 5e-324, 1.7976931348623157e308

    def __new__(cls, x: float | str) -> Self:
        x = float(x)
        if cls.precision < 53 and x - x == 0 != x:  # neither 0 nor ±∞ nor NaN
            unit = max(ldexp(1.0, frexp(x)[1] - cls.precision), cls.least)
            size = round(abs(x) / unit) * unit  # of two that are as near, the even one
            x = copysign(size if size <= cls.largest else inf, x)
        return float.__new__(cls, x)

    def __add__(self, other: float) -> Self:
        return type(self)(float.__add__(self, other))

    def __sub__(self, other: float) -> Self:
        return type(self)(float.__sub__(self, other))

    def __mul__(self, other: float) -> Self:
        return type(self)(float.__mul__(self, other))

    def __truediv__(self, other: float) -> Self:
        if other != 0:
            return type(self)(float.__truediv__(self, other))
        infinite = copysign(inf, self) * copysign(1.0, other)
        return type(self)(infinite if abs(self) > 0 else nan)

    __radd__, __rmul__ = __add__, __mul__

    def __rsub__(self, other: float) -> Self:
        return type(self)(other) - self

    def __rtruediv__(self, other: float) -> Self:
        return type(self)(other) / self

    def __neg__(self) -> Self:
        return type(self)(float.__neg__(self))

    def __abs__(self) -> Self:
        return type(self)(float.__abs__(self))

    def __repr__(self) -> str:  # with the fewest digits that tell it from its neighbours
        texts = [f"{self:.{digits}g}" for digits in range(1, 18)]
        return next((text for text in texts if type(self)(text) == self), "nan")


class F(Number):
    """The format of the program."""


class Wide(Number):
    """The format in which its sums are taken."""


def array(values: Any) -> Any:
    """The same lists, of numbers of the format."""
    return [array(value) for value in values] if isinstance(values, list) else F(values)


def where(condition: bool, yes: float, no: float) -> float:
    """One of two, both of which were computed."""
    return yes if condition else no


def maximum(a: float, b: float) -> F:
    """The larger one; NaN where one of them is."""
    return F(a if a >= b or a != a else b)


def minimum(a: float, b: float) -> F:
    """The smaller one; NaN where one of them is."""
    return F(a if a <= b or a != a else b)


def sign(x: float) -> F:
    """1, −1, 0 or NaN."""
    return F((x > 0) - (x < 0) if x == x else x)


def square(x: F) -> F:
    """x²."""
    return x * x


def reduced(x: float) -> tuple[float, float, float]:
    """q and two powers of two with eˣ = (1 + q) × the one × the other, by fdlibm's method."""
    x = min(max(float(x), -746.0), 710.0)
    k = round(x * 1.44269504088896338700) if x == x else 0  # x = k ln 2 + r
    high, low = x - k * 6.93147180369123816490e-01, k * 1.90821492927058770002e-10
    r = high - low
    t = r * r
    c = 4.13813679705723846039e-08 * t - 1.65339022054652515390e-06
    c = r - (((c * t + 6.61375632143793436117e-05) * t - 2.77777777770155933842e-03) * t
             + 1.66666666666666019037e-01) * t  # fmt: skip
    return high - (low - r * c / (2 - c)), ldexp(1.0, k // 2), ldexp(1.0, k - k // 2)


def exp64(x: float) -> float:
    """eˣ in float64."""
    q, first, second = reduced(x)
    return (1 + q) * first * second


def exp(x: float) -> F:
    """eˣ, rounded once to the format."""
    return F(exp64(x))


def expm1(x: float) -> F:
    """eˣ − 1 for x up to 0, in float64, rounded once to the format."""
    q, first, second = reduced(x)
    power = first * second
    return F(x if x == 0 else power * q + (power - 1))


def log_of(f: float, k: int, lost: float) -> float:
    """log(2ᵏ (1 + f)) + lost, by fdlibm's method."""
    s = f / (2 + f)
    t = s * s
    R = 1.479819860510658591e-01 * t + 1.531383769920937332e-01
    R = ((R * t + 1.818357216161805012e-01) * t + 2.222219843214978396e-01) * t
    R = ((R + 2.857142874366239149e-01) * t + 3.999999999940941908e-01) * t
    half = 0.5 * f * f
    low = s * (half + (R + 6.666666666666735130e-01) * t) + (k * 1.90821492927058770002e-10 + lost)
    return k * 6.93147180369123816490e-01 - ((half - low) - f)


def halved(x: float) -> tuple[float, int]:
    """f and k with x = 2ᵏ (1 + f)."""
    m, k = frexp(x)
    return (m + m - 1, k - 1) if m < 0.70710678118654752440 else (m - 1, k)


def log(x: float) -> F:
    """The natural logarithm, in float64, rounded once to the format."""
    x = float(x)
    if 0 < x < inf:
        return F(log_of(*halved(x), 0.0))
    return F(-inf if x == 0 else nan if x < 0 else x)


def log1p(x: float) -> F:
    """log(1 + x) for x from 0 to 1, in float64, rounded once to the format."""
    x = float(x)
    u = 1 + x
    f, k = halved(u)
    lost = (x - (u - 1) if x < 1 else 1 - (u - x)) / u
    return F(x if x == 0 or x != x else log_of(f, k, lost) if k else log_of(x, 0, 0.0))


def tanh(x: float) -> F:
    """Its continued fraction near 0, else by eˣ; in float64, rounded once to the format."""
    size = abs(float(x))
    if size < 1:
        s = size * size
        A = (((s + 1430) * s + 289575) * s + 16081065) * s + 218243025
        B = ((((s + 1485) * s + 315315) * s + 18918900) * s + 310134825) * s + 654729075
        return F(copysign(size - size * (A * s / B), x))
    e = exp64(-2 * size)
    return F(copysign(1 - 2 * e / (1 + e), x))


def add(terms: Iterable[float]) -> Wide:
    """Their sum: from left to right, from 0 on."""
    total = Wide(0)
    for term in terms:
        total = total + term
    return total


def dot(a: Iterable[float], b: Iterable[float]) -> Wide:
    """The sum of the products of what stands at the same places."""
    return add(Wide(p) * q for p, q in zip(a, b, strict=True))
