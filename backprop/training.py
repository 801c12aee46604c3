"""Gradient descent, and the race of several output derivatives from one start in lockstep.

    Wᵢ ← Wᵢ − α ∂J/∂Wᵢ,   bᵢ ← bᵢ − α ∂J/∂bᵢ

A recording keeps the parameters before the first update and after each one, and h_L: nothing
else. Everything else it is asked for is computed again by the same functions on the same whole
batch, which gives the same bits (`arithmetic` says why), so what is shown later is what training
computed. The parameters of all runners are one array (runners, numbers), so that an update is one
operation however many layers there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from backprop.arithmetic import Array, format_of
from backprop.costs import displayed_cost, true_cost
from backprop.derivatives import DERIVATIVES, QUADRATIC, OutputDerivative
from backprop.faults import Fault, first_cost_fault, first_fault
from backprop.network import Network, Trace, backpropagate, batch, output_derivative
from backprop.passes import Layout, Passes, backward, both_passes, forward, gradient
from backprop.steps import evaluate

__all__ = ["Passes", "Recording", "race", "train"]


@dataclass(frozen=True)
class Recording:
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
        return displayed_cost(self.derivative, self.h_out, self.y)

    @cached_property
    def true_cost(self) -> Array:
        """The cost computed stably in float64, (updates + 1,); NaN once the weights are."""
        with np.errstate(invalid="ignore", over="ignore"):  # h may be NaN or ∞ by then
            costs: Array = true_cost(self.h_out, self.y, self.derivative.cost)
        return costs

    @cached_property
    def first_fault(self) -> Fault | None:
        """The first non-finite value on the way to an update; None if there is none."""
        return first_fault(self)

    @cached_property
    def first_cost_fault(self) -> Fault | None:
        """The first non-finite cost that is displayed, whether or not an update uses it."""
        return first_cost_fault(self)

    def network(self, k: int) -> Network:
        """The network after k updates, in the format that computes (its numbers may be NaN)."""
        with np.errstate(over="ignore"):  # a master weight too large for the format becomes ∞
            row = self.parameters[k].astype(self.X.dtype)
        weights, biases = self.layout.split(row[None])
        made = object.__new__(Network)  # bypasses the refusal of non-finite weights: show them
        object.__setattr__(made, "weights", tuple(W[0] for W in weights))
        object.__setattr__(made, "biases", None if biases is None else tuple(b[0] for b in biases))
        object.__setattr__(made, "hidden", self.start.hidden)
        return made

    def trace(self, k: int) -> Trace:
        """The forward and backward pass of update k, bit for bit as training computed it."""
        return backpropagate(self.network(k), self.X, self.y, self.derivative)

    def stacked(self, updates: slice | Array = slice(None)) -> Passes:
        """The passes of many updates at once; the first axis counts updates."""
        with np.errstate(over="ignore"):  # as in `network`
            rows = self.parameters[updates].astype(self.X.dtype)
        return both_passes(self.layout, self.start.hidden, rows, self.X, self.y, self.derivative)


def train(
    net: Network,
    X: ArrayLike,
    y: ArrayLike,
    updates: int = 120,
    learning_rate: float = 1.0,
    derivative: str | OutputDerivative = "fused",
    epsilon: float = 1e-7,
    clamp: str = "denominator",
    master: str | None = None,
    cost: str = "bce",
) -> Recording:
    """Full-batch gradient descent on the averaged cost, recorded.

    `master` names a wider format in which the parameters are kept and updated while all else runs
    in the network's format ("master weights"). Raises ValueError as `backpropagate` does, and for
    a number of updates below 1 or a learning rate that is not a positive finite number.
    """
    (recording,) = race(
        net, X, y, [output_derivative(derivative, epsilon, clamp, cost)],
        updates=updates, learning_rate=learning_rate, master=master,
    ).values()  # fmt: skip
    return recording


def race(
    net: Network,
    X: ArrayLike,
    y: ArrayLike,
    derivatives: Sequence[str | OutputDerivative] = DERIVATIVES,
    updates: int = 120,
    learning_rate: float = 1.0,
    epsilon: float = 1e-7,
    clamp: str = "denominator",
    master: str | None = None,
    cost: str = "bce",
) -> dict[str, Recording]:
    """A recording for each derivative, by its name, all from the same start in lockstep.

    With cost="quadratic" there is one derivative, so one recording, by the name "quadratic". Each
    runner gets the same bits as if it ran alone. Arguments and errors are those of `train`.
    """
    runners = [output_derivative(d, epsilon, clamp, cost) for d in derivatives]
    if cost == QUADRATIC:
        runners = runners[:1]
    names = [runner.name for runner in runners]
    if not runners or len(set(names)) < len(names):
        raise ValueError(
            f"A race needs derivatives with different names, got {names}. Race variants of one "
            "derivative with a call of train for each."
        )
    inputs, targets = batch(net, X, y)
    if updates < 1:
        raise ValueError(f"The number of updates must be at least 1, got {updates}.")
    kept = net.format if master is None else format_of(master)
    with np.errstate(over="ignore"):
        alpha = kept.round(learning_rate)
    if not (np.isfinite(alpha) and alpha > 0):
        raise ValueError(
            f"The learning rate must be a positive number that {kept.name} can hold, "
            f"got {learning_rate}. Try 1.0."
        )
    parameters, h_out = _descend(net, inputs, targets, runners, updates, alpha)
    return {
        runner.name: Recording(
            net, inputs, targets, runner, learning_rate, parameters[:, r], h_out[:, r]
        )
        for r, runner in enumerate(runners)
    }


def _descend(
    net: Network,
    X: Array,
    y: Array,
    runners: Sequence[OutputDerivative],
    updates: int,
    alpha: Array,
) -> tuple[Array, Array]:
    """Parameters (updates + 1, runners, numbers) and h_L (updates + 1, runners, samples, n_L).

    The parameters have the format of `alpha`.
    """
    layout, computes, keeps = net.layout, X.dtype, alpha.dtype
    rows = np.empty((updates + 1, len(runners), layout.numbers), keeps)
    h_out = np.empty((updates + 1, len(runners), layout.sizes[-1], len(X)), computes)
    delta = np.empty(h_out.shape[1:], computes)
    z0, targets = layout.columns(X), np.ascontiguousarray(y.T)
    rows[0] = layout.join(net.weights, net.biases)
    with np.errstate(all="ignore"):  # a runner with a NaN goes on, to be seen
        for k in range(updates + 1):
            row = rows[k].astype(computes, copy=False)
            h, z, slopes = forward(layout.matrices(row), layout.bias, net.hidden, z0)
            h_out[k] = h[-1]
            if k == updates:
                break
            for r, runner in enumerate(runners):
                inputs = runner.inputs(h[-1][r], targets)
                delta[r] = evaluate(runner.steps, inputs)["delta"]
            deltas, _ = backward(layout.split(row)[0], slopes, delta)
            slope = gradient(layout, deltas, z).astype(keeps, copy=False)
            np.subtract(rows[k], alpha * slope, out=rows[k + 1])
    return rows, h_out.swapaxes(-1, -2)
