"""Gradient descent of several output derivatives from one start, an update of all at a time.

    Wᵢ ← Wᵢ − α ∂J/∂Wᵢ,   bᵢ ← bᵢ − α ∂J/∂bᵢ

The parameters of all runners are one array (runners, numbers), so that an update is one operation
however many layers there are.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from backprop.engine.arithmetic import Array, Format
from backprop.engine.demands import real
from backprop.engine.derivatives import OutputDerivative
from backprop.engine.passes import Layout, Stack
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
    delta, targets = np.empty((len(runners), *outputs), computes), np.ascontiguousarray(y.T)
    now, forms = np.array(first, keeps), [runner.steps for runner in runners]
    with np.errstate(all="ignore"):  # a runner with a NaN goes on, to be seen
        for k in range(updates + 1):
            stack.rows[...] = now
            h = stack.forward()
            for r, runner in enumerate(runners):
                rows[r][k], h_out[r][k] = now[r], h[r]
                if k < updates:
                    delta[r] = evaluate(forms[r], runner.inputs(h[r], targets))["delta"]
            if k < updates:
                now -= alpha * stack.backward(delta).astype(keeps, copy=False)
    return [(kept, h.swapaxes(-1, -2)) for kept, h in zip(rows, h_out, strict=True)]
