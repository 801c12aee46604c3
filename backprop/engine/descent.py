"""Gradient descent of several output derivatives from one start, an update of all at a time.

    Wᵢ ← Wᵢ − α ∂J/∂Wᵢ,   bᵢ ← bᵢ − α ∂J/∂bᵢ

The parameters of all runners are one array (runners, numbers), so that an update is one operation
however many layers there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from backprop.engine.arithmetic import Array, Format
from backprop.engine.demands import real
from backprop.engine.derivatives import OutputDerivative
from backprop.engine.elementary import exp
from backprop.engine.passes import Layout, Stack
from backprop.engine.sigmoid import EXPONENTIALS, growth
from backprop.engine.steps import evaluate


def rate_in(learning_rate: float, kept: Format) -> Array:
    """α in the format in which parameters are kept."""
    required = f"a positive number that {kept.name} can hold"
    with np.errstate(over="ignore"):
        alpha = kept.round(real("The learning rate", learning_rate, required, 1.0))
    if not (np.isfinite(alpha) and alpha > 0):
        raise ValueError(
            f"The learning rate must be a positive number that {kept.name} can hold, "
            f"got {learning_rate}. Try 1.0."
        )
    return alpha


class Output:
    """δ_L of several runners at once, by the steps of each, with one exponential for all of them.

    `targets` is (n_L, samples).
    """

    def __init__(self, runners: Sequence[OutputDerivative], targets: Array) -> None:
        self.plans = []
        growing = []
        for runner in runners:
            steps = runner.steps
            made_of = {EXPONENTIALS[s.compute] for s in steps if s.compute in EXPONENTIALS}
            if len(made_of) == 1:
                steps = tuple(
                    replace(s, operands=("h", "e")) if s.compute in EXPONENTIALS else s
                    for s in steps
                )
            growing.append(made_of == {growth})
            self.plans.append((steps, runner.inputs(targets, targets)))
        self.growing = np.array(growing)[:, None, None]
        self.result = np.empty((len(runners), *targets.shape), targets.dtype)

    def delta(self, h: Array) -> Array:
        """δ_L (runners, n_L, samples) from h_L, written anew."""
        e = exp(np.negative(np.where(self.growing, h, np.abs(h))))
        for r, (steps, inputs) in enumerate(self.plans):
            self.result[r] = evaluate(steps, inputs | {"h": h[r], "e": e[r]})["delta"]
        return self.result


def descend(
    layout: Layout,
    hidden: str,
    X: Array,
    y: Array,
    runners: Sequence[OutputDerivative],
    updates: int,
    alpha: Array,
    first: Array,
) -> list[tuple[Array, Array]]:
    """For each runner its parameters (updates + 1, numbers) and h_L (updates + 1, samples, n_L).

    The parameters have the format of `alpha` and begin with `first` (runners, numbers). The runners
    share an update's work but no array of the results, so that each can be kept without the others.
    """
    computes, keeps = X.dtype, alpha.dtype
    stack = Stack(layout, hidden, len(runners), layout.columns(X))
    outputs = (layout.sizes[-1], len(X))
    rows = [np.empty((updates + 1, layout.numbers), keeps) for _ in runners]
    h_out = [np.empty((updates + 1, *outputs), computes) for _ in runners]
    output = Output(runners, np.ascontiguousarray(y.T))
    now = np.array(first, keeps)
    with np.errstate(all="ignore"):  # a runner with a NaN goes on, to be seen
        for k in range(updates + 1):
            stack.rows[...] = now
            h = stack.forward()
            for r in range(len(runners)):
                rows[r][k], h_out[r][k] = now[r], h[r]
            if k < updates:
                now -= alpha * stack.backward(output.delta(h)).astype(keeps, copy=False)
    return [(kept, h.swapaxes(-1, -2)) for kept, h in zip(rows, h_out, strict=True)]
