"""One output neuron under the microscope: every number on the way to δ and to the cost.

At one h and one y each form of δ and of the cost is run step by step in a number format, and
every intermediate value is compared with the same formula without rounding, which shows at which
operation the digits go. The result is compared with the true δ or J, which all forms mean.

    verdict   NaN or ∞      the result is
              dead          |δ| is under 1 % of a true |δ| above 0.1: a wrong output stays as it is
              right         at most `RIGHT` ulps off
              lost digits   anything else; how many are left is −log₁₀ of the relative error
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import log10
from typing import Any

import numpy as np

from backprop.engine import exact
from backprop.engine.arithmetic import Array, Format
from backprop.engine.costs import cost_steps
from backprop.engine.dead import WRONG
from backprop.engine.derivatives import OutputDerivative, of_cost
from backprop.engine.forms import FORMS, INPUTS, Form
from backprop.engine.forms.costs import BCE
from backprop.engine.formula import Formula
from backprop.engine.sigmoid import mirror
from backprop.engine.steps import run
from backprop.engine.truth import Error, error_of, true_values

RIGHT = 5.0
"""Ulps within which a result counts as right: the split form's worst is 2.4 in float64, 3.5 in
float32 (dense searches), and exp alone takes 2.5 of those."""

LOST = 32.0
"""A step lost digits if it is this many ulps off and its operands were not: five bits are gone."""


def _displays() -> dict[str, Form]:
    found: dict[str, Form] = {}
    for form in FORMS.values():
        if form.cost is BCE and (form.display.name not in found or form.name == BCE.best):
            found[form.display.name] = form
    return found


COSTS = _displays()
"""The ways to display cross-entropy, each by a form that does: the best one, or else the first."""


@dataclass(frozen=True)
class Reading:
    """One step that has been run: how it is written, its value, its true value, its error.

    `value` is a scalar of the format, `true` a Decimal without rounding. `loses`: it is far off
    although its operands are not, so that digits are lost in this step.
    """

    name: str
    symbol: Formula
    written: Formula
    value: Any
    true: Any
    error: Error
    loses: bool


@dataclass(frozen=True)
class Seen:
    """One way to compute δ or J at this h and y: its steps, the error of its result, a verdict.

    `form` is the record of what computes it. `error` is that of the result against `true`, the
    value all forms mean; `verdict` is one of "right", "lost digits", "dead", "infinite", "NaN";
    `digits` of `of` decimal digits are right.
    """

    name: str
    form: Form
    readings: tuple[Reading, ...]
    true: Any
    error: Error
    verdict: str
    digits: float
    of: float

    @property
    def result(self) -> Any:
        """The computed δ or J, a scalar of the format."""
        return self.readings[-1].value


@dataclass(frozen=True)
class Neuron:
    """One output neuron at `h` and `y` (scalars of the format), seen through every form.

    `mirrored` is σ(−h), which is 1 − z computed without the subtraction.
    """

    h: Any
    y: Any
    deltas: Mapping[str, Seen]
    costs: Mapping[str, Seen]
    mirrored: Any

    def value(self, name: str) -> Any:
        """z, complement (1 − z) or width (z (1 − z)) of the first form that has such a step."""
        readings = (r for seen in self.deltas.values() for r in seen.readings)
        return next(r.value for r in readings if r.name == name)


def look(fmt: Format, h: float, y: float, epsilon: float, clamp: str) -> Neuron:
    """The neuron at the numbers of format `fmt` nearest to `h` and `y`, by every form for such y.

    Raises ValueError unless |h| ≤ 1000 and 0 ≤ y ≤ 1.
    """
    if not abs(h) <= 1000:
        raise ValueError(f"h must lie between −1000 and 1000, got {h!r}.")
    if not 0 <= y <= 1:
        raise ValueError(f"y must lie between 0 and 1, got {y!r}.")
    at, target = fmt.round([h]), fmt.round([y])
    deltas = {
        name: _seen(name, OutputDerivative(name, epsilon, clamp), False, at, target, fmt)
        for name in of_cost(BCE.name, target)
    }
    costs = {}
    for name, form in COSTS.items():
        own = clamp if form.variant is None else form.variant.name
        derivative = OutputDerivative(form.name, epsilon, own)
        costs[name] = _seen(name, derivative, True, at, target, fmt)
    return Neuron(at[0], target[0], deltas, costs, mirror(at)[0])


def _seen(
    name: str, derivative: OutputDerivative, as_cost: bool, at: Array, target: Array, fmt: Format
) -> Seen:
    """The δ of a derivative at one h and y, or the cost that it displays."""
    steps = cost_steps(derivative) if as_cost else derivative.steps
    inputs, exactly = derivative.inputs(at, target), exact.cost if as_cost else exact.delta
    true = exactly(float(at[0]), float(target[0]))
    got = run(steps, inputs)
    truths = true_values(steps, {key: float(np.ravel(x)[0]) for key, x in inputs.items()})
    symbols = INPUTS | {step.name: step.symbol for step in steps}
    readings: dict[str, Reading] = {}
    for step in steps:
        value = got[step.name][0]
        error = error_of(value, truths[step.name])
        sound = all(_near(readings[o].error) for o in step.operands if o in readings)
        readings[step.name] = Reading(
            step.name, step.symbol, step.write(*[symbols[o] for o in step.operands]),
            value, truths[step.name], error, sound and not _near(error),
        )  # fmt: skip
    result = readings[steps[-1].name].value
    error = error_of(result, true)
    verdict = judge(float(result), float(true), error, not as_cost)
    most = fmt.precision * log10(2)
    seen = tuple(readings.values())
    return Seen(name, derivative.form, seen, true, error, verdict, digits(error, most), most)


def _near(error: Error) -> bool:
    return error.ulps <= LOST  # False for NaN


def judge(value: float, true: float, error: Error, is_delta: bool = True) -> str:
    """The verdict on a result, one of those of `Seen`; "dead" is for δ alone."""
    if np.isnan(value):
        return "NaN"
    if np.isinf(value):
        return "infinite"
    if error.ulps <= RIGHT:
        return "right"
    if is_delta and abs(true) > WRONG and abs(value) < 0.01 * abs(true):
        return "dead"
    return "lost digits"


def digits(error: Error, most: float) -> float:
    """How many decimal digits are right, from 0 to the `most` that the format has."""
    if error.relative == 0:
        return most
    if not np.isfinite(error.relative):
        return 0.0
    return min(max(0.0, -log10(error.relative)), most)
