"""The activations of hidden layers, one record each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

import numpy as np

from backprop.engine import fifty, operations
from backprop.engine.arithmetic import Array
from backprop.engine.formula import Formula, call, exp, frac, negative, number, plus
from backprop.engine.sigmoid import relu_and_slope, sigmoid_and_slope, tanh_and_slope


@dataclass(frozen=True)
class Activation:
    """The record of an activation: all that any page, program or engine needs to know of it.

    `compute` gives z and σ′(h) of an array h, of its shape and format; `exact` the same of one
    Decimal. `expanded` writes z as a formula of h; None where `symbol`(h) is all there is to write.
    `ends` are the values that z rounds to where it saturates; `bounded`: |z| ≤ 1; `signed`: z takes
    both signs, which chooses its colours. `steepest` is the largest slope (None where nothing
    saturates), `bend` the most that |σ″| is in multiples of σ′ (None where the slope jumps at 0).
    `numpy` defines hidden(h) in a program, `torch` names PyTorch's function, `javascript` spells z
    and slope as an `Operation` does. `seconds` is how long one number takes with 50 digits, for
    estimates. `silent` says in words why all slopes of a layer can be 0 ("" where they cannot).
    """

    name: str
    symbol: str
    compute: Callable[[Array], tuple[Array, Array]]
    exact: Callable[[Decimal], tuple[Decimal, Decimal]]
    expanded: Callable[[Formula], Formula] | None
    ends: tuple[float, ...]
    bounded: bool
    signed: bool
    steepest: float | None
    bend: float | None
    numpy: str
    torch: str
    javascript: tuple[str, str]
    seconds: float
    silent: str = ""

    @property
    def slope_symbol(self) -> str:
        """σ′, tanh′, …"""
        return f"{self.symbol}′"

    @property
    def kind(self) -> Literal["signed", "unit"]:
        """How z is coloured, as in `palette.coded`."""
        return "signed" if self.signed else "unit"

    def write(self, h: Formula) -> Formula:
        """z as a formula of h."""
        return call(self.symbol, h) if self.expanded is None else self.expanded(h)

    def bound(self, h: Array, E_h: Array) -> tuple[Array, Array]:
        """The largest slope within ±`E_h` of h, and how far the slope there differs at most from
        that at h; float64, of the shape of h."""
        if self.bend is None:
            jumps = ((np.abs(h) <= E_h) & (E_h > 0)).astype(np.float64)
            return np.where(h + E_h > 0, 1.0, 0.0), jumps
        steepest = self.compute(np.maximum(np.abs(h) - E_h, 0))[1]
        return steepest, np.minimum(self.bend * steepest * E_h, self.steepest or np.inf)


SIGMOID = Activation(
    name="sigmoid",
    symbol="σ",
    compute=sigmoid_and_slope,
    exact=fifty.sigmoid_and_slope,
    expanded=lambda h: frac(number("1"), plus(number("1"), exp(negative(h)))),
    ends=(0.0, 1.0),
    bounded=True,
    signed=False,
    steepest=0.25,
    bend=1.0,  # |σ″| ≤ σ′
    numpy="""def hidden(h):  # σ(h) and its slope σ′(h) = σ(h) σ(−h)
    return sigmoid(h), sigmoid(h) * sigmoid(-h)""",
    torch="torch.sigmoid",
    javascript=(operations.SIGMOID.javascript, operations.SLOPE.javascript),
    seconds=45e-6,
)
TANH = Activation(
    name="tanh",
    symbol="tanh",
    compute=tanh_and_slope,
    exact=fifty.tanh_and_slope,
    expanded=None,
    ends=(-1.0, 1.0),
    bounded=True,
    signed=True,
    steepest=1.0,
    bend=2.0,  # |tanh″| ≤ 2 tanh′
    numpy="""def hidden(h):  # tanh(h) and its slope
    e = exp(-2 * np.abs(h))
    return tanh(h), 4 * (e / (1 + e)) / (1 + e)""",
    torch="torch.tanh",
    javascript=(
        "rounded(tanh({0}, {square_decay}), f)",
        "rounded(rounded(4 * {share}, f) / {above_narrow}, f)",
    ),
    seconds=90e-6,
)
RELU = Activation(
    name="relu",
    symbol="ReLU",
    compute=relu_and_slope,
    exact=fifty.relu_and_slope,
    expanded=lambda h: call("max", number("0"), h),
    ends=(),
    bounded=False,
    signed=True,
    steepest=None,
    bend=None,
    numpy="""def hidden(h):  # max(h, 0) and its slope
    return np.where(h <= 0, F(0), h), np.where(h > 0, F(1), F(0))""",
    torch="torch.relu",
    javascript=("Math.max({0}, 0)", "{0} > 0 ? 1 : 0"),
    seconds=2e-6,
    silent="every h there is 0 or below, so every slope is 0",
)

ACTIVATIONS: dict[str, Activation] = {one.name: one for one in (SIGMOID, TANH, RELU)}
