"""exp, log, log1p and tanh as a program carries them: short to read, with the engine's bits."""

from __future__ import annotations

from collections.abc import Iterable

_EXP = """def reduced(x):  # q and 2^k with e^x = (1 + q) 2^k, in float64 (fdlibm's method)
    x = np.minimum(np.maximum(np.asarray(x, np.float64), -746), 710)
    k = np.rint(x * 1.44269504088896338700)  # x = k ln 2 + r
    high, low = x - k * 6.93147180369123816490e-01, k * 1.90821492927058770002e-10
    r = high - low
    t = r * r
    c = r - ((((4.13813679705723846039e-08 * t - 1.65339022054652515390e-06) * t
               + 6.61375632143793436117e-05) * t - 2.77777777770155933842e-03) * t
             + 1.66666666666666019037e-01) * t
    return high - (low - r * c / (2 - c)), k.astype(int)


def exp64(x):
    q, k = reduced(x)
    return (1 + q) * np.ldexp(1.0, k // 2) * np.ldexp(1.0, k - k // 2)


def exp(x):  # rounded once to F
    return exp64(x).astype(F)"""

_LOG_OF = """def log_of(f, k, lost=0.0):  # log(2^k (1 + f)) + lost
    s = f / (2 + f)
    t = s * s
    R = ((((((1.479819860510658591e-01 * t + 1.531383769920937332e-01) * t
             + 1.818357216161805012e-01) * t + 2.222219843214978396e-01) * t
           + 2.857142874366239149e-01) * t + 3.999999999940941908e-01) * t
         + 6.666666666666735130e-01) * t
    half = 0.5 * f * f
    low = s * (half + R) + (k * 1.90821492927058770002e-10 + lost)
    return k * 6.93147180369123816490e-01 - ((half - low) - f)


def halved(x):  # f and k with x = 2^k (1 + f)
    m, k = np.frexp(x)
    small = m < 0.70710678118654752440
    return np.where(small, m + m, m) - 1, k - 1.0 * small"""

_LOG = """def log(x):  # the natural logarithm by fdlibm's method, in float64, rounded once to F
    x = np.asarray(x, np.float64)
    y = np.where(x < np.inf, log_of(*halved(x)), x)
    return np.where(x == 0, -np.inf, np.where(x < 0, np.nan, y)).astype(F)"""

_LOG1P = """def log1p(x):  # log(1 + x) for x from 0 to 1, in float64, rounded once to F
    x = np.asarray(x, np.float64)
    u = 1 + x
    f, k = halved(u)
    lost = np.where(k == 0, 0, np.where(x < 1, x - (u - 1), 1 - (u - x)) / u)
    return np.where(x == 0, x, log_of(np.where(k == 0, x, f), k, lost)).astype(F)"""

_TANH = """def tanh(x):  # its continued fraction near 0, else by e^x; in float64, rounded once to F
    size = np.abs(np.asarray(x, np.float64))
    e = exp64(-2 * size)
    s = np.minimum(size, 1) * np.minimum(size, 1)
    A = (((s + 1430) * s + 289575) * s + 16081065) * s + 218243025
    B = ((((s + 1485) * s + 315315) * s + 18918900) * s + 310134825) * s + 654729075
    y = np.where(size < 1, size - size * (A * s / B), 1 - 2 * e / (1 + e))
    return np.copysign(y, x).astype(F)"""

_EXPM1 = """def expm1(x):  # e^x - 1 for x up to 0, in float64, rounded once to F
    q, k = reduced(x)
    power = np.ldexp(1.0, k // 2) * np.ldexp(1.0, k - k // 2)
    return np.where(x == 0, x, power * q + (power - 1)).astype(F)"""


def functions(lines: Iterable[str]) -> list[str]:
    """The definitions of what `lines` of a program call, each a text; exp is always there."""
    text = "\n".join(lines)
    called = {name for name in ("log", "log1p", "tanh", "expm1") if f"{name}(" in text}
    definitions = [_EXP]
    if called & {"log", "log1p"}:
        definitions += [_LOG_OF]
    named = {"log": _LOG, "log1p": _LOG1P, "tanh": _TANH, "expm1": _EXPM1}
    return definitions + [definition for name, definition in named.items() if name in called]
