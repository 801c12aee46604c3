"""What is said of a non-finite value: its operands, its cause in words, what it should have been.

Two shapes serve all. At the output the value came out of named steps (δ_L, the cost); everywhere
else it is a sum of products that left its format:

    h = Σ W z + b,   Wᵀ δ,   ∂J/∂W = Σ δ z / samples,   W − α ∂J/∂W

The true value of a sum is exact: decimals of the very numbers that went in.
"""

from __future__ import annotations

import decimal
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from math import isfinite, prod
from typing import Any

import numpy as np

from backprop.engine import exact
from backprop.engine.arithmetic import Format
from backprop.engine.costs import cost_steps
from backprop.engine.derivatives import OutputDerivative, of_cost
from backprop.engine.digits import tidy, written
from backprop.engine.formula import number
from backprop.engine.network import Trace
from backprop.engine.operations import SUBTRACT
from backprop.engine.steps import Step, Steps, Values, run

Operand = tuple[str, Any]
_SHOWN = 3
_DIGITS = decimal.Context(prec=4, Emax=999999, Emin=-999999)
_EXACT = decimal.Context(prec=3000, Emax=decimal.MAX_EMAX, Emin=decimal.MIN_EMIN)
"""A product of two float64 numbers lies between 10^617 and 10^−2149: none of its digits is lost."""


@dataclass(frozen=True)
class Fault:
    """A non-finite value that came out of finite ones.

    `layer` counts from 1, `unit` and `sample` from 0 (None where the value belongs to no single
    one). `operation` is the name of a step of δ_L or of the cost, or one of

        round      a weight or bias, kept in a wider format, rounded to the one that computes
        h          Σ W z + b
        weighted   Wᵢ₊₁ᵀ δᵢ₊₁, the sum in δᵢ
        dW, db     Σ δ z / samples
        update     W − α ∂J/∂W
        cost       the average over samples, of finite costs

    and `operands` are its finite inputs by name: those of a step by the step's name, W_2[0,1] the
    weight of layer 2 from unit 1 to unit 0, z_1[3,0] z of sample 3 and unit 0 of layer 1.
    `equation` is the operation written with its numbers (of a long sum the largest parts),
    `because` the steps that led there and on. `true_value` is δ_L (or the cost) at this h and y,
    or else what the operation gives for its operands, without rounding; None if that is beyond
    float64. `others` is what each derivative gives at the same h and y: δ_L, or the cost.
    """

    update: int
    layer: int
    unit: int | None
    sample: int | None
    operation: str
    operands: dict[str, float]
    value: float
    equation: str
    cause: str
    h: float | None = None
    y: float | None = None
    z: float | None = None
    true_value: float | None = None
    others: dict[str, float] = field(default_factory=dict)
    because: tuple[str, ...] = ()

    def __str__(self) -> str:
        sample = "" if self.sample is None else f", sample {self.sample} (counted from 0)"
        return f"update {self.update}, layer {self.layer}{sample}: {self.cause}"


def of_steps(
    k: int, trace: Trace, steps: Steps, values: Values, place: tuple[int, ...], goal: str
) -> Fault:
    """A fault among named steps: the first non-finite one, the zero behind it, and what follows.

    `place` is (sample, unit) and `goal` the last step, "delta" or "cost".
    """
    sample, unit = place
    shape, derivative = trace.layers[-1].h.shape, trace.derivative
    here = {name: np.broadcast_to(value, shape)[place] for name, value in values.items()}
    at = next(n for n, step in enumerate(steps) if not np.isfinite(here[step.name]))
    step = steps[at]
    may_be_zero = derivative.form.factors or ()
    zeros = [
        s for s in steps[:at]
        if here[s.name] == 0 and s.operation is not SUBTRACT and s.name not in may_be_zero
    ]  # fmt: skip
    later = [s for s in steps[at + 1 :] if not np.isfinite(here[s.name])]
    fmt = trace.network.format
    blunt = _blunt_epsilon(derivative, here, fmt)
    cause = f"{blunt}; " if blunt else ""
    cause += f"{zeros[0].symbol.text} = 0, so {_short(step, here)}" if zeros else _short(step, here)
    divisor_or_logarithm = here[step.operands[-1]]
    if np.isinf(here[step.name]) and divisor_or_logarithm != 0:
        cause += f", {_beyond(fmt)}"
    if later:
        cause += "; then " + ", ".join(_short(s, here) for s in later)
    taken_in = {name for s in later for name in s.operands}  # such as the 0 of ∞ × 0
    finite = [s for s in steps if s.name in taken_in and np.isfinite(here[s.name])]
    equations = [_equation(s, here) for s in [*zeros, step, *finite, *later]]
    h, y = float(here["h"]), float(here["y"])
    true = exact.delta if goal == "delta" else exact.cost
    return Fault(
        update=k,
        layer=len(trace.layers),
        unit=unit,
        sample=sample,
        operation=step.name,
        operands={name: float(here[name]) for name in step.operands},
        value=float(here[step.name]),
        equation=_equation(step, here),
        cause=cause,
        h=h,
        y=y,
        z=float(here["z"]),
        true_value=float(true(h, y, derivative.cost)),
        others=by_each_derivative(trace, sample, unit, goal),
        because=tuple(dict.fromkeys([*([blunt] if blunt else []), *equations])),
    )


def by_each_derivative(
    trace: Trace, sample: int, unit: int, goal: str = "delta"
) -> dict[str, float]:
    """What every derivative of this cost gives at this h and y: its δ_L, or its "cost".

    The clamped one has the trace's ε and clamp.
    """
    chosen = trace.derivative
    h, y = trace.layers[-1].h[sample, unit], trace.y[sample, unit]
    given = {}
    for name in of_cost(chosen.cost, y, chosen.name):
        other = OutputDerivative(name, chosen.epsilon, chosen.clamp)
        steps = other.steps if goal == "delta" else cost_steps(other)
        given[name] = float(run(steps, other.inputs(h, y))[goal])
    return given


def of_sum(
    k: int, i: int, unit: int | None, sample: int | None, operation: str, symbol: str, what: str,
    products: Sequence[Sequence[Operand]], value: Any, fmt: Format, divisor: int = 1,
    then: str | None = None,
) -> Fault:  # fmt: skip
    """A fault of a sum of `products` (of one or two operands each) over `divisor`.

    `symbol` is the quantity in the equation, `what` in words; `fmt` is the format that it left,
    and `then` what followed at once.
    """
    with decimal.localcontext(_EXACT):
        terms = [
            prod((Decimal(float(factor)) for _, factor in product), start=Decimal(1))
            for product in products
        ]
        total = sum(terms, Decimal(0)) / divisor
        largest = sorted(sorted(range(len(terms)), key=lambda n: -abs(terms[n]))[:_SHOWN])
    cause = (
        f"{what} (true value {_rounded(total)}) is {_beyond(fmt)}"
        if total.copy_abs() > Decimal(fmt.max)
        else f"{what} would fit (true value {_rounded(total)}), but a part of it is {_beyond(fmt)}"
    )
    if np.isnan(value):
        cause += ", and parts of opposite signs give ∞ − ∞ = NaN"
    parts = " + ".join(
        " × ".join(_in_parentheses(factor) for _, factor in products[n]) for n in largest
    ) + (" + …" if len(terms) > len(largest) else "")
    equation = f"{symbol} = {f'({parts}) / {divisor}' if divisor > 1 else parts} = {written(value)}"
    rounded = float(total)
    return Fault(
        update=k,
        layer=i,
        unit=unit,
        sample=sample,
        operation=operation,
        operands={name: float(factor) for product in products for name, factor in product},
        value=float(value),
        equation=equation,
        cause=cause if then is None else f"{cause}; then {then}",
        h=float(value) if operation == "h" else None,
        true_value=rounded if isfinite(rounded) else None,
        because=(equation,) if then is None else (equation, then),
    )


def _beyond(fmt: Format) -> str:
    return f"beyond {tidy(f'{fmt.max:.5g}')}, the largest number of {fmt.name}"


def _blunt_epsilon(derivative: OutputDerivative, here: Values, fmt: Format) -> str:
    """Why ε did not help, where the format cannot see it."""
    if not derivative.form.has_epsilon:
        return ""
    if here["epsilon"] == 0:
        return f"ε = {written(derivative.epsilon)} rounds to 0 in {fmt.name}"
    if here.get("clipped") == 1:
        return f"1 − ε = 1 in {fmt.name} for ε = {written(derivative.epsilon)}"
    return ""


def _equation(step: Step, here: Values) -> str:
    return f"{step.symbol.text} = {_short(step, here)}"


def _short(step: Step, here: Values) -> str:
    numbers = [number(written(here[name])) for name in step.operands]
    return f"{step.write(*numbers).text} = {written(here[step.name])}"


def _in_parentheses(factor: Any) -> str:
    text = written(factor)
    return f"({text})" if text.startswith("−") else text


def _rounded(total: Decimal) -> str:
    """Four digits of a number that may be far beyond float64."""
    return tidy(f"{total.normalize(_DIGITS):.4g}")
