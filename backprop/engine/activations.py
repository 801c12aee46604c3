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
    """An activation and everything that is said of it anywhere.

    `compute` gives z and its slope in the format of h, `exact` with 50 digits; `expanded` writes z
    as a formula of h where it is more than its own name, `symbol`(h). `ends` are the values that z
    rounds to where it saturates, `bounded` tells whether |z| ≤ 1. `signed` chooses its colours.
    `steepest` is the largest slope (None if nothing ever saturates). `bend` is the second
    derivative in multiples of the slope, at most; None where the slope jumps at 0. `numpy` defines
    hidden(h) in a program, `torch` names PyTorch's function, `javascript` spells z and its slope as
    an `Operation` does; `seconds` is what a number of it takes
    with 50 digits, on a core that is half free. `silent` says why a whole layer of it is dead.
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
        """The largest slope within `E_h` of h, and how far that may differ from the slope at h."""
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
