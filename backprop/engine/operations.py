"""The operations of which every form of δ_L and of the cost is made: a closed table.

Each is elementwise, and each of its own roundings goes to the format of its operands. An operation
says how it is computed, how it is written as a formula, how in the programs that are handed out
(NumPy, PyTorch), and how in JavaScript, of which `stage.javascript` makes the page's own engine.

    subtract          a − b                    clip              min(max(z, ε), 1 − ε)
    add               a + b                    inside            1 if ε ≤ z ≤ 1 − ε else 0
    multiply          a × b                    textbook          1 / (1 + e⁻ʰ)
    divide            a / b                    sigmoid           σ(h), stable
    maximum           max(a, b)                mirror            σ(−h), stable
    one_minus         1 − a                    slope             σ(h) σ(−h)
    one_minus_times   (1 − y) × a              log               log a
    negative_sum      −a − b                   log_floored       max(log a, −100)
    absolute          |a|                      softplus          log(1 + e⁻ᵃ)
    square            a²                       miss              1 − y if h > 0 else y
    half              a / 2                    unless_zero       a × m, and 0 where m = 0
    by_sign           a if d ≥ 0 else b        above_logit       h − log(y / (1 − y))
    signed_expm1      −sign(d) expm1(−|d|)

`above_logit` holds the logarithm as two numbers (`logit`): the nearest of the format, and the
nearest to what that leaves. It is 0 − l where h equals the first one, ±∞ included.
"""

from __future__ import annotations

import decimal
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any

import numpy as np

from backprop.engine import elementary, sigmoid
from backprop.engine.arithmetic import Array, one
from backprop.engine.formula import (
    Formula,
    absolute,
    call,
    exp,
    frac,
    minus,
    negative,
    number,
    plus,
    row,
    symbol,
    times,
    words,
)

SUM, PRODUCT, ATOM = 1, 2, 3
"""How tightly a piece of source text binds."""


@dataclass(frozen=True)
class Source:
    """A piece of a program: its text, and how tightly it binds: SUM, PRODUCT or ATOM."""

    text: str
    binds: int = ATOM

    def __format__(self, least: str) -> str:
        """The text, in parentheses where it binds less than `least`: f"{a:1} - {b:2}"."""
        return self.text if self.binds >= int(least or 0) else f"({self.text})"


@dataclass(frozen=True)
class Operation:
    """One elementwise operation.

    `compute` takes arrays of one format, or of Decimals, and returns one of the same; `write` takes
    and returns formulas. `numpy` and `torch` are its source in these libraries, {0} the first
    operand and {0:2} the same where it must bind at least as tightly as a product; `binds` is how
    tightly the whole binds. Without a `torch` it is spelled as in NumPy with torch. for np., in
    "plain" Python (numbers in place of arrays) as in NumPy without np. `helpers` defines, by
    library, a function that the source calls.

    `javascript` is its source on numbers in the page's engine, with every rounding written out:
    rounded(x, f) is x in the format f. A name in braces is what `SHARED` computes of the first
    operand.
    """

    name: str
    compute: Callable[..., Array]
    write: Callable[..., Formula]
    numpy: str
    javascript: str
    binds: int = ATOM
    torch: str = ""
    helpers: Mapping[str, str] = field(default_factory=dict, hash=False)

    def source(self, library: str, operands: list[Source]) -> Source:
        """The operation on `operands` as a program of `library` has it."""
        own = {"numpy": self.numpy, "torch": self.torch}.get(library)
        return Source((own or spelled(self.numpy, library)).format(*operands), self.binds)

    def helper(self, library: str) -> str:
        """The function that the source calls, defined; "" if it calls none."""
        return self.helpers.get(library) or (
            "" if library == "torch" else spelled(self.helpers.get("numpy", ""), library)
        )


def spelled(numpy: str, library: str) -> str:
    """Source for NumPy respelled for a `library`: "numpy", "torch" or "plain"."""
    return numpy.replace("np.", {"numpy": "np.", "torch": "torch.", "plain": ""}[library])


@lru_cache(maxsize=64)
def _logits(dtype: np.dtype[Any], targets: bytes) -> tuple[Array, Array]:
    values, at = np.unique(np.frombuffer(targets, dtype).astype(np.float64), return_inverse=True)
    with decimal.localcontext(prec=80, Emin=decimal.MIN_EMIN, Emax=decimal.MAX_EMAX):
        exact = [Decimal(y).ln() - (1 - Decimal(y)).ln() for y in values.tolist()]
        first = np.array([float(L) for L in exact]).astype(dtype)
        rest = [float(L - Decimal(float(f))) if np.isfinite(f) else 0.0
                for L, f in zip(exact, first, strict=True)]  # fmt: skip
    return first[at], np.array(rest).astype(dtype)[at]


def logit(y: Array) -> tuple[Array, Array]:
    """log(y / (1 − y)) as a sum of two numbers of y's format: the nearest, and the nearest to the
    rest. y from 0 (−∞) to 1 (+∞); both have the shape of y."""
    if y.dtype == object:  # many digits: one number is enough
        return elementary.log(y) - elementary.log(1 - y), 0 * y
    first, rest = _logits(y.dtype, np.ascontiguousarray(y).tobytes())
    return first.reshape(y.shape), rest.reshape(y.shape)


def _above_logit(h: Array, y: Array) -> Array:
    first, rest = logit(np.asarray(y))
    return np.where(h == first, 0 - rest, (h - first) - rest)


def _by_sign(d: Array, a: Array, b: Array) -> Array:
    return np.where(d >= 0, a, b)


def _one_minus(a: Array) -> Array:
    return np.subtract(one(a), a)


def _either(condition: Formula | str, yes: Formula, *rest: Formula | str) -> Formula:
    return row("(", yes, words("if"), condition, *rest)


_SIGMOID = {
    "numpy": """def sigmoid(h):
    e = exp(-np.abs(h))  # cannot overflow
    return np.where(h >= 0, 1, e) / (1 + e)"""
}
_LOGIT = {
    "numpy": """def above_logit(h, y):  # h - log(y / (1 - y)), the logarithm held as two numbers
    values, at = np.unique(np.asarray(y, np.float64), return_inverse=True)
    with decimal.localcontext() as digits:
        digits.prec = 80
        D = digits.create_decimal
        exact = [D(v).ln() - (1 - D(v)).ln() for v in values.tolist()]
        first = np.array([float(v) for v in exact]).astype(F)
        rest = [float(v - D(float(f))) if np.isfinite(f) else 0 for v, f in zip(exact, first)]
    first, rest = (np.array(a).astype(F)[at].reshape(np.shape(y)) for a in (first, rest))
    return np.where(h == first, 0 - rest, (h - first) - rest)""",
    "torch": """def above_logit(h, y):  # h - log(y / (1 - y)), the logarithm held as two numbers
    with decimal.localcontext() as digits:
        digits.prec = 80
        D = digits.create_decimal
        exact = [D(v).ln() - (1 - D(v)).ln() for v in y.double().flatten().tolist()]
        first = torch.tensor([float(v) for v in exact], dtype=torch.float64).to(dtype)
        rest = [float(v - D(f.item())) if f.isfinite() else 0 for v, f in zip(exact, first)]
    first, rest = first.reshape(y.shape), torch.tensor(rest, dtype=dtype).reshape(y.shape)
    return torch.where(h == first, 0 - rest, (h - first) - rest)""",
    "plain": """def above_logit(h, y):  # h - log(y / (1 - y)), the logarithm held as two numbers
    with decimal.localcontext() as digits:
        digits.prec = 80
        exact = digits.create_decimal(y).ln() - (1 - digits.create_decimal(y)).ln()
        first = F(float(exact))
        rest = F(float(exact - digits.create_decimal(first)) if y * (1 - y) else 0)
    return 0 - rest if h == first else (h - first) - rest""",
}
_ONE = number("1")

SHARED = {
    "decay": "rounded(exp(-Math.abs({0})), f)",
    "growth": "rounded(exp(-{0}), f)",
    "above_one": "rounded(1 + {decay}, f)",
    "big": "rounded(1 / {above_one}, f)",
    "small": "rounded({decay} / {above_one}, f)",
    "square_decay": "exp(-2 * Math.abs({0}))",
    "narrow_decay": "rounded({square_decay}, f)",
    "above_narrow": "rounded(1 + {narrow_decay}, f)",
    "share": "rounded({narrow_decay} / {above_narrow}, f)",
}
"""What JavaScript's spellings of a quantity have in common, each from those before: it is computed
once, as in `sigmoid`. With e = {decay}, {big} is 1 / (1 + e) and {small} is e / (1 + e)."""

SUBTRACT = Operation("subtract", np.subtract, minus, "{0:1} - {1:2}", "rounded({0} - {1}, f)", SUM)
ADD = Operation("add", np.add, plus, "{0:1} + {1:2}", "rounded({0} + {1}, f)", SUM)
MULTIPLY = Operation(
    "multiply", np.multiply, times, "{0:2} * {1:3}", "rounded({0} * {1}, f)", PRODUCT
)
DIVIDE = Operation("divide", np.divide, frac, "{0:2} / {1:3}", "rounded({0} / {1}, f)", PRODUCT)
MAXIMUM = Operation(
    "maximum", np.maximum, lambda a, b: call("max", a, b),
    "np.maximum({0}, {1})", "Math.max({0}, {1})",
)  # fmt: skip
ONE_MINUS = Operation(
    "one_minus", _one_minus, lambda a: minus(_ONE, a), "1 - {0:2}", "rounded(1 - {0}, f)", SUM
)
ONE_MINUS_TIMES = Operation(
    "one_minus_times", lambda y, a: _one_minus(y) * a, lambda y, a: times(minus(_ONE, y), a),
    "(1 - {0:2}) * {1:3}", "rounded(rounded(1 - {0}, f) * {1}, f)", PRODUCT,
)  # fmt: skip
NEGATIVE_SUM = Operation(
    "negative_sum", lambda a, b: -a - b, lambda a, b: minus(negative(a), b),
    "-{0:2} - {1:2}", "rounded(-{0} - {1}, f)", SUM,
)  # fmt: skip
ABSOLUTE = Operation("absolute", np.abs, absolute, "np.abs({0})", "Math.abs({0})")
SQUARE = Operation(
    "square", np.square, lambda a: times(a, a), "np.square({0})", "rounded({0} * {0}, f)"
)
HALF = Operation(
    "half", lambda a: a / 2, lambda a: frac(a, number("2")),
    "{0:2} / 2", "rounded({0} / 2, f)", PRODUCT,
)  # fmt: skip
CLIP = Operation(
    "clip", lambda z, e: np.minimum(np.maximum(z, e), 1 - e),
    lambda z, e: call("min", call("max", z, e), minus(_ONE, e)),
    "np.minimum(np.maximum({0}, {1}), 1 - {1:2})",
    "Math.min(Math.max({0}, {1}), rounded(1 - {1}, f))", torch="{0:4}.clamp({1}, 1 - {1:2})",
)  # fmt: skip
INSIDE = Operation(
    "inside", lambda z, e: ((z >= e) & (z <= 1 - e)).astype(z.dtype),
    lambda z, e: row("[", e, "≤", z, "≤", minus(_ONE, e), "]"),
    "np.where(({0} >= {1}) & ({0} <= 1 - {1:2}), F(1), F(0))",
    "{0} >= {1} && {0} <= rounded(1 - {1}, f) ? 1 : 0",
    torch="(({0} >= {1}) & ({0} <= 1 - {1:2})).to(dtype)",
)  # fmt: skip
TEXTBOOK = Operation(
    "textbook", sigmoid.textbook, lambda h: frac(_ONE, plus(_ONE, exp(negative(h)))),
    "1 / (1 + exp(-{0:2}))", "rounded(1 / rounded(1 + {growth}, f), f)", PRODUCT,
    torch="1 / (1 + torch.exp(-{0:2}))",
)  # fmt: skip
SIGMOID = Operation(
    "sigmoid", sigmoid.sigmoid, lambda h: call("σ", h),
    "sigmoid({0})", "{0} >= 0 ? {big} : {small}", torch="torch.sigmoid({0})", helpers=_SIGMOID,
)  # fmt: skip
MIRROR = Operation(
    "mirror", sigmoid.mirror, lambda h: call("σ", negative(h)),
    "sigmoid(-{0:2})", "{0} >= 0 ? {small} : {big}", torch="torch.sigmoid(-{0:2})",
    helpers=_SIGMOID,
)  # fmt: skip
SLOPE = Operation(
    "slope", lambda h: sigmoid.sigmoid_and_slope(h)[1],
    lambda h: row(call("σ", h), call("σ", negative(h))),
    "sigmoid({0}) * sigmoid(-{0:2})", "rounded({big} * {small}, f)", PRODUCT,
    torch="torch.sigmoid({0}) * torch.sigmoid(-{0:2})", helpers=_SIGMOID,
)  # fmt: skip
LOG = Operation(
    "log", elementary.log, lambda a: call("log", a),
    "log({0})", "rounded(log({0}), f)", torch="torch.log({0})",
)  # fmt: skip
LOG_FLOORED = Operation(
    "log_floored", lambda a: np.maximum(elementary.log(a), -100),
    lambda a: call("max", call("log", a), symbol("−100")),
    "np.maximum(log({0}), -100)", "Math.max(rounded(log({0}), f), rounded(-100, f))",
    torch="torch.log({0}).clamp(min=-100)",
)  # fmt: skip
SOFTPLUS = Operation(
    "softplus", lambda a: elementary.log1p(elementary.exp(-a)),
    lambda a: call("log", plus(_ONE, exp(negative(a)))),
    "log1p(exp(-{0:2}))", "rounded(log1p(rounded(exp(-{0}), f)), f)",
    torch="torch.log1p(torch.exp(-{0:2}))",
)  # fmt: skip
MISS = Operation(
    "miss", lambda h, y: np.where(h > 0, 1 - y, y),
    lambda h, y: _either(h, minus(_ONE, y), ">", number("0"), ",", words("else"), y, ")"),
    "np.where({0} > 0, 1 - {1:2}, {1})", "{0} > 0 ? rounded(1 - {1}, f) : {1}",
)  # fmt: skip
UNLESS_ZERO = Operation(
    "unless_zero", lambda a, m: np.where(m == 0, m, a * m), times,
    "np.where({1} == 0, {1}, {0:2} * {1:3})", "{1} === 0 ? {1} : rounded({0} * {1}, f)",
)  # fmt: skip
ABOVE_LOGIT = Operation(
    "above_logit", _above_logit, lambda h, y: minus(h, call("log", frac(y, minus(_ONE, y)))),
    "above_logit({0}, {1})", "aboveLogit({0}, {1}, f)", helpers=_LOGIT,
)  # fmt: skip
BY_SIGN = Operation(
    "by_sign", _by_sign,
    lambda d, a, b: _either(d, a, "≥", number("0"), ",", words("else"), b, ")"),
    "np.where({0} >= 0, {1}, {2})", "{0} >= 0 ? {1} : {2}",
)  # fmt: skip
SIGNED_EXPM1 = Operation(
    "signed_expm1", lambda d: -np.sign(d) * elementary.expm1(-np.abs(d)),
    lambda d: times(negative(call("sign", d)), call("expm1", negative(absolute(d)))),
    "-np.sign({0}) * expm1(-np.abs({0}))",
    "rounded(-Math.sign({0}) * rounded(expm1(-Math.abs({0})), f), f)", PRODUCT,
    torch="-torch.sign({0}) * torch.expm1(-torch.abs({0}))",
)  # fmt: skip
