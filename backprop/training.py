"""Gradient descent, and the race of several output derivatives from one start in lockstep.

    Wᵢ ← Wᵢ − α ∂J/∂Wᵢ,   bᵢ ← bᵢ − α ∂J/∂bᵢ

A recording keeps the parameters before the first update and after each one, and h_L: nothing
else. Everything else it is asked for is computed again by the same functions on the same whole
batch, which gives the same bits (`arithmetic` says why), so what is shown later is what training
computed. The parameters of all runners are one array (runners, numbers), so that an update is one
operation however many layers there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike

from backprop.arithmetic import Array, format_of
from backprop.costs import displayed_cost, true_cost
from backprop.derivatives import DERIVATIVES, OutputDerivative
from backprop.faults import Fault, first_cost_fault, first_fault
from backprop.network import (
    Network,
    Trace,
    backpropagate,
    backward,
    batch,
    bias_gradient,
    forward,
    output_derivative,
    weight_gradient,
)


@dataclass(frozen=True)
class Layout:
    """Where each Wᵢ and bᵢ lies in a row of parameters: W₁, b₁, W₂, b₂, …"""

    sizes: tuple[int, ...]
    bias: bool

    def _slices(self) -> Iterator[tuple[slice, slice, tuple[int, int]]]:
        at = 0
        for n_in, n_out in pairwise(self.sizes):
            middle = at + n_in * n_out
            end = middle + n_out * self.bias
            yield slice(at, middle), slice(middle, end), (n_out, n_in)
            at = end

    def split(self, parameters: Array) -> tuple[list[Array], list[Array] | None]:
        """Views of `parameters` (…, numbers) as weights (…, nᵢ, nᵢ₋₁) and biases (…, nᵢ)."""
        lead = parameters.shape[:-1]
        weights, biases = [], []
        for of_weights, of_biases, shape in self._slices():
            weights.append(parameters[..., of_weights].reshape(*lead, *shape))
            biases.append(parameters[..., of_biases])
        return weights, biases if self.bias else None

    @staticmethod
    def join(weights: Sequence[Array], biases: Sequence[Array] | None) -> Array:
        """The inverse of `split`."""
        lead = weights[0].shape[:-2]
        parts = []
        for i, W in enumerate(weights):
            parts.append(W.reshape(*lead, -1))
            if biases is not None:
                parts.append(biases[i])
        return np.concatenate(parts, axis=-1)


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
        return Layout(self.start.sizes, self.start.biases is not None)

    @cached_property
    def cost(self) -> Array:
        """The cost as this derivative's formula displays it, (updates + 1,)."""
        return displayed_cost(self.derivative, self.h_out, self.y)

    @cached_property
    def true_cost(self) -> Array:
        """The cost computed stably in float64, (updates + 1,); NaN once the weights are."""
        with np.errstate(invalid="ignore", over="ignore"):  # h may be NaN or ∞ by then
            costs: Array = true_cost(self.h_out, self.y)
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
        weights, biases = self.layout.split(self.parameters[k].astype(self.X.dtype))
        made = object.__new__(Network)  # bypasses the refusal of non-finite weights: show them
        object.__setattr__(made, "weights", tuple(weights))
        object.__setattr__(made, "biases", None if biases is None else tuple(biases))
        object.__setattr__(made, "hidden", self.start.hidden)
        return made

    def trace(self, k: int) -> Trace:
        """The forward and backward pass of update k, bit for bit as training computed it."""
        return backpropagate(self.network(k), self.X, self.y, self.derivative)

    def stacked(self, updates: slice = slice(None)) -> Passes:
        """The passes of many updates at once; the first axis counts updates."""
        parameters = self.parameters[updates].astype(self.X.dtype)
        weights, biases = self.layout.split(parameters)
        with np.errstate(over="ignore", invalid="ignore"):  # faults are there to be shown
            h, z, slopes = forward(weights, biases, self.start.hidden, self.X)
            output = self.derivative.evaluate(h[-1], self.y)
            deltas = backward(weights, slopes, output["delta"])
            z[0] = np.broadcast_to(self.X, (len(parameters), *self.X.shape))
            gradients = [weight_gradient(d, a) for d, a in zip(deltas, z, strict=True)]
            bias_gradients = None if biases is None else [bias_gradient(d) for d in deltas]
        return Passes(
            weights, biases, h, [*z, output["z"]], slopes, deltas, gradients, bias_gradients, output
        )


@dataclass(frozen=True)
class Passes:
    """The passes of several updates, each array with a leading axis that counts them.

    `weights`, `h`, `delta`, `dW` have one entry for each layer 1 … L; `z` starts with z₀; `slopes`
    are those of the hidden layers; `output` holds the intermediate values of δ_L by name.
    """

    weights: list[Array]
    biases: list[Array] | None
    h: list[Array]
    z: list[Array]
    slopes: list[Array]
    delta: list[Array]
    dW: list[Array]
    db: list[Array] | None
    output: dict[str, Array]


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

    Each runner gets the same bits as if it ran alone. Arguments and errors are those of `train`.
    """
    runners = [output_derivative(d, epsilon, clamp, cost) for d in derivatives]
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
        alpha = kept.dtype.type(learning_rate)
    if not (np.isfinite(alpha) and alpha > 0):
        raise ValueError(
            f"The learning rate must be a positive number that {kept.name} can hold, "
            f"got {learning_rate}. Try 1.0."
        )
    parameters, h_out = _descend(net, inputs, targets, runners, updates, kept.dtype, alpha)
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
    kept: np.dtype[np.generic],
    alpha: np.generic,
) -> tuple[Array, Array]:
    """Parameters (updates + 1, runners, numbers) and h_L (updates + 1, runners, samples, n_L)."""
    layout = Layout(net.sizes, net.biases is not None)
    start = layout.join(net.weights, net.biases)
    parameters = np.empty((updates + 1, len(runners), start.size), dtype=kept)
    parameters[0] = start
    same_format = kept == X.dtype
    history = layout.split(parameters) if same_format else None
    h_out = np.empty((updates + 1, len(runners), len(X), net.sizes[-1]), dtype=X.dtype)
    delta = np.empty(h_out.shape[1:], dtype=X.dtype)
    with np.errstate(over="ignore", invalid="ignore"):  # a runner with a NaN goes on, to be seen
        for k in range(updates + 1):
            if history is None:
                weights, biases = layout.split(parameters[k].astype(X.dtype))
            else:
                weights = [W[k] for W in history[0]]
                biases = None if history[1] is None else [b[k] for b in history[1]]
            h, z, slopes = forward(weights, biases, net.hidden, X)
            h_out[k] = h[-1]
            if k == updates:
                break
            for r, runner in enumerate(runners):
                delta[r] = runner.delta(h[-1][r], y)
            deltas = backward(weights, slopes, delta)
            gradient = layout.join(
                [weight_gradient(d, a) for d, a in zip(deltas, z, strict=True)],
                None if biases is None else [bias_gradient(d) for d in deltas],
            )
            if not same_format:
                gradient = gradient.astype(kept)
            parameters[k + 1] = parameters[k] - alpha * gradient
    return parameters, h_out
