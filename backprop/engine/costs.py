"""The costs as each output derivative's formula displays them, and as they truly are."""

from __future__ import annotations

from typing import Any

import numpy as np

from backprop.engine.arithmetic import Array
from backprop.engine.derivatives import OutputDerivative, true_delta
from backprop.engine.forms import BY_NAME, COSTS
from backprop.engine.steps import Steps, run
from backprop.engine.sums import mean


def cost_steps(derivative: OutputDerivative) -> Steps:
    """The operations that make the cost of one output of one sample, for this derivative."""
    return derivative.form.display.steps


def averaged(cost: Array) -> Array:
    """The cost (…, samples, n_L) summed over outputs and averaged over samples: (…).

    In the 16-bit formats sum and average are taken in float32 and rounded once.
    """
    return mean(cost, 2, cost.shape[-2])


def displayed_cost(derivative: OutputDerivative, h: Array, y: Array) -> Array:
    """The cost that this derivative's formula displays, in the format of `h`.

    `h` is (…, samples, n_L) and `y` (samples, n_L); the answer has the leading shape (…). It is ∞
    or NaN where the formula overflows or divides by zero, and may be finite and wrong.
    """
    values = run(cost_steps(derivative), derivative.inputs(h, y))
    with np.errstate(over="ignore", invalid="ignore"):  # ∞ and NaN are what this form displays
        return averaged(values["cost"])


def true_cost(h: Array, y: Array, cost: str = "bce") -> Any:
    """The cost at pre-activations `h`, computed stably in float64: the leading shape of `h`.

    `cost` is one of `forms.COSTS`.
    """
    if COSTS[cost].keeps_slope:
        return averaged(np.square(true_delta("bce", h, y)) / 2)  # that δ is z − y, uncancelled
    inputs = {"h": h.astype(np.float64), "y": y.astype(np.float64)}
    return averaged(run(BY_NAME[COSTS[cost].best].display.steps, inputs)["cost"])
