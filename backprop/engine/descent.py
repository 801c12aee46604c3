"""Gradient descent of several output derivatives from one start, an update of all at a time.

    Wᵢ ← Wᵢ − α ∂J/∂Wᵢ,   bᵢ ← bᵢ − α ∂J/∂bᵢ

The parameters of all runners are one array (runners, numbers), so that an update is one operation
however many layers there are. A `Descent` keeps the parameters before the first update and after
each one, and h_L: nothing else. Everything else it is asked for is computed again by the same
functions on the same whole batch, which gives the same bits (`arithmetic` says why), so what is
shown later is what training computed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from backprop.engine.arithmetic import Array, Format
from backprop.engine.costs import displayed_cost, true_cost
from backprop.engine.demands import real, whole
from backprop.engine.derivatives import OutputDerivative
from backprop.engine.elementary import exp
from backprop.engine.network import Network
from backprop.engine.passes import Layout, Passes, Stack, both_passes
from backprop.engine.pieces import pieces
from backprop.engine.sigmoid import EXPONENTIALS, growth
from backprop.engine.trace import Trace, backpropagate


@dataclass(frozen=True)
class Descent:
    """Gradient descent with one output derivative: network, trace and cost at every update.

    Update k is the network after k updates; `parameters` has updates + 1 rows. `start` is the
    network at update 0; X and y are in its format. `h_out` (updates + 1, samples, n_L) is h_L.
    """

    start: Network
    X: Array
    y: Array
    derivative: OutputDerivative
    learning_rate: float
    parameters: Array
    h_out: Array

    @property
    def updates(self) -> int:
        """The number of updates."""
        return len(self.parameters) - 1

    @property
    def layout(self) -> Layout:
        """Where the weights and biases lie in a row of `parameters`."""
        return self.start.layout

    @cached_property
    def cost(self) -> Array:
        """The cost as this derivative's formula displays it, (updates + 1,)."""
        parts = [displayed_cost(self.derivative, self.h_out[k], self.y) for k in self._pieces()]
        return np.concatenate(parts)

    @cached_property
    def true_cost(self) -> Array:
        """The cost computed stably in float64, (updates + 1,); NaN once the weights are."""
        with np.errstate(invalid="ignore", over="ignore"):  # h may be NaN or ∞ by then
            parts = [true_cost(self.h_out[k], self.y, self.derivative.cost) for k in self._pieces()]
        return np.concatenate(parts)

    def network(self, k: int) -> Network:
        """The network after k updates, in the format that computes (its numbers may be NaN).

        A k below 0 counts from the end. Raises ValueError for an update that is not there.
        """
        k = whole("The update", k, -len(self.parameters), self.updates, self.updates)
        with np.errstate(over="ignore"):  # a master weight too large for the format becomes ∞
            row = self.parameters[k].astype(self.X.dtype)
        weights, biases = self.layout.split(row[None])
        return Network.unchecked(
            tuple(W[0] for W in weights),
            None if biases is None else tuple(b[0] for b in biases),
            self.start.hidden,
        )

    def trace(self, k: int) -> Trace:
        """The forward and backward pass of update k, bit for bit as training computed it."""
        return backpropagate(self.network(k), self.X, self.y, self.derivative)

    def stacked(self, updates: slice | Array = slice(None)) -> Passes:
        """The passes of many updates at once; the first axis counts updates."""
        with np.errstate(over="ignore"):  # as in `network`
            rows = self.parameters[updates].astype(self.X.dtype)
        return both_passes(self.layout, self.start.hidden, rows, self.X, self.y, self.derivative)

    def _pieces(self) -> Iterator[slice]:
        """The updates in pieces, for the steps of a cost, of which there are at most eight."""
        return pieces(self.updates + 1, 8 * self.y.size)


def rate_in(learning_rate: float, kept: Format) -> Array:
    """α in the format in which parameters are kept."""
    required = f"a positive number that {kept.name} can hold"
    with np.errstate(over="ignore"):
        alpha = kept.round(real("The learning rate", learning_rate, required, 1.0))
    if not (np.isfinite(alpha) and alpha > 0):
        raise ValueError(
            f"The learning rate must be a positive number that {kept.name} can hold, "
            f"got {learning_rate:g}. Try 1.0."
        )
    return alpha


class Output:
    """Computes δ_L of several runners, each by its own steps, all from one exponential.

    `targets` is (n_L, samples).
    """

    def __init__(self, runners: Sequence[OutputDerivative], targets: Array) -> None:
        self.plans, growing = [], []
        for runner in runners:
            made_of = {EXPONENTIALS[s.compute] for s in runner.steps if s.compute in EXPONENTIALS}
            steps = tuple(
                replace(s, operands=("h", "e"))
                if s.compute in EXPONENTIALS and len(made_of) == 1 else s
                for s in runner.steps
            )  # fmt: skip
            growing.append(made_of == {growth})
            plan = [(step.name, step.compute, step.operands) for step in steps]
            self.plans.append((plan, runner.inputs(targets, targets)))
        self.growing = np.array(growing)[:, None, None]
        self.result = np.empty((len(runners), *targets.shape), targets.dtype)

    def delta(self, h: Array) -> Array:
        """δ_L from `h` = h_L, both (runners, n_L, samples); the same array at every call."""
        e = exp(np.negative(np.where(self.growing, h, np.abs(h))))
        for r, (plan, inputs) in enumerate(self.plans):
            values = {**inputs, "h": h[r], "e": e[r]}
            for name, compute, operands in plan:
                values[name] = compute(*[values[of] for of in operands])
            self.result[r] = values["delta"]
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

    X (samples, n₀) and y (samples, n_L) have the format that computes. The parameters have that of
    `alpha` and begin with `first` (runners, numbers). No two runners share a result's memory, so
    that each can be kept without the others.
    """
    computes, keeps = X.dtype, alpha.dtype
    stack = Stack(layout, hidden, len(runners), layout.columns(X))
    outputs = (layout.sizes[-1], len(X))
    rows = [np.empty((updates + 1, layout.numbers), keeps) for _ in runners]
    h_out = [np.empty((updates + 1, *outputs), computes) for _ in runners]
    output, now = Output(runners, np.ascontiguousarray(y.T)), np.array(first, keeps)
    with np.errstate(all="ignore"):  # a runner with a NaN goes on, to be seen
        for k in range(updates + 1):
            stack.rows[...] = now
            h = stack.forward()
            for r in range(len(runners)):
                rows[r][k], h_out[r][k] = now[r], h[r]
            if k < updates:
                now -= alpha * stack.backward(output.delta(h)).astype(keeps, copy=False)
    return [(kept, h.swapaxes(-1, -2)) for kept, h in zip(rows, h_out, strict=True)]
