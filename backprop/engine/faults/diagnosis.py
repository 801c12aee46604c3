"""What is said of a non-finite value: its operands, its cause in words, what it should have been.

Two shapes serve all. At the output the value came out of named steps (δ_L, the cost); everywhere
else it is a sum of products that left its format:

    h = Σ W z + b,   Wᵀ δ,   ∂J/∂W = Σ δ z / samples,   W − α ∂J/∂W

The true value of a sum is exact: decimals of the very numbers that went in. The sentences are
those of `words`.
"""

from __future__ import annotations

import decimal
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from math import isfinite, prod
from typing import Any

import numpy as np

from backprop.engine import exact
from backprop.engine.arithmetic import Format
from backprop.engine.costs import cost_steps
from backprop.engine.derivatives import OutputDerivative, of_cost
from backprop.engine.digits import written
from backprop.engine.faults import words
from backprop.engine.formula import subscript
from backprop.engine.steps import Steps, Values, run
from backprop.engine.trace import Trace

Operand = tuple[str, Any]
_SHOWN = 3
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


def of_steps(k: int, trace: Trace, values: Values, place: tuple[int, ...], goal: str) -> Fault:
    """The fault among the steps to `goal`, "delta" or "cost", at `place` (sample, unit).

    It is the first step that is not finite; its words name a zero that led to it, and the steps
    that are not finite after it. `values` has every step by name, `k` is the update.
    """
    sample, unit = place
    shape, derivative, fmt = trace.layers[-1].h.shape, trace.derivative, trace.network.format
    steps = words.of_steps(_steps(derivative, goal), derivative.form)
    here = {name: np.broadcast_to(value, shape)[place] for name, value in values.items()}
    numbers = {name: written(value) for name, value in here.items()}
    at = next(n for n, step in enumerate(steps) if not np.isfinite(here[step.name]))
    step = steps[at]
    zeros = [s for s in steps[:at] if s.blamed and here[s.name] == 0]
    later = [s for s in steps[at + 1 :] if not np.isfinite(here[s.name])]
    told = {s.name: _step(s, numbers) for s in steps}
    divisor_or_logarithm = here[step.operands[-1]]
    overflows = np.isinf(here[step.name]) and divisor_or_logarithm != 0
    blunt = _blunt_epsilon(derivative, here, fmt)
    cause = _said("ofSteps", {
        "blunt": blunt,
        "zero": zeros[0].symbol if zeros else None,
        "step": told[step.name],
        "beyond": _said("beyond", words.of_format(fmt)) if overflows else None,
        "later": ", ".join(told[s.name] for s in later) or None,
    })  # fmt: skip
    taken_in = {name for s in later for name in s.operands}  # such as the 0 of ∞ × 0
    finite = [s for s in steps if s.name in taken_in and np.isfinite(here[s.name])]
    equations = [
        _said("equation", {"symbol": s.symbol, "step": told[s.name]})
        for s in [*zeros, step, *finite, *later]
    ]
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
        equation=_said("equation", {"symbol": step.symbol, "step": told[step.name]}),
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
        given[name] = float(run(_steps(other, goal), other.inputs(h, y))[goal])
    return given


def of_sum(
    k: int, i: int, unit: int | None, sample: int | None, operation: str,
    products: Sequence[Sequence[Operand]], value: Any, fmt: Format, divisor: int = 1,
    **places: str,
) -> Fault:  # fmt: skip
    """A fault of a sum of `products` (of one or two operands each) over `divisor`.

    `operation` is one of `words.SUMS`, whose words need the `places`; `fmt` is the format in which
    `value` is not finite. `k`, `i`, `unit` and `sample` are those of `Fault`.
    """
    said = words.SUMS[operation]
    with decimal.localcontext(_EXACT):
        terms = [
            prod((Decimal(float(factor)) for _, factor in product), start=Decimal(1))
            for product in products
        ]
        total = sum(terms, Decimal(0)) / divisor
        largest = sorted(sorted(range(len(terms)), key=lambda n: -abs(terms[n]))[:_SHOWN])
    parts = [" × ".join(_factor(factor) for _, factor in products[n]) for n in largest]
    places |= {
        "i": subscript(i),
        "next": subscript(i + 1),
        "unit": "" if unit is None else str(unit + 1),
        "value": written(value),
        "true": written(total),
        "beyond": _said("beyond", words.of_format(fmt)),
        "divisor": str(divisor),
        "parts": " + ".join([*parts, "…"] if len(terms) > len(largest) else parts),
    }
    places |= {"what": words.fill(said.what, places), "symbol": words.fill(said.symbol, places)}
    later = words.fill(said.follows, places) or None
    equation = _said("average" if divisor > 1 else "sum", places)
    too_large = total.copy_abs() > Decimal(fmt.max)
    cause = _said("ofSum", {
        "size": _said("whole" if too_large else "part", places),
        "nan": "NaN" if np.isnan(value) else None,
        "later": later,
    })  # fmt: skip
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
        cause=cause,
        h=float(value) if operation == "h" else None,
        true_value=rounded if isfinite(rounded) else None,
        because=(equation,) if later is None else (equation, later),
    )


def _said(sentence: str, places: words.Places) -> str:
    return words.fill(words.SENTENCES[sentence], places)


def _step(step: words.StepWords, numbers: Mapping[str, str]) -> str:
    formula = words.fill(step.formula, numbers)
    return _said("step", {"formula": formula, "value": numbers[step.name]})


def _steps(derivative: OutputDerivative, goal: str) -> Steps:
    return derivative.steps if goal == "delta" else cost_steps(derivative)


def _blunt_epsilon(derivative: OutputDerivative, here: Values, fmt: Format) -> str | None:
    """Why ε did not help, where the format cannot see it."""
    places = words.of_format(fmt) | {"epsilon": written(derivative.epsilon)}
    if not derivative.form.has_epsilon:
        return None
    if here["epsilon"] == 0:
        return _said("noEpsilon", places)
    return _said("noGap", places) if here.get("clipped") == 1 else None


def _factor(factor: Any) -> str:
    return words.fill("{factor!}", {"factor": written(factor)})
