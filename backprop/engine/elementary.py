"""exp, expm1, log, log1p and tanh from + − × ÷ alone, so that every machine gives the same bits.

    eˣ         = 2ᵏ eʳ,   k = the whole number nearest to x / ln 2,   r = x − k ln 2
    eˣ − 1     = 2ᵏ (eʳ − 1) + (2ᵏ − 1)
    eʳ         = 1 + r + r c / (2 − c),   c = r − (P₁ r² + P₂ r⁴ + …)
    log x      = k ln 2 + log(1 + f),   x = 2ᵏ (1 + f),   √½ ≤ 1 + f < √2
    log(1 + f) = f − f²/2 + s (f²/2 + R),   s = f / (2 + f),   R = L₁ s² + L₂ s⁴ + …
    tanh x     = x / (1 + x² / (3 + x² / (5 + …))) near 0,   1 − 2e / (1 + e) elsewhere, e = e⁻²ˡˣˡ

Method and constants are those of fdlibm (Freely Distributable LIBM, Sun Microsystems 1993,
netlib.org/fdlibm: e_exp.c, e_log.c, s_log1p.c), written here for whole arrays: where it branches,
both sides are computed and one is selected. Everything is computed in float64 and rounded once to
the format of the argument. In float64 the results are within 0.9 units in the last place, tanh
within 1.2, expm1 within 1.3; in the narrower formats within 0.51.

Every function takes arrays of one of the four formats of any shape, ±∞ and NaN included, and
raises no warning. An array of Decimals is computed one by one, in the context that is set.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import numpy as np

from backprop.engine import fifty
from backprop.engine.arithmetic import Array

_OF_DECIMALS: dict[str, Callable[[Decimal], Decimal]] = {
    "exp": fifty.exp, "log": fifty.log, "log1p": fifty.log1p, "expm1": fifty.expm1,
}  # fmt: skip
_PIECE = 8192
"""So many numbers at once, with all that is computed on the way, fit a processor's cache."""


def _number(value: float | str) -> Array:
    """A constant as an array, which NumPy takes faster than a Python number."""
    return np.array(float.fromhex(value) if isinstance(value, str) else value)


_ONE, _TWO, _HALF = _number(1.0), _number(2.0), _number(0.5)
_PER_LN2 = _number(1.44269504088896338700e00)
_LN2_HIGH = _number(6.93147180369123816490e-01)
"""ln 2 to 32 bits, so that k times it is exact."""
_LN2_LOW = _number(1.90821492927058770002e-10)
_P = [_number(p) for p in (1.66666666666666019037e-01, -2.77777777770155933842e-03,
                           6.61375632143793436117e-05, -1.65339022054652515390e-06,
                           4.13813679705723846039e-08)]  # fmt: skip
_L = [_number(p) for p in (6.666666666666735130e-01, 3.999999999940941908e-01,
                           2.857142874366239149e-01, 2.222219843214978396e-01,
                           1.818357216161805012e-01, 1.531383769920937332e-01,
                           1.479819860511658591e-01)]  # fmt: skip
_ABOVE = [_number(n) for n in (1430, 289575, 16081065, 218243025)]
_BELOW = [_number(n) for n in (1485, 315315, 18918900, 310134825, 654729075)]
"""The continued fraction of tanh (Lambert 1761), cut off after 19: x − x s A(s) / B(s), s = x²."""
_LARGE = _number(40.0)
"""Above, subtracting 1 from eˣ changes less than its rounding."""
_LOWEST, _HIGHEST = _number(-746.0), _number(710.0)
"""Below, eˣ is 0; above, it is ∞."""
_ROOT_HALF = _number(0.70710678118654752440)

_LEAST = _number(1077.0)
_POWERS = np.arange(-1077, 1027)
_FIRST = np.array([2.0**n for n in (_POWERS // 2).tolist()])
_SECOND = np.array([2.0**n for n in (_POWERS - _POWERS // 2).tolist()])
"""2ᵏ as a product of two powers that float64 holds, so that a subnormal eˣ is rounded once."""


def exp(x: Array) -> Array:
    """eˣ: 0 from −745.2 down and ∞ from 709.8 up in float64, e^±0 = 1."""
    return _evaluated(_exp, "exp", x)


def log(x: Array) -> Array:
    """The natural logarithm: −∞ of ±0, NaN below."""
    return _evaluated(_log, "log", x)


def log1p(x: Array) -> Array:
    """log(1 + x) with all digits of a small x: −∞ of −1, NaN below, ±0 of ±0."""
    return _evaluated(_log1p, "log1p", x)


def expm1(x: Array) -> Array:
    """eˣ − 1 with all digits of a small x: −1 of −∞, ±0 of ±0."""
    return _evaluated(_expm1, "expm1", x)


def tanh_and_exp(x: Array) -> tuple[Array, Array]:
    """tanh(x), odd to the last bit, and the e⁻²ˡˣˡ that it is made of."""
    a = np.asarray(x, np.float64)
    dtype = np.asarray(x).dtype
    tanh, e = np.empty_like(a), np.empty_like(a)
    flat, tanhs, exps = a.reshape(-1), tanh.reshape(-1), e.reshape(-1)
    with np.errstate(all="ignore"):
        for start in range(0, flat.size, _PIECE):
            piece = slice(start, start + _PIECE)
            tanhs[piece], exps[piece] = _tanh_and_exp(flat[piece])
        return tanh.astype(dtype, copy=False), e.astype(dtype, copy=False)


def tanh(x: Array) -> Array:
    """The hyperbolic tangent: ±1 of ±∞, ±0 of ±0."""
    return tanh_and_exp(x)[0]


def _evaluated(function: Callable[[Array], Array], name: str, x: Any) -> Array:
    """`function` of x in float64, a piece at a time, rounded to the format of x."""
    given = np.asarray(x)
    if given.dtype == object:
        return np.frompyfunc(_OF_DECIMALS[name], 1, 1)(given)
    with np.errstate(all="ignore"):  # overflow to ∞ and NaN of NaN are what is wanted
        if given.ndim and given.size <= _PIECE:
            return function(given.astype(np.float64, copy=False)).astype(given.dtype, copy=False)
        values = given.astype(np.float64)
        flat = values.reshape(-1)
        for start in range(0, flat.size, _PIECE):
            piece = slice(start, start + _PIECE)
            flat[piece] = function(flat[piece])
        return values.astype(given.dtype, copy=False)


def _reduced(x: Array) -> tuple[Array, Array, Array]:
    """q and two powers of two with eˣ = (1 + q) × the one × the other, for float64 x in a row."""
    a = np.maximum(x, _LOWEST)
    np.minimum(a, _HIGHEST, out=a)
    k = np.multiply(a, _PER_LN2)
    np.rint(k, k)
    low = np.multiply(k, _LN2_LOW)
    high = np.multiply(k, _LN2_HIGH)
    np.subtract(a, high, high)
    r = np.subtract(high, low, a)
    square = np.multiply(r, r)
    c = np.multiply(square, _P[4])
    for p in (_P[3], _P[2], _P[1], _P[0]):
        np.add(c, p, c)
        np.multiply(c, square, c)
    np.subtract(r, c, c)
    np.multiply(r, c, r)
    np.subtract(_TWO, c, c)
    np.divide(r, c, r)
    np.subtract(low, r, r)
    np.subtract(high, r, r)
    np.add(k, _LEAST, k)
    at = k.astype(np.intp)  # of NaN anything: its q is NaN
    return r, _FIRST.take(at, mode="clip"), _SECOND.take(at, mode="clip")


def _exp(x: Array) -> Array:
    q, first, second = _reduced(x)
    np.add(q, _ONE, q)
    np.multiply(q, first, q)
    return np.multiply(q, second, q)


def _expm1(x: Array) -> Array:
    q, first, second = _reduced(x)
    power = first * second
    result = np.where(x > _LARGE, (_ONE + q) * first * second, power * q + (power - _ONE))
    np.copyto(result, x, where=x == 0)
    return result


def _series(f: Array) -> tuple[Array, Array]:
    """f²/2 and s (f²/2 + R)."""
    half_square = _HALF * f * f
    s = f / (_TWO + f)
    z = s * s
    R = z * _L[6]
    for p in _L[5::-1]:
        R += p
        R *= z
    return half_square, s * (half_square + R)


def _halved(x: Array) -> tuple[Array, Array]:
    """f and k with x = 2ᵏ (1 + f) and √½ ≤ 1 + f < √2."""
    m, exponent = np.frexp(x)
    small = m < _ROOT_HALF
    np.copyto(m, m + m, where=small)
    return m - _ONE, exponent.astype(np.float64) - small


def _log(x: Array) -> Array:
    f, k = _halved(x)
    half_square, rest = _series(f)
    result = k * _LN2_HIGH - ((half_square - (rest + k * _LN2_LOW)) - f)
    return _at_the_edges(x, x, result)


def _log1p(x: Array) -> Array:
    u = _ONE + x
    f, k = _halved(u)
    lost = np.where(x < _ONE, x - (u - _ONE), _ONE - (u - x)) / u  # what 1 + x has rounded away
    whole = k == 0
    np.copyto(f, x, where=whole)
    np.copyto(lost, 0.0, where=whole)
    half_square, rest = _series(f)
    result = k * _LN2_HIGH - ((half_square - (rest + (k * _LN2_LOW + lost))) - f)
    np.copyto(result, x, where=x == 0)
    return _at_the_edges(x, u, result)


def _at_the_edges(x: Array, u: Array, result: Array) -> Array:
    """The logarithm of u, which belongs to x: −∞ at u = 0, NaN below, ∞ and NaN as they are."""
    np.copyto(result, -np.inf, where=u == 0)
    np.copyto(result, np.nan, where=u < 0)
    np.copyto(result, x, where=~(x < np.inf))
    return result


def _tanh_and_exp(x: Array) -> tuple[Array, Array]:
    size = np.abs(x)
    e = _exp(-_TWO * size)
    far = _ONE - (_TWO * e) / (_ONE + e)
    square = np.minimum(size, _ONE)
    square *= square
    above, below = square + _ABOVE[0], square + _BELOW[0]
    for a in _ABOVE[1:]:
        above *= square
        above += a
    for b in _BELOW[1:]:
        below *= square
        below += b
    above *= square
    above /= below
    return np.copysign(np.where(size < _ONE, size - size * above, far), x), e
